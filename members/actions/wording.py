"""What an organisation says it will do, as it is checked before anybody reads it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from coalition.core.errors import DomainError
from coalition.core.text import one_line
from members.enums import Commitment

LONGEST_SENTENCE = 300


def kept_sentences(commitments: Sequence[str], sentences: Mapping[str, str] | None) -> dict[str, str]:
    """The sentences of the chosen commitments, each on one line; blank ones and those of others are left out."""
    said = {value: one_line((sentences or {}).get(value, ""))[:LONGEST_SENTENCE] for value in commitments}
    return {value: said[value] for value in Commitment.values if said.get(value)}


def checked_words(commitments: Sequence[str], sentences: Mapping[str, str] | None, statement: str) -> dict[str, Any]:
    """Commitments in the coalition's order, their sentences and the statement, as the act holds them.

    Raises DomainError without a known commitment, for one without a sentence, or a sentence of more than
    LONGEST_SENTENCE characters.
    """
    if not set(commitments) or not set(commitments) <= set(Commitment.values):
        raise DomainError(_("Choisissez au moins un engagement."), field="commitments")
    kept = kept_sentences(commitments, sentences)
    for value in commitments:
        if value not in kept:
            raise DomainError(_("Dites en une phrase ce que vous ferez."), field=f"sentence_{value}")
        if len(one_line((sentences or {})[value])) > LONGEST_SENTENCE:
            raise DomainError(_("Cette phrase dépasse 300 caractères."), field=f"sentence_{value}")
    ordered = [value for value in Commitment.values if value in commitments]
    return {"commitments": ordered, "sentences": kept, "statement": statement.strip()}
