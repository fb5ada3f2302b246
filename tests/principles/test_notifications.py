from datetime import date
from typing import Any

import pytest
from django.conf import settings

from coalition.notifications.actions import fan_out_event
from coalition.notifications.kinds import PARTS, Recipient, get_kind
from coalition.notifications.models import Delivery, Event, Notice
from coalition.notifications.rendering import compose
from members.models import Affiliation, Cosponsorship, User
from principles.actions import (
    accept_amendment,
    announce_phases,
    answer_coauthor,
    hide_amendment,
    invite_coauthor,
    open_amendment,
    refuse_amendment,
    restore_amendment,
    revise_amendment,
    set_phases,
    take_position,
    write_leg,
)
from principles.models import Charter
from tests.principles.conftest import (
    MOTIVE,
    NOW,
    World,
    make_account,
    make_organisation,
    make_organiser,
    make_speaker,
)


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


def test_each_turn_in_the_life_of_an_amendment_is_told_in_words_to_those_it_concerns(world: World) -> None:
    other = make_organisation("Ville de Gand")
    speaker = make_speaker(other, "Lotte", role="representative")
    draft = world.draft(text_en="")
    invitation = invite_coauthor(actor=world.member, amendment=draft, organisation=other, now=NOW)
    assert told("amendment.coauthor_invited") == {speaker.email}
    answer_coauthor(actor=speaker, invitation=invitation, accepts=True, now=NOW)
    assert told("amendment.coauthor_joined") == {world.member.email}
    amendment = open_amendment(actor=world.member, amendment=draft, now=NOW)
    rival = world.opened("guichet", text_fr="Autre.", text_en="Other.")
    said = {"organisation": other, "choice": "objection", "reason": MOTIVE, "now": NOW}
    take_position(actor=speaker, amendment=amendment, **said)
    assert told("amendment.objected") == {world.member.email}
    leg = {"organisation": other, "language": "en", "text": "A text.", "now": NOW}
    write_leg(actor=speaker, amendment=amendment, **leg)
    assert told("amendment.leg_written") == {world.member.email}
    words = {"text_fr": "X.", "text_en": "X.", "note": "Mieux.", "seen_wording": 2, "now": NOW}
    revise_amendment(actor=world.member, amendment=amendment, **words)
    assert told("amendment.revised") == {speaker.email}
    accept_amendment(actor=world.organiser, amendment=world.opened("guichet"), motive=MOTIVE, now=NOW)
    assert told("amendment.needs_rebase") == {world.member.email} and rival.number
    dates = {"amendments_from": NOW, "deliberation_from": None, "adopted_from": None}
    set_phases(actor=world.organiser, charter=world.charter, now=NOW, **dates)
    announce_phases(now=NOW)
    assert told("charter.phase") == {world.organiser.email, speaker.email}
    for kind in ("coauthor_invited", "coauthor_joined", "objected", "leg_written", "revised", "needs_rebase"):
        message = mail(f"amendment.{kind}", speaker)
        assert "/charte/" in message.body and amendment.title in str(message.body) + message.subject
    assert "Amendements ouverts" in mail("charter.phase", speaker).body


def test_an_amendment_that_gathers_support_is_told_to_those_who_may_give_it(world: World) -> None:
    Charter.objects.update(supporters_needed=1)
    speaker = make_speaker(make_organisation(), "Lotte", role="representative")
    world.opened()
    assert told("amendment.submitted") == {world.organiser.email, speaker.email}
    assert "coalition seule le lit" in mail("amendment.submitted", speaker).body


@pytest.mark.parametrize("kind", ["insert", "remove", "move"])
def test_a_proposal_to_add_remove_or_move_an_article_names_it(world: World, kind: str) -> None:
    key = "" if kind == "insert" else "guichet"
    said = {"text_fr": "Un texte.", "text_en": "A text.", "after_key": "donnees"}
    world.opened(key, kind=kind, article_title_fr="Neuf", article_title_en="New", **said)
    body = mail("amendment.opened", world.organiser).body
    assert ("Neuf" if kind == "insert" else "Garder un guichet humain") in body


