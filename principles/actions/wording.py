"""Refusals of the charter, and what a text must be to stand in it."""

from typing import Any

from django.utils.translation import gettext as _

from coalition.core.access import Verdict, WrongState, can, require
from coalition.core.errors import DomainError
from principles.enums import PENDING
from principles.models import MAX_MOTIVE, MIN_MOTIVE, UNREADABLE, Amendment, settle_text


class UnreadableText(DomainError):
    """A text too long, too short, or holding signs that cannot stand in a signed text."""


class NothingChanged(DomainError):
    """The proposed wording is the present one."""


class MotiveMissing(DomainError):
    """An amendment or a decision without a reason."""


class EnglishMissing(DomainError):
    """Adoption would leave the English text behind the French one."""


class FrenchMissing(DomainError):
    """Adoption would leave the French text behind the English one."""


class PhaseClosed(DomainError):
    """The phase of the charter does not allow it now."""


class NoVoice(DomainError):
    """The organisation has no voice under the charter's rule, or has used it."""


class DepartureUnsaid(DomainError):
    """A decision other than the result of the rule must say so."""


class WrittenMeanwhile(DomainError):
    """Somebody else wrote in the draft since it was read."""


class ArticleChanged(DomainError):
    """The article is no longer what the author of a draft read."""


def readable(*, text: str, field: str, longest: int, shortest: int = 1) -> str:
    """`text` settled. UnreadableText for `field` when it holds unreadable signs or not `shortest`..`longest` long."""
    settled = settle_text(text)
    if UNREADABLE.search(settled):
        raise UnreadableText(_("Ce texte contient des caractères que nous ne savons pas lire."), field=field)
    if len(settled) > longest:
        raise UnreadableText(_("Ce texte est trop long : %(n)d caractères au plus.") % {"n": longest}, field=field)
    if len(settled) < shortest:
        raise UnreadableText(_("Ce texte est vide."), field=field)
    return settled


def require_readable(*, actor: Any, action: str, amendment: Amendment) -> None:
    """As `require`; where it is only that the amendment's words are hidden, WrongState says so."""
    hidden = amendment.hidden_at is not None and amendment.state in PENDING
    if hidden and can(actor, action, amendment) is Verdict.CONFLICT:
        raise WrongState(
            _("Le texte de cet amendement est masqué : rien n’en est décidé tant qu’il n’est pas de nouveau lisible.")
        )
    require(actor, action, amendment)


def motive_of(*, text: str) -> str:
    """A reason, settled. MotiveMissing under MIN_MOTIVE characters, UnreadableText over MAX_MOTIVE."""
    motive = readable(text=text, field="motive", longest=MAX_MOTIVE, shortest=0)
    if len(motive) < MIN_MOTIVE:
        raise MotiveMissing(_("Dites pourquoi, en %(n)d caractères au moins.") % {"n": MIN_MOTIVE}, field="motive")
    return motive
