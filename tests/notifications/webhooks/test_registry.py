import pytest
from django.utils import translation

from coalition.notifications.enums import Theme
from coalition.notifications.webhooks.registry import PublicKind, public_kinds, register_public_kind, shown_to_all
from tests.notifications.webhooks.public import NAME, Shelf, hook_to, shown_event

pytestmark = pytest.mark.django_db


def test_anybody_reads_what_happened_and_to_what(shelf: Shelf) -> None:
    shown = shown_to_all(shown_event(hook_to("https://ville.example/")))
    assert shown is not None
    assert (shown.title, shown.url) == ("Lac no 1 rempli\u00a0: Le « lac » 1", "/fr/lac/1/")
    with translation.override("en"):
        english = shown_to_all(shown_event(hook_to("https://ville.example/")))
    assert english is not None


def test_what_nobody_may_read_any_more_says_nothing(shelf: Shelf) -> None:
    subject = hook_to("https://ville.example/")
    event = shown_event(subject)
    shelf.hidden.add("1")
    assert shown_to_all(event) is None
    assert shown_to_all(shown_event(subject, 2, undone=True)) is None


def test_what_is_gone_and_what_is_not_public_says_nothing(shelf: Shelf) -> None:
    assert shown_to_all(shown_event(None)) is None
    event = shown_event(hook_to("https://ville.example/"), 3)
    event.kind = "comment.reported"
    assert shown_to_all(event) is None


def test_two_kinds_cannot_share_a_name(shelf: Shelf) -> None:
    with pytest.raises(ValueError, match=NAME):
        register_public_kind(PublicKind(NAME, Theme.CASES, "Autre", lambda event: ("shown", "1")))


def test_cases_charter_amendments_and_commitments_are_public_kinds() -> None:
    themes = {kind.theme for kind in public_kinds().values()}
    assert themes == set(Theme)
    assert not {"amendment.submitted", "comment.reported", "case.submitted"} & set(public_kinds())
