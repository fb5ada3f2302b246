from typing import Any

import pytest

from coalition.core.access import Verdict
from coalition.core.subjects import (
    Revision,
    Subject,
    find_subject,
    find_subjects,
    forget_subject_source,
    may_read_subject,
    register_revision_listener,
    register_subject_source,
    subject_authors,
    subject_kinds,
    subject_version_url,
    subject_wording,
    tell_revisions,
)
from tests.discussion.inside import InsideSource


@pytest.fixture
def source() -> Any:
    made = InsideSource()
    register_subject_source("essai", made)
    yield made
    forget_subject_source("essai")


def test_a_source_answers_for_its_kind(source: InsideSource) -> None:
    found = find_subject("essai", "i1")
    assert found is not None
    assert "essai" in subject_kinds()
    assert subject_authors(Subject("essai", "i1", "", "", True)) == []
    assert subject_wording(Subject("essai", "i1", "", "", True), 1, "fr") is None
    assert subject_version_url("essai", "i1", 1) == "/fr/i1/"
    assert find_subject("essai", "x") is None


def test_a_kind_has_one_source(source: InsideSource) -> None:
    register_subject_source("essai", source)
    with pytest.raises(ValueError, match="essai"):
        register_subject_source("essai", InsideSource())


def test_what_nobody_owns_is_nowhere() -> None:
    assert find_subjects("rien", ["a"]) == {}
    assert subject_version_url("rien", "a", 1) == ""
    assert may_read_subject(None, None) is Verdict.HIDDEN
    assert may_read_subject(None, Subject("rien", "a", "", "", True)) is Verdict.HIDDEN


def test_whatever_is_not_plainly_allowed_is_hidden(source: InsideSource) -> None:
    source.may_read = lambda _account, _subject: Verdict.FORBIDDEN  # type: ignore[method-assign]
    assert may_read_subject(None, Subject("essai", "i1", "", "", True)) is Verdict.HIDDEN


def test_listeners_hear_of_changes_and_of_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Any] = []
    monkeypatch.setattr("coalition.core.subjects._listeners", [])
    register_revision_listener(lambda revisions, now: heard.append((revisions, now)))
    tell_revisions([], None)  # type: ignore[arg-type]
    change = Revision("essai", "i1", "fr", 2, "Un.", "Deux.")
    tell_revisions([change], None)  # type: ignore[arg-type]
    assert heard == [([change], None)]
