"""Whatever people do to the amendments of a charter, in whatever order and on whatever stale page, it stays legal."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from coalition.core.access import AccessError
from coalition.core.errors import DomainError
from principles.actions import (
    accept_amendment,
    draft_amendment,
    open_amendment,
    refuse_amendment,
    resolve_rebase,
    revise_amendment,
    take_position,
    withdraw_amendment,
    write_leg,
)
from principles.enums import ADOPTED, DECIDED, PENDING
from principles.models import Amendment, Charter, Decision, PositionEntry, Version, Wording, fingerprint
from tests.principles.conftest import MOTIVE, NOW, World, make_organisation, make_organiser, make_speaker

PIECES = ("Un débat public.", "Une trace écrite.", "Un bilan annuel.", "Un lieu ouvert.", "Trois relectures.")
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(" ".join)
WHICH = st.integers(min_value=0, max_value=30)
KEYS = st.sampled_from(["decider", "guichet", "donnees", "", "neuf"])


class Charters(RuleBasedStateMachine):
    """One charter, two cities, two organisers; every action on any amendment, in any order."""

    world: World

    @initialize()
    def begin(self) -> None:
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.copies: list[Amendment] = []
        self.other = make_organisation()
        self.speaker = make_speaker(self.other)
        self.second = make_organiser("Moussa")

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    def attempt(self, action: Any, **facts: Any) -> Any:
        """Done, or refused in words and then without a trace; anything else breaks the test."""
        try:
            with transaction.atomic():
                return action(now=NOW, **facts)
        except (AccessError, DomainError):
            return None

    def pick(self, which: int, *, stale: bool) -> Amendment | None:
        """One of the amendments, as it is or as somebody's page had it long ago."""
        if not self.copies:
            return None
        kept = self.copies[which % len(self.copies)]
        return kept if stale else Amendment.objects.get(pk=kept.pk)

    @rule(kind=st.sampled_from(["edit", "edit", "edit", "insert", "remove", "move"]), key=KEYS, after=KEYS, text=TEXTS)
    def propose(self, kind: str, key: str, after: str, text: str) -> None:
        said = {"title": "Une ligne", "motive": MOTIVE, "text_fr": text, "text_en": f"In English: {text}"}
        titles = {"article_title_fr": "Neuf", "article_title_en": "New"}
        where = {"kind": kind, "article_key": "" if kind == "insert" else key, "after_key": after}
        who = {"actor": self.world.member, "organisation": self.world.city, "charter": self.world.charter}
        draft = self.attempt(draft_amendment, **who, **where, **said, **titles)
        opened = draft and self.attempt(open_amendment, actor=self.world.member, amendment=draft)
        if opened:
            self.copies.append(opened)

    @rule(which=WHICH, stale=st.booleans(), text=TEXTS, both=st.booleans())
    def revise(self, which: int, stale: bool, text: str, both: bool) -> None:
        if found := self.pick(which, stale=stale):
            words = {"text_fr": text, "text_en": f"Again: {text}" if both else found.text_en, "note": "Mieux."}
            place = {"after_key": found.after_key, "article_title_fr": "Neuf", "article_title_en": "New"}
            seen = {"seen_wording": found.wording, "actor": self.world.member}
            self.attempt(revise_amendment, amendment=found, **words, **place, **seen)

    @rule(which=WHICH, text=TEXTS)
    def write_english(self, which: int, text: str) -> None:
        if found := self.pick(which, stale=False):
            who = {"actor": self.speaker, "organisation": self.other, "language": "en", "article_title": "New"}
            self.attempt(write_leg, amendment=found, text=f"Leg: {text}", **who)

    @rule(which=WHICH, stale=st.booleans(), text=TEXTS, version=st.integers(min_value=0, max_value=1))
    def resolve(self, which: int, stale: bool, text: str, version: int) -> None:
        if found := self.pick(which, stale=stale):
            number = Charter.objects.get(pk=self.world.charter.pk).in_force.number - version
            seen = {"seen_version": number, "seen_wording": found.wording, "actor": self.world.member}
            self.attempt(resolve_rebase, amendment=found, text_fr=text, text_en=f"Both: {text}", **seen)

    @rule(which=WHICH, choice=st.sampled_from(["agree", "abstain", "objection"]))
    def speak(self, which: int, choice: str) -> None:
        if found := self.pick(which, stale=True):
            said = {"organisation": self.other, "choice": choice, "reason": MOTIVE}
            self.attempt(take_position, actor=self.speaker, amendment=found, **said)

    @rule(which=WHICH, stale=st.booleans(), departs=st.booleans(), modified=st.booleans())
    def accept(self, which: int, stale: bool, departs: bool, modified: bool) -> None:
        if found := self.pick(which, stale=stale):
            words = {"fr": "Autrement dit.", "en": "Said otherwise."} if modified else None
            said = {"motive": MOTIVE, "departs": departs, "modified": words, "seen_wording": found.wording}
            self.attempt(accept_amendment, actor=self.second, amendment=found, **said)

    @rule(which=WHICH, stale=st.booleans())
    def refuse(self, which: int, stale: bool) -> None:
        if found := self.pick(which, stale=stale):
            self.attempt(refuse_amendment, actor=self.second, amendment=found, motive=MOTIVE, departs=True)

    @rule(which=WHICH, stale=st.booleans())
    def withdraw(self, which: int, stale: bool) -> None:
        if found := self.pick(which, stale=stale):
            self.attempt(withdraw_amendment, actor=self.world.member, amendment=found)

    @invariant()
    def every_adoption_made_one_version_in_an_unbroken_chain(self) -> None:
        versions = list(Version.objects.filter(charter=self.world.charter).order_by("number"))
        adopted = Amendment.objects.filter(charter=self.world.charter, state__in=ADOPTED).count()
        assert [one.number for one in versions] == list(range(1, adopted + 2))
        assert Charter.objects.get(pk=self.world.charter.pk).current_version_id == versions[-1].pk
        assert all(fingerprint(one.canonical) == one.sha256 for one in versions[-1:])
        assert versions[-1].articles.exists()

    @invariant()
    def what_is_decided_has_its_decision_and_nothing_proposed_is_lost(self) -> None:
        amendments = list(Amendment.objects.filter(charter=self.world.charter).exclude(state="draft"))
        decided = {one.pk for one in amendments if one.state in DECIDED}
        assert decided == set(Decision.objects.filter(amendment__in=amendments).values_list("amendment", flat=True))
        assert len(amendments) == len(self.copies)
        for one in amendments:
            assert Wording.objects.filter(amendment=one).count() == one.wording

    @invariant()
    def what_is_pending_stands_on_the_version_in_force_or_waits_for_its_author(self) -> None:
        current = Charter.objects.get(pk=self.world.charter.pk).current_version_id
        pending = Amendment.objects.filter(charter=self.world.charter, state__in=PENDING)
        assert not pending.filter(needs_rebase=False).exclude(base_version=current).exists()

    @invariant()
    def each_voice_is_the_last_line_of_its_history(self) -> None:
        for one in Amendment.objects.filter(charter=self.world.charter):
            position, last = one.positions.first(), PositionEntry.objects.filter(amendment=one).first()
            assert (position and position.choice) == (last and last.choice)


def play(world: World, examples: int, steps: int) -> None:
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    options = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=checks, database=None
    )
    run_state_machine_as_test(type("Here", (Charters,), {"world": world}), settings=options)


def test_a_few_random_lives_of_a_charter_stay_legal(world: World) -> None:
    play(world, examples=5, steps=12)


@pytest.mark.fault
@pytest.mark.bench
def test_a_thousand_random_lives_of_a_charter_stay_legal(world: World) -> None:
    play(world, examples=1_000, steps=16)
