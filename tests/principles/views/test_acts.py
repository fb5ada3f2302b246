"""Positions, other wordings, writing together, the rule: what a person does on the pages of an amendment."""

import re
from collections.abc import Callable
from typing import Any

from django.test import Client

from members.models import User
from principles.actions import accept_amendment, set_decision_rule
from principles.models import Amendment, Charter, CoAuthor, Position
from tests.principles.conftest import MOTIVE, NOW, World, make_organisation, make_speaker

Browse = Callable[[User | None], Client]
ONE = "/fr/charte/amendement/1/"
HTMX = {"HX-Request": "true"}


def test_a_position_is_taken_seen_by_all_and_changed(browse: Browse, world: World) -> None:
    world.opened()
    client = browse(world.member)
    assert f"{ONE}position/" in client.get(ONE).content.decode()
    client.post(f"{ONE}position/", {"choice": "agree"})
    refused = client.post(f"{ONE}position/", {"choice": "objection", "reason": "non"}).content.decode()
    assert 'role="alert"' in refused and Position.objects.get().choice == "agree"
    client.post(f"{ONE}position/", {"choice": "objection", "reason": "Trop tôt pour nos écoles."})
    public = browse(None).get(ONE).content.decode()
    assert "Trop tôt pour nos écoles." in public and "1 objection est maintenue" in public
    history = browse(None).get(f"{ONE}positions/").content.decode()
    assert "D’accord" in history and "Objection" in history


def test_after_a_revision_the_page_asks_to_confirm_and_shows_the_difference(browse: Browse, world: World) -> None:
    world.opened()
    client = browse(world.member)
    client.post(f"{ONE}position/", {"choice": "agree"})
    words = {
        "text_fr": "Les données arrivent chaque semaine.",
        "text_en": "Data comes every week.",
        "note": "Plus tôt.",
    }
    assert client.post(f"{ONE}rediger/", {**words, "wording": 1}).status_code == 302
    assert "avant la nouvelle rédaction" in client.get(ONE).content.decode()
    assert "Confirmer cette position" in client.get(f"{ONE}position/").content.decode()
    wordings = browse(None).get(f"{ONE}redactions/").content.decode()
    assert "Plus tôt." in wordings and re.search(r"<ins>.*semaine", wordings)


def test_the_changes_are_drawn_while_one_writes_and_said_in_words(browse: Browse, world: World) -> None:
    world.opened(text_en="")
    client = browse(world.member)
    typed = {"do": "preview", "base": "1", "text_fr": "Les données sont remises ce soir.", "text_en": ""}
    live = client.post("/fr/charte/article/donnees/amender/", typed, headers=HTMX).content.decode()
    assert 'role="status"' in live and "mots ajoutés" in live and "<html" not in live
    for address, field in ((f"{ONE}rediger/", "text_fr"), (f"{ONE}langue/en/", "text")):
        live = client.post(address, {"do": "preview", field: "Un autre texte."}, headers=HTMX).content.decode()
        assert 'role="status"' in live and "<html" not in live


def test_without_javascript_a_button_draws_the_changes_and_keeps_nothing(browse: Browse, world: World) -> None:
    late = world.opened(text_fr="Les données sont publiées chaque jour.", text_en="")
    accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW)
    fresh = world.opened("guichet", text_en="")
    client = browse(world.member)
    for address, field in (
        (f"/fr/charte/amendement/{fresh.number}/rediger/", "text_fr"),
        (f"/fr/charte/amendement/{fresh.number}/langue/en/", "text"),
        (f"/fr/charte/amendement/{late.number}/reprendre/", "text_fr"),
    ):
        html = client.post(address, {"do": "preview", field: "Un texte tapé à la main."}).content.decode()
        assert "Un texte tapé à la main.</textarea>" in html and re.search(r"<ins>.*tapé", html)
        assert 'role="alert"' not in html
    assert not Amendment.objects.filter(wording__gt=1).exists()


def test_another_city_writes_the_missing_english_and_is_named(browse: Browse, world: World) -> None:
    world.opened(text_en="")
    other = make_organisation("Ville de Gand")
    client = browse(make_speaker(other, "Lotte"))
    assert "Ce qui change en français" in client.get(f"{ONE}langue/en/").content.decode()
    assert client.post(f"{ONE}langue/en/", {"text": "Data comes monthly.", "wording": 1}).status_code == 302
    html = browse(None).get(ONE).content.decode()
    assert "Texte anglais écrit par" in html and "Ville de Gand" in html and "Lotte" in html
    assert client.get(f"{ONE}langue/xx/").status_code == 404


