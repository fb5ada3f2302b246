"""An organiser brings a text, sees how it would be cut, puts it right, keeps it, publishes it. Without a script."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from members.models import Coalition, User
from principles.models import Charter, DraftVersion
from tests.principles.conftest import MOTIVE, NOW, World, make_organiser

FRENCH = "# La charte\n\nNous.\n\n## Décider\n\n1. Un.\n2. Deux.\n\n## Garder\n\nUn guichet.\n\n![plan](p.png)\n"
ENGLISH = "# The charter\n\nWe.\n\n## Decide\n\n1. One.\n2. Two.\n\n## Keep\n\nA counter.\n"
Browse = Callable[[User | None], Client]
FIELD = re.compile(
    r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"|<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>'
)


def fields(html: str) -> dict[str, str]:
    """What the form on the page would send."""
    found = {a or c: b or d for a, b, c, d in FIELD.findall(html)}
    return {name: value.replace("&#x27;", "'") for name, value in found.items() if name != "q"}


def upload(browser: Client, text: str, language: str, **more: Any) -> str:
    data = {"document": SimpleUploadedFile("charte.md", text.encode()), "language": language, **more}
    response = browser.post("/fr/charte/preparation/", data)
    assert response.status_code == 200
    return response.content.decode()


def press(browser: Client, html: str, button: str, **more: str) -> Any:
    return browser.post("/fr/charte/preparation/articles/", {**fields(html), **more, "do": button})


@pytest.fixture
def organiser(db: None, browse: Browse) -> Client:
    Coalition.objects.create(number=7, slug="villes", title_fr="Villes", title_en="Cities", opened_on=NOW.date())
    return browse(make_organiser())


def test_a_first_charter_comes_from_two_files_and_is_published(organiser: Client) -> None:
    html = upload(organiser, FRENCH, "fr")
    assert 'value="Décider"' in html and 'value="garder"' in html and "1 image" in html
    assert not DraftVersion.objects.exists()
    kept = press(organiser, html, "keep")
    assert kept.status_code == 302
    draft = DraftVersion.objects.get()
    assert "manque en anglais" in organiser.get(kept["Location"]).content.decode()
    html = upload(organiser, ENGLISH, "en", draft=str(draft.pk))
    assert press(organiser, html, "keep").status_code == 302
    published = organiser.post(reverse("version_draft_publish", args=[draft.pk]), {"motive": MOTIVE})
    assert published["Location"] == "/fr/charte/version/1/"
    assert [one.text_en for one in Charter.objects.main().in_force.articles.all()] == ["1. One.\n2. Two.", "A counter."]
    assert MOTIVE in organiser.get("/fr/charte/version/1/").content.decode()


def test_articles_are_cut_joined_renamed_and_moved_by_buttons(organiser: Client) -> None:
    html = upload(organiser, FRENCH, "fr")
    cut = press(organiser, html, "cut-0", **{"at-0": "1"}).content.decode()
    assert [fields(cut)[f"text-{n}"] for n in range(3)] == ["1. Un.", "2. Deux.", "Un guichet."]
    refused = press(organiser, cut, "keep").content.decode()
    assert "Corrigez d’abord" in refused and "pas de titre" in refused and not DraftVersion.objects.exists()
    joined = press(organiser, cut, "join-1").content.decode()
    assert fields(joined)["total"] == "2" and "1 image" in joined
    raised = press(organiser, joined, "up-1", **{"title-1": "Tenir un guichet"}).content.decode()
    assert fields(raised)["title-0"] == "Tenir un guichet"
    assert press(organiser, raised, "keep").status_code == 302
    assert [one.title_fr for one in DraftVersion.objects.get().text().articles] == ["Tenir un guichet", "Décider"]


def test_another_language_with_more_articles_is_not_joined_by_guess(organiser: Client) -> None:
    press(organiser, upload(organiser, FRENCH, "fr"), "keep")
    draft = DraftVersion.objects.get()
    html = upload(organiser, f"{ENGLISH}\n## More\n\nThird.\n", "en", draft=str(draft.pk))
    said = press(organiser, html, "keep").content.decode()
    assert "a 2 articles, ce texte 3" in said
    assert DraftVersion.objects.get().text() == draft.text()


def test_a_file_that_cannot_be_read_says_why_beside_its_field(organiser: Client) -> None:
    html = upload(organiser, "%PDF-1.4", "fr")
    assert "Markdown, ODT et DOCX" in html and "aria-invalid" in html
    assert "Ce fichier est vide" in upload(organiser, " ", "fr")


def test_a_text_in_force_is_prepared_again_compared_edited_and_thrown_away(world: World, browse: Browse) -> None:
    browser = browse(world.organiser)
    browser.post(
        "/fr/charte/preparation/articles/",
        {"total": "1", "language": "fr", "do": "keep", "key-0": "guichet", "title-0": "Guichet", "text-0": "Autre."},
    )
    draft = DraftVersion.objects.get()
    compared = browser.get(reverse("version_draft_compare", args=[draft.pk, 1])).content.decode()
    assert (
        "2 articles" not in compared and "3 articles changent" in compared and "retiré, c’était l’article 1" in compared
    )
    page = reverse("version_draft_edit", args=[draft.pk])
    data = {**fields(browser.get(page).content.decode()), "text_en-0": "Other.", "title_en-0": "Counter"}
    assert browser.post(page, {**data, "do": "add"}).status_code == 200
    assert browser.post(page, {**data, "do": "keep"}).status_code == 302
    assert browser.post(page, {**data, "do": "keep"}).status_code == 409
    assert DraftVersion.objects.get().text().articles[0].text_en == "Other."
    gone = reverse("version_draft_delete", args=[draft.pk])
    assert "Son texte est perdu" in browser.get(gone).content.decode()
    assert browser.post(gone).status_code == 302 and not DraftVersion.objects.exists()


def test_the_version_in_force_is_not_restored_and_an_older_one_is(world: World, browse: Browse) -> None:
    browser = browse(world.organiser)
    assert browser.post("/fr/charte/version/1/retablir/")["Location"] == "/fr/charte/version/1/"
    assert "Reprendre ce texte" in browser.get("/fr/charte/version/1/retablir/").content.decode()
    assert not DraftVersion.objects.exists()


def test_nobody_else_finds_a_version_in_preparation(world: World, browse: Browse) -> None:
    browse(world.organiser).post("/fr/charte/preparation/articles/", {"total": "0", "do": "keep"})
    for account in (None, world.member):
        assert browse(account).get("/fr/charte/preparation/").status_code == 404
        assert "preparation" not in browse(account).get("/fr/charte/").content.decode()
