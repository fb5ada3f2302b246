"""A list of addresses is brought to a question: read, judged, each new mailbox asked once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.actions import ask_alert, confirm_alerts, end_search_by_link
from cases.actions.subscribers import (
    ListRefused,
    import_subscribers,
    judge_subscribers,
    read_subscribers,
    subscriber_text,
    subscribers_of_text,
)
from cases.enums import SearchState
from cases.models import LeftMailbox, SavedSearch
from cases.notifications.alerts import ALERT_LIFETIME, ALERT_PURPOSE
from cases.search import Selection, read_selection
from coalition.core.access import LoginNeeded, Refused
from coalition.core.models import AuditLine
from coalition.core.retention import run_purge
from coalition.core.tokens import issue_token
from coalition.notifications.enums import StopReason, StopSource
from coalition.notifications.models import Event, StoppedAddress
from members.actions import erase_account
from members.models import User
from tests.cases.conftest import NOW, World, make_account

PILOTS = read_selection(QueryDict("stage=pilot"))
LIST = "awa@example.org\nBABA@example.org;anglais;chaque jour\n"


def read(text: str) -> Any:
    return read_subscribers(data=f"\ufeff{text}".encode(), language="fr", frequency="weekly")


def judged(text: str, selection: Selection = PILOTS, now: Any = NOW) -> list[str]:
    return [one.outcome for one in judge_subscribers(lines=read(text), selection=selection, now=now)]


def brought(actor: Any, text: str = LIST, now: Any = NOW) -> list[str]:
    given = {"selection": PILOTS, "source": "La rencontre de mai.", "now": now}
    return [one.outcome for one in import_subscribers(lines=read(text), actor=actor, **given)]


def confirmed(address: str) -> SavedSearch:
    ask_alert(selection=PILOTS, address=address, language="fr", frequency="daily", now=NOW)
    search = SavedSearch.objects.of_address(address).latest("pk")
    given = {"subject": search, "address": address, "lifetime": ALERT_LIFETIME, "now": timezone.now()}
    [running] = confirm_alerts(token=issue_token(purpose=ALERT_PURPOSE, **given), now=NOW)
    return running


@pytest.fixture
def head(world: World) -> User:
    """A superuser with a second factor."""
    User.objects.filter(pk=world.organiser.pk).update(is_superuser=True)
    return User.objects.get(pk=world.organiser.pk)


@pytest.mark.parametrize(
    "data",
    [
        "Adresse électronique;Langue;Rythme\nawa@example.org;;\nbaba@example.org;EN;daily\n".encode("cp1252"),
        "\ufeffawa@example.org,,\nbaba@example.org,english,quotidien".encode(),
        "langue\temail\trythme\n\tawa@example.org\nanglais\tbaba@example.org\tjour\n".encode("utf-16"),
    ],
)
def test_a_list_is_read_as_spreadsheets_write_it_with_names_of_columns_or_without(data: bytes) -> None:
    lines = read_subscribers(data=data, language="fr", frequency="weekly")
    assert [line.address for line in lines] == ["awa@example.org", "baba@example.org"]
    assert (lines[0].language, lines[0].frequency) == ("fr", "weekly")
    assert subscribers_of_text(text=subscriber_text(lines=lines)) == lines


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "vide"),
        (b"nom;ville\nAwa;Dakar\n", "colonne"),
        (b"adresse\n", "aucune adresse"),
        (b"a\x00b@example.org", "ne sait"),
        (b"x@example.org\n" * 5_001, "5"),
        (b"PK\x03\x04 no workbook", "classeur"),
        (b"a" * (1024 * 1024 + 1), "Mo"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(ListRefused) as refused:
        read_subscribers(data=data, language="fr", frequency="weekly")
    assert words.replace("ne sait", "savons") in str(refused.value.message)


@pytest.mark.parametrize("text", ["", "1\ta", "one\ta@b.fr\tfr\tdaily", "1\ta\tfr\tdaily\n" * 5_001])
def test_a_list_changed_on_its_way_back_is_refused(text: str) -> None:
    with pytest.raises(ListRefused):
        subscribers_of_text(text=text)


def test_each_line_is_judged_with_what_the_site_knows_of_its_address(world: World, head: User) -> None:
    confirmed("runs@example.org")
    end_search_by_link(key=confirmed("left@example.org").pk, now=NOW)
    erased = make_account("erased@example.org")
    erase_account(account=erased, typed_address=erased.email, now=NOW)
    held = {"reason": StopReason.COMPLAINT, "source": StopSource.REPORT, "since": NOW}
    StoppedAddress.objects.create(address="held@example.org", **held)
    ask_alert(selection=PILOTS, address="waits@example.org", language="fr", frequency="daily", now=NOW)
    other = read_selection(QueryDict("country=SN"))
    ask_alert(selection=other, address="asked@example.org", language="fr", frequency="daily", now=NOW)
    words = (
        "new@example.org\nNEW@example.org\nRuns@example.org\nwaits@example.org\nleft@example.org\nerased@example.org\n"
        "held@example.org\nasked@example.org\nnobody\nx@example.org;klingon\ny@example.org;fr;hourly\n"
    )
    said = ["new", "twice", "follows", "waits", "left", "left", "stopped", "quiet", "address", "language", "frequency"]
    assert judged(words) == said
    assert judged("asked@example.org", now=NOW + timedelta(hours=25)) == ["new"]
    assert judged("x@example.org;klingon\nx@example.org;fr\n") == ["language", "new"]


def test_judging_takes_as_many_queries_for_many_as_for_few(world: World) -> None:
    def counted(lines: int) -> int:
        given = read("".join(f"n{number}@example.org\n" for number in range(lines)))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            judge_subscribers(lines=given, selection=PILOTS, now=NOW)
        return len(queries)

    assert counted(2) == counted(900)


def test_nobody_is_subscribed_each_new_mailbox_gets_one_mail_and_the_second_time_nothing(head: User) -> None:
    assert brought(head) == ["added", "added"]
    waiting = SavedSearch.objects.order_by("pk")
    assert [(one.address, one.language, one.frequency, one.state) for one in waiting] == [
        ("awa@example.org", "fr", "weekly", SearchState.PENDING),
        ("baba@example.org", "en", "daily", SearchState.PENDING),
    ]
    assert [event.kind for event in Event.objects.filter(key__startswith="search.asked:")] == ["search.confirm"] * 2
    line = AuditLine.objects.get(action="subscriber.import")
    assert (line.data["added"], line.data["mails"], line.data["source"]) == (2, 2, "La rencontre de mai.")
    assert "example.org" not in str(line.data)
    assert brought(head) == ["waits", "waits"]
    assert (SavedSearch.objects.count(), AuditLine.objects.filter(action="subscriber.import").count()) == (2, 1)


def test_an_address_asked_less_than_a_day_ago_is_kept_and_not_written_to_again(head: User) -> None:
    other = read_selection(QueryDict("country=SN"))
    ask_alert(selection=other, address="awa@example.org", language="fr", frequency="daily", now=NOW)
    assert brought(head, "awa@example.org", NOW + timedelta(hours=20)) == ["added_quiet"]
    assert Event.objects.filter(key__startswith="search.asked:").count() == 1
    search = SavedSearch.objects.of_address("awa@example.org").earliest("pk")
    given = {"subject": search, "address": "awa@example.org", "lifetime": ALERT_LIFETIME, "now": timezone.now()}
    assert len(confirm_alerts(token=issue_token(purpose=ALERT_PURPOSE, **given), now=NOW)) == 2


def test_who_left_stays_away_for_years_and_comes_back_by_themselves_only(head: User) -> None:
    end_search_by_link(key=confirmed("awa@example.org").pk, now=NOW)
    run_purge(now=NOW + timedelta(days=400))
    assert brought(head, "awa@example.org", NOW + timedelta(days=400)) == ["left"]
    confirmed("awa@example.org")
    assert not LeftMailbox.objects.exists()
    end_search_by_link(key=SavedSearch.objects.running().get().pk, now=NOW)
    run_purge(now=NOW + timedelta(days=3 * 366))
    assert not LeftMailbox.objects.exists()


def test_superusers_only(world: World, head: User) -> None:
    for actor, refusal in ((None, LoginNeeded), (world.editor, Refused)):
        with pytest.raises(refusal):
            brought(actor)
    head.is_superuser = False
    with pytest.raises(Refused):
        brought(head)
    assert not SavedSearch.objects.exists()
