"""A signature given on paper, recorded by the organising team with its scan."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from coalition.core.access import require
from coalition.core.attachments import keep_upload
from coalition.core.audit import record
from coalition.core.consents import give_consent
from coalition.core.documents import SignableDocument, adopted_documents
from coalition.core.errors import DomainError
from coalition.core.languages import reader_language
from coalition.core.models import Attachment
from coalition.core.text import one_line
from members.actions.bindings import bind_version, make_reservations
from members.actions.moves import tell_act
from members.actions.wording import checked_words
from members.enums import Binding, CosponsorshipState
from members.models import Coalition, Cosponsorship, Organisation
from members.rules.consents import NAME_PURPOSE, consent_proof


class ActExists(DomainError):
    """The organisation has a live act in this coalition already."""


class PaperUnclear(DomainError):
    """The paper cannot be what it is said to be: another text, another day, nobody's name."""


@transaction.atomic
def record_paper_signature(
    *,
    coalition: Coalition,
    organisation: Organisation,
    actor: Any,
    scan: Any,
    document_sha256: str,
    signed_on: date,
    signatory_name: str,
    commitments: Sequence[str],
    now: datetime,
    sentences: Mapping[str, str] | None = None,
    statement: str = "",
    reservations: Mapping[str, str] | None = None,
    signatory_function: str = "",
    mandate_reference: str = "",
    mandate_date: date | None = None,
    name_is_public: bool = False,
) -> Cosponsorship:
    """Record a signature given on paper; it then waits for an organiser like any other, but not for this one.

    Rule: organisers, for a confirmed organisation without a live act (a draft gives way). `scan`: uploaded PDF or
    picture, kept private. `document_sha256`: any adopted version; `signed_on`: from its adoption to today. Raises
    PaperUnclear, ActExists, AttachmentRefused, ArticleGone, DomainError for a commitment without its sentence.
    """
    require(actor, "cosponsorship.record_paper", organisation)
    document = _document(coalition, document_sha256)
    _check(document, signed_on, one_line(signatory_name), now)
    words = checked_words(commitments, sentences, statement)
    named = _signatory(signatory_name, signatory_function, mandate_reference, mandate_date)
    facts = {**words, **named, **_text(document, signed_on), **_recorded(actor, scan, now)}
    act = _keep(coalition, organisation, {**facts, "name_is_public": name_is_public})
    bind_version(act=act, document=document, affiliation=None, how=Binding.SIGNED, now=facts["signed_at"])
    make_reservations(act=act, document=document, reservations=reservations or {}, affiliation=None, now=now)
    _after_recording(act, actor, now)
    return act


def _signatory(name: str, function: str, reference: str, day: date | None) -> dict[str, Any]:
    return {
        "signatory_name": one_line(name)[:150],
        "signatory_function": one_line(function)[:150],
        "mandate_reference": one_line(reference)[:200],
        "mandate_date": day,
    }


def _text(document: SignableDocument, signed_on: date) -> dict[str, Any]:
    return {
        "document_title": document.title[:200],
        "document_version": document.version,
        "document_sha256": document.sha256,
        "signed_at": datetime.combine(signed_on, time(12), UTC),  # noon: the same day wherever it is read
    }


def _recorded(actor: Any, scan: Any, now: datetime) -> dict[str, Any]:
    """That it is on paper, with its scan, and who of the team says so (see `members.rules.paper.recorded_it`)."""
    return {
        "state": CosponsorshipState.SUBMITTED,
        "is_paper": True,
        "affiliation": None,
        "paper_scan": keep_upload(upload=scan, account=actor, now=now),
        "recorded_by": actor,
        "confirmed_at": now,
    }


def _document(coalition: Coalition, sha256: str) -> SignableDocument:
    for document in adopted_documents(coalition):
        if document.sha256 == sha256:
            return document
    raise PaperUnclear(_("Choisissez la version de la charte qui figure sur le papier."), field="document_sha256")


def _check(document: SignableDocument, signed_on: date, name: str, now: datetime) -> None:
    if not name:
        raise PaperUnclear(_("Recopiez le nom de la personne qui a signé."), field="signatory_name")
    if signed_on > now.date():
        raise PaperUnclear(_("Cette date n’est pas encore passée."), field="signed_on")
    if signed_on < document.adopted_on:
        raise PaperUnclear(_("À cette date, cette version de la charte n’était pas adoptée."), field="signed_on")


def _keep(coalition: Coalition, organisation: Organisation, facts: dict[str, Any]) -> Cosponsorship:
    """The act, in the place of the organisation's draft if it has one."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    mine = Cosponsorship.objects.live().filter(coalition=coalition, organisation=organisation)
    draft: Cosponsorship | None = mine.filter(state=CosponsorshipState.DRAFT).first()
    if draft is not None:
        draft.reservations.all().delete()
        Cosponsorship.objects.filter(pk=draft.pk).update(**facts)
        draft.refresh_from_db()
        return draft
    try:
        with transaction.atomic():
            return Cosponsorship.objects.create(coalition=coalition, organisation=organisation, **facts)
    except IntegrityError:
        raise ActExists(_("Cette organisation a déjà un acte en cours : rien n’a été enregistré.")) from None


def _after_recording(act: Cosponsorship, actor: Any, now: datetime) -> None:
    """The consent given on the paper, the line of the log, the mail to the other organisers."""
    if act.name_is_public:
        given: dict[str, Any] = {"account": None, "address": "", "language": reader_language(), "method": "paper"}
        give_consent(purpose=NAME_PURPOSE, proof=consent_proof(act), now=now, **given)
    facts = {"version": act.document_version, "sha256": act.document_sha256, "scan": act.paper_scan.sha256}  # type: ignore[union-attr]  # recorded with its scan
    record(
        actor=actor, action="cosponsorship.record_paper", obj=act, now=now, organisation=act.organisation_id, **facts
    )
    tell_act("cosponsorship.submitted", act, actor, now)


@transaction.atomic
def note_paper_read(*, cosponsorship: Cosponsorship, actor: Any, now: datetime) -> Attachment:
    """The scan, to be shown; the log keeps who read it. Rule: organisers and the organisation's representatives."""
    require(actor, "cosponsorship.view_paper", cosponsorship)
    scan: Any = cosponsorship.paper_scan
    record(actor=actor, action="cosponsorship.read_paper", obj=cosponsorship, now=now, scan=scan.sha256)
    return scan
