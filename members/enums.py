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
    MERGED = "merged", _("Réunie à une autre")
    REMOVED = "removed", _("Retirée du réseau")


NAME_HOLDERS = (OrganisationState.PENDING, OrganisationState.CONFIRMED)
"""States in which an organisation holds its name: nobody else may take it in the same country."""


class Resource(TextChoices):
    """What an organisation can bring to another, or looks for."""

    EXPERTISE = "expertise", _("Expertise")
    DATA = "data", _("Données")
    FUNDING = "funding", _("Financement")
    PEOPLE = "people", _("Moyens humains")
    RELAYS = "relays", _("Relais sur le terrain")


class Role(TextChoices):
    """What an affiliation lets the account do for the organisation; each includes the one before."""

    MEMBER = "member", _("Membre")
    EDITOR = "editor", _("Rédaction")
    REPRESENTATIVE = "representative", _("Représentation")


SPEAKERS = (Role.MEMBER, Role.REPRESENTATIVE)
"""Writing cases for an organisation is not speaking for it: the editor role alone proposes nothing."""


class OrganisationMail(TextChoices):
    """What an organisation may hand out as it likes. Security, mandates and signatures always go to the persons."""

    COSPONSORSHIP = "cosponsorship", _("Le co-portage et les adoptions de la charte")
    CHARTER = "charter", _("La charte et les amendements")
    OWN_CASE = "own_case", _("Les cas de l’organisation")
    CONTACT = "contact", _("Les messages reçus à propos de ses cas")
    CHALLENGES = "challenges", _("Ses défis et ses réponses à des défis")


MAIL_ROLES: dict[str, tuple[Role, ...]] = {
    OrganisationMail.COSPONSORSHIP: (Role.MEMBER, Role.EDITOR, Role.REPRESENTATIVE),
    OrganisationMail.CHARTER: (Role.MEMBER, Role.EDITOR, Role.REPRESENTATIVE),
    OrganisationMail.OWN_CASE: (Role.EDITOR, Role.REPRESENTATIVE),
    OrganisationMail.CONTACT: (Role.EDITOR, Role.REPRESENTATIVE),
    OrganisationMail.CHALLENGES: (Role.EDITOR, Role.REPRESENTATIVE),
}
"""Who may be told of each: those who may read what it is about."""

USUAL_ROLES: dict[str, tuple[Role, ...]] = {
    OrganisationMail.COSPONSORSHIP: (Role.REPRESENTATIVE,),
    OrganisationMail.CHARTER: (Role.REPRESENTATIVE,),
    OrganisationMail.OWN_CASE: (Role.EDITOR,),
    OrganisationMail.CONTACT: (Role.EDITOR,),
    OrganisationMail.CHALLENGES: (Role.EDITOR, Role.REPRESENTATIVE),
}
"""Who is told while the organisation has not chosen."""


class MailboxMode(TextChoices):
    """What a shared mailbox is to the persons who would be told."""

    COPY = "copy", _("Une copie : les personnes sont averties aussi")
    INSTEAD = "instead", _("À leur place : les personnes ne reçoivent plus ces courriels")


RIGHTS = {
    Role.MEMBER: _("Proposer des amendements à la charte au nom de l’organisation, et lire ses actes en cours."),
    Role.EDITOR: _("Écrire les cas de l’organisation et les proposer à la publication."),
    Role.REPRESENTATIVE: _(
        "Engager l’organisation : signer la charte, prendre position, proposer des amendements, tenir sa page, "
        "inviter des personnes et changer leur rôle."
    ),
}
"""What each role lets somebody do, as people who are invited read it."""


class Origin(TextChoices):
    """How an account came to act for an organisation."""

    REQUEST = "request", _("Inscription de l’organisation")
    INVITATION = "invitation", _("Invitation")
    DOMAIN = "domain", _("Adresse de l’organisation")
    JOINING = "joining", _("Demande acceptée")
    HAND_OVER = "hand_over", _("Passation")
    SITE = "site", _("Équipe du site")


class InvitationState(TextChoices):
    OPEN = "open", _("En attente")
    ACCEPTED = "accepted", _("Acceptée")
    DECLINED = "declined", _("Déclinée")
    CANCELLED = "cancelled", _("Annulée")


class JoinRequestState(TextChoices):
    OPEN = "open", _("En attente")
    ACCEPTED = "accepted", _("Acceptée")
    DECLINED = "declined", _("Déclinée")
    WITHDRAWN = "withdrawn", _("Reprise")


class CoalitionState(TextChoices):
    PROJECT = "project", _("Coalition en projet")
    OFFICIAL = "official", _("Coalition officielle")


