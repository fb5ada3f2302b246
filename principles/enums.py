"""States of an amendment and of a decision, and the moves allowed, as data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AmendmentState(TextChoices):
    DRAFT = "draft", _("Brouillon")
    OPEN = "open", _("Ouvert")
    ACCEPTED = "accepted", _("Adopté")
    REFUSED = "refused", _("Refusé")
    WITHDRAWN = "withdrawn", _("Retiré")


class Outcome(TextChoices):
    """What a decision says."""

    ACCEPTED = "accepted", _("Adopté")
    REFUSED = "refused", _("Refusé")


class Language(TextChoices):
    """The languages a charter is written in."""

    FRENCH = "fr", _("français")
    ENGLISH = "en", _("anglais")


AMENDMENT_MOVES: dict[str, tuple[str, ...]] = {
    AmendmentState.DRAFT: (AmendmentState.OPEN,),
    AmendmentState.OPEN: (AmendmentState.ACCEPTED, AmendmentState.REFUSED, AmendmentState.WITHDRAWN),
    AmendmentState.ACCEPTED: (),
    AmendmentState.REFUSED: (),
    AmendmentState.WITHDRAWN: (),
}

CLOSED = (AmendmentState.ACCEPTED, AmendmentState.REFUSED, AmendmentState.WITHDRAWN)
DECIDED = (AmendmentState.ACCEPTED, AmendmentState.REFUSED)


def sources_of(state: str) -> list[str]:
    """The states from which `state` can be reached: what the compare-and-swap of a move asks for."""
    return [before for before, targets in AMENDMENT_MOVES.items() if state in targets]
