"""Kinds, roles, states, and the transitions allowed between them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What sort of body an organisation is (typology of the partners' document)."""

    AUTHORITY = "authority", _("Collectivité territoriale")
    COMPANY = "company", _("Entreprise")
    TELECOM = "telecom", _("Opérateur de télécommunications")
    DIGITAL_SME = "digital_sme", _("Petite entreprise du numérique")
    NGO = "ngo", _("ONG ou association")
    COMMUNITY = "community", _("Organisation communautaire de base")
    UNIVERSITY = "university", _("Université ou recherche")
    CITIZENS = "citizens", _("Collectif d’habitants")


class Side(TextChoices):
    """On which side of a service the organisation stands."""

    OFFER = "offer", _("Offre")
    DEMAND = "demand", _("Commande")
    USE = "use", _("Usages")


class OrganisationState(TextChoices):
    PENDING = "pending", _("À confirmer")
    CONFIRMED = "confirmed", _("Confirmée")
    REFUSED = "refused", _("Refusée")


class Role(TextChoices):
    """What an affiliation lets the account do for the organisation; each includes the one before."""

    MEMBER = "member", _("Membre")
    EDITOR = "editor", _("Rédaction")
    REPRESENTATIVE = "representative", _("Représentation")


class CoalitionState(TextChoices):
    PROJECT = "project", _("Coalition en projet")
    OFFICIAL = "official", _("Coalition officielle")


class Commitment(TextChoices):
    """The three ways to commit to a coalition."""

    DOCUMENT_CASES = "document_cases", _("Documenter des cas")
    CONTRIBUTE_PRINCIPLES = "contribute_principles", _("Contribuer aux principes directeurs")
    PROPOSE_SERVICES = "propose_services", _("Proposer de nouveaux dispositifs numériques")


class CosponsorshipState(TextChoices):
    AWAITING = "awaiting", _("À confirmer par courriel")
    SUBMITTED = "submitted", _("En cours de vérification")
    OFFICIAL = "official", _("Co-porteur")
    DECLINED = "declined", _("Non retenue")
    WITHDRAWN = "withdrawn", _("Retirée")


ORGANISATION_MOVES: dict[str, tuple[str, ...]] = {
    OrganisationState.PENDING: (OrganisationState.CONFIRMED, OrganisationState.REFUSED),
    OrganisationState.CONFIRMED: (),
    OrganisationState.REFUSED: (),
}

COSPONSORSHIP_MOVES: dict[str, tuple[str, ...]] = {
    CosponsorshipState.AWAITING: (CosponsorshipState.SUBMITTED, CosponsorshipState.WITHDRAWN),
    CosponsorshipState.SUBMITTED: (
        CosponsorshipState.OFFICIAL,
        CosponsorshipState.DECLINED,
        CosponsorshipState.WITHDRAWN,
    ),
    CosponsorshipState.OFFICIAL: (CosponsorshipState.WITHDRAWN,),
    CosponsorshipState.DECLINED: (),
    CosponsorshipState.WITHDRAWN: (),
}
