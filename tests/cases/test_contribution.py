"""Documenting a case from the site, as an editor does it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.actions import save_case, submit_case
from cases.enums import CONTENT_FIELDS, PARTS, ReviewState
from cases.models import CasePage
from members.enums import Role
from members.models import User
from tests.cases.conftest import NOW, Make, World, give_role

SignIn = Callable[[User], Client]
WORDS = {
    "title": "Prendre son tour par SMS",
    "summary": "Un message remplace la file.",
    "kind": "experiment",
    "domain": "services",
    "stage": "pilot",
    "country": "FR",
    "city": "Rennes",
}
NO_ROWS = {f"{part}-{name}_FORMS": "0" for part in PARTS for name in ("TOTAL", "INITIAL")}


def whole(**words: Any) -> dict[str, Any]:
    """What the complete form sends."""
    return {**WORDS, **NO_ROWS, **words}


def test_an_editor_documents_sends_and_sees_it_published(world: World, signed_in: SignIn) -> None:
    editor, organiser = signed_in(world.editor), signed_in(world.organiser)
    answer = editor.post("/fr/cas/documenter/", {**WORDS, "organisation": world.city.pk})
    page = CasePage.objects.get()
    assert answer["Location"] == reverse("case_edit", args=[page.pk]) + "?depth=five"
    assert "C’est enregistré" in editor.get(answer["Location"]).content.decode()
    preview = editor.get(reverse("case_preview", args=[page.pk])).content.decode()
    assert "Aperçu" in preview
    assert "<h1>Prendre son tour par SMS</h1>" in preview
    assert "noindex" in preview
    assert "Envoyer ce cas" in editor.get(reverse("case_submit", args=[page.pk])).content.decode()
    editor.post(reverse("case_submit", args=[page.pk]))
    assert "Prendre son tour" in organiser.get(reverse("case_drafts")).content.decode()
    review = organiser.get(reverse("case_review", args=[page.pk]))
    assert "Publier" in review.content.decode()
    based_on = review.context["publish_form"].initial["based_on"]
    done = organiser.post(reverse("case_publish", args=[page.pk]), {"based_on": based_on}, follow=True)
    assert done.redirect_chain[-1][0] == CasePage.objects.get().url
    assert Client().get(CasePage.objects.get().url).status_code == 200


def test_buttons_lead_on_to_the_preview_and_to_sending(world: World, signed_in: SignIn) -> None:
    editor = signed_in(world.editor)
    answer = editor.post("/fr/cas/documenter/", {**WORDS, "organisation": world.city.pk, "then": "case_preview"})
    page = CasePage.objects.get()
    assert answer["Location"] == reverse("case_preview", args=[page.pk])
    words = whole(title="Autre", based_on=page.latest_revision_id, then="case_submit")
    answer = editor.post(reverse("case_edit", args=[page.pk]), words)
    assert answer["Location"] == reverse("case_submit", args=[page.pk])
    elsewhere = whole(based_on=CasePage.objects.get().latest_revision_id, then="https://evil.example/")
    answer = editor.post(reverse("case_edit", args=[page.pk]), elsewhere)
    assert answer["Location"] == reverse("case_edit", args=[page.pk])


def test_an_editor_of_two_cities_chooses_and_of_one_finds_it_chosen(world: World, signed_in: SignIn) -> None:
    one = signed_in(world.editor).get("/fr/cas/documenter/").context["form"]
    assert one["organisation"].initial == world.city.pk
    give_role(world.editor, world.other_city, Role.EDITOR)
    two = signed_in(world.editor).get("/fr/cas/documenter/").context["form"]
    assert set(two.fields["organisation"].queryset) == {world.city, world.other_city}


def test_a_city_that_is_not_theirs_is_refused(world: World, signed_in: SignIn) -> None:
    answer = signed_in(world.editor).post("/fr/cas/documenter/", {**WORDS, "organisation": world.other_city.pk})
    assert answer.status_code == 403
    assert CasePage.objects.count() == 0


def test_who_may_write_nothing_is_told_so(world: World, signed_in: SignIn) -> None:
    assert Client().get("/fr/cas/documenter/").status_code == 302
    for account in (world.member, world.representative):
        assert signed_in(account).get("/fr/cas/documenter/").status_code == 403
        assert signed_in(account).get("/fr/cas/vos-cas/").status_code == 403


def test_a_draft_does_not_exist_for_others(world: World, draft: Make, signed_in: SignIn) -> None:
    page = draft()
    names = ("case_edit", "case_preview", "case_submit", "case_delete")
    for account in (world.member, world.representative, world.stranger):
        browser = signed_in(account)
        for name in names:
            assert browser.get(reverse(name, args=[page.pk])).status_code == 404, (account, name)
            if name != "case_preview":
                assert browser.post(reverse(name, args=[page.pk]), WORDS).status_code == 404
    assert CasePage.objects.get().latest_words().title == "Prendre son tour par SMS"


def test_a_mistake_keeps_what_was_typed_and_says_where_it_is(world: World, signed_in: SignIn) -> None:
    words = {**WORDS, "organisation": world.city.pk, "title": "", "context": "Mon long récit", "latitude": "95"}
    words |= {"longitude": "1", "started_on": "2025-06-01", "ended_on": "2024-01-01", "source_url": "javascript:x"}
    answer = signed_in(world.editor).post("/fr/cas/documenter/?depth=full", {**words, **NO_ROWS})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Mon long récit" in text
    for name in ("title", "latitude", "ended_on", "source_url"):
        assert f'href="#id_{name}"' in text
    assert CasePage.objects.count() == 0


@pytest.mark.parametrize(
    "name",
    [
        "title",
        "summary",
        "layer",
        "priorities",
        "person_days",
        "context",
        "source_url",
        "organisation",
        "based_on",
        "then",
    ],
)
def test_a_nul_byte_in_any_field_is_refused_and_nothing_is_written(
    world: World, draft: Make, signed_in: SignIn, name: str
) -> None:
    page = draft("Intact")
    editor = signed_in(world.editor)
    words = whole(organisation=world.city.pk)
    count = CasePage.objects.count()
    created = editor.post("/fr/cas/documenter/?depth=full", {**words, name: "a\x00b"})
    saved = editor.post(
        reverse("case_edit", args=[page.pk]), {**words, "based_on": page.latest_revision_id, name: "\x00"}
    )
    assert created.status_code in (200, 302, 400)
    assert saved.status_code in (200, 302, 400, 409)
    if name in CONTENT_FIELDS:
        assert CasePage.objects.count() == count
        assert CasePage.objects.get(pk=page.pk).latest_words().title == "Intact"


def test_a_body_too_large_is_refused_with_a_sentence(world: World, signed_in: SignIn) -> None:
    words = {**WORDS, "organisation": world.city.pk, "context": "x" * 3_000_000}
    answer = signed_in(world.editor).post(
        "/fr/cas/documenter/", data="&".join(f"{name}={value}" for name, value in words.items()),
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert answer.status_code in (400, 413)
    assert "<h1" in answer.content.decode()
    assert CasePage.objects.count() == 0


def test_a_section_too_long_is_refused_beside_its_question(world: World, signed_in: SignIn) -> None:
    answer = signed_in(world.editor).post(
        "/fr/cas/documenter/", {**WORDS, "organisation": world.city.pk, "failed": "x" * 20_001}
    )
    assert 'href="#id_failed"' in answer.content.decode()
    assert CasePage.objects.count() == 0


def test_a_conflict_shows_both_texts_and_saving_again_keeps_mine_knowingly(
    world: World, draft: Make, signed_in: SignIn
) -> None:
    page = draft("Départ", context="Texte commun")
    start = page.latest_revision_id
    save_case(actor=None, page=page, content={"context": "Le texte des autres"}, based_on=start, now=NOW)
    editor, address = signed_in(world.editor), reverse("case_edit", args=[page.pk])
    mine = whole(title="Départ", context="Mon texte à moi", based_on=start)
    answer = editor.post(address, mine)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Le texte des autres" in text
    assert "Mon texte à moi" in text
    assert CasePage.objects.get().latest_words().context == "Le texte des autres"
    again = answer.context["form"].initial["based_on"]
    assert editor.post(address, {**mine, "based_on": again}).status_code == 302
    assert CasePage.objects.get().latest_words().context == "Mon texte à moi"
    assert page.revisions.count() == 3


def test_saving_without_saying_which_text_one_read_is_a_conflict(world: World, draft: Make, signed_in: SignIn) -> None:
    page = draft("Départ")
    answer = signed_in(world.editor).post(reverse("case_edit", args=[page.pk]), whole(title="À l’aveugle"))
    assert answer.status_code == 409


def test_an_incomplete_case_says_what_is_missing_before_it_is_sent(
    world: World, draft: Make, signed_in: SignIn
) -> None:
    page = draft(summary="")
    answer = signed_in(world.editor).post(reverse("case_submit", args=[page.pk]))
    assert answer.status_code == 422
    assert f"{reverse('case_edit', args=[page.pk])}#id_summary" in answer.content.decode()


def test_while_it_is_read_the_form_gives_way_to_taking_it_back(
    world: World, submitted: Make, signed_in: SignIn
) -> None:
    page, editor = submitted(), signed_in(world.editor)
    shown = editor.get(reverse("case_edit", args=[page.pk])).content.decode()
    assert 'name="title"' not in shown
    assert editor.post(reverse("case_edit", args=[page.pk]), WORDS).status_code == 409
    editor.post(reverse("case_take_back", args=[page.pk]))
    assert 'name="title"' in editor.get(reverse("case_edit", args=[page.pk])).content.decode()
    assert page.review_state == ReviewState.DRAFT


def test_translating_opens_the_other_languages_draft(world: World, draft: Make, signed_in: SignIn) -> None:
    page, editor = draft(), signed_in(world.editor)
    assert "Traduire en anglais" in editor.get(reverse("case_edit", args=[page.pk])).content.decode()
    answer = editor.post(reverse("case_translate", args=[page.pk]), {"language": "en"})
    english = CasePage.objects.get(written_in="en")
    assert answer["Location"] == reverse("case_edit", args=[english.pk])
    unknown = editor.post(reverse("case_translate", args=[page.pk]), {"language": "\x00"})
    assert unknown.status_code in (302, 400)
    assert CasePage.objects.count() == 2


def test_deleting_asks_first(world: World, draft: Make, signed_in: SignIn) -> None:
    page, editor = draft(), signed_in(world.editor)
    assert editor.get(reverse("case_delete", args=[page.pk])).status_code == 200
    assert CasePage.objects.exists()
    editor.post(reverse("case_delete", args=[page.pk]))
    assert not CasePage.objects.exists()


def test_your_cases_lists_ones_own_drafts_and_public_cases(
    world: World, draft: Make, published: Make, signed_in: SignIn
) -> None:
    draft("Mon brouillon")
    published("Mon cas public")
    submit_case(actor=world.editor, page=draft("Mon envoi"), now=NOW)
    draft("Brouillon d’ailleurs", organisation=world.other_city)
    text = signed_in(world.editor).get("/fr/cas/vos-cas/").content.decode()
    assert "Mon brouillon" in text
    assert "En relecture" in text
    assert "Mon cas public" in text
    assert "Brouillon d’ailleurs" not in text


def test_the_missing_are_missing(world: World, signed_in: SignIn) -> None:
    assert signed_in(world.organiser).get(reverse("case_edit", args=[10**9])).status_code == 404
    assert signed_in(world.organiser).get("/fr/cas/fiche/99999999999999999999999/ecrire/").status_code == 404


def test_a_draft_begun_in_five_minutes_is_the_same_at_every_depth(world: World, signed_in: SignIn) -> None:
    editor = signed_in(world.editor)
    editor.post("/fr/cas/documenter/", {**WORDS, "organisation": world.city.pk, "failed": "Le dimanche."})
    page = CasePage.objects.get()
    address = reverse("case_edit", args=[page.pk])
    shown = editor.get(f"{address}?depth=five").content.decode()
    assert "La question suivante" in shown
    assert 'name="problem"' not in shown
    deeper = editor.get(f"{address}?depth=twenty").content.decode()
    assert "Le dimanche." in deeper and 'name="problem"' in deeper
    words = {**WORDS, "problem": "L’attente.", "based_on": page.latest_revision_id}
    words |= {"partners-TOTAL_FORMS": "1", "partners-INITIAL_FORMS": "0", "partners-0-name": "Les agents"}
    words |= {"then": "story", "failed": "Le dimanche."}
    answer = editor.post(f"{address}?depth=twenty", words)
    assert answer["Location"] == f"{address}?depth=twenty#story"
    saved = CasePage.objects.get().latest_words()
    assert (saved.problem, saved.failed, saved.partners.all()[0].name) == ("L’attente.", "Le dimanche.", "Les agents")
    editor.post(f"{address}?depth=five", {**WORDS, "based_on": saved.latest_revision_id, "title": "Plus court"})
    page = CasePage.objects.get()
    assert page.latest_words().problem == "L’attente."
    deeper = {**WORDS, "title": "Plus court", "based_on": page.latest_revision_id, "then": "full"}
    assert editor.post(f"{address}?depth=five", deeper)["Location"] == address


def test_asking_for_one_more_row_keeps_what_was_typed_and_saves_nothing(
    world: World, draft: Make, signed_in: SignIn
) -> None:
    page = draft("Intact")
    words = whole(based_on=page.latest_revision_id, title="Pas encore", add="indicators")
    words |= {"indicators-TOTAL_FORMS": "1", "indicators-0-label": "Attente médiane"}
    text = signed_in(world.editor).post(reverse("case_edit", args=[page.pk]), words).content.decode()
    assert 'value="Attente médiane"' in text and 'name="indicators-1-label"' in text and "Pas encore" in text
    assert CasePage.objects.get().latest_words().title == "Intact"


def test_a_conflict_about_rows_keeps_both(world: World, draft: Make, signed_in: SignIn) -> None:
    page = draft("Départ")
    start = page.latest_revision_id
    save_case(actor=None, page=page, content={"partners": [{"name": "Les leurs"}]}, based_on=start, now=NOW)
    mine = whole(title="Départ", summary="Un message remplace la file.", based_on=start)
    mine |= {"partners-TOTAL_FORMS": "1", "partners-0-name": "Les nôtres"}
    answer = signed_in(world.editor).post(reverse("case_edit", args=[page.pk]), mine)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Les leurs" in text and 'value="Les nôtres"' in text


def test_a_locked_case_is_not_written(world: World, draft: Make, signed_in: SignIn) -> None:
    page = draft()
    CasePage.objects.update(locked=True)
    answer = signed_in(world.editor).post(reverse("case_edit", args=[page.pk]), whole(based_on=page.latest_revision_id))
    assert answer.status_code == 409


def test_a_shared_link_shows_one_revision_and_nothing_newer(world: World, draft: Make, signed_in: SignIn) -> None:
    page = draft("Ce que l’on montre")
    preview = signed_in(world.editor).get(reverse("case_preview", args=[page.pk]))
    address = preview.context["shared_url"].removeprefix("http://testserver")
    save_case(actor=None, page=page, content={"title": "Encore secret"}, based_on=page.latest_revision_id, now=NOW)
    answer = Client().get(address)
    text = answer.content.decode()
    assert "Ce que l’on montre" in text and "Encore secret" not in text and "noindex" in text
    assert "no-store" in answer["Cache-Control"]
    assert Client().get(address[:-4] + "xxx/").status_code == 404


def test_a_case_can_start_from_another_of_ones_own(world: World, draft: Make, signed_in: SignIn) -> None:
    page = draft("Le premier", context="Commun", figure_value="12")
    signed_in(world.editor).post(reverse("case_copy", args=[page.pk]))
    copy = CasePage.objects.exclude(pk=page.pk).get()
    assert (copy.title, copy.context, copy.figure_value) == ("Copie\u00a0: Le premier", "Commun", "")
    assert copy.number != page.number


def test_a_new_case_starts_where_its_only_organisation_is(world: World, signed_in: SignIn) -> None:
    world.city.city, world.city.geoname_id = "Rennes", 2983990
    world.city.save()
    form = signed_in(world.editor).get("/fr/cas/documenter/").context["form"]
    assert (form["country"].value(), form["city"].value()) == ("FR", "Rennes")
    assert form.place_taken is not None
    assert signed_in(world.organiser).get("/fr/cas/documenter/").context["form"]["city"].value() in (None, "")
