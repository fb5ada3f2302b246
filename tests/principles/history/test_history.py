"""Comparisons, causes, kept origins and moments."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from principles.actions import accept_amendment, draft_version, publish_draft_version, refuse_amendment
from principles.history.blame import Origin
from principles.history.causes import Voice, _sources as voice_sources, causes_of, register_voice_source
from principles.history.compare import compare_articles, moved_keys
from principles.history.origins import origins_in
from principles.history.timeline import Moment, _sources, moments_of, moments_told_by, register_timeline_source
from principles.models import Version
from tests.principles.conftest import MOTIVE, NOW, World

LATER = NOW + timedelta(days=3)


def row(key: str, position: int, text: str = "Un texte.", title: str = "") -> SimpleNamespace:
    return SimpleNamespace(key=key, position=position, title_fr=title or f"Titre {key}", text_fr=text)


def rows(keys: str) -> list[SimpleNamespace]:
    return [row(key, number) for number, key in enumerate(keys, 1)]


def test_articles_added_removed_moved_renamed_and_rewritten_are_told_apart() -> None:
    before = [row("a", 1), row("b", 2), row("c", 3), row("d", 4)]
    after = [row("n", 1), row("c", 2), row("a", 3, "Un autre texte."), row("d", 4, title="Autre")]
    found = {one.key: one for one in compare_articles(before, after, "fr")}
    assert list(found) == ["n", "c", "a", "d", "b"]
    assert (found["n"].state, found["n"].before, found["n"].after) == ("added", None, 1)
    assert (found["b"].state, found["b"].before, found["b"].after) == ("removed", 2, None)
    assert found["a"].state == "changed" and found["d"].renamed and not found["d"].moved
    assert sum(one.moved for one in found.values()) == 1


def test_another_number_because_an_article_came_before_is_no_move() -> None:
    assert not any(one.moved for one in compare_articles(rows("abc"), rows("xabc"), "fr"))
    assert moved_keys("abcd", "dabc") == {"d"}
    assert [one.is_change for one in compare_articles(rows("abc"), rows("abc"), "fr")] == [False] * 3


def adopted(world: World, text: str, days: int) -> None:
    amendment = world.opened(text_fr=text, text_en=text, title=f"Le {days}", now=NOW)
    accept_amendment(actor=world.organiser, amendment=amendment, motive=MOTIVE, now=NOW + timedelta(days=days))
    world.charter.refresh_from_db()


def test_a_sentence_leads_to_the_version_the_amendment_and_the_organisation_that_made_it(world: World) -> None:
    adopted(world, "Les données sont ouvertes à la collectivité à sa demande. Chaque mois.", 1)
    adopted(world, "Les données sont ouvertes à la collectivité à sa demande. Chaque semaine.", 2)
    version = world.charter.current_version
    sentences = origins_in(version, "fr")["text:donnees"]
    assert [one.origin for one in sentences] == [Origin(1), Origin(3, (2,))]
    cause = causes_of(Version.objects.chain_until(version))[3]
    assert (cause.who, cause.motive, cause.decided_by) == (world.city.name, MOTIVE, world.organiser.name)
    assert cause.amendment_title == "Le 2"


def test_what_was_traced_once_is_read_from_memory_and_continued_from_there(world: World) -> None:
    caches["pages"].clear()
    adopted(world, "Un texte.", 1)
    second = world.charter.current_version
    first = origins_in(second, "fr")
    adopted(world, "Un texte. Une suite.", 2)
    version = world.charter.current_version
    with CaptureQueriesContext(connection) as continued:
        again = origins_in(version, "fr")
    caches["pages"].clear()
    assert origins_in(version, "fr") == again
    assert origins_in(second, "fr") == first
    assert len(continued) <= 3


def test_a_version_the_team_published_tells_its_reason(world: World) -> None:
    text = replace(world.first.text(), preamble_fr="Autre.")
    draft = draft_version(actor=world.organiser, coalition=world.coalition, text=text, now=NOW)
    version = publish_draft_version(actor=world.organiser, draft=draft, motive=MOTIVE, now=NOW)
    cause = causes_of(Version.objects.chain_until(version))[2]
    assert (cause.amendment, cause.motive, cause.decided_by) == (None, MOTIVE, world.organiser.name)


def test_positions_stand_with_the_amendment_once_somebody_knows_them(world: World) -> None:
    adopted(world, "Un texte.", 1)
    source = lambda keys: {key: [Voice("Ville", "d’accord")] for key in keys}  # noqa: E731
    register_voice_source(source)
    try:
        assert causes_of(Version.objects.chain_until(world.charter.current_version))[2].voices[0].who == "Ville"
    finally:
        voice_sources.remove(source)


def test_moments_are_told_latest_first_with_those_of_other_sources(world: World) -> None:
    refuse_amendment(
        actor=world.organiser, amendment=world.opened("guichet"), motive=MOTIVE, now=NOW + timedelta(days=3)
    )
    adopted(world, "Un texte.", 1)

    def phases(_charter: object) -> Iterator[Moment]:
        yield Moment(NOW + timedelta(days=9), "phase", "Clôture", "")

    register_timeline_source(phases)
    try:
        found = moments_of(world.charter, moments_told_by(world.charter))
    finally:
        _sources.remove(phases)
    assert [one.kind for one in found] == ["phase", "refused", "version", "accepted", "version", "opened", "opened"]


@pytest.mark.parametrize("count", [2, 12])
def test_the_moments_are_read_in_two_queries_whatever_their_number(world: World, count: int) -> None:
    for number in range(count):
        adopted(world, f"Texte {number}.", number + 1)
    with CaptureQueriesContext(connection) as queries:
        assert len(list(moments_told_by(world.charter))) == 3 * count + 1
    assert len(queries) == 2
