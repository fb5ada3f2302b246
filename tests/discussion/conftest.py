"""The charter's small world, and somebody to talk in it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from coalition.core.subjects import Subject, find_subject, register_subject_source
from coalition.discussion.actions import report_comment, write_comment, write_remark
from coalition.discussion.anchoring import split_sentences
from coalition.discussion.models import Comment, Report
from principles.actions import accept_amendment
from principles.models import Version
from tests.discussion.inside import INSIDE, KIND, InsideSource
from tests.principles.conftest import MOTIVE, NOW, World, browse, make_speaker, world

__all__ = ["browse", "world"]

LATER = NOW + timedelta(minutes=1)


def article(world: World, key: str = "guichet") -> Subject:
    """An article of the charter as something to talk about."""
    found = find_subject("article", f"{world.charter.slug}.{key}")
    assert found is not None
    return found


def say(world: World, body: str = "Et chez vous ?", **more: Any) -> Comment:
    """The member says something of an article, for the city."""
    answers: dict[str, Any] = {
        "actor": world.member,
        "subject": article(world),
        "organisation": world.city,
        "now": NOW,
    }
    return write_comment(body=body, **{**answers, **more})


def remark(world: World, words: str, body: str = "À préciser.", key: str = "decider", **more: Any) -> Comment:
    """The member remarks on the sentence that holds these words."""
    subject = article(world, key)
    language = more.pop("text_language", "fr")
    sentences = split_sentences(getattr(subject.obj, f"text_{language}"))
    [(rank, sentence)] = [(rank, one) for rank, one in enumerate(sentences) if words in one.text]
    answers: dict[str, Any] = {"actor": world.member, "organisation": world.city, "now": NOW}
    place = {"position": rank, "quote": sentence.text, "text_language": language}
    return write_remark(body=body, **{**answers, "subject": subject, **place, **more})


def adopt(world: World, key: str, text_fr: str, text_en: str = "") -> Version:
    """A new version in which the article reads so."""
    english = text_en or article(world, key).obj.text_en
    amendment = world.opened(key, text_fr=text_fr, text_en=english)
    decision = accept_amendment(
        actor=world.organiser,
        amendment=amendment,
        motive=MOTIVE,
        now=LATER,
        text_en="" if not amendment.lacks_english else english,
    )
    assert decision.version is not None
    return decision.version


def report(world: World, comment: Comment, name: str = "Ousmane") -> Report:
    """Somebody reports a comment."""
    return report_comment(actor=make_speaker(world.city, name), comment=comment, reason="attack", now=LATER)


@pytest.fixture
def inside() -> Iterator[InsideSource]:
    """Subjects that only the coalition reads."""
    register_subject_source(KIND, INSIDE)
    yield INSIDE
    INSIDE.closed.clear()
    INSIDE.told.clear()
