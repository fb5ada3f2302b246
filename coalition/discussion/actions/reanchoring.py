"""When a text has a new version, every remark on it finds its sentence again, or says that it has lost it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from coalition.core.subjects import Revision
from coalition.discussion.anchoring import Kept, Landing, Orphan, reanchor_all
from coalition.discussion.enums import PassageState
from coalition.discussion.models import Passage

Text = tuple[str, str, str]
"""Kind and key of a subject, language of its text."""
STATES = {Kept: PassageState.KEPT, Orphan: PassageState.ORPHAN}


@transaction.atomic
def reanchor_passages(*, revisions: Sequence[Revision], now: datetime) -> dict[str, int]:
    """Give each standing passage of the texts that changed its place in the new version; how many of each state.

    Rule: none of its own; called in the transaction that publishes the version, which asked the door (`now` is its
    moment). The place until then is closed at the version before, so that each version shows what it showed. An orphan
    stays one: nothing is guessed later. Texts that did not change cost nothing; three queries otherwise.
    """
    changed = {(one.kind, one.key, one.language): one for one in revisions if one.before != one.after}
    by_text = _standing_on(changed)
    places = [
        (passage, landing, changed[text].number)
        for text, passages in by_text.items()
        for passage, landing in zip(passages, _landings(passages, changed[text]), strict=True)
    ]
    _write(places)
    counts = dict.fromkeys(PassageState.values, 0)
    for _passage, landing, _number in places:
        counts[_state(landing)] += 1
    return counts


def _standing_on(changed: Mapping[Text, Revision]) -> dict[Text, list[Passage]]:
    """The passages that stand on these texts, by text; locked, and no query for no text."""
    by_text: dict[Text, list[Passage]] = {}
    if not changed:
        return by_text
    kinds, keys = {kind for kind, _key, _language in changed}, {key for _kind, key, _language in changed}
    found = Passage.objects.standing().filter(comment__subject_kind__in=kinds, comment__subject_key__in=keys)
    for passage in found.select_related("comment").select_for_update(of=("self",)):
        text = (passage.comment.subject_kind, passage.comment.subject_key, passage.language)
        if text in changed:
            by_text.setdefault(text, []).append(passage)
    return by_text


def _landings(passages: Sequence[Passage], revision: Revision) -> list[Landing]:
    return reanchor_all([passage.anchor for passage in passages], revision.before, revision.after)


def _state(landing: Landing) -> PassageState:
    return STATES.get(type(landing), PassageState.MOVED)


def _write(places: Sequence[tuple[Passage, Landing, int]]) -> None:
    """Close the old places, then write the new ones: never two that are open."""
    for passage, _landing, number in places:
        passage.to_version = number - 1
    Passage.objects.bulk_update([passage for passage, _landing, _number in places], ["to_version"], batch_size=500)
    Passage.objects.bulk_create([_next(*place) for place in places], batch_size=500)


def _next(passage: Passage, landing: Landing, number: int) -> Passage:
    anchor = passage.anchor if isinstance(landing, Orphan) else landing.anchor
    return Passage(
        comment=passage.comment,
        language=passage.language,
        from_version=number,
        state=_state(landing),
        **anchor._asdict(),
    )