def test_the_author_resolves_a_conflict_in_the_browser_without_javascript(browse: Browse, world: World) -> None:
    late = world.opened(text_fr="Les données sont publiées chaque jour.", text_en="Data is published daily.")
    accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW)
    client = browse(world.member)
    address = f"/fr/charte/amendement/{late.number}/reprendre/"
    assert address in client.get(late.get_absolute_url()).content.decode()
    html = client.get(address).content.decode()
    for text in (
        "ouvertes à la collectivité à sa demande",
        "remises à la collectivité chaque mois",
        "publiées chaque jour",
    ):
        assert text in html
    answer: dict[str, Any] = {"text_fr": "Remises et publiées.", "text_en": "Handed and published.", "note": ""}
    assert client.post(address, {**answer, "version": 1, "wording": 1}).status_code == 409
    assert client.post(address, {**answer, "version": 2, "wording": 1}).status_code == 302
    assert not Amendment.objects.get(pk=late.pk).needs_rebase


def test_a_draft_is_written_by_two_organisations(browse: Browse, world: World) -> None:
    draft, other = world.draft(), make_organisation("Ville de Gand")
    speaker = make_speaker(other, "Lotte")
    together = f"/fr/charte/brouillon/{draft.pk}/ensemble/"
    assert browse(speaker).get(together).status_code == 404
    browse(world.member).post(together, {"organisation": other.pk})
    client = browse(speaker)
    assert draft.title in client.get("/fr/charte/amendements/").content.decode()
    assert client.get(f"/fr/charte/brouillon/{draft.pk}/")["Location"] == together
    assert "Répondre pour Ville de Gand" in client.get(together).content.decode()
    client.post(f"/fr/charte/invitation/{CoAuthor.objects.get().pk}/", {"answer": "accept"})
    assert client.get(f"/fr/charte/brouillon/{draft.pk}/").status_code == 200
    browse(world.member).post(together, {"organisation": world.city.pk})
    assert CoAuthor.objects.count() == 1


def test_an_examination_is_supported_until_it_opens(browse: Browse, world: World) -> None:
    said = {"decision_rule": "consent", "voters": "members", "quorum_percent": 0, "decision_days": 0}
    set_decision_rule(actor=world.organiser, charter=world.charter, supporters_needed=1, now=NOW, **said)
    world.opened()
    assert browse(None).get(ONE).status_code == 404
    client = browse(make_speaker(make_organisation()))
    assert "son examen, il en faut 1" in client.get(ONE).content.decode()
    assert client.get(f"{ONE}soutenir/").status_code == 200
    client.post(f"{ONE}soutenir/")
    assert browse(None).get(ONE).status_code == 200


def test_an_organiser_sets_phases_and_rule_and_errors_are_said(browse: Browse, world: World) -> None:
    client, address = browse(world.organiser), "/fr/charte/reglement/"
    assert "Amendements ouverts" in client.get(address).content.decode()
    wrong = {"do": "phases", "amendments_from": "2027-02-01T10:00", "deliberation_from": "2027-01-01T10:00"}
    assert 'role="alert"' in client.post(address, wrong).content.decode()
    client.post(address, {"do": "phases", "adopted_from": "2030-01-01T10:00"})
    rule = {"decision_rule": "two_thirds", "voters": "members", "quorum_percent": 40, "decision_days": 10}
    assert client.post(address, {**rule, "supporters_needed": 0, "do": "rule"}).status_code == 302
    charter = Charter.objects.get()
    assert (charter.decision_rule, charter.quorum_percent) == ("two_thirds", 40)
    assert charter.adopted_from is not None and charter.adopted_from.year == 2030
    world.opened()
    assert "Deux tiers" in browse(None).get(ONE).content.decode()


def test_amendments_of_the_same_sentence_name_each_other(browse: Browse, world: World) -> None:
    world.opened()
    rival = world.opened(title="Autre voie", text_fr="Les données sont vendues.", text_en="")
    assert rival.title in browse(None).get(ONE).content.decode()
