from datetime import timedelta
from typing import Any

import pytest

from coalition.discussion.actions import delete_comment, dismiss_reports, hide_comment, restore_comment
from coalition.discussion.models import Comment
from coalition.notifications.actions import fan_out_event
from coalition.notifications.kinds import PARTS, get_kind
from coalition.notifications.models import Delivery, Event
from coalition.notifications.rendering import compose
from members.models import User
from tests.discussion.conftest import LATER, adopt, article, report, say
from tests.discussion.inside import InsideSource
from tests.principles.conftest import NOW, World, make_account, make_organiser, make_speaker


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


def still_sees(kind: str, account: User) -> bool:
    event = Event.objects.filter(kind=kind).latest("pk")
    delivery = Delivery(event=event, account=account, address=account.email, language="fr", name="")
    return get_kind(kind).visible(event, delivery.recipient)


def test_who_took_part_and_who_wrote_the_subject_are_told_and_the_speaker_is_not(world: World) -> None:
    adopt(world, "guichet", "Aucune démarche n’est offerte en ligne seulement.")
    other, third = make_speaker(world.city, "Moussa"), make_speaker(world.city, "Khady")
    first = say(world, actor=other)
    say(world, "Un autre fil.", actor=third)
    say(world, "Chez nous, oui.", actor=world.organiser, organisation=None, parent=first)
    assert told("comment.created") == {other.email, world.member.email}


def test_an_amendment_tells_its_author(world: World) -> None:
    subject = article(world)
    amendment = world.opened()
    found = type(subject)("amendment", f"{world.charter.slug}.{amendment.number}", "", "", True, obj=amendment)
    say(world, actor=world.organiser, organisation=None, subject=found)
    assert told("comment.created") == {world.member.email}


def test_an_event_is_fanned_out_once(world: World) -> None:
    first = say(world)
    say(world, "Oui.", actor=world.organiser, organisation=None, parent=first)
    event = Event.objects.get(kind="comment.created", actor=world.organiser)
    assert fan_out_event(event_id=event.pk, now=NOW) == 1
    assert fan_out_event(event_id=event.pk, now=NOW) == 0


def test_nothing_is_sent_of_what_was_hidden_or_taken_back_meanwhile(world: World) -> None:
    reader = make_account()
    comment = say(world)
    assert still_sees("comment.created", reader)
    hide_comment(actor=world.organiser, comment=comment, reason="Hors du sujet.", now=LATER)
    assert not still_sees("comment.created", reader)
    assert still_sees("comment.hidden", world.member)
    delete_comment(actor=world.organiser, comment=comment, now=LATER)
    assert not still_sees("comment.hidden", world.member)


def test_nothing_is_sent_to_who_may_no_longer_read_the_subject(world: World, inside: InsideSource) -> None:
    found = inside.find(["i1"])["i1"]
    outsider = make_account()
    inside.told = [outsider]
    say(world, subject=found)
    assert told("comment.created") == {outsider.email}
    assert not still_sees("comment.created", outsider)


def test_a_report_is_told_to_the_organisers_while_there_is_something_to_decide(world: World) -> None:
    second = make_organiser("Moussa")
    comment = say(world)
    report(world, comment)
    assert told("comment.reported") == {world.organiser.email, second.email}
    assert still_sees("comment.reported", second)
    delete_comment(actor=world.member, comment=comment, now=LATER)
    assert not still_sees("comment.reported", second)


def test_the_author_is_told_why_their_comment_is_hidden(world: World) -> None:
    hide_comment(actor=world.organiser, comment=say(world), reason="Hors du sujet.", now=LATER)
    assert told("comment.hidden") == {world.member.email}
    message = mail("comment.hidden", world.member)
    assert "Hors du sujet." in message.body


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", ["comment.created", "comment.reported", "comment.hidden"])
def test_each_mail_is_whole_and_escapes_what_people_wrote(world: World, kind: str, language: str) -> None:
    comment = say(world, "Un <b>gras</b> & un mot.")
    if kind == "comment.reported":
        report(world, comment)
    if kind == "comment.hidden":
        hide_comment(actor=world.organiser, comment=comment, reason="Du <i>HTML</i> & du bruit.", now=LATER)
    message = mail(kind, world.member, language)
    html = message.alternatives[0][0]
    assert message.subject
    assert f"/discussion/commentaire/{Comment.objects.get().pk}/" in message.body + html or language == "en"
    assert "<b>gras</b>" not in html
    assert "<i>HTML</i>" not in html
    assert len(PARTS) == 3


def test_the_author_hears_that_a_comment_is_shown_again_while_it_is(world: World) -> None:
    comment = say(world)
    hidden = hide_comment(actor=world.organiser, comment=comment, reason="Il vise une personne.", now=LATER)
    shown = restore_comment(actor=world.organiser, comment=hidden, now=LATER)
    assert told("comment.restored") == {world.member.email}
    assert still_sees("comment.restored", world.member)
    assert "de nouveau lisible" in mail("comment.restored", world.member).subject
    hide_comment(actor=world.organiser, comment=shown, reason="Il vise une personne.", now=LATER + timedelta(hours=1))
    assert not still_sees("comment.restored", world.member)


@pytest.mark.parametrize(("act", "outcome"), [(dismiss_reports, "Laissé visible"), (hide_comment, "Masqué")])
def test_who_reported_hears_once_what_was_decided_and_why(world: World, act: Any, outcome: str) -> None:
    comment = say(world, "Un mot à ne pas redire.")
    accounts = [report(world, comment, name).account for name in ("Ousmane", "Rose")]
    motive = {"motive" if act is dismiss_reports else "reason": "Lu et pesé par l’équipe."}
    act(actor=world.organiser, comment=comment, now=LATER, **motive)
    assert told("comment.report_settled") == {account.email for account in accounts}
    assert still_sees("comment.report_settled", accounts[0])
    assert not still_sees("comment.report_settled", world.member)
    message = mail("comment.report_settled", accounts[1])
    assert outcome in message.body and "Lu et pesé par l’équipe." in message.body
    assert "à ne pas redire" not in message.body + str(message.alternatives[0][0])
    assert Event.objects.filter(kind="comment.report_settled").count() == 1
