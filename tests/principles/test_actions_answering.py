"""An answer by mail to what was told of an amendment is a comment on it."""

import pytest
from pytest_django import Settings

from coalition.core.access import Hidden, WrongState
from coalition.discussion.models import Comment
from principles.actions import refuse_amendment
from principles.actions.answering import answer_amendment
from tests.principles.conftest import MOTIVE, NOW, World
from tests.principles.test_notifications import mail


def test_an_answer_stands_in_the_discussion_of_the_amendment(world: World, settings: Settings) -> None:
    settings.REPLY_ADDRESS = "reponse@villes.example"
    amendment = world.opened()
    told = mail("amendment.opened", world.organiser)
    assert told.extra_headers["Reply-To"].startswith("reponse+a") and "répondre à ce courriel" in told.body
    answer_amendment(account=world.organiser, number=amendment.pk, words="Chaque mois, vraiment ?", now=NOW)
    said = Comment.objects.get()
    assert (said.subject_kind, said.subject_key) == ("amendment", f"{world.charter.slug}.{amendment.number}")
    assert said.for_team and said.parent is None


def test_an_amendment_that_is_decided_takes_no_answer_any_more(world: World, settings: Settings) -> None:
    settings.REPLY_ADDRESS = "reponse@villes.example"
    amendment = world.opened()
    refuse_amendment(actor=world.organiser, amendment=amendment, motive=MOTIVE, now=NOW)
    assert "Reply-To" not in mail("amendment.refused", world.member).extra_headers
    with pytest.raises(WrongState):
        answer_amendment(account=world.member, number=amendment.pk, words="Dommage.", now=NOW)
    with pytest.raises(Hidden):
        answer_amendment(account=world.member, number=0, words="Dommage.", now=NOW)
