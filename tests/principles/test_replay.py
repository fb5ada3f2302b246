"""The history of a real manifesto, merge after merge, as amendments through the actions people use."""

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from members.models import User
from principles.actions import (
    accept_amendment,
    draft_amendment,
    open_amendment,
    publish_first_version,
    resolve_rebase,
    withdraw_amendment,
)
from principles.models import Amendment, ArticleText, Charter, CharterText, VersionArticle, settle_text
from tests.principles.conftest import MOTIVE, NOW, World, make_organiser

PART = 40
KEPT = ArticleText("garde", "Garde", "Kept", "Cet article reste.", "This article stays.")


def merges(folder: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(folder / "charters" / "openpolitics_manifesto.merges.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            texts = ("base", "proposed", "current", "accepted")
            yield {**row, **{name: settle_text(row[name] or "") for name in texts}}


class Replay:
    """Each file is an article of a charter of its own; what people committed beside the merges is the team's."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.decider: User = make_organiser("Moussa")
        self.charters: dict[str, Charter] = {}
        self.keys: dict[str, str] = {}
        self.told: Counter[str] = Counter()
        self.differing: list[int] = []

    def charter(self, path: str) -> Charter:
        if path not in self.charters:
            text = CharterText("Manifeste", "Manifesto", "", "", (KEPT,))
            slug, coalition = f"fichier-{len(self.charters)}", self.world.coalition
            said = {"actor": self.world.organiser, "coalition": coalition, "slug": slug, "text": text, "now": NOW}
            self.charters[path] = publish_first_version(**said).charter
        return Charter.objects.get(pk=self.charters[path].pk)

    def text(self, path: str) -> str:
        """The file as it is now, "" when it is not there."""
        version = self.charter(path).current_version_id
        row = VersionArticle.objects.filter(version=version, key=self.keys.get(path, "?")).first()
        return row.text_fr if row else ""

    def proposed(self, path: str, text: str, *, team: bool) -> Amendment:
        """An amendment that makes the file say `text`: to edit, to add or to remove it."""
        kind = "remove" if not text else "edit" if self.text(path) else "insert"
        actor = self.world.organiser if team else self.world.member
        words = {"text_fr": text, "text_en": text, "title": path[:160], "motive": MOTIVE}
        titles = {"article_title_fr": path[:160], "article_title_en": path[:160]}
        key = "" if kind == "insert" else self.keys[path]
        where = {"kind": kind, "article_key": key, "after_key": "garde", "charter": self.charter(path)}
        voice = {"actor": actor, "organisation": None if team else self.world.city, "now": NOW}
        amendment = open_amendment(amendment=draft_amendment(**voice, **where, **words, **titles), actor=actor, now=NOW)
        self.told["proposed"] += 1
        return amendment

    def accept(self, path: str, amendment: Amendment) -> None:
        accept_amendment(actor=self.decider, amendment=amendment, motive=MOTIVE, now=NOW)
        self.keys[path] = amendment.article_key
        self.told["accepted"] += 1

    def bring(self, path: str, text: str) -> None:
        """What was committed beside the merges."""
        if self.text(path) != text:
            self.accept(path, self.proposed(path, text, team=True))

    def play(self, number: int, row: dict[str, Any]) -> None:
        """One merge: proposed on its base, the charter goes on, then adopted, merged or as a person resolved it."""
        path = row["path"]
        both_added = not row["base"] and row["current"]
        self.bring(path, row["current"] if both_added else row["base"])
        if row["proposed"] == self.text(path):
            self.bring(path, row["accepted"])
            return
        amendment = self.proposed(path, row["proposed"], team=False)
        self.bring(path, row["current"])
        amendment = Amendment.objects.whole().get(pk=amendment.pk)
        if amendment.needs_rebase:
            self.resolve(path, row, amendment)
        else:
            self.accept(path, amendment)
        if self.text(path) != row["accepted"]:
            self.differing.append(number)
            self.bring(path, row["accepted"])

    def resolve(self, path: str, row: dict[str, Any], amendment: Amendment) -> None:
        """As the person did who merged: their text, or nothing of it."""
        self.told["conflict"] += 1
        if row["accepted"] == self.text(path) or not (row["accepted"] or amendment.kind == "remove"):
            withdraw_amendment(actor=self.world.member, amendment=amendment, now=NOW)
            self.told["withdrawn"] += 1
            return
        number = self.charter(path).in_force.number
        seen = {"seen_version": number, "seen_wording": amendment.wording, "actor": self.world.member, "now": NOW}
        words = {"text_fr": row["accepted"], "text_en": row["accepted"]}
        self.accept(path, resolve_rebase(amendment=amendment, **seen, **words))


def replayed(world: World, rows: list[tuple[int, dict[str, Any]]]) -> Replay:
    replay, last = Replay(world), dict[str, str]()
    for number, row in rows:
        replay.play(number, row)
        last[row["path"]] = row["accepted"]
        assert replay.text(row["path"]) == row["accepted"], number
    assert {path: replay.text(path) for path in last} == last
    assert replay.told["proposed"] == replay.told["accepted"] + replay.told["withdrawn"]
    assert not Amendment.objects.filter(charter__in=replay.charters.values(), decision=None, withdrawn_at=None).exists()
    return replay


def test_a_part_of_a_real_history_ends_as_it_really_did(world: World, real_data: Path) -> None:
    rows = [(n, row) for n, row in enumerate(merges(real_data), 1) if row["kind"] == "concurrent"][:PART]
    replay = replayed(world, rows)
    assert replay.told["accepted"] > PART and len(replay.differing) <= 3


@pytest.mark.fault
@pytest.mark.bench
def test_the_whole_real_history_ends_as_it_really_did(
    world: World, real_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replay = replayed(world, list(enumerate(merges(real_data), 1)))
    with capsys.disabled():
        told = ", ".join(f"{count} {what}" for what, count in sorted(replay.told.items()))
        print(f"\n{len(replay.charters)} files: {told}; clean but other than accepted at lines {replay.differing}")  # noqa: T201
