"""What made each version: the amendment, its organisation, the positions taken on it, the decision."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from principles.history.blame import Sentence, Traced


@dataclass(frozen=True, slots=True)
class Voice:
    """The position of one organisation on an amendment."""

    who: str
    stance: str | Promise
    reason: str = ""


Source = Callable[[Sequence[int]], Mapping[int, Iterable[Voice]]]
_sources: list[Source] = []


def register_voice_source(source: Source) -> None:
    """Ask `source(keys of amendments)` for the positions taken on each. Called once, when its app is ready."""
    if source not in _sources:
        _sources.append(source)


@dataclass(frozen=True, slots=True)
class Cause:
    """A version, and what made it. Without an amendment, `who` is the organising team and `motive` its reason."""

    number: int
    at: datetime
    url: str
    who: str
    motive: str
    decided_by: str
    amendment: int | None = None
    amendment_title: str = ""
    amendment_url: str = ""
    amendment_motive: str = ""
    voices: tuple[Voice, ...] = ()


def causes_of(chain: Iterable[Any]) -> dict[int, Cause]:
    """By number of version, from `Version.objects.chain_until`."""
    versions = list(chain)
    decisions = [one.decision for one in versions if hasattr(one, "decision")]
    voices = _voices([decision.amendment_id for decision in decisions])
    return {one.number: _cause(one, voices) for one in versions}


def _voices(amendments: Sequence[int]) -> dict[int, tuple[Voice, ...]]:
    found: dict[int, tuple[Voice, ...]] = {}
    for source in _sources if amendments else ():
        for amendment, voices in source(amendments).items():
            found[amendment] = (*found.get(amendment, ()), *voices)
    return found


def _cause(version: Any, voices: Mapping[int, tuple[Voice, ...]]) -> Cause:
    decision, draft = getattr(version, "decision", None), getattr(version, "draft", None)
    team = _("L’équipe d’organisation")
    if decision is None:
        motive = draft.motive if draft else ""
        by = draft.created_by.name if draft else ""
        return Cause(version.number, version.adopted_at, version.get_absolute_url(), team, motive, by)
    amendment = decision.amendment
    return Cause(
        number=version.number,
        at=version.adopted_at,
        url=version.get_absolute_url(),
        who=amendment.organisation.name if amendment.organisation else team,
        motive=decision.motive,
        decided_by=decision.decided_by.name,
        amendment=amendment.number,
        amendment_title=amendment.heading,
        amendment_url=amendment.get_absolute_url(),
        amendment_motive=amendment.motive,
        voices=voices.get(amendment.pk, ()),
    )


def numbers_in(traced: Iterable[Sequence[Sentence]]) -> list[int]:
    """Every version that had a hand in these texts, oldest first."""
    return sorted({number for sentences in traced for one in sentences for number in one.origin.all})


def places_of(key: str) -> tuple[str, ...]:
    """The texts of an article, or of the preamble for an empty key."""
    return (f"title:{key}", f"text:{key}") if key else ("preamble",)


def sentences_of(traced: Traced, key: str) -> list[Sentence]:
    """The sentences of an article, its title first."""
    return [one for place in places_of(key) for one in traced.get(place, ())]
