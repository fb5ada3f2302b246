from datetime import date
from typing import Any

import pytest
from django.conf import settings

from coalition.notifications.kinds import PARTS, Recipient, get_kind
from coalition.notifications.models import Delivery, Event
from coalition.notifications.rendering import compose
from members.models import Affiliation, Cosponsorship, User
from principles.actions import accept_amendment, refuse_amendment
from tests.principles.conftest import MOTIVE, NOW, World, make_account, make_organiser, make_speaker


def told(kind: str) -> set[str]:
    event = Event.objects.filter(kind=kind).latest("pk")
    return {recipient.address for recipient in get_kind(kind).recipients(event)}


def mail(kind: str, account: User, language: str = "fr") -> Any:
    event = Event.objects.filter(kind=kind).latest("pk")
    delivery = Delivery(
        event=event, account=account, for_account=True, address=account.email, language=language, name=str(account),
        message_id="<essai@example.org>",
    )  # fmt: skip
    return compose(delivery, get_kind(kind))


def sign(world: World, representative: User) -> None:
    affiliation = Affiliation.objects.get(account=representative)
    Cosponsorship.objects.create(
        coalition=world.coalition, organisation=affiliation.organisation, affiliation=affiliation, state="official",
        commitments=["document_cases"], statement="Publier.", document_title="Charte", document_version="1",
        document_sha256=world.first.sha256, signed_at=NOW, decided_at=NOW,
    )  # fmt: skip


def test_a_proposal_is_told_to_the_organisers_and_the_representatives_of_its_organisation(world: World) -> None:
    representative = make_speaker(world.city, "Rokhaya", role="representative")
    gone = make_speaker(world.city, "Partie", role="representative")
    gone.affiliations.update(ended_on=date(2026, 11, 1))
    second = make_organiser("Moussa")
    make_organiser("Suspendu", is_active=False)
    world.opened()
    assert told("amendment.opened") == {world.organiser.email, second.email, representative.email}


def test_the_author_is_not_told_of_their_own_proposal(world: World) -> None:
    world.opened(actor=world.organiser, organisation=None)
    assert world.organiser.email not in told("amendment.opened")


@pytest.mark.parametrize(
    ("decide", "kind"), [(accept_amendment, "amendment.accepted"), (refuse_amendment, "amendment.refused")]
)
def test_a_decision_is_told_to_the_author_with_its_motive(world: World, decide: Any, kind: str) -> None:
    amendment = world.opened()
    decide(actor=world.organiser, amendment=amendment, motive="L’article y gagne & « voilà ».", now=NOW)
    assert told(kind) == {world.member.email}
    message = mail(kind, world.member)
    assert "L’article y gagne & « voilà »." in message.body
    assert f"{settings.BASE_URL}/fr/charte/amendement/{amendment.number}/" in message.body
    assert "L’article y gagne &amp; « voilà »." in message.alternatives[0][0]


def test_a_new_version_is_told_to_co_sponsors_with_what_changed_and_to_the_other_organisers(world: World) -> None:
    representative = make_speaker(world.city, "Rokhaya", role="representative")
    sign(world, representative)
    make_speaker(world.city, "Membre")
    colleague = make_organiser("Moussa")
    accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW)
    assert told("charter.version_adopted") == {colleague.email}
    message = mail("charter.version_adopted", colleague)
    assert "version 2" in message.subject and "/fr/charte/comparer/1/2/" in message.body
    assert told("cosponsorship.new_version") == {representative.email}
    asked = mail("cosponsorship.new_version", representative)
    assert "- Tenir les données en commun" in asked.body
    assert "Garder un guichet humain" not in asked.body


def test_the_first_version_is_put_to_nobody_and_each_later_one_once(world: World) -> None:
    assert not Event.objects.filter(kind="cosponsorship.new_version").exists()
    for key in ("donnees", "guichet"):
        accept_amendment(actor=world.organiser, amendment=world.opened(key), motive=MOTIVE, now=NOW)
    payloads = Event.objects.filter(kind="cosponsorship.new_version").order_by("pk").values_list("payload", flat=True)
    assert [payload["version"] for payload in payloads] == ["2", "3"]


def test_every_mail_is_written_in_both_languages_with_links_of_that_language(world: World) -> None:
    accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW)
    refuse_amendment(actor=world.organiser, amendment=world.opened("guichet"), motive=MOTIVE, now=NOW)
    for kind in ("amendment.opened", "amendment.accepted", "amendment.refused", "charter.version_adopted"):
        for language in ("fr", "en"):
            message = mail(kind, world.member, language)
            assert message.subject and f"{settings.BASE_URL}/{language}/" in message.body
            assert all(get_kind(kind).template(part) for part in PARTS)


def test_a_mail_about_a_draft_would_be_held_back_from_anybody_but_its_author(world: World) -> None:
    kind, stranger = get_kind("amendment.opened"), make_account("Rose")
    world.opened()
    event = Event.objects.get(kind="amendment.opened")
    reader = Recipient(address=stranger.email, language="fr", name="", account_id=stranger.pk)
    assert kind.visible(event, reader)
    event.subject.state = "draft"
    assert not kind.visible(event, reader)
    assert not kind.visible(event, Recipient(address="x@example.org", language="fr", name="", account_id=None))
