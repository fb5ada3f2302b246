"""The same case in the admin's editor: for organisers, and for editors an organiser let in."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from cases.models import CasePage
from coalition.core.access import AccessError
from members.actions.admin_entry import let_editor_in, shut_editor_out
from members.models import Affiliation, User
from tests.cases.conftest import NOW, Make, World

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def _line(world: World) -> Affiliation:
    return Affiliation.objects.get(account=world.editor)


def _with_second_factor(account: User) -> None:
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})


def test_an_editor_let_in_opens_and_saves_a_case_of_their_city_there(
    world: World, draft: Make, signed_in: SignIn
) -> None:
    page = draft("Dans l’éditeur avancé")
    let_editor_in(affiliation=_line(world), actor=world.organiser, now=NOW)
    _with_second_factor(world.editor)
    editor = signed_in(world.editor)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert address in editor.get(reverse("case_edit", args=[page.pk])).content.decode()
    form = editor.get(address)
    assert form.status_code == 200
    text = form.content.decode()
    assert 'name="organisation"' not in text
    assert 'name="action-publish"' not in text
    assert 'name="action-submit"' not in text
    sent = {name: value for name, value in form.context["form"].initial.items() if value}
    sent |= {"title": "Récrit dans l’éditeur avancé", "slug": page.slug}
    for formset in form.context["form"].formsets.values():
        sent |= {f"{formset.prefix}-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL")}
    assert editor.post(address, sent).status_code == 302
    assert CasePage.objects.get(pk=page.pk).latest_words().title == "Récrit dans l’éditeur avancé"


def test_without_second_factor_or_once_shut_out_the_door_is_closed(
    world: World, draft: Make, signed_in: SignIn
) -> None:
    page = draft("Fermé")
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    let_editor_in(affiliation=_line(world), actor=world.organiser, now=NOW)
    editor = signed_in(world.editor)
    assert editor.get(address).status_code == 403
    _with_second_factor(world.editor)
    assert signed_in(world.editor).get(address).status_code == 200
    shut_editor_out(affiliation=_line(world), actor=world.organiser, now=NOW)
    assert signed_in(world.editor).get(address).status_code == 403


def test_the_cases_of_another_city_and_the_rest_of_the_admin_stay_closed(
    world: World, draft: Make, signed_in: SignIn
) -> None:
    other = draft("Ailleurs", organisation=world.other_city)
    let_editor_in(affiliation=_line(world), actor=world.organiser, now=NOW)
    _with_second_factor(world.editor)
    editor = signed_in(world.editor)
    for place in (f"pages/{other.pk}/edit/", "", "pages/", "choose-page/", "images/chooser/", "api/main/pages/"):
        assert editor.get(f"/admin/{place}").status_code == 403, place


def test_only_organisers_let_in_and_only_editors(world: World) -> None:
    with pytest.raises(AccessError):
        let_editor_in(affiliation=_line(world), actor=world.representative, now=NOW)
    member = Affiliation.objects.get(account=world.member)
    with pytest.raises(AccessError):
        let_editor_in(affiliation=member, actor=world.organiser, now=NOW)


def test_an_organiser_does_it_from_the_people_of_the_organisation(world: World, signed_in: SignIn) -> None:
    line = _line(world)
    organiser = signed_in(world.organiser)
    address = reverse("affiliation_admin_entry", args=[line.organisation.slug, line.pk])
    answer = organiser.post(address, {"entry": "in"}, follow=True)
    assert "Fermer l’éditeur avancé" in answer.content.decode()
    assert organiser.post(address, {"entry": "in"}).status_code == 409
    answer = organiser.post(address, {"entry": "out"}, follow=True)
    assert "Ouvrir l’éditeur avancé" in answer.content.decode()
