"""The list of co-sponsors with the people to reach, as a file that leaves the site."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from coalition.core.access import require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.core.exports import create_export
from coalition.core.models import TemporaryExport
from coalition.core.tables import XLSX_TYPE, csv_text, xlsx_bytes
from coalition.core.text import one_line
from members.models import Affiliation, Coalition, Cosponsorship

CONTACTS_EXPORT = "contacts"
SHORTEST_PURPOSE = 10
HEADER = (
    "organisation",
    "kind",
    "country",
    "city",
    "version",
    "since",
    "capacity",
    "name",
    "function",
    "email",
    "language",
)
Row = tuple[Any, ...]


@transaction.atomic
def export_contacts(
    *, coalition: Coalition, actor: Any, session_key: str | None, purpose: str, file_format: str, now: datetime
) -> TemporaryExport:
    """Make the file of a coalition's public co-sponsors with signatory and representatives, for this session only.

    Rule: organisers; the view has just asked for their password again. `file_format` is "csv" or "xlsx". The log keeps
    who, when, how many lines and the `purpose` (at least SHORTEST_PURPOSE characters). Raises DomainError without one.
    """
    require(actor, "export.contacts", coalition)
    said = one_line(purpose)
    if len(said) < SHORTEST_PURPOSE:
        raise DomainError(_("Dites en une phrase à quoi servira cette liste."), field="purpose")
    rows = list(_rows(coalition))
    if file_format == "csv":
        name, content_type, data = "contacts.csv", "text/csv; charset=utf-8", csv_text(HEADER, rows).encode()
    else:
        name, content_type, data = "contacts.xlsx", XLSX_TYPE, xlsx_bytes(HEADER, rows)
    export = create_export(
        account=actor,
        session_key=session_key,
        kind=CONTACTS_EXPORT,
        name=name,
        content_type=content_type,
        data=data,
        now=now,
    )
    facts = {"purpose": said, "lines": len(rows), "format": file_format}
    record(actor=actor, action="export.contacts", obj=coalition, now=now, **facts)
    return export


@transaction.atomic
def note_export_read(*, export: TemporaryExport, actor: Any, now: datetime) -> TemporaryExport:
    """Write that the file was fetched. Rule: organisers; `coalition.core.exports.find_export` found it for them."""
    require(actor, "export.contacts", export)
    record(actor=actor, action="export.download", obj=export, now=now, kind=export.kind)
    return export


def _rows(coalition: Coalition) -> Iterator[Row]:
    """One line a person: the signatory of the act, then the other representatives; one without a person if need be."""
    running = Affiliation.objects.active().representatives().select_related("account").order_by("started_on", "pk")
    acts = (
        Cosponsorship.objects.official()
        .filter(coalition=coalition)
        .select_related("organisation", "affiliation__account")
        .prefetch_related(Prefetch("organisation__affiliations", queryset=running, to_attr="speakers"))
    )
    for act in acts:
        organisation: Any = act.organisation
        since = act.decided_at.date().isoformat() if act.decided_at else ""
        where = (organisation.name, organisation.kind, organisation.country.code, organisation.city)
        about = (*where, act.document_version, since)
        yield (*about, "signatory", act.signatory_name, act.signatory_function, *_reach(act.affiliation))
        for one in organisation.speakers:
            if one.pk != act.affiliation_id:
                yield (*about, "representative", str(one.account), one.function, *_reach(one))


def _reach(affiliation: Affiliation | None) -> tuple[str, str]:
    """Address and language, of somebody who still acts for the organisation and whose account is open."""
    if affiliation is None or affiliation.ended_on is not None or not affiliation.account.is_active:
        return "", ""
    return affiliation.account.email, affiliation.account.language
