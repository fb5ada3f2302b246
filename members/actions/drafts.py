"""An unfinished act: shared by the representatives of the organisation, bound to no text, thrown away without trace."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from coalition.core.access import require
from coalition.core.attachments import delete_attachment, keep_upload
from coalition.core.audit import record
from coalition.core.documents import current_document
from coalition.core.errors import DomainError
from coalition.core.models import Attachment
from members.actions.bindings import make_reservations
from members.actions.wording import kept_sentences
from members.enums import Commitment, CosponsorshipState
from members.models import Affiliation, Coalition, Cosponsorship, Organisation, User


class AlreadySigned(DomainError):
    """The organisation has signed meanwhile: there is nothing to draft any more."""


@transaction.atomic
def save_draft(
    *,
    coalition: Coalition,
    organisation: Organisation,
    actor: User,
    now: datetime,
    commitments: Sequence[str] = (),
    sentences: Mapping[str, str] | None = None,
    statement: str = "",
    reservations: Mapping[str, str] | None = None,
    function: str = "",
    mandate_reference: str = "",
    mandate_date: date | None = None,
    name_is_public: bool = False,
    upload: Any = None,
) -> Cosponsorship:
    """Keep what is written so far, for any representative of the organisation to go on with; whole or not.

    Rule: whoever may sign for the organisation. One draft an organisation and coalition: the last words kept are those
    of the last hand. Reservations name the version that was read and are made anew at signing. `upload` (PDF or
    picture) replaces the proof of mandate. Raises AlreadySigned once the organisation has signed, AttachmentRefused
    for another sort of file, ArticleGone for a reservation on no article.
    """
    require(actor, "cosponsorship.sign", organisation)
    act = _draft_of(coalition, organisation)
    act.affiliation = Affiliation.objects.active().get(account=actor, organisation=organisation)
    act.commitments = [value for value in Commitment.values if value in commitments]
    act.sentences = kept_sentences(Commitment.values, sentences)
    act.statement = statement.strip()
    act.signatory_function = function
    act.mandate_reference = mandate_reference
    act.mandate_date = mandate_date
    act.name_is_public = name_is_public
    act.drafted_at = act.drafted_at or now
    act.save()
    _reserve(act, coalition, reservations, now)
    if upload is not None:
        replace_document(act, upload, actor, now)
    record(actor=actor, action="cosponsorship.draft", obj=act, now=now, organisation=organisation.pk)
    return act


def _draft_of(coalition: Coalition, organisation: Organisation) -> Cosponsorship:
    """The organisation's draft, or a new one; its representatives take turns."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    act: Cosponsorship | None = (
        Cosponsorship.objects.live().filter(coalition=coalition, organisation=organisation).first()
    )
    if act is not None and act.state != CosponsorshipState.DRAFT:
        raise AlreadySigned(_("Votre organisation a déjà signé : rien n’a été enregistré."))
    return act or Cosponsorship(coalition=coalition, organisation=organisation, state=CosponsorshipState.DRAFT)


def _reserve(
    act: Cosponsorship,
    coalition: Coalition,
    reservations: Mapping[str, str] | None,
    now: datetime,
) -> None:
    """The draft's reservations become these, on the articles of the text as it is today."""
    act.reservations.all().delete()
    document = current_document(coalition)
    if document is not None:
        make_reservations(act=act, document=document, reservations=reservations, affiliation=act.affiliation, now=now)


def replace_document(act: Cosponsorship, upload: Any, actor: User, now: datetime) -> Attachment:
    """Keep an uploaded proof of mandate with the act; the file it replaces is erased once that is certain."""
    before: Any = act.mandate_document
    kept = keep_upload(upload=upload, account=actor, now=now)
    Cosponsorship.objects.filter(pk=act.pk).update(mandate_document=kept)
    act.mandate_document = kept
    if before is not None:
        transaction.on_commit(partial(delete_attachment, before))
    return kept


@transaction.atomic
def discard_draft(*, cosponsorship: Cosponsorship, actor: User, now: datetime) -> None:
    """Throw the organisation's draft away; only the log remembers that there was one.

    Rule: a representative of the organisation; WrongState once it is signed or gone.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=cosponsorship.organisation_id)
    act = Cosponsorship.objects.filter(pk=cosponsorship.pk).select_related("organisation").first() or cosponsorship
    require(actor, "cosponsorship.discard", act)
    record(actor=actor, action="cosponsorship.discard", obj=act, now=now, organisation=act.organisation_id)
    document: Any = act.mandate_document
    act.reservations.all().delete()
    act.delete()
    if document is not None:
        transaction.on_commit(partial(delete_attachment, document))
