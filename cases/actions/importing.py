"""One record of somebody's collection becomes a case: by the same acts as on the site, once per identifier."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from django.db import transaction
from django.db.models import Q

from cases.actions.publication import publish_case
from cases.actions.writing import check_words, create_case, list_of, pass_door, save_case, translate_case
from cases.enums import CONTENT_FIELDS, PARTS
from cases.models import CasePage
from cases.models.words import changed_words, write_words
from coalition.core.text import fold
from members.models import Organisation

OWN_ID = re.compile(r"case-(\d{1,9})")
"""How an export names a case that has no identifier of its owner's: by its number."""
TITLE_ID = "title:"
"""Begins the identifier made for a line that has none."""


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


def title_id(*, title: str, city: str) -> str:
    """The identifier of a line without one: the same title in the same city is the same case, however it is spelt."""
    told = f"{fold(title)}\n{fold(city)}".encode()
    return TITLE_ID + hashlib.sha256(told).hexdigest()[:40]


def known_case(*, actor: Any, record: CaseRecord, organisation: Organisation) -> CasePage | None:
    """The case this record speaks of, in its language, among those of the organisation; None when it is not there.

    By the identifier; by the number, for what an export of ours named; by title and city, for a line without
    identifier. Two organisations may use the same identifier. The console also knows again what it brought in itself
    for an organisation that has another name since.
    """
    cases = CasePage.objects.select_related("organisation", "locale", "latest_revision")
    spoken = cases.filter(written_in=record.language)
    theirs = Q(organisation=organisation)
    whose = theirs | Q(owner=None) if actor is None else theirs
    named = spoken.filter(whose, external_id=record.external_id)
    found: CasePage | None = named.filter(theirs).first() or named.first()
    if found is not None:
        return found
    own = spoken.filter(organisation=organisation)
    if number := OWN_ID.fullmatch(record.external_id):
        return own.filter(number=int(number[1])).first()
    return _same_title(own, record) if record.external_id.startswith(TITLE_ID) else None


def _same_title(own: Any, record: CaseRecord) -> CasePage | None:
    """A case written on the site that has this title and city; its latest words count."""
    title = str(record.content.get("title", ""))
    for page in own.filter(external_id="", draft_title__iexact=title):
        words = page.latest_words()
        if title_id(title=words.title, city=words.city) == record.external_id:
            return page
    return None


def _original(record: CaseRecord, organisation: Organisation) -> CasePage | None:
    """The same case in another language, which this record translates."""
    cases = CasePage.objects.select_related("organisation", "locale", "latest_revision")
    own = cases.filter(organisation=organisation).exclude(written_in=record.language).order_by("pk")
    found: CasePage | None = own.filter(external_id=record.external_id).first()
    if found is None and (number := OWN_ID.fullmatch(record.external_id)):
        found = own.filter(number=int(number[1])).first()
    return found


@transaction.atomic
def import_case(
    *, actor: Any, record: CaseRecord, organisation: Organisation, publish: bool, now: datetime
) -> tuple[CasePage, Outcome]:
    """Create, update or leave alone the case of this identifier and language; in one transaction of its own.

    `actor` None is the operator at the console. `publish`: make it public at once, telling nobody; otherwise it waits
    as a draft. A record whose words are already there writes nothing, so that a second run is harmless; what it does
    not name stays as it is. Raises InvalidCase, NoCaseIndex, EditConflict or the door's refusals; then nothing of it
    stays.
    """
    page = known_case(actor=actor, record=record, organisation=organisation)
    if page is None:
        page = _brought_in(actor, record, organisation, publish, now)
        return page, Outcome.CREATED
    words = page.latest_words()
    if not changed_words(words, record.content):
        missing = publish and (not page.live or page.has_unpublished_changes)
        return (_published(actor, page, publish, now), Outcome.UPDATED) if missing else (page, Outcome.UNCHANGED)
    save_case(actor=actor, page=page, content=record.content, based_on=page.latest_revision_id, now=now)
    return _published(actor, page, publish, now), Outcome.UPDATED


def _brought_in(actor: Any, record: CaseRecord, organisation: Organisation, publish: bool, now: datetime) -> CasePage:
    original = _original(record, organisation) if record.external_id else None
    if original is None:
        return create_case(
            actor=actor,
            organisation=organisation,
            language=record.language,
            content=record.content,
            external_id=record.external_id,
            publish=publish,
            now=now,
        )
    copy = translate_case(actor=actor, page=original, language=record.language, now=now)
    CasePage.objects.filter(pk=copy.pk).update(external_id=record.external_id)
    words = blank_words(CasePage()) | dict(record.content)
    save_case(actor=actor, page=copy, content=words, based_on=copy.latest_revision_id, now=now)
    page: CasePage = CasePage.objects.select_related("organisation", "locale", "latest_revision").get(pk=copy.pk)
    return _published(actor, page, publish, now)


def blank_words(page: CasePage) -> dict[str, Any]:
    """What each word is on a case nobody has written; pictures, which travel by themselves, left out."""
    plain = {name: getattr(page, name) for name in CONTENT_FIELDS}
    return plain | {"country": ""} | {part: [] for part in PARTS if part != "pictures"}


def judge_case(
    *, actor: Any, record: CaseRecord, organisation: Organisation, publish: bool
) -> tuple[CasePage | None, Outcome, list[str]]:
    """What `import_case` would do, without doing it: the case it knows, the outcome, the names of the words it changes.

    Raises the same refusals. Reads only: no number is taken, nobody else waits.
    """
    page = known_case(actor=actor, record=record, organisation=organisation)
    if page is None:
        pass_door(actor=actor, action="case.create", obj=organisation)
        if publish:
            pass_door(actor=actor, action="case.publish_new", obj=organisation)
        draft = CasePage(organisation=organisation, locale=list_of(language=record.language).locale)
        write_words(draft, record.content)
        check_words(page=draft, complete=publish)
        return None, Outcome.CREATED, list(record.content)
    draft = page.latest_words()
    changed = changed_words(draft, record.content)
    missing = publish and (not page.live or page.has_unpublished_changes)
    if not changed and not missing:
        return page, Outcome.UNCHANGED, []
    if changed:
        pass_door(actor=actor, action="case.edit", obj=page)
        write_words(draft, {name: record.content[name] for name in changed})
    if publish:
        pass_door(actor=actor, action="case.publish", obj=page)
    check_words(page=draft, complete=publish)
    return page, Outcome.UPDATED, changed


def _published(actor: Any, page: CasePage, publish: bool, now: datetime) -> CasePage:
    return publish_case(actor=actor, page=page, now=now, announce=False) if publish else page
