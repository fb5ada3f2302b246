"""Recording that an organisation adopted the charter at home, with what it changed there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from coalition.core.access import WrongState, require
from coalition.core.attachments import delete_attachment, keep_upload
from coalition.core.audit import record
from coalition.core.documents import SignableDocument, document_articles, document_by_hash
from coalition.core.errors import DomainError
from coalition.notifications.actions import record_event
from members.enums import AdoptionState, LocalChangeKind
from members.models import Affiliation, Coalition, LocalAdoption, LocalChange, Organisation, User

LONGEST_TEXT = 5000
LONGEST_TITLE = 200


class AdoptionUnclear(DomainError):
    """The version is unknown, the day is still to come, or a local change does not hold together."""


class AdoptionExists(DomainError):
    """The organisation has already recorded an adoption, which stands."""


@dataclass(frozen=True, slots=True)
class Change:
    """What the local text does to one article, or adds. `key` is "" for what is added; `text` is the local wording."""

    kind: str
    key: str = ""
    title: str = ""
    text: str = ""


@transaction.atomic
def record_adoption(
    *,
    organisation: Organisation,
    coalition: Coalition,
    actor: User,
    document_sha256: str,
    adopted_on: date,
    decision_reference: str,
    now: datetime,
    decision_url: str = "",
    note: str = "",
    changes: Sequence[Change] = (),
    upload: Any = None,
) -> LocalAdoption:
    """Record that the organisation adopted a version of the charter locally; public at once, told to the organisers.

    Rule: a representative of a confirmed organisation. Any adopted version; a day not after today; `changes` in the
    order to show: adapted (with the local text) and left_out name an article of that version, added brings its own
    title and text. `upload` is the decision, PDF or picture. One standing adoption an organisation and coalition, by
    the database: AdoptionExists for the second. Raises AdoptionUnclear, AttachmentRefused.
    """
    require(actor, "adoption.record", organisation)
    document = _known_text(document_sha256)
    _check_day(adopted_on, now)
    titles = _check_changes(changes, document)
    decision = keep_upload(upload=upload, account=actor, now=now) if upload else None
    adoption = LocalAdoption(
        organisation=organisation,
        coalition=coalition,
        affiliation=Affiliation.objects.active().get(account=actor, organisation=organisation),
        decision_document=decision,
        created_at=now,
        **_texts(document, adopted_on, decision_reference, decision_url, note),
    )
    _insert_once(adoption)
    _write_changes(adoption, changes, titles)
    facts = {"version": document.version, "sha256": document.sha256, "organisation": organisation.pk}
    record(actor=actor, action="adoption.record", obj=adoption, now=now, **facts)
    _tell("adoption.recorded", adoption, actor, now)
    return adoption


@transaction.atomic
def edit_adoption(
    *,
    adoption: LocalAdoption,
    actor: User,
    document_sha256: str,
    adopted_on: date,
    decision_reference: str,
    now: datetime,
    decision_url: str = "",
    note: str = "",
    changes: Sequence[Change] = (),
    upload: Any = None,
) -> LocalAdoption:
    """Correct or complete an adoption that stands; the log keeps what it said before. Arguments as for recording.

    Rule: the organisation's representatives; WrongState once it is withdrawn. A new `upload` takes the place of the
    document before it; without one, that document stays.
    """
    require(actor, "adoption.edit", adoption)
    document = _known_text(document_sha256)
    _check_day(adopted_on, now)
    titles = _check_changes(changes, document)
    held = LocalAdoption.objects.select_for_update(of=("self",)).get(pk=adoption.pk)
    if held.state != AdoptionState.PUBLISHED:
        raise WrongState
    before = _said(held)
    for name, value in _texts(document, adopted_on, decision_reference, decision_url, note).items():
        setattr(held, name, value)
    replaced = held.decision_document if upload else None
    if upload:
        held.decision_document = keep_upload(upload=upload, account=actor, now=now)
    held.save()
    if replaced is not None:
        transaction.on_commit(partial(delete_attachment, replaced))
    held.changes.all().delete()
    _write_changes(held, changes, titles)
    record(actor=actor, action="adoption.edit", obj=held, now=now, before=before)
    return held


@transaction.atomic
def withdraw_adoption(*, adoption: LocalAdoption, actor: Any, reason: str, now: datetime) -> LocalAdoption:
    """Say that the adoption no longer holds, and why; its page stays, without the decision document.

    Rule: the organisation's representatives and organisers; WrongState when it is withdrawn already. Raises
    DomainError without a reason. Told to both.
    """
    require(actor, "adoption.withdraw", adoption)
    if not reason.strip():
        raise DomainError(_("Dites en une phrase pourquoi cette adoption ne tient plus."), field="reason")
    standing = LocalAdoption.objects.filter(pk=adoption.pk, state=AdoptionState.PUBLISHED)
    if not standing.update(state=AdoptionState.WITHDRAWN, withdrawn_at=now, withdrawal_reason=reason.strip()):
        raise WrongState
    adoption.refresh_from_db()
    record(actor=actor, action="adoption.withdraw", obj=adoption, now=now, reason=reason.strip())
    _tell("adoption.withdrawn", adoption, actor, now)
    return adoption


def _insert_once(adoption: LocalAdoption) -> None:
    """Insert, or AdoptionExists when one stands; the file kept for it goes too."""
    try:
        with transaction.atomic():
            adoption.save(force_insert=True)
    except IntegrityError:
        if adoption.decision_document is not None:
            delete_attachment(adoption.decision_document)
        raise AdoptionExists(
            _("Votre organisation a déjà une adoption en cours : modifiez-la, ou retirez-la d’abord.")
        ) from None


def _known_text(sha256: str) -> SignableDocument:
    document = document_by_hash(sha256)
    if document is None:
        raise AdoptionUnclear(_("Choisissez une version de la liste."), field="document_sha256")
    return document


def _check_day(adopted_on: date, now: datetime) -> None:
    if adopted_on > now.date():
        raise AdoptionUnclear(_("Cette date est encore à venir : attendez la décision."), field="adopted_on")


def _check_changes(changes: Sequence[Change], document: SignableDocument) -> dict[str, str]:
    """Titles of the articles of the version, by key. Raises AdoptionUnclear for a change that does not hold."""
    titles = {article.key: article.title for article in document_articles(document.sha256)}
    named = [change.key for change in changes if change.key]
    if len(named) != len(set(named)) or not set(named) <= set(titles):
        raise AdoptionUnclear(_("Un des articles n’existe pas dans cette version."), field="document_sha256")
    for change in changes:
        _check_change(change)
    return titles


def _check_change(change: Change) -> None:
    if change.kind not in LocalChangeKind.values or len(change.text) > LONGEST_TEXT:
        raise AdoptionUnclear(_("Un texte local tient en 5000 caractères."))
    if change.kind == LocalChangeKind.ADAPTED and not change.text.strip():
        raise AdoptionUnclear(_("Donnez le texte local de l’article que vous adaptez."), field=f"text_{change.key}")
    if change.kind == LocalChangeKind.ADDED and not (change.title.strip() and change.text.strip()):
        raise AdoptionUnclear(_("Un article ajouté a un titre et un texte."))
    if (change.kind == LocalChangeKind.ADDED) == bool(change.key):
        raise AdoptionUnclear(_("Un des articles n’existe pas dans cette version."))


def _texts(document: SignableDocument, adopted_on: date, reference: str, url: str, note: str) -> dict[str, Any]:
    return {
        "document_title": document.title[:200],
        "document_version": document.version,
        "document_sha256": document.sha256,
        "adopted_on": adopted_on,
        "decision_reference": reference.strip(),
        "decision_url": url,
        "note": note.strip(),
    }


def _write_changes(adoption: LocalAdoption, changes: Sequence[Change], titles: dict[str, str]) -> None:
    LocalChange.objects.bulk_create(
        LocalChange(
            adoption=adoption,
            article_key=change.key,
            article_title=(titles.get(change.key) or change.title.strip())[:LONGEST_TITLE],
            kind=change.kind,
            text="" if change.kind == LocalChangeKind.LEFT_OUT else change.text.strip(),
            position=position,
        )
        for position, change in enumerate(changes, start=1)
    )


def _said(adoption: LocalAdoption) -> dict[str, Any]:
    """What the adoption says, for the log."""
    return {
        "version": adoption.document_version,
        "adopted_on": adoption.adopted_on.isoformat(),
        "decision_reference": adoption.decision_reference,
        "decision_url": adoption.decision_url,
        "note": adoption.note,
        "changes": list(adoption.changes.values("article_key", "article_title", "kind", "text")),
    }


def _tell(kind: str, adoption: LocalAdoption, actor: Any, now: datetime) -> None:
    record_event(kind=kind, key=f"{kind}:{adoption.pk}", subject=adoption, payload={}, now=now, actor=actor)
