"""Each search is told of each case it newly finds: once, in time, and at a cost that depends on the questions."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.actions import create_case, end_search, follow_search, publish_case, save_case, tell_searches, unpublish_case
from cases.actions.alert_runs import number_publications
from cases.enums import SearchState
from cases.models import AlertedCase, CaseNews, CasePage, SavedSearch
from cases.notifications.alerts import search_secret
from cases.search import Selection, asking
from coalition.notifications.actions import fan_out_event
from coalition.notifications.kinds import get_kind
from coalition.notifications.models import Delivery, Event
from coalition.notifications.rendering import compose
from tests.cases.conftest import NOW, Make, World

PILOTS = Selection(facets=asking(stage=["pilot"]))
DAY = timedelta(days=1)


def follow(world: World, selection: Selection = PILOTS, frequency: str = "daily", language: str = "fr") -> SavedSearch:
    return follow_search(actor=world.member, selection=selection, language=language, frequency=frequency, now=NOW)


def alerts() -> list[Event]:
    return list(Event.objects.filter(kind="search.alert").order_by("pk"))


def told(event: Event) -> list[str]:
    """The titles of the cases in the mail of this alert."""
    kind = get_kind(event.kind)
    [recipient] = kind.recipients(event)
    return [case["title"] for case in kind.context(event, recipient)["cases"]] if kind.visible(event, recipient) else []


def edited(page: CasePage, now: Any = NOW, **words: Any) -> CasePage:
    fresh = CasePage.objects.get(pk=page.pk)
    save_case(actor=None, page=fresh, content=words, based_on=fresh.latest_revision_id, now=now)
    return publish_case(actor=None, page=CasePage.objects.get(pk=page.pk), now=now, announce=False)


def test_a_new_case_is_told_once_and_a_case_known_before_never(world: World, published: Make) -> None:
    published("Déjà là", stage="pilot")
    search = follow(world)
    published("Nouveau", stage="pilot")
    published("Une idée", stage="idea")
    assert tell_searches(now=NOW + DAY) == 1
    assert told(alerts()[0]) == ["Nouveau"]
    assert tell_searches(now=NOW + DAY) == tell_searches(now=NOW + 2 * DAY) == 0
    assert len(alerts()) == 1 and search.cases.filter(told_at__isnull=False).count() == 1


def test_nothing_is_sent_when_nothing_is_new(world: World, published: Make) -> None:
    follow(world)
    assert tell_searches(now=NOW + DAY) == 0 and not alerts()


def test_a_case_that_comes_to_match_is_told_and_one_edited_or_republished_is_not_told_again(
    world: World, published: Make
) -> None:
    known, idea = published("Connu", stage="pilot"), published("Idée", stage="idea")
    follow(world)
    edited(known, summary="Un autre résumé.")
    assert tell_searches(now=NOW + DAY) == 0
    edited(idea, stage="pilot")
    assert tell_searches(now=NOW + 2 * DAY) == 1
    unpublish_case(actor=world.organiser, page=CasePage.objects.get(pk=idea.pk), reason="Erreur.", now=NOW)
    publish_case(actor=world.organiser, page=CasePage.objects.get(pk=idea.pk), now=NOW)
    assert tell_searches(now=NOW + 3 * DAY) == 0


def test_a_watch_over_every_case_tells_first_publications_only(world: World, published: Make) -> None:
    known = published("Connu")
    follow(world, Selection())
    edited(known, summary="Un autre résumé.")
    late = published("Retiré puis revenu")
    unpublish_case(actor=world.organiser, page=late, reason="Erreur.", now=NOW)
    assert tell_searches(now=NOW + DAY) == 0
    publish_case(actor=world.organiser, page=CasePage.objects.get(pk=late.pk), now=NOW)
    assert tell_searches(now=NOW + 2 * DAY) == 1
    assert told(alerts()[0]) == ["Retiré puis revenu"]


def test_translations_of_one_case_are_one_piece_of_news(world: World, published: Make) -> None:
    follow(world, language="en")
    published("Le bus", stage="pilot")
    assert tell_searches(now=NOW + DAY) == 1
    edited(CasePage.objects.get(), title="Le bus de nuit")
    assert tell_searches(now=NOW + 2 * DAY) == 0


def test_what_is_withdrawn_before_the_mail_leaves_is_not_in_it_and_nothing_left_means_no_mail(
    world: World, published: Make
) -> None:
    follow(world)
    kept, gone = published("Reste", stage="pilot"), published("S’en va", stage="pilot")
    tell_searches(now=NOW + DAY)
    unpublish_case(actor=world.organiser, page=gone, reason="Erreur.", now=NOW)
    assert told(alerts()[0]) == ["Reste"]
    unpublish_case(actor=world.organiser, page=kept, reason="Erreur.", now=NOW)
    assert told(alerts()[0]) == []


def test_a_weekly_search_waits_for_its_week(world: World, published: Make) -> None:
    follow(world, frequency="weekly")
    published(stage="pilot")
    assert tell_searches(now=NOW + 6 * DAY) == 0
    assert tell_searches(now=NOW + 7 * DAY) == 1
    published("Un autre", stage="pilot")
    assert tell_searches(now=NOW + 13 * DAY) == 0
    assert tell_searches(now=NOW + 20 * DAY) == 1


def test_a_clock_that_jumps_loses_and_doubles_nothing(world: World, published: Make) -> None:
    follow(world)
    published("Un", stage="pilot")
    assert tell_searches(now=NOW + 3650 * DAY) == 1
    published("Deux", stage="pilot")
    assert tell_searches(now=NOW + DAY) == 1
    assert tell_searches(now=NOW - 30 * DAY) == 0
    published("Trois", stage="pilot")
    assert tell_searches(now=NOW + 2 * DAY) == 1
    assert [told(event) for event in alerts()] == [["Un"], ["Deux"], ["Trois"]]


def test_a_stopped_search_is_told_nothing_even_of_what_was_on_its_way(world: World, published: Make) -> None:
    search = follow(world)
    published(stage="pilot")
    tell_searches(now=NOW + DAY)
    [event] = alerts()
    [recipient] = get_kind(event.kind).recipients(event)
    SavedSearch.objects.filter(pk=search.pk).update(state=SearchState.ENDED, account=None)
    assert not get_kind(event.kind).visible(Event.objects.get(pk=event.pk), recipient)
    SavedSearch.objects.filter(pk=search.pk).update(state=SearchState.ACTIVE, account=world.member)
    end_search(actor=world.member, search=search, now=NOW)
    assert not alerts()


def test_the_mail_names_ten_cases_leads_to_the_others_and_can_be_stopped_in_one_click(
    world: World, published: Make
) -> None:
    search = follow(world)
    for rank in range(12):
        published(f"Cas {rank}", stage="pilot")
    tell_searches(now=NOW + DAY)
    [event] = alerts()
    fan_out_event(event_id=event.pk, now=timezone.now())
    message: Any = compose(Delivery.objects.get(event=event), get_kind(event.kind))
    assert message.subject == "12 nouveaux cas pour votre recherche"
    assert message.body.count("/fr/cas/") == 10 + 1 + 2
    assert "Et encore 2 autres" in message.body and "/fr/cas/?stage=pilot" in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    out = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert out == f"http://testserver{reverse('case_alert_one_click', args=[search_secret(search)])}"
    assert message.body.count(out) == 1 and message.body.count("/alertes/lien/") == 2
    assert "Pilote" in message.body or "pilote" in message.body.lower()
    assert len(message.body.encode()) < 40_000 and search.cases.count() == 12


def test_places_follow_publication_and_a_case_keeps_its_first(world: World, published: Make) -> None:
    one, two = published("Un"), published("Deux")
    last = number_publications()
    places = dict(CaseNews.objects.values_list("number", "first"))
    assert places[one.number] < places[two.number] == last
    edited(one, summary="Autre.")
    assert number_publications() > last
    again = CaseNews.objects.get(number=one.number)
    assert again.first == places[one.number] and again.last > last


def _searches(world: World, count: int, selection: str) -> None:
    rows = [
        SavedSearch(
            address=f"p{n}@{selection.replace('=', '-').replace('&', '-')}.example.org",
            query=selection,
            language="fr",
            frequency="daily",
            state=SearchState.ACTIVE,
            asked_at=NOW,
            run_on=NOW.date(),
        )
        for n in range(count)
    ]
    SavedSearch.objects.bulk_create(rows)


def _queries(now: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        tell_searches(now=now)
    return len(captured)


def test_the_cost_grows_with_distinct_questions_not_with_searches(world: World, published: Make) -> None:
    published("Un", stage="pilot")
    _searches(world, 3, "stage=pilot")
    few = _queries(NOW + DAY)
    SavedSearch.objects.all().delete()
    _searches(world, 120, "stage=pilot")
    assert _queries(NOW + DAY) == few
    SavedSearch.objects.all().delete()
    _searches(world, 60, "stage=pilot")
    _searches(world, 60, "country=FR")
    assert _queries(NOW + DAY) == few + 1


def test_a_thousand_searches_and_a_hundred_cases_take_a_bounded_number_of_queries(world: World) -> None:
    words = {"summary": "Un essai.", "stage": "pilot", "country": "FR"}
    for n in range(100):
        content = {"title": f"Cas {n}", **words}
        create_case(actor=None, organisation=world.city, language="fr", content=content, now=NOW, publish=True)
    for n in range(10):
        _searches(world, 100, f"q=mot{n}&stage=pilot" if n else "stage=pilot")
    assert _queries(NOW + DAY) < 60
    assert AlertedCase.objects.count() == 100 * 100 and len(alerts()) == 100
    assert _queries(NOW + DAY) < 10
