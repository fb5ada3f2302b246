"""How far a coalition is from the number of co-sponsors that makes it official, and which text each of them holds."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from members.enums import CoalitionState, CosponsorshipState, Kind
from members.models.coalitions import Coalition
from members.models.cosponsorships import Cosponsorship


@dataclass(frozen=True, slots=True)
class ThresholdLine:
    """One number to reach. `kind` is "" for all co-sponsors together; counts are organisations."""

    kind: str
    label: Any
    counted: int
    needed: int

    @property
    def missing(self) -> int:
        """How many are still to come; 0 once reached."""
        return max(self.needed - self.counted, 0)

    @property
    def reached(self) -> bool:
        return not self.missing


@dataclass(frozen=True, slots=True)
class ThresholdProgress:
    """Where a coalition stands: all its co-sponsors, then each kind it asks some of."""

    total: ThresholdLine
    kinds: tuple[ThresholdLine, ...]
    is_official: bool

    @property
    def is_set(self) -> bool:
        """The coalition asks for a number at all."""
        return self.total.needed > 0

    @property
    def reached(self) -> bool:
        """Every number is reached today. A coalition that asks for none never reaches it by itself."""
        return self.is_set and self.total.reached and all(line.reached for line in self.kinds)

    @property
    def fell_back(self) -> bool:
        """Official once, and since then fewer co-sponsors than it took: shown, never undone."""
        return self.is_official and self.is_set and not self.reached


def threshold_progress(coalition: Coalition, acts: Sequence[Cosponsorship] | None = None) -> ThresholdProgress:
    """The official co-sponsors of `coalition` counted against its thresholds; two queries at any size.

    Those whose yearly renewal is awaited do not count. `acts` are all the public ones with their organisations, for a
    page that has read them: one query less.
    """
    by_kind = Counter(_kinds(coalition) if acts is None else _kinds_among(acts))
    total = ThresholdLine("", "", by_kind.total(), coalition.cosponsors_needed)
    kinds = tuple(
        ThresholdLine(row.kind, Kind(row.kind).label, by_kind[row.kind], row.minimum)
        for row in coalition.kind_thresholds.all()
    )
    return ThresholdProgress(total, kinds, coalition.state == CoalitionState.OFFICIAL)


def _kinds(coalition: Coalition) -> Iterable[str]:
    counting = Cosponsorship.objects.counting().filter(coalition=coalition)
    kinds: Iterable[str] = counting.order_by().values_list("organisation__kind", flat=True)
    return kinds


def _kinds_among(acts: Sequence[Cosponsorship]) -> Iterable[str]:
    return (act.organisation.kind for act in acts if act.state == CosponsorshipState.OFFICIAL)


@dataclass(frozen=True, slots=True)
class HeldVersion:
    """A version of the text, how many public acts hold it, and whether it is the one in force. `url` may be ""."""

    version: str
    url: str
    count: int
    in_force: bool


def count_versions(acts: Iterable[Cosponsorship]) -> list[dict[str, Any]]:
    """The rows of `CosponsorshipQuerySet.by_version`, from acts already read."""
    counts = Counter((act.document_version, act.document_sha256) for act in acts)
    return [
        {"document_version": version, "document_sha256": sha256, "count": count}
        for (version, sha256), count in counts.items()
    ]


def newest_first(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Rows by their version, in the order of its number: "10" before "9"."""

    def rank(row: Mapping[str, Any]) -> tuple[int, str]:
        version = row["document_version"]
        return (int(version) if version.isdecimal() else 0, version)

    return sorted(rows, key=rank, reverse=True)


def held_versions(
    rows: Iterable[Mapping[str, Any]], urls: Mapping[str, str], version: str, sha256: str
) -> list[HeldVersion]:
    """The versions that co-sponsors hold, newest first, and the one in force even if nobody does.

    `rows` as `CosponsorshipQuerySet.by_version` gives them; `urls` are addresses by version; `version` and `sha256`
    name the text in force, "" while there is none. Empty while there is no co-sponsor.
    """
    held = newest_first(rows)
    if held and sha256 and sha256 not in {row["document_sha256"] for row in held}:
        held.insert(0, {"document_version": version, "document_sha256": sha256, "count": 0})
    return [
        HeldVersion(
            version=row["document_version"],
            url=urls.get(row["document_version"], ""),
            count=row["count"],
            in_force=row["document_sha256"] == sha256,
        )
        for row in held
    ]
