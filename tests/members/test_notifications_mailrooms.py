"""Whom an organisation's mail reaches, in which box, and what a shared mailbox may not see."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from coalition.notifications.actions import fan_out_event, record_event
from coalition.notifications.kinds import Recipient, all_kinds, get_kind, nothing
from coalition.notifications.models import Delivery, Event, Notice
from members.enums import OrganisationMail, Role
from members.models import Affiliation, MailRule, Organisation, SharedMailbox
from members.notifications.mailrooms import key_of_secret, mailbox_secret, organisation_mail, way_out_of_mailbox
from members.notifications.recipients import adoption_targets, all_representatives, speaking_for_mailbox
from tests.members.conftest import NOW
from tests.notifications.keeping import send_due

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]
BOX = "service@ville.example"


@pytest.fixture
def city(make_organisation: Make) -> Organisation:
    organisation: Organisation = make_organisation()
    return organisation


def share(city: Organisation, **more: Any) -> SharedMailbox:
    fields = {"address": BOX, "categories": OrganisationMail.values, "asked_at": NOW, "confirmed_at": NOW, **more}
    return SharedMailbox.objects.create(organisation=city, **fields)


def told(city: Organisation, category: str = "charter", **more: Any) -> list[str]:
    return [one.address for one in organisation_mail([city.pk], category, **more) if not one.site_only]


def test_the_usual_role_is_told_until_the_organisation_chooses_another(
    city: Organisation, make_representative: Make
) -> None:
    awa, editor = make_representative(city), make_representative(city, role=Role.EDITOR)
    assert told(city) == [awa.email]
    assert told(city, "own_case") == [editor.email]
    MailRule.objects.create(organisation=city, category="charter", roles=["editor"])
    assert told(city) == [editor.email]
    assert told(city, acts=True) == [awa.email, editor.email]
    Affiliation.objects.filter(account=editor).update(ended_on=NOW.date())
    assert told(city) == [awa.email]


def test_a_mailbox_gets_a_copy_or_stands_in_but_never_for_what_somebody_must_do(
    city: Organisation, make_representative: Make
) -> None:
    awa = make_representative(city)
    box = share(city)
    assert told(city) == [awa.email, BOX]
    box.mode = "instead"
    box.save()
    assert told(city) == [BOX]
    assert told(city, acts=True) == [awa.email, BOX]
    assert [one.account_id for one in organisation_mail([city.pk], "charter") if one.site_only] == [awa.pk]
    box.confirmed_at = None
    box.save()
    assert told(city) == [awa.email]


def test_who_acted_is_left_out_and_the_mailbox_is_not(city: Organisation, make_representative: Make) -> None:
    awa = make_representative(city)
    share(city)
    assert told(city, besides=[awa.pk]) == [BOX]


def _act_is_told(city: Organisation, official: Make, awa: Any) -> Any:
    act = official(awa, city)
    Event.objects.all().delete()
    Delivery.objects.all().delete()
    event = record_event(kind="cosponsorship.official", key="essai", subject=act, payload={}, now=NOW)
    fan_out_event(event_id=event.pk, now=NOW)
    return event


def test_a_mailbox_reads_in_its_language_under_the_name_of_the_organisation_and_may_stop(
    city: Organisation, make_representative: Make, official: Make
) -> None:
    awa = make_representative(city)
    box = share(city, language="en", mode="instead")
    _act_is_told(city, official, awa)
    assert list(Delivery.objects.values_list("address", "for_account")) == [(BOX, False)]
    states, (message,) = send_due()
    assert states == ["sent"]
    assert city.name in str(message.to[0]) and mailbox_secret(box) in str(message.body)
    assert message.extra_headers["Content-Language"] == "en"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_those_in_whose_place_a_mailbox_is_written_to_find_the_news_on_the_site_by_one_route(
    city: Organisation, make_representative: Make, official: Make, client: Client
) -> None:
    awa = make_representative(city)
    share(city, mode="instead")
    event = _act_is_told(city, official, awa)
    notice = Notice.objects.get(account=awa, event=event)
    assert (notice.route, notice.target) == ("app", ("cosponsorship", str(event.object_id)))
    assert not Delivery.objects.filter(account=awa).exists()
    client.force_login(awa)
    page = client.get("/fr/compte/nouvelles/").content.decode()
    assert "Votre organisation est co-porteuse" in page
    assert f"Co-portage\u00a0: {city.name}" in page


@pytest.mark.parametrize("mode", ["copy", "instead"])
def test_every_kind_about_an_act_gives_each_person_exactly_one_route(
    city: Organisation, make_representative: Make, official: Make, mode: str
) -> None:
    awa, bintou = make_representative(city), make_representative(city)
    share(city, mode=mode)
    act = official(awa, city)
    kinds = [
        kind for kind in all_kinds() if kind.category == "cosponsorship" and kind.name != "cosponsorship.new_version"
    ]
    assert all(kind.targets is not nothing for kind in kinds)
    routes = {}
    for kind in kinds:
        event = record_event(kind=kind.name, key=f"essai {kind.name}", subject=act, payload={}, now=NOW)
        fan_out_event(event_id=event.pk, now=NOW)
        for person in (awa, bintou):
            told = Notice.objects.filter(event=event, account=person)
            mails = Delivery.objects.filter(event=event, account=person).count()
            assert [notice.route for notice in told] in ([], ["now"] if mails else ["app"])
            assert mails <= 1
        routes[kind.name] = "".join(Notice.objects.filter(event=event, account=bintou).values_list("route", flat=True))
    told_on_site = {name for name, route in routes.items() if route == "app"}
    expected = {f"cosponsorship.{end}" for end in ("receipt", "official", "declined", "withdrawn", "renewed")}
    assert told_on_site == ({*expected, "cosponsorship.version_confirmed"} if mode == "instead" else set())
    assert routes["cosponsorship.to_renew"] == "now"


def test_a_local_adoption_is_news_on_the_site_too() -> None:
    assert {get_kind(f"adoption.{end}").targets for end in ("recorded", "withdrawn")} == {adoption_targets}


def test_a_mailbox_that_stopped_meanwhile_is_not_written_to(
    city: Organisation, make_representative: Make, official: Make
) -> None:
    awa = make_representative(city)
    share(city)
    _act_is_told(city, official, awa)
    SharedMailbox.objects.all().delete()
    assert sorted(send_due()[0]) == ["sent", "suppressed"]


def test_whoever_shares_the_address_of_the_mailbox_is_told_once(
    city: Organisation, make_representative: Make, official: Make
) -> None:
    awa = make_representative(city)
    share(city, address=awa.email)
    _act_is_told(city, official, awa)
    assert Delivery.objects.get().account == awa
    assert Notice.objects.filter(account=awa).count() <= 1


def test_behind_a_mailbox_stands_a_representative_with_that_role_and_no_more(
    city: Organisation, make_representative: Make
) -> None:
    awa = make_representative(city)
    awa.is_superuser = True
    awa.save()
    share(city)
    (speaker,) = speaking_for_mailbox(BOX.upper())
    assert speaker == awa and not speaker.is_superuser
    assert speaker.roles == {city.pk: Role.REPRESENTATIVE} and not speaker.group_names
    assert speaking_for_mailbox("personne@ville.example") == []
    assert list(all_representatives()) == [awa]


def test_the_word_of_a_link_names_one_mailbox() -> None:
    assert key_of_secret(mailbox_secret(SharedMailbox(pk=7))) == 7
    assert key_of_secret("7~x") is None


def test_the_foot_knows_the_mailbox_in_mails_of_the_organisation_only(city: Organisation) -> None:
    box = share(city)
    recipient = Recipient(BOX, "fr", city.name, None)
    assert way_out_of_mailbox(get_kind("cosponsorship.official"), recipient)["shared_mailbox_of"] == city.name
    assert way_out_of_mailbox(get_kind("support.confirmed"), recipient) == {}
    assert way_out_of_mailbox(get_kind("cosponsorship.official"), Recipient(BOX, "fr", "", 3)) == {}
    box.delete()
    assert way_out_of_mailbox(get_kind("cosponsorship.official"), recipient) == {}
