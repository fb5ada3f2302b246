"""Organisations come in once, are decided once, and are kept by those who represent them."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser

from coalition.core.access import Hidden, LoginNeeded, Refused, WrongState
from coalition.core.errors import DomainError
from coalition.core.gazetteer import places_called
from coalition.core.models import AuditLine
from coalition.notifications.models import Event
from members.actions import (
    HiddenCharacters,
    OrganisationExists,
    TooManyRequests,
    confirm_organisation,
    edit_organisation,
    import_organisation,
    refuse_organisation,
    request_organisation,
)
from members.enums import Kind, OrganisationState, Role
from members.models import Organisation, User
from tests.members.conftest import NOW, fresh

pytestmark = pytest.mark.django_db


def ask(account: User, name: str = "Ville de Saint-Louis", country: str = "SN") -> Organisation:
    return request_organisation(actor=account, name=name, country=country, kind=Kind.AUTHORITY, now=NOW)


def test_who_asks_represents_the_organisation_and_the_organisers_are_told(make_account: Callable[..., User]) -> None:
    account = make_account()
    organisation = ask(account)
    assert organisation.state == OrganisationState.PENDING
    assert fresh(account).roles == {organisation.pk: Role.REPRESENTATIVE}
    assert Event.objects.filter(kind="organisation.requested").count() == 1
    assert AuditLine.objects.get(action="organisation.request").actor == account


def test_nobody_asks_without_a_verified_address(make_account: Callable[..., User]) -> None:
    with pytest.raises(Refused):
        ask(make_account(verified=False))
    with pytest.raises(LoginNeeded):
        ask(AnonymousUser())  # type: ignore[arg-type]


def test_a_name_that_differs_by_accents_and_case_only_is_the_same(make_account: Callable[..., User]) -> None:
    first = ask(make_account())
    with pytest.raises(OrganisationExists) as refusal:
        ask(make_account(), name="  VILLE DE SAINT-LOUÏS ")
    assert refusal.value.organisation == first
    assert ask(make_account(), country="FR").pk != first.pk


def test_a_refused_name_may_be_asked_again(make_account: Callable[..., User], organiser: User) -> None:
    refuse_organisation(organisation=ask(make_account()), actor=organiser, motive="Inconnue.", now=NOW)
    again = ask(make_account())
    assert again.state == OrganisationState.PENDING
    assert again.slug == "ville-de-saint-louis-2"


def test_the_sixth_request_waits_for_the_first_five(make_account: Callable[..., User]) -> None:
    account = make_account()
    for number in range(5):
        ask(account, name=f"Association {number}")
    with pytest.raises(TooManyRequests):
        ask(account, name="Association 5")


def test_an_organisation_cannot_take_the_address_of_a_page(make_account: Callable[..., User]) -> None:
    assert ask(make_account(), name="Nouvelle").slug == "nouvelle-2"
    assert ask(make_account(), name="???").slug == "organisation"


def test_an_import_confirms_at_once_and_overwrites_nothing() -> None:
    first, created = import_organisation(name="Ville de Lomé", country="TG", city="Lomé", now=NOW)
    second, again = import_organisation(name="ville de lome", country="TG", city="Autre", now=NOW)
    assert (created, again) == (True, False)
    assert second == first
    assert second.city == "Lomé"
    assert second.state == OrganisationState.CONFIRMED


def test_only_organisers_decide_and_only_once(make_account: Callable[..., User], organiser: User) -> None:
    account = make_account()
    organisation = ask(account)
    with pytest.raises(Refused):
        confirm_organisation(organisation=organisation, actor=fresh(account), now=NOW)
    with pytest.raises(Hidden):
        confirm_organisation(organisation=organisation, actor=make_account(), now=NOW)
    stale = Organisation.objects.get(pk=organisation.pk)
    confirm_organisation(organisation=organisation, actor=organiser, now=NOW)
    with pytest.raises(WrongState):
        refuse_organisation(organisation=stale, actor=organiser, motive="Trop tard.", now=NOW)
    assert Organisation.objects.get(pk=organisation.pk).state == OrganisationState.CONFIRMED
    assert list(Event.objects.order_by("pk").values_list("kind", flat=True)) == [
        "organisation.requested",
        "organisation.confirmed",
    ]


def test_a_refusal_says_why(make_account: Callable[..., User], organiser: User) -> None:
    organisation = ask(make_account())
    with pytest.raises(DomainError):
        refuse_organisation(organisation=organisation, actor=organiser, motive="  ", now=NOW)
    assert Organisation.objects.get(pk=organisation.pk).state == OrganisationState.PENDING


def test_representatives_edit_the_profile_and_a_new_city_has_its_place_on_the_map(
    make_organisation: Callable[..., Organisation], make_representative: Callable[..., User]
) -> None:
    organisation = make_organisation(name="Ville de Dakar", city="Dakar", latitude=14.7, longitude=-17.4)
    edited = edit_organisation(
        organisation=organisation, actor=make_representative(organisation), now=NOW, city="Rufisque", summary_fr="Ici."
    )
    assert (edited.city, edited.latitude) == ("Rufisque", 14.715)
    assert edited.geoname_id
    assert Organisation.objects.matching("rufisque").get() == edited
    changed = AuditLine.objects.get(action="organisation.edit").data["changed"]
    assert {"city", "geoname_id", "latitude", "longitude", "summary_fr"} == set(changed)


def test_a_city_nobody_knows_leaves_the_map_and_one_of_another_country_is_not_believed(
    make_organisation: Callable[..., Organisation], organiser: User
) -> None:
    organisation = make_organisation(name="Ville de Dakar", city="Dakar")
    assert organisation.latitude is not None
    paris = 2988507
    edited = edit_organisation(organisation=organisation, actor=organiser, now=NOW, city="Zzyzx", geoname_id=paris)
    assert (edited.city, edited.geoname_id, edited.latitude) == ("Zzyzx", None, None)


def test_of_several_cities_of_that_name_the_one_chosen_is_kept(
    make_organisation: Callable[..., Organisation], organiser: User
) -> None:
    _largest, second = places_called("US", "Springfield")[:2]
    organisation = make_organisation(name="Ville choisie", country="US")
    edited = edit_organisation(
        organisation=organisation, actor=organiser, now=NOW, city=second.name, geoname_id=second.geonames_id
    )
    assert (edited.geoname_id, edited.latitude) == (second.geonames_id, second.latitude)


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\n", "\x07", "\u200b", "\u00ad"])
def test_a_line_that_hides_something_is_refused(
    make_account: Callable[..., User], make_organisation: Callable[..., Organisation], organiser: User, character: str
) -> None:
    with pytest.raises(HiddenCharacters) as refusal:
        ask(make_account(), name=f"Ville de Dak{character}ar")
    assert refusal.value.field == "name"
    with pytest.raises(HiddenCharacters):
        edit_organisation(organisation=make_organisation(), actor=organiser, now=NOW, city=f"Dak{character}ar")


def test_a_look_alike_in_another_writing_is_the_same_name(make_account: Callable[..., User]) -> None:
    first = ask(make_account(), name="Ville de Paris", country="FR")
    with pytest.raises(OrganisationExists) as refusal:
        ask(make_account(), name="Ville de P\u0430ris", country="FR")
    assert refusal.value.organisation == first


def test_what_the_person_said_of_look_alikes_is_in_the_log(make_account: Callable[..., User]) -> None:
    asked = request_organisation(
        actor=make_account(), name="Ville", country="SN", kind=Kind.NGO, now=NOW, told_apart=[7, 3]
    )
    assert AuditLine.objects.get(action="organisation.request", object_id=asked.pk).data["told_apart"] == [3, 7]


def test_a_member_and_a_stranger_do_not_edit_it(
    make_organisation: Callable[..., Organisation],
    make_representative: Callable[..., User],
    make_account: Callable[..., User],
) -> None:
    organisation = make_organisation()
    for account in (make_account(), make_representative(organisation, role=Role.EDITOR)):
        with pytest.raises(Refused):
            edit_organisation(organisation=organisation, actor=account, now=NOW, city="Ailleurs")
    with pytest.raises(TypeError):
        edit_organisation(organisation=organisation, actor=make_representative(organisation), now=NOW, name="Autre")
