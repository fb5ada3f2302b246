"""States of an amendment and of a decision, the phases of a charter and its rules, and the moves allowed, as data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

AMENDMENT_SUBJECT = "amendment"
"""What discussions call an amendment people talk about."""
AMENDMENT_ANSWERS = "a"
"""The purpose of addresses that answer, by mail, what was told of an amendment."""


class AmendmentState(TextChoices):
    DRAFT = "draft", _("Brouillon")
    SUBMITTED = "submitted", _("En attente de soutiens")
    OPEN = "open", _("Ouvert")
    ACCEPTED = "accepted", _("Adopté")
    MODIFIED = "modified", _("Adopté avec modifications")
    REFUSED = "refused", _("Refusé")
    WITHDRAWN = "withdrawn", _("Retiré")


class AmendmentKind(TextChoices):
    """What an amendment does to the charter."""

    EDIT = "edit", _("Changer le texte d’un article")
    INSERT = "insert", _("Ajouter un article")
    REMOVE = "remove", _("Retirer un article")
    MOVE = "move", _("Déplacer un article")


class Outcome(TextChoices):
    """What a decision says."""

    ACCEPTED = "accepted", _("Adopté")
    MODIFIED = "modified", _("Adopté avec modifications")
    REFUSED = "refused", _("Refusé")


class Language(TextChoices):
    """The languages a charter is written in."""

    FRENCH = "fr", _("français")
    ENGLISH = "en", _("anglais")


class Phase(TextChoices):
    """Where the writing of a charter stands; it follows from the dates alone."""

    DRAFTING = "drafting", _("Rédaction")
    AMENDMENTS = "amendments", _("Amendements ouverts")
    DELIBERATION = "deliberation", _("Délibération")
    ADOPTED = "adopted", _("Adoptée")


class DecisionRule(TextChoices):
    """What positions must say for an amendment to be adopted."""

    CONSENT = "consent", _("Consentement : aucune objection maintenue")
    MAJORITY = "majority", _("Majorité simple : plus d’accords que d’objections")
    TWO_THIRDS = "two_thirds", _("Deux tiers : deux accords au moins pour une objection")


class Voters(TextChoices):
    """Who has a voice."""

    MEMBERS = "members", _("Toutes les organisations membres")
    COSPONSORS = "cosponsors", _("Les organisations co-porteuses")


class Choice(TextChoices):
    """The position of an organisation on an amendment."""

    AGREE = "agree", _("D’accord")
    ABSTAIN = "abstain", _("Abstention")
    RESERVATION = "reservation", _("Réserve")
    OBJECTION = "objection", _("Objection")


class WordingCause(TextChoices):
    """Why an amendment got another wording."""

    PROPOSED = "proposed", _("Proposé")
    REVISION = "revision", _("Nouvelle rédaction")
    LEG = "leg", _("Texte écrit dans l’autre langue")
    REBASE = "rebase", _("Reporté sur la nouvelle version")
    RESOLUTION = "resolution", _("Repris par son auteur sur la nouvelle version")


class Result(TextChoices):
    """What the positions say under the rule, now."""

    UNSPOKEN = "unspoken", _("Personne ne s’est exprimé")
    RUNNING = "running", _("Les positions sont encore ouvertes")
    MET = "met", _("La règle est remplie")
    UNMET = "unmet", _("La règle n’est pas remplie")


_ENDS = (AmendmentState.ACCEPTED, AmendmentState.MODIFIED, AmendmentState.REFUSED, AmendmentState.WITHDRAWN)
AMENDMENT_MOVES: dict[str, tuple[str, ...]] = {
    AmendmentState.DRAFT: (AmendmentState.SUBMITTED, AmendmentState.OPEN),
    AmendmentState.SUBMITTED: (AmendmentState.OPEN, AmendmentState.WITHDRAWN),
    AmendmentState.OPEN: _ENDS,
    AmendmentState.ACCEPTED: (),
    AmendmentState.MODIFIED: (),
    AmendmentState.REFUSED: (),
    AmendmentState.WITHDRAWN: (),
}

CLOSED = _ENDS
ADOPTED = (AmendmentState.ACCEPTED, AmendmentState.MODIFIED)
DECIDED = (*ADOPTED, AmendmentState.REFUSED)
PENDING = (AmendmentState.SUBMITTED, AmendmentState.OPEN)
"""Proposed and not ended: these follow the charter from version to version."""
MAKES_A_VERSION = (Outcome.ACCEPTED, Outcome.MODIFIED)
WITH_TEXT = (AmendmentKind.EDIT, AmendmentKind.INSERT)
WITH_PLACE = (AmendmentKind.INSERT, AmendmentKind.MOVE)
WITH_REASON = (Choice.RESERVATION, Choice.OBJECTION)
"""What stays attached to the decision; an objection says why, a reservation too."""
REWORDED = (WordingCause.REVISION, WordingCause.RESOLUTION)
"""Wordings of the author's own: positions taken before them are asked to be confirmed."""


def sources_of(state: str) -> list[str]:
    """The states from which `state` can be reached: what the compare-and-swap of a move asks for."""
    return [before for before, targets in AMENDMENT_MOVES.items() if state in targets]
