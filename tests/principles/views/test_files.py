"""Files of a version: everybody downloads them, named in words, the same each time."""

import json
from datetime import timedelta

from django.test import Client

from principles.actions import accept_amendment, refuse_amendment
from principles.exports import FORMATS
from tests.principles.conftest import MOTIVE, NOW, World


def test_the_page_of_files_leads_to_each_in_both_languages(client: Client, world: World) -> None:
    html = client.get("/fr/charte/version/1/fichiers/").content.decode()
    for kind in FORMATS:
        assert f"/fr/charte/version/1/fichiers/{kind}/" in html
    assert html.count('hreflang="en"') > len(FORMATS) and world.first.sha256[:4] in html
    assert client.get("/fr/charte/version/9/fichiers/").status_code == 404


def test_each_file_is_a_download_named_in_words_and_runs_nothing(client: Client, world: World) -> None:
    for kind, how in FORMATS.items():
        first, second = (client.get(f"/fr/charte/version/1/fichiers/{kind}/") for _ in range(2))
        assert first.status_code == 200 and first.content == second.content
        assert first["Content-Type"] == how.content_type
        assert first["Content-Disposition"].startswith('attachment; filename="charte-des-villes-version-1')
        assert first["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert client.get("/fr/charte/version/1/fichiers/exe/").status_code == 404


def test_a_refused_wording_stays_printed_with_its_article_in_the_version_it_was_refused_under(
    client: Client, world: World
) -> None:
    opened = world.opened("guichet", title="Fermer le guichet")
    refuse_amendment(actor=world.organiser, amendment=opened, motive=MOTIVE, now=NOW + timedelta(hours=1))
    accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW + timedelta(hours=2))
    late = world.opened("decider", title="Trop tard")
    refuse_amendment(actor=world.organiser, amendment=late, motive=MOTIVE, now=NOW + timedelta(hours=3))

    def titles(number: int) -> list[str]:
        answer = client.get(f"/fr/charte/version/{number}/fichiers/json/avec-opinions/")
        opinions = [one for article in json.loads(answer.content)["articles"] for one in article["opinions"]]
        return [one["text"].split("\n")[0] for one in opinions]

    assert titles(1) == ["**Fermer le guichet**"]
    assert sorted(titles(2)) == ["**Fermer le guichet**", "**Trop tard**"]
    assert b"Fermer" not in client.get("/fr/charte/version/2/fichiers/json/").content


def test_the_sheet_to_print_is_shown_with_its_own_style_and_nothing_else(client: Client, world: World) -> None:
    answer = client.get("/fr/charte/version/1/imprimer/")
    assert "Content-Disposition" not in answer
    assert "style-src 'sha256-" in answer["Content-Security-Policy"]
    assert f"content:'{world.first.sha256}'" in answer.content.decode()
