"""One record of somebody else's collection becomes a case: by the same acts as on the site, once per identifier."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from django.db import transaction

from cases.actions.publication import publish_case
from cases.actions.writing import create_case, save_case
from cases.models import CasePage
from cases.models.words import changed_words
from members.models import Organisation


class Outcome(Enum):
    """What an import did with a record."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A record read and judged: words of WORDS, and what tells where it belongs."""

    external_id: str
    language: str
    organisation_name: str
    country: str
    content: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def import_case(
    *, actor: Any, record: CaseRecord, organisation: Organisation, publish: bool, now: datetime
) -> tuple[CasePage, Outcome]:
    """Create, update or leave alone the case of this identifier and language; in one transaction of its own.

    `actor` None is the operator at the console. `publish`: make it public at once, telling nobody; otherwise it waits
    as a draft. A record whose words are already there writes nothing, so that a second run is harmless. Raises
    InvalidCase, NoCaseIndex or EditConflict; then nothing of it stays.
    """
    known = CasePage.objects.select_related("organisation", "locale", "latest_revision")
    page = known.filter(external_id=record.external_id, written_in=record.language).first()
    if page is None:
        page = create_case(
            actor=actor,
            organisation=organisation,
            language=record.language,
            content=record.content,
            external_id=record.external_id,
            publish=publish,
            now=now,
        )
        return page, Outcome.CREATED
    words = page.latest_words()
    if not changed_words(words, record.content):
        missing = publish and (not page.live or page.has_unpublished_changes)
        return (_published(actor, page, publish, now), Outcome.UPDATED) if missing else (page, Outcome.UNCHANGED)
    save_case(actor=actor, page=page, content=record.content, based_on=page.latest_revision_id, now=now)
    return _published(actor, page, publish, now), Outcome.UPDATED


def _published(actor: Any, page: CasePage, publish: bool, now: datetime) -> CasePage:
    return publish_case(actor=actor, page=page, now=now, announce=False) if publish else page
