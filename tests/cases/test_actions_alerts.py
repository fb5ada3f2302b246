"""A search is saved by a mailbox or by an account, paced, ended, forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone

from cases.actions import (
    SearchTooLong,
    StaleAlertLink,
    ask_alert,
    confirm_alerts,
    end_search,
    end_search_by_link,
    follow_search,
    hush_search,
    pace_search,
)
from cases.actions.alerts import LONGEST_QUERY
from cases.enums import SearchState
from cases.models import AlertedCase, SavedSearch
from cases.models.alerts import canonical_query
from cases.notifications.alerts import ALERT_LIFETIME, ALERT_PURPOSE
from cases.search import Selection, asking, read_selection
from coalition.core.access import Hidden, LoginNeeded, Refused
from coalition.core.errors import DomainError
from coalition.core.models import AuditLine, Consent, OneTimeToken
from coalition.core.mydata import collect
from coalition.core.retention import run_purge
from coalition.core.tokens import issue_token
from coalition.notifications.kinds import get_kind
from coalition.notifications.models import Event
from members.actions import erase_account
from members.models import User
from tests.cases.conftest import NOW, Make, World, make_account

ADDRESS = "awa@example.org"


def asked(query: str = "stage=pilot", address: str = ADDRESS, now: Any = NOW, frequency: str = "daily") -> SavedSearch:
    selection = read_selection(QueryDict(query))
    ask_alert(selection=selection, address=address, language="fr", frequency=frequency, now=now)
    return SavedSearch.objects.of_address(address).latest("pk")


def mailed(search: SavedSearch) -> str:
    """The secret of the link the mail would carry."""
    return issue_token(
        purpose=ALERT_PURPOSE, subject=search, address=search.address, lifetime=ALERT_LIFETIME, now=timezone.now()
    )


def running(query: str = "stage=pilot", address: str = ADDRESS) -> SavedSearch:
    [search, *_others] = confirm_alerts(token=mailed(asked(query, address)), now=NOW)
    return search


def mails() -> list[str]:
    return list(Event.objects.filter(kind__startswith="search.").order_by("pk").values_list("kind", flat=True))


def test_nothing_runs_before_the_mailbox_has_confirmed_and_the_link_serves_once(world: World) -> None:
    search = asked()
    assert (search.state, mails()) == (SearchState.PENDING, ["search.confirm"])
    secret = mailed(search)
    [begun] = confirm_alerts(token=secret, now=NOW, network="192.0.2.77")
    assert begun.state == SearchState.ACTIVE
    consent = Consent.objects.get(purpose="search.alert")
    assert (consent.address, consent.method, consent.network) == (ADDRESS, "double_opt_in", "192.0.2.0/24")
    with pytest.raises(StaleAlertLink):
        confirm_alerts(token=secret, now=NOW)
    with pytest.raises(StaleAlertLink):
        confirm_alerts(token="forged", now=NOW)


def test_an_address_gets_one_confirmation_a_day_whatever_it_asks_and_its_link_confirms_all_of_it(world: World) -> None:
    first = asked("stage=pilot")
    asked("country=SN")
    asked("stage=pilot", address="AWA@example.org")
    assert mails() == ["search.confirm"]
    assert SavedSearch.objects.count() == 2
    assert len(confirm_alerts(token=mailed(first), now=NOW)) == 2
    asked("q=bus", now=NOW + timedelta(hours=23))
    assert mails() == ["search.confirm"]
    asked("q=bus", now=NOW + timedelta(hours=25))
    assert mails() == ["search.confirm", "search.confirm"]


def test_an_address_that_follows_it_already_is_told_so_by_mail_and_nothing_else_changes(world: World) -> None:
    search = running()
    asked(now=NOW + timedelta(days=2), frequency="weekly")
    assert mails() == ["search.confirm", "search.known"]
    search.refresh_from_db()
    assert (search.state, search.frequency) == (SearchState.ACTIVE, "daily")


def test_the_same_question_in_another_order_is_the_same_search(world: World) -> None:
    asked("stage=pilot&stage=idea&country=SN&sort=title&unknown=1")
    asked("country=sn&stage=idea&stage=pilot&page=3")
    search = SavedSearch.objects.get()
    assert search.query == "country=SN&stage=idea&stage=pilot"
    assert canonical_query(search.selection) == search.query


def test_a_question_that_is_too_long_is_refused_with_a_sentence(world: World) -> None:
    everywhere = tuple(f"{a}{b}" for a in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for b in "ABCDEFGHI")
    assert len(canonical_query(Selection(facets=asking(country=everywhere)))) > LONGEST_QUERY
    with pytest.raises(SearchTooLong):
        ask_alert(
            selection=Selection(facets=asking(country=everywhere)),
            address=ADDRESS,
            language="fr",
            frequency="daily",
            now=NOW,
        )


def test_an_account_whose_address_is_verified_follows_at_once(world: World) -> None:
    selection = read_selection(QueryDict("stage=pilot"))
    ask = {"selection": selection, "language": "fr", "now": NOW}
    search = follow_search(actor=world.member, frequency="daily", **ask)
    assert (search.state, search.address, search.mailbox) == (SearchState.ACTIVE, "", world.member.email)
    assert not mails()
    again = follow_search(actor=world.member, frequency="weekly", **ask)
    assert (again.pk, again.frequency) == (search.pk, "weekly")
    unverified = User.objects.create_user("new@example.org")
    with pytest.raises(Refused):
        follow_search(actor=unverified, frequency="daily", **ask)
    with pytest.raises(LoginNeeded):
        follow_search(actor=None, frequency="daily", **ask)


def test_what_it_finds_when_it_begins_is_noted_as_known(world: World, published: Make) -> None:
    found, other = published("Un essai", stage="pilot"), published("Une idée", stage="idea")
    search = running("stage=pilot")
    assert list(search.cases.values_list("number", "told_at")) == [(found.number, None)]
    everything = running("", "tout@example.org")
    assert everything.only_new and not everything.cases.exists()
    assert other.number not in search.cases.values_list("number", flat=True)


def test_only_its_owner_changes_or_stops_a_search(world: World) -> None:
    search = follow_search(actor=world.member, selection=Selection(), language="fr", frequency="daily", now=NOW)
    for stranger in (world.stranger, world.organiser):
        with pytest.raises(Hidden):
            pace_search(actor=stranger, search=search, frequency="weekly", now=NOW)
        with pytest.raises(Hidden):
            end_search(actor=stranger, search=search, now=NOW)
    assert pace_search(actor=world.member, search=search, frequency="weekly", now=NOW).frequency == "weekly"
    with pytest.raises(DomainError):
        pace_search(actor=world.member, search=search, frequency="hourly", now=NOW)
    assert end_search(actor=world.member, search=search, now=NOW).state == SearchState.ENDED


def test_what_ends_forgets_whose_it_was_at_once_and_ending_again_is_no_error(world: World, published: Make) -> None:
    published(stage="pilot")
    search = running()
    mailed(search)
    for _again in range(2):
        end_search_by_link(key=search.pk, now=NOW)
    search.refresh_from_db()
    assert (search.state, search.address, search.account) == (SearchState.ENDED, "", None)
    assert not AlertedCase.objects.exists() and not OneTimeToken.objects.exists() and not mails()
    assert Consent.objects.get().withdrawn_at == NOW
    SavedSearch.objects.all().delete()
    end_search_by_link(key=search.pk, now=NOW)
    assert asked().state == SearchState.PENDING


def test_the_log_names_neither_the_person_nor_the_words(world: World) -> None:
    search = running("q=zorglub")
    end_search_by_link(key=search.pk, now=NOW)
    lines = AuditLine.objects.filter(action__startswith="search.")
    assert {line.label for line in lines} == {f"#{search.pk}"}
    assert "zorglub" not in str([line.data for line in lines])


def test_the_purge_forgets_what_nobody_confirmed_after_seven_days_and_what_ended_after_a_month(world: World) -> None:
    asked("stage=idea", "jamais@example.org")
    ended = running()
    end_search_by_link(key=ended.pk, now=NOW)
    run_purge(now=NOW + timedelta(days=6))
    assert SavedSearch.objects.count() == 2
    run_purge(now=NOW + timedelta(days=7, minutes=1))
    assert [search.pk for search in SavedSearch.objects.all()] == [ended.pk]
    assert not Event.objects.filter(kind="search.confirm").exists()
    run_purge(now=NOW + timedelta(days=29))
    assert not SavedSearch.objects.exists()


def test_my_data_shows_searches_and_erasure_takes_them_by_account_and_by_address(world: World) -> None:
    person = make_account("partante@example.org")
    follow_search(actor=person, selection=Selection(q="bus"), language="fr", frequency="daily", now=NOW)
    running("stage=idea", "Partante@example.org")
    running("stage=idea", "autre@example.org")
    shown = collect(person, [person.email])["cases.SavedSearch"]
    assert {row["query"] for row in shown} == {"q=bus", "stage=idea"}
    erase_account(account=person, typed_address=person.email, now=NOW)
    assert [search.address for search in SavedSearch.objects.all()] == ["autre@example.org"]
    assert not OneTimeToken.objects.filter(address__iexact="partante@example.org").exists()


def test_the_mail_that_asks_to_confirm_holds_no_word_a_stranger_typed(world: World) -> None:
    asked("q=zorglub")
    event = Event.objects.get(kind="search.confirm")
    kind = get_kind(event.kind)
    [recipient] = kind.recipients(event)
    assert (recipient.address, recipient.account_id) == (ADDRESS, None)
    context = kind.context(event, recipient)
    assert "zorglub" not in str(context)
    assert context["leave_url"].endswith("/un-clic/")


def test_a_silent_search_says_nothing_and_speaks_again_of_what_comes_later(world: World) -> None:
    search = follow_search(actor=world.editor, selection=Selection(q="bus"), language="fr", frequency="daily", now=NOW)
    hush_search(actor=world.editor, search=search, muted=True, now=NOW)
    kind = get_kind("search.alert")
    event = Event(kind=kind.name, payload={"place": 1}, created_at=NOW)
    event.subject = search
    assert search.muted and list(kind.recipients(event)) == []
    assert hush_search(actor=world.editor, search=search, muted=False, now=NOW).muted is False
    assert [one.account_id for one in kind.recipients(event)] == [world.editor.pk]
    assert AuditLine.objects.filter(action="search.hush").count() == 2
    with pytest.raises(Hidden):
        hush_search(actor=make_account("autre@example.org"), search=search, muted=True, now=NOW)
