from datetime import timedelta
from typing import Any

from django.utils import translation

from cases.models import CatalogueEntry, Reproduction
from coalition.core.documents import current_document
from coalition.pages.querysets.journal import journal_entries
from members.actions import record_adoption, set_threshold
from tests.world import NOW, World


def test_the_journal_tells_public_facts_newest_first(on_paper: World) -> None:
    entries = journal_entries(50)
    moments = [entry["date"] for entry in entries]
    assert moments == sorted(moments, reverse=True)
    kinds = {entry["what"] for entry in entries}
    assert kinds == {"Cas", "Charte", "Amendement", "Décision", "Signature", "Défi"}


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


def test_an_official_coalition_and_a_local_adoption_are_told(on_paper: World) -> None:
    organiser, own = on_paper.account("organiser"), on_paper.organisations["own"]
    document = current_document(on_paper.coalition)
    assert document is not None
    record_adoption(
        organisation=own,
        coalition=on_paper.coalition,
        actor=on_paper.account("rep_own"),
        document_sha256=document.sha256,
        adopted_on=NOW.date(),
        decision_reference="Délibération 7",
        now=NOW,
    )
    set_threshold(coalition=on_paper.coalition, actor=organiser, cosponsors_needed=1, kinds={}, now=NOW)
    told = {(entry["what"], entry["title"], entry["text"]) for entry in journal_entries(50)}
    assert ("Coalition", on_paper.coalition.title_fr, "devient officielle") in told
    assert ("Adoption", own.name, "adopte la charte chez elle, version 2") in told


def test_an_updated_case_is_told(on_paper: World) -> None:
    entry = CatalogueEntry.objects.get(page_id=on_paper.cases["published"].pk)
    CatalogueEntry.objects.filter(pk=entry.pk).update(updated_at=entry.published_at + timedelta(days=3))
    assert (entry.title, "mis à jour") in [(line["title"], line["text"]) for line in journal_entries(50)]


def test_a_redone_case_is_told_while_both_are_public(on_paper: World) -> None:
    link = Reproduction.objects.shown()[0]
    original = CatalogueEntry.objects.filter(number=link.original)
    texts = [line["text"] for line in journal_entries(50) if line["mark"].startswith("redone/")]
    assert f"refait le cas «\u202f{original[0].title}\u202f»" in texts
    original.delete()
    assert not any(line["mark"].startswith("redone/") for line in journal_entries(50))


def test_each_fact_has_a_name_that_is_the_same_in_every_language(on_paper: World) -> None:
    french = [line["mark"] for line in journal_entries(50)]
    with translation.override("en"):
        assert [line["mark"] for line in journal_entries(50)] == french
    named = [mark for mark in french if mark]
    assert len(set(named)) == len(named) > 3
