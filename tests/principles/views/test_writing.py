import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from members.models import User
from principles.actions import accept_amendment
from principles.models import Amendment
from tests.principles.conftest import ARTICLES, MOTIVE, NOW, World, make_account, make_organisation, make_speaker

Browse = Callable[[User | None], Client]
NEW = "/fr/charte/article/donnees/amender/"


def answers(world: World, **fields: Any) -> dict[str, Any]:
    return {
        "organisation": str(world.city.pk),
        "title": "Remettre chaque mois",
        "text_fr": "Les données sont remises chaque mois.",
        "text_en": "Data is handed over every month.",
        "motive": MOTIVE,
        "base": "1",
        "do": "save",
        **fields,
    }


def test_the_form_opens_on_the_text_of_the_article(browse: Browse, world: World) -> None:
    html = browse(world.member).get(NEW).content.decode()
    assert ARTICLES[2].text_fr in html and ARTICLES[2].text_en in html
    assert 'value="open"' not in html


def test_looking_at_the_changes_keeps_nothing_and_offers_to_propose(browse: Browse, world: World) -> None:
    response = browse(world.member).post(NEW, answers(world, do="preview", motive="", title=""))
    html = response.content.decode()
    assert re.search(r"<ins>.*remises", html) and 'value="open"' in html
    assert "Les données sont remises chaque mois.</textarea>" in html
    assert 'role="alert"' not in html
    assert not Amendment.objects.exists()


def test_looking_at_an_unchanged_text_says_so_and_does_not_offer_to_propose(browse: Browse, world: World) -> None:
    same = answers(world, do="preview", text_fr=ARTICLES[2].text_fr, text_en=ARTICLES[2].text_en)
    html = browse(world.member).post(NEW, same).content.decode()
    assert "celui de l’article" in html and 'value="open"' not in html


def test_a_draft_is_kept_then_proposed(browse: Browse, world: World) -> None:
    client = browse(world.member)
    response = client.post(NEW, answers(world))
    draft = Amendment.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/fr/charte/brouillon/{draft.pk}/")
    html = client.get(response["Location"]).content.decode()
    assert MOTIVE in html and re.search(r"<ins>.*remises", html) and 'value="open"' in html
    response = client.post(response["Location"], answers(world, title="Chaque mois", do="open"), follow=True)
    draft.refresh_from_db()
    assert (draft.state, draft.number, draft.title) == ("open", 1, "Chaque mois")
    assert "est proposé" in response.content.decode()


def test_an_amendment_is_proposed_in_one_go(browse: Browse, world: World) -> None:
    response = browse(world.member).post(NEW, answers(world, do="open"))
    assert (response.status_code, response["Location"]) == (302, "/fr/charte/amendement/1/")


def test_a_member_of_two_organisations_chooses_and_of_one_does_not_have_to(browse: Browse, world: World) -> None:
    assert 'type="hidden" name="organisation"' in browse(world.member).get(NEW).content.decode()
    browse(world.member).post(NEW, answers(world, organisation=""))
    assert Amendment.objects.get().organisation == world.city
    other = make_organisation("Ville de Thiès")
    make_speaker(other).affiliations.update(account=world.member)
    assert "Ville de Thiès" in browse(world.member).get(NEW).content.decode()
    refused = browse(world.member).post(NEW, answers(world, organisation="")).content.decode()
    assert 'role="alert"' in refused
    browse(world.member).post(NEW, answers(world, organisation=str(other.pk)))
    assert Amendment.objects.filter(organisation=other).exists()


def test_nobody_borrows_the_name_of_another_organisation(browse: Browse, world: World) -> None:
    foreign = make_organisation()
    for name in (str(foreign.pk), "equipe", "x"):
        assert browse(world.member).post(NEW, answers(world, organisation=name)).status_code == 200
    assert not Amendment.objects.exists()


def test_an_organiser_proposes_for_the_team(browse: Browse, world: World) -> None:
    browse(world.organiser).post(NEW, answers(world, organisation="equipe", do="open"))
    assert Amendment.objects.get().organisation is None
    assert "L’équipe d’organisation" in browse(None).get("/fr/charte/amendement/1/").content.decode()


def test_those_who_may_not_propose_are_told_so(browse: Browse, world: World) -> None:
    assert browse(None).get(NEW)["Location"].startswith("/fr/")
    for account in (
        make_account("Rose"),
        make_account("Ulysse", verified=False),
        make_speaker(world.city, role="editor"),
    ):
        assert browse(account).get(NEW).status_code == 403
        assert browse(account).post(NEW, answers(world)).status_code == 403
    assert not Amendment.objects.exists()


