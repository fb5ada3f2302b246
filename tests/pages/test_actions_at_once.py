"""What several people do to an event at the same instant, each on a connection of their own."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.utils import timezone

from coalition.core.access import WrongState
from coalition.notifications.models import Event as Told
from coalition.pages.actions import EventConflict, cancel_event, create_event, edit_event, publish_event
from coalition.pages.models import Event, EventWords
from members.actions import add_affiliation
from members.enums import Role
from members.models import Organisation, User

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def db(own_database: None) -> None:
    """The stories of this file commit, in a database of their own."""


@pytest.fixture
def city(db: None) -> Organisation:
    """A confirmed one with an editor."""
    made = Organisation.objects.create(
        name="Ville", slug="ville", kind="authority", side="demand", country="FR", state="confirmed", created_at=NOW
    )
    account = User.objects.create_user("editor@example.org")
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    add_affiliation(account=account, organisation=made, role=Role.EDITOR, now=NOW)
    return made


def _editor() -> User:
    return User.objects.get(email="editor@example.org")


def _words(title: str = "Atelier") -> EventWords:
    begins = timezone.now() + timedelta(days=5)
    return EventWords(
        title=title,
        summary="Une phrase.",
        kind="workshop",
        starts_at=begins,
        ends_at=begins + timedelta(hours=1),
        online_url="https://visio.example.org/a",
    )


def _create(city: Organisation, title: str = "Atelier") -> Event:
    return create_event(actor=_editor(), organisation=city, coalition=None, words=_words(title), now=timezone.now())


def _together(*acts: Callable[[], object]) -> list[str]:
    """Do all of them at once; how each ended."""
    outcomes: list[str] = []
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        gate.wait()
        try:
            act()
            outcomes.append("done")
        except (EventConflict, WrongState) as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_of_two_saves_at_the_same_moment_exactly_one_goes_in(city: Organisation) -> None:
    event = _create(city)

    def save(title: str) -> Callable[[], object]:
        said = _words(title)
        return lambda: edit_event(actor=_editor(), event=event, words=said, based_on=1, now=timezone.now())

    assert _together(save("A"), save("B")) == ["EventConflict", "done"]
    assert Event.objects.get().version == 2


def test_of_two_who_publish_at_once_one_does_and_it_is_announced_once(city: Organisation) -> None:
    event = _create(city)

    def publish() -> object:
        mine = Event.objects.get(pk=event.pk)
        return publish_event(actor=_editor(), event=mine, based_on=1, now=timezone.now())

    outcomes = _together(publish, publish)
    assert outcomes.count("done") == 1
    assert Told.objects.filter(kind="event.announced").count() == 1


def test_of_two_who_cancel_at_once_one_reason_stays(city: Organisation) -> None:
    made = _create(city)
    event = publish_event(actor=_editor(), event=made, based_on=1, now=timezone.now())

    def cancel(reason: str) -> Callable[[], object]:
        mine = Event.objects.get(pk=event.pk)
        return lambda: cancel_event(actor=_editor(), event=mine, reason=reason, now=timezone.now())

    assert _together(cancel("Un."), cancel("Deux.")) == ["WrongState", "done"]
    assert Told.objects.filter(kind="event.cancelled").count() == 1


def test_of_four_with_one_title_each_has_an_address(city: Organisation) -> None:
    assert _together(*[lambda: _create(city)] * 4) == ["done"] * 4
    assert len(set(Event.objects.values_list("slug", flat=True))) == 4