def test_authors_are_told_that_their_amendment_is_hidden_and_shown_again(world: World) -> None:
    hidden = hide_amendment(actor=world.organiser, amendment=world.opened(), reason=MOTIVE, now=NOW)
    assert told("amendment.hidden") == {world.member.email}
    message = mail("amendment.hidden", world.member)
    assert MOTIVE in message.body and f"/amendement/{hidden.number}/" in message.body
    assert "Remettre chaque mois" not in message.body + message.subject
    restore_amendment(actor=world.organiser, amendment=hidden, now=NOW)
    assert told("amendment.restored") == {world.member.email}
    assert "de nouveau lisible" in mail("amendment.restored", world.member).subject


def test_a_mail_that_quotes_a_hidden_amendment_is_held_back_from_everybody(world: World) -> None:
    amendment = world.opened()
    event = Event.objects.get(kind="amendment.opened")
    reader = Recipient(address=world.organiser.email, language="fr", name="", account_id=world.organiser.pk)
    assert get_kind("amendment.opened").visible(event, reader)
    hide_amendment(actor=world.organiser, amendment=amendment, reason=MOTIVE, now=NOW)
    event = Event.objects.get(kind="amendment.opened")
    assert not get_kind("amendment.opened").visible(event, reader)


def test_a_decision_is_told_to_co_authors_and_to_those_who_took_a_position_in_their_own_words(world: World) -> None:
    other = make_organisation("Ville de Gand")
    writing, speaking = make_speaker(other, "Lotte", role="representative"), make_speaker(world.city, "Rose")
    draft = world.draft()
    invitation = invite_coauthor(actor=world.member, amendment=draft, organisation=other, now=NOW)
    answer_coauthor(actor=writing, invitation=invitation, accepts=True, now=NOW)
    amendment = open_amendment(actor=world.member, amendment=draft, now=NOW)
    take_position(actor=speaking, amendment=amendment, organisation=world.city, choice="agree", now=NOW)
    words = {"fr": "Les données sont remises chaque année.", "en": "Data is handed over every year."}
    accept_amendment(actor=world.organiser, amendment=amendment, motive=MOTIVE, now=NOW, modified=words, departs=True)
    assert not Event.objects.filter(kind="amendment.accepted").exists()
    assert told("amendment.modified") == {world.member.email, writing.email, speaking.email}
    assert "Votre amendement" in mail("amendment.modified", writing).body
    assert "sur lequel vous avez pris position" in mail("amendment.modified", speaking).body


def test_each_position_is_told_once_to_those_who_wrote_and_only_while_it_holds(world: World) -> None:
    speaker = make_speaker(make_organisation("Ville de Gand"), "Lotte", role="representative")
    amendment = world.opened()
    said = {"actor": speaker, "amendment": amendment, "organisation": speaker.affiliations.get().organisation}
    for choice in ("agree", "reservation", "agree"):
        take_position(**said, choice=choice, reason=MOTIVE if choice == "reservation" else "", now=NOW)
    agreed, reserved = Event.objects.filter(kind="amendment.position_taken").order_by("pk")
    kind, reader = get_kind("amendment.position_taken"), Recipient(world.member.email, "fr", "", world.member.pk)
    assert {one.address for one in kind.recipients(agreed)} == {world.member.email}
    assert kind.visible(agreed, reader)
    assert not kind.visible(reserved, reader)
    message = mail("amendment.position_taken", world.member)
    assert "Ville de Gand a pris position" in message.body and "D’accord" in message.body


def test_authors_who_chose_nothing_read_positions_in_the_digest_and_objections_at_once(world: World) -> None:
    speaker = make_speaker(make_organisation(), "Lotte", role="representative")
    said = {"actor": speaker, "amendment": world.opened(), "organisation": speaker.affiliations.get().organisation}
    take_position(**said, choice="agree", now=NOW)
    take_position(**said, choice="objection", reason=MOTIVE, now=NOW)
    for event in Event.objects.filter(kind__in=["amendment.position_taken", "amendment.objected"]):
        fan_out_event(event_id=event.pk, now=NOW)
    routes = dict(Notice.objects.filter(account=world.member).values_list("event__kind", "route"))
    assert routes == {"amendment.position_taken": "daily", "amendment.objected": "now"}