def test_an_unknown_article_is_not_found(browse: Browse, world: World) -> None:
    assert browse(world.member).get("/fr/charte/article/inconnu/amender/").status_code == 404
    assert browse(world.member).post("/fr/charte/article/inconnu/amender/", answers(world)).status_code == 404


@pytest.mark.parametrize("step", ["save", "open", "preview"])
@pytest.mark.parametrize("field", ["organisation", "title", "text_fr", "text_en", "motive", "base"])
@pytest.mark.parametrize("junk", ["nul \x00 ici", "x" * 200_000], ids=["NUL", "200 kB"])
def test_no_junk_in_any_field_breaks_the_form_or_is_kept(
    browse: Browse, world: World, field: str, junk: str, step: str
) -> None:
    response = browse(world.member).post(NEW, answers(world, **{field: junk, "do": step}))
    assert response.status_code == 200
    if step != "preview" or field.startswith("text"):
        assert 'role="alert"' in response.content.decode()
    assert not Amendment.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text_fr": ARTICLES[2].text_fr, "text_en": ""}, "Votre texte est celui de l’article"),
        ({"motive": "court"}, "10"),
        ({"title": ""}, "requis"),
        ({"text_fr": "caché \u202e"}, "caractères que nous ne savons pas lire"),
    ],
)
def test_what_is_missing_is_said_first_and_the_rest_is_kept(
    browse: Browse, world: World, fields: dict[str, str], sentence: str
) -> None:
    html = browse(world.member).post(NEW, answers(world, **fields)).content.decode()
    assert sentence in html[html.index('role="alert"') : html.index("<form method")]
    assert "Data is handed over every month." in html or "text_en" in fields
    assert not Amendment.objects.exists()


def test_a_draft_exists_for_its_author_only(browse: Browse, world: World) -> None:
    address = f"/fr/charte/brouillon/{world.draft().pk}/"
    colleague = make_speaker(world.city, role="representative")
    for account in (None, make_account("Rose"), colleague, world.organiser):
        assert browse(account).get(address).status_code == 404
        assert browse(account).post(address, answers(world)).status_code == 404
    assert browse(world.member).get(address).status_code == 200


def test_a_proposed_amendment_is_frozen(browse: Browse, world: World) -> None:
    opened = world.opened()
    address = f"/fr/charte/brouillon/{opened.pk}/"
    assert browse(world.member).get(address)["Location"] == f"/fr/charte/amendement/{opened.number}/"
    assert browse(world.member).post(address, answers(world)).status_code == 403
    assert browse(world.organiser).post(address, answers(world)).status_code == 403
    assert browse(None).post(address, answers(world)).status_code == 302
    assert Amendment.objects.get().text_fr == opened.text_fr


def test_a_draft_whose_article_moved_on_is_reread_before_it_is_kept(browse: Browse, world: World) -> None:
    draft = world.draft(text_fr="Ma version à moi.")
    accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW)
    client, address = browse(world.member), f"/fr/charte/brouillon/{draft.pk}/"
    refused = client.post(address, answers(world, text_fr="Ma version à moi, encore."))
    html = refused.content.decode()
    assert "a changé depuis que vous l’avez lu" in html and 'name="base" value="2"' in html
    assert "Ma version à moi, encore.</textarea>" in html
    assert re.search(r"<del>.*remises", html)
    assert client.post(address, answers(world, text_fr="Ma version relue.", base="2")).status_code == 302
    draft.refresh_from_db()
    assert (draft.text_fr, draft.base_version.number) == ("Ma version relue.", 2)


def test_a_form_left_open_while_the_article_changed_does_not_undo_the_change(browse: Browse, world: World) -> None:
    client = browse(world.member)
    accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW)
    html = client.post(NEW, answers(world, do="open", base="1", text_fr="Écrit sur l’ancien.")).content.decode()
    assert "a changé depuis que vous l’avez lu" in html
    assert not Amendment.objects.filter(title="Écrit sur l’ancien.").exists() and Amendment.objects.count() == 1


def test_an_english_text_left_as_it_was_follows_the_article_when_it_changes(browse: Browse, world: World) -> None:
    client, untouched = browse(world.member), ARTICLES[2].text_en
    client.post(NEW, answers(world, text_en=untouched))
    draft = Amendment.objects.get()
    assert draft.text_en == ""
    accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW)
    html = client.get(f"/fr/charte/brouillon/{draft.pk}/").content.decode()
    assert "Data is handed to the city every month.</textarea>" in html
    stale = answers(world, base="1", text_en=untouched, text_fr="Repris.")
    html = client.post(f"/fr/charte/brouillon/{draft.pk}/", stale).content.decode()
    assert "Data is handed to the city every month.</textarea>" in html
