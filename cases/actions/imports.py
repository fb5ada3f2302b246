"""A city's file on its way in: sent, columns chosen, checked without writing, confirmed, brought in line by line."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _, gettext_lazy, override

from cases.actions.cells import CellReader
from cases.actions.columns import (
    TARGETS,
    TableLine,
    guess_columns,
    read_table,
    readable,
    record_of,
    target_label,
)
from cases.actions.importing import CaseRecord, import_case, judge_case
from cases.actions.writing import InvalidCase
from cases.enums import IMPORT_MOVES, FileFormat, ImportState, LineOutcome
from cases.models import CaseImport, CaseImportLine, KnownColumn
from cases.models.imports import OPEN, WORKING
from coalition.core.access import AccessError, WrongState, require
from coalition.core.attachments import delete_attachment, store_attachment
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.core.privacy import PurgeStep, register_purge
from coalition.core.sheets import SheetRefused
from coalition.core.text import fold, one_line
from members.actions import acting_for
from members.models import Organisation

log = logging.getLogger(__name__)
MOST_OPEN = 5
"""Files of one organisation on their way in at the same time."""
LEASE = timedelta(seconds=60)
KEEPS_OPEN = timedelta(days=7)
KEEPS_REPORT = timedelta(days=30)
TYPES = {FileFormat.JSONL: "application/x-ndjson", FileFormat.CSV: "text/csv", FileFormat.XLSX: "application/zip"}
NOT_ALLOWED = gettext_lazy("Ce cas ne peut pas être écrit maintenant : il est en relecture, ou il n’est pas à vous.")


class ColumnsUnclear(DomainError):
    """No column gives the title, or two columns give the same field."""


# What people do -------------------------------------------------------------------------


@transaction.atomic
def open_import(
    *, actor: Any, organisation: Organisation, name: str, data: bytes, language: str, spoken: str, now: datetime
) -> CaseImport:
    """Keep a file of `organisation`, privately, and guess its columns; nothing of it is written yet.

    Rule: as to create a case. `language`: of the lines that do not say theirs; `spoken`: of the sentences. Raises
    SheetRefused for a file that cannot be read, DomainError when five of them already wait.
    """
    require(actor, "case.create", organisation)
    waiting = CaseImport.objects.filter(organisation=organisation, state__in=OPEN)
    if waiting.count() >= MOST_OPEN:
        raise DomainError(_("Cinq fichiers attendent déjà : confirmez-les ou retirez-les d’abord."), field="file")
    table = read_table(data=data)
    remembered = dict(KnownColumn.objects.filter(organisation=organisation).values_list("heading", "field"))
    file_name = one_line(name)[-150:] or "cas"
    job = CaseImport.objects.create(
        organisation=organisation,
        account=actor,
        attachment=store_attachment(
            name=file_name, content_type=TYPES[table.format], data=data, account=actor, now=now
        ),
        file_name=file_name,
        format=table.format,
        language=language,
        spoken=spoken,
        columns=guess_columns(table=table, remembered=remembered),
        total=len(table.lines),
        created_at=now,
        changed_at=now,
    )
    facts = acting_for(account=actor, organisation=organisation)
    record(actor=actor, action="case_import.open", obj=job, now=now, lines=job.total, format=job.format, **facts)
    return job


@transaction.atomic
def choose_columns(*, actor: Any, job: CaseImport, fields: Sequence[str], publish: bool, now: datetime) -> CaseImport:
    """Say what each column stands for ("" for none), in the order of the file, and have every line checked.

    `publish`: make the cases public at once, for organisers. The organisation's choice is remembered. Raises
    ColumnsUnclear, or WrongState once the import runs.
    """
    require(actor, "case_import.open", job)
    if publish:
        require(actor, "case.publish_new", job.organisation)
    _check_columns(job, fields)
    columns = [{**column, "field": name} for column, name in zip(job.columns, fields, strict=True)]
    _move(job, ImportState.CHECKING, now, columns=columns, publish=publish, account=actor)
    for column in columns:
        chosen, heading = {"field": column["field"]}, fold(column["heading"])[:200]
        KnownColumn.objects.update_or_create(organisation=job.organisation, heading=heading, defaults=chosen)
    record(actor=actor, action="case_import.check", obj=job, now=now, organisation=job.organisation_id)
    return job


def _check_columns(job: CaseImport, fields: Sequence[str]) -> None:
    """ColumnsUnclear unless they are those of the file, with a title, and no field twice."""
    used = [name for name in fields if name]
    if len(fields) != len(job.columns) or not set(used) <= set(TARGETS):
        raise ColumnsUnclear(_("Ces colonnes ne sont pas celles du fichier : recommencez."))
    if "title" not in used:
        raise ColumnsUnclear(_("Dites quelle colonne donne le titre : sans lui, rien ne peut entrer."))
    twice = next((name for name in used if used.count(name) > 1), None)
    if twice is not None:
        raise ColumnsUnclear(_("Deux colonnes donnent le même champ : %(name)s.") % {"name": target_label(twice)})


@transaction.atomic
def start_import(*, actor: Any, job: CaseImport, now: datetime) -> CaseImport:
    """Bring the checked lines in. WrongState unless they were just checked."""
    require(actor, "case_import.open", job)
    _move(job, ImportState.RUNNING, now, account=actor)
    facts = acting_for(account=actor, organisation=job.organisation)
    record(actor=actor, action="case_import.start", obj=job, now=now, publish=job.publish, **facts)
    return job


@transaction.atomic
def discard_import(*, actor: Any, job: CaseImport, now: datetime) -> None:
    """Take a file away, with its report; cases it brought in stay. WrongState while it runs."""
    require(actor, "case_import.open", job)
    record(actor=actor, action="case_import.discard", obj=job, now=now, organisation=job.organisation_id)
    if not CaseImport.objects.filter(pk=job.pk).exclude(state=ImportState.RUNNING).delete()[0]:
        raise WrongState
    if job.attachment is not None:
        delete_attachment(job.attachment)


def _move(job: CaseImport, state: str, now: datetime, **changes: Any) -> None:
    """Compare-and-swap to `state`, from its first line; WrongState when somebody was faster."""
    sources = [source for source, targets in IMPORT_MOVES.items() if state in targets]
    rows = CaseImport.objects.filter(pk=job.pk, state__in=sources)
    if not rows.update(state=state, reached=0, leased_until=None, changed_at=now, **changes):
        raise WrongState
    if state in WORKING:
        job.lines.all().delete()
    job.refresh_from_db()


# What the worker does -------------------------------------------------------------------


@transaction.atomic
def claim_import(*, now: datetime) -> CaseImport | None:
    """The oldest file that waits for the worker, leased for a minute; None when there is none. For the worker."""
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    waiting = CaseImport.objects.select_for_update(skip_locked=True, of=("self",)).filter(free, state__in=WORKING)
    job = waiting.select_related("organisation", "attachment").order_by("changed_at", "pk").first()
    if job is None:
        return None
    CaseImport.objects.filter(pk=job.pk).update(leased_until=now + LEASE)
    return job


@dataclass(frozen=True, slots=True)
class Reading:
    """The lines of a file, and for each case they speak of the number of the first line that does."""

    lines: list[TableLine]
    first: dict[tuple[str, ...], int]


def reading_of(*, job: CaseImport) -> Reading | None:
    """The lines of its file, read once for many; None when the file is gone or can no longer be read."""
    if job.attachment is None:
        return None
    try:
        with job.attachment.file.open("rb") as file:
            lines = read_table(data=file.read()).lines
    except (OSError, SheetRefused):
        return None
    first: dict[tuple[str, ...], int] = {}
    for line in lines:
        first.setdefault(_name_of(line, job), line.number)
    return Reading(lines, first)


@transaction.atomic
def fail_import(*, job: CaseImport, now: datetime) -> None:
    """Stop for good, with a sentence: the file is gone. For the worker."""
    with override(job.spoken):
        sentence = _("Le fichier n’est plus là : envoyez-le de nouveau.")
    CaseImport.objects.filter(pk=job.pk, state__in=WORKING).update(
        state=ImportState.FAILED, failure=sentence, leased_until=None, changed_at=now
    )


def release_import(*, job: CaseImport) -> None:
    """Let go of a file that is not finished, so that the next call goes on at once. For the worker."""
    CaseImport.objects.filter(pk=job.pk, state=job.state).update(leased_until=None)


def advance_import(*, job: CaseImport, reading: Reading, most: int, now: datetime) -> bool:
    """Do the next `most` lines, each in its own transaction with its line of the report; whether more are left.

    An interruption loses the line it cut and no other; the next call goes on after the last one that is written.
    Checking writes nothing but the report. For the worker, which has claimed it.
    """
    current = CaseImport.objects.select_related("organisation", "account").filter(pk=job.pk, state=job.state).first()
    if current is None:
        return False
    reader, lines = CellReader(), reading.lines
    for position in range(current.reached, min(current.reached + most, len(lines))):
        if not _do_line(current, reading, position, reader, now):
            return False
    if current.reached + most < len(lines):
        return True
    _finish(current, now)
    return False


def _name_of(line: TableLine, job: CaseImport) -> tuple[str, ...]:
    """What tells its case from others: (language, identifier), or (language, title, city); its number when neither."""
    told = {name: fold(str(line.cells.get(heading) or "")) for heading, name in job.targets().items()}
    language = told.get("language") or job.language
    if told.get("external_id"):
        return language, str(told["external_id"])
    return (language, told.get("title", ""), told.get("city", "")) if told.get("title") else ("", str(line.number))


def _do_line(job: CaseImport, reading: Reading, position: int, reader: CellReader, now: datetime) -> bool:
    """One line and its report; False when somebody took the file away meanwhile."""
    line = reading.lines[position]
    with override(job.spoken), transaction.atomic():
        mine = CaseImport.objects.filter(pk=job.pk, state=job.state, reached=position)
        if not mine.update(reached=position + 1, leased_until=now + LEASE):
            return False
        told = CaseImportLine(job=job, number=line.number, outcome=LineOutcome.REFUSED, title=_title_of(line, job))
        try:
            with transaction.atomic():
                _take(job, line, reading, reader, told, now)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:  # whatever one line does, the others go on
            told.outcome, told.page = LineOutcome.REFUSED, None
            told.field, told.sentence = _reason(error)
        told.save()
    return True


def _title_of(line: TableLine, job: CaseImport) -> str:
    """What the line itself calls its case, whatever it is worth."""
    given = next((line.cells.get(heading) for heading, name in job.targets().items() if name == "title"), None)
    return readable(given if isinstance(given, str) else "", 255)


def _take(
    job: CaseImport, line: TableLine, reading: Reading, reader: CellReader, told: CaseImportLine, now: datetime
) -> None:  # fmt: skip
    """Check or bring in one line, and note what became of it."""
    found: CaseRecord = record_of(line=line, targets=job.targets(), reader=reader, language=job.language)
    told.title = str(found.content["title"])
    earlier = reading.first[_name_of(line, job)]
    if earlier != line.number:
        raise InvalidCase({"": [_("Ce cas est déjà à la ligne %(number)d.") % {"number": earlier}]})
    if job.account is None:
        raise WrongState
    target: dict[str, Any] = {"record": found, "organisation": job.organisation, "publish": job.publish}
    if job.state == ImportState.CHECKING:
        told.page, outcome, changed = judge_case(actor=job.account, **target)
        names = [target_label(name) for name in changed] if outcome.value == LineOutcome.UPDATED else []
        told.sentence = ", ".join(names)
    else:
        told.page, outcome = import_case(actor=job.account, now=now, **target)
    told.outcome = outcome.value


def _label(name: str) -> str:
    return target_label(name) if name in TARGETS else name


def _reason(error: Exception) -> tuple[str, str]:
    """Field and sentence for a line that was not taken."""
    if isinstance(error, InvalidCase):
        (name, sentences), *others = error.errors.items()
        told = [*sentences, *(f"{_label(other)} : {text}" for other, texts in others for text in texts)]
        return name[:40], " ".join(told)
    if isinstance(error, DomainError):
        return error.field[:40], str(error.message)
    if isinstance(error, AccessError):
        return "", str(NOT_ALLOWED)
    log.warning("a line of an import failed", exc_info=error)
    return "", _("Cette ligne n’a pas pu être écrite. Vérifiez-la, ou écrivez-nous.")


@transaction.atomic
def _finish(job: CaseImport, now: datetime) -> None:
    """The last line is done: the report waits to be confirmed, or the file is no longer needed."""
    checked = job.state == ImportState.CHECKING
    after = ImportState.CHECKED if checked else ImportState.DONE
    kept = {} if checked else {"attachment": None}
    moved = CaseImport.objects.filter(pk=job.pk, state=job.state).update(
        state=after, leased_until=None, changed_at=now, **kept
    )
    if not moved or checked:
        return
    if job.attachment is not None:
        delete_attachment(job.attachment)
    facts = acting_for(account=job.account, organisation=job.organisation)
    record(actor=job.account, action="case_import.finish", obj=job, now=now, **job.counts(), **facts)


# What is forgotten ----------------------------------------------------------------------


def forget_open_imports(cutoff: datetime, dry_run: bool) -> int:
    """Files nobody confirmed before `cutoff`, with the file itself."""
    return _forget(CaseImport.objects.filter(state__in=OPEN, changed_at__lt=cutoff), dry_run)


def forget_reports(cutoff: datetime, dry_run: bool) -> int:
    """Reports of files brought in before `cutoff`; the cases stay."""
    return _forget(CaseImport.objects.filter(changed_at__lt=cutoff), dry_run)


def _forget(jobs: Any, dry_run: bool) -> int:
    found = list(jobs.select_related("attachment"))
    for job in found if not dry_run else ():
        job.delete()
        if job.attachment is not None:
            delete_attachment(job.attachment)
    return len(found)


def register_steps() -> None:
    """Called once, when the app is ready."""
    register_purge(
        PurgeStep("case_imports.open", gettext_lazy("Fichiers de cas non confirmés"), KEEPS_OPEN, forget_open_imports)
    )
    register_purge(PurgeStep("case_imports", gettext_lazy("Rapports d’import"), KEEPS_REPORT, forget_reports))
