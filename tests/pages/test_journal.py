from typing import Any

from coalition.pages.querysets.journal import journal_entries
from tests.world import World


def test_the_journal_tells_public_facts_newest_first(on_paper: World) -> None:
    entries = journal_entries(50)
    moments = [entry["date"] for entry in entries]
    assert moments == sorted(moments, reverse=True)
    kinds = {entry["what"] for entry in entries}
    assert kinds == {"Cas", "Charte", "Amendement", "Décision", "Signature"}


def test_no_draft_and_no_restricted_case_is_in_the_journal(on_paper: World) -> None:
    told = " ".join(f"{entry['title']} {entry['text']}" for entry in journal_entries(500))
    assert "Cas publié" in told
    assert not [word for word in on_paper.canaries if word in told]


def test_each_line_leads_somewhere_public(on_paper: World, client: Any) -> None:
    for url in {entry["url"] for entry in journal_entries(50)}:
        assert client.get(url, follow=True).status_code == 200, url


def test_the_journal_is_one_query_and_no_longer_than_asked(on_paper: World, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert len(journal_entries(3)) == 3
