"""Hiding the words of an amendment, with a reason everybody may read, and showing them again."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from principles.actions.charter import lock_charter
from principles.actions.rebasing import rebase_pending
from principles.actions.telling import tell_of_amendment
from principles.actions.wording import readable
from principles.enums import AmendmentState
from principles.models import (
    MAX_MOTIVE,
    MIN_MOTIVE,
    Amendment,
    HiddenWords,
    columns_with_words,
    columns_without_words,
    words_of,
)


@transaction.atomic
def hide_amendment(*, actor: Any, amendment: Amendment, reason: str, now: datetime) -> Amendment:
    """Take the words of a proposed amendment, open or closed, out of sight; number, organisation and state stay.

    Organisers, never on an amendment they wrote nor on one of an organisation they belong to. Its authors still read
    it and are told why. `reason` is public: MIN_MOTIVE to MAX_MOTIVE characters, DomainError for `reason` otherwise.
    WrongState when it is hidden already. The charter's row is held, so that nobody rewords it meanwhile.
    """
    lock_charter(pk=amendment.charter_id)
    amendment = Amendment.objects.whole().get(pk=amendment.pk)
    require(actor, "amendment.hide", amendment)
    why = readable(text=reason, field="reason", longest=MAX_MOTIVE, shortest=MIN_MOTIVE)
    kept = words_of(amendment)
    shown = Amendment.objects.filter(pk=amendment.pk, hidden_at=None).exclude(state=AmendmentState.DRAFT)
    if not shown.update(hidden_at=now, hidden_reason=why, hidden_by=actor, **columns_without_words(amendment)):
        raise WrongState(_("Le texte de cet amendement est déjà masqué."))
    kept.save(force_insert=True)
    amendment = Amendment.objects.whole().get(pk=amendment.pk)
    record(actor=actor, action="amendment.hide", obj=amendment, now=now, number=amendment.number)
    tell_of_amendment(kind="amendment.hidden", amendment=amendment, actor=actor, now=now, mark=now.isoformat())
    return amendment


@transaction.atomic
def restore_amendment(*, actor: Any, amendment: Amendment, now: datetime) -> Amendment:
    """Show a hidden amendment again, as it was; its authors are told.

    The same people as for hiding. WrongState when it is not hidden. One that is still to be decided then follows the
    versions that were adopted meanwhile (`rebase_pending`).
    """
    charter = lock_charter(pk=amendment.charter_id)
    amendment = Amendment.objects.whole().get(pk=amendment.pk)
    require(actor, "amendment.restore", amendment)
    words = HiddenWords.objects.get(amendment=amendment)
    hidden = Amendment.objects.filter(pk=amendment.pk, hidden_at=amendment.hidden_at)
    if not hidden.update(hidden_at=None, hidden_reason="", hidden_by=None, **columns_with_words(words)):
        raise WrongState(_("Le texte de cet amendement n’est plus masqué."))
    words.delete()
    rebase_pending(charter=charter, now=now, actor=actor)
    amendment = Amendment.objects.whole().get(pk=amendment.pk)
    record(actor=actor, action="amendment.restore", obj=amendment, now=now, number=amendment.number)
    tell_of_amendment(kind="amendment.restored", amendment=amendment, actor=actor, now=now, mark=now.isoformat())
    return amendment