class Commitment(TextChoices):
    """The three ways to commit to a coalition."""

    DOCUMENT_CASES = "document_cases", _("Documenter des cas")
    CONTRIBUTE_PRINCIPLES = "contribute_principles", _("Contribuer aux principes directeurs")
    PROPOSE_SERVICES = "propose_services", _("Proposer de nouveaux dispositifs numériques")


class WithdrawalTrace(TextChoices):
    """What the public list keeps of an organisation that withdrew."""

    FULL = "full", _("Son nom, les dates et la raison donnée")
    NAME = "name", _("Son nom et les dates")
    COUNT = "count", _("Le nombre de retraits seulement")


class CosponsorshipState(TextChoices):
    DRAFT = "draft", _("Projet d’acte")
    AWAITING = "awaiting", _("À confirmer par courriel")
    SUBMITTED = "submitted", _("En cours de vérification")
    OFFICIAL = "official", _("Co-porteur")
    TO_RENEW = "to_renew", _("À renouveler")
    DECLINED = "declined", _("Non retenue")
    WITHDRAWN = "withdrawn", _("Retirée")


LIVE = (
    CosponsorshipState.DRAFT,
    CosponsorshipState.AWAITING,
    CosponsorshipState.SUBMITTED,
    CosponsorshipState.OFFICIAL,
    CosponsorshipState.TO_RENEW,
)
"""States of which an organisation has at most one act in a coalition."""

PUBLIC = (CosponsorshipState.OFFICIAL, CosponsorshipState.TO_RENEW)
"""States in which everybody may read the act."""


class Binding(TextChoices):
    """How an act came to hold a version of the text."""

    SIGNED = "signed", _("Signée")
    CONFIRMED = "confirmed", _("Confirmée")
    RESERVED = "reserved", _("Confirmée avec réserve")


class ChangeState(TextChoices):
    """A change of what an official act displays, until an organiser has read it."""

    OPEN = "open", _("À relire")
    ACCEPTED = "accepted", _("Acceptée")
    DECLINED = "declined", _("Non retenue")


class SupporterKind(TextChoices):
    PERSON = "person", _("Personne")
    ORGANISATION = "organisation", _("Organisation")


class SupportState(TextChoices):
    AWAITING = "awaiting", _("À confirmer par courriel")
    ACTIVE = "active", _("Soutien")
    WITHDRAWN = "withdrawn", _("Retiré")


class Standing(TextChoices):
    """Where an organisation stands in the coalitions, as the directory sorts them: the strongest of its public acts."""

    COSPONSOR = "cosponsor", _("Co-porteur")
    SUPPORTER = "supporter", _("Soutien")
    NEITHER = "neither", _("Ni l’un ni l’autre")


class DirectorySort(TextChoices):
    NAME = "name", _("Nom")
    NEWEST = "newest", _("Arrivée la plus récente")
    CASES = "cases", _("Nombre de cas")


class AdoptionState(TextChoices):
    PUBLISHED = "published", _("Adoptée")
    WITHDRAWN = "withdrawn", _("Retirée")


class LocalChangeKind(TextChoices):
    """What a local adoption does to an article."""

    ADAPTED = "adapted", _("Adapté")
    ADDED = "added", _("Ajouté")
    LEFT_OUT = "left_out", _("Laissé de côté")


ORGANISATION_MOVES: dict[str, tuple[str, ...]] = {
    OrganisationState.PENDING: (OrganisationState.CONFIRMED, OrganisationState.REFUSED, OrganisationState.MERGED),
    OrganisationState.CONFIRMED: (OrganisationState.MERGED, OrganisationState.REMOVED),
    OrganisationState.REFUSED: (),
    OrganisationState.MERGED: (),
    OrganisationState.REMOVED: (),
}

COSPONSORSHIP_MOVES: dict[str, tuple[str, ...]] = {
    CosponsorshipState.DRAFT: (CosponsorshipState.AWAITING,),
    CosponsorshipState.AWAITING: (CosponsorshipState.SUBMITTED, CosponsorshipState.WITHDRAWN),
    CosponsorshipState.SUBMITTED: (
        CosponsorshipState.OFFICIAL,
        CosponsorshipState.DECLINED,
        CosponsorshipState.WITHDRAWN,
    ),
    CosponsorshipState.OFFICIAL: (CosponsorshipState.TO_RENEW, CosponsorshipState.WITHDRAWN),
    CosponsorshipState.TO_RENEW: (CosponsorshipState.OFFICIAL, CosponsorshipState.WITHDRAWN),
    CosponsorshipState.DECLINED: (),
    CosponsorshipState.WITHDRAWN: (),
}
