"""What accounts, mandates, acts and supports hold about people."""

from django.utils.translation import gettext_lazy as _

from coalition.core.personal import BY_WHOM
from coalition.core.privacy import CLEAR, Treatment, declare, keep, register_treatment, replace_by

MANDATE = keep(_("L’organisation a agi sous ce mandat : la fonction et la délibération restent, votre nom s’en va."))


def retired_address(pk: int) -> str:
    """An address nobody can own, one for each erased account."""
    return f"compte-{pk}@efface.invalid"


register_treatment(
    Treatment(
        key="mandates",
        title=_("Qui agit pour une organisation"),
        purpose=_("Savoir qui parle au nom d’une organisation, sous quel mandat, et inviter ses collègues."),
        basis=_("Exécution du service que vous avez demandé (article 6.1.b du RGPD)."),
        data=_("Nom, adresse électronique, fonction, mandat et sa preuve, dates ; adresse des personnes invitées."),
        recipients=_("Les personnes qui représentent l’organisation et l’équipe d’organisation du réseau."),
        retention=_("Le temps du mandat, puis autant que les actes signés ; une invitation, quatre-vingt-dix jours."),
    )
)
register_treatment(
    Treatment(
        key="acts",
        title=_("Actes de co-portage"),
        purpose=_("Prouver qu’une organisation s’est engagée, par qui, et sur quel texte."),
        basis=_("Intérêt légitime du réseau ; votre accord pour publier votre nom (article 6.1.f et 6.1.a du RGPD)."),
        data=_("Nom et fonction de la personne qui signe, mandat et sa preuve, date."),
        recipients=_("Le public, si vous l’avez accepté ; sinon l’organisation et l’équipe d’organisation du réseau."),
        retention=_("Autant que l’acte ; le nom disparaît avec le compte."),
    )
)
register_treatment(
    Treatment(
        key="support",
        title=_("Soutiens"),
        purpose=_("Publier les soutiens de la coalition et leur donner des nouvelles s’ils le veulent."),
        basis=_("Votre accord (article 6.1.a du RGPD)."),
        data=_("Nom, adresse électronique, ville, une phrase."),
        recipients=_("Le public pour le nom et la ville, si vous l’avez accepté ; jamais l’adresse."),
        retention=_("Sept jours sans confirmation ; vingt-huit jours après un retrait."),
    )
)
register_treatment(
    Treatment(
        key="devices",
        title=_("Appareils qui ont ouvert votre compte"),
        purpose=_("Vous prévenir quand votre compte s’ouvre sur un appareil inconnu de lui."),
        basis=_("Intérêt légitime : la sécurité de votre compte (article 6.1.f du RGPD)."),
        data=_(
            "Un témoin (cookie) signé dans votre navigateur ; la famille du navigateur et du système, rien d’autre."
        ),
        recipients=_("Vous seul, dans le courriel qui vous prévient."),
        retention=_("Quatre cents jours dans votre navigateur ; le site n’en garde pas la liste."),
    )
)
declare(
    "members.User",
    treatment="account",
    owners=("self",),
    fields={
        "email": replace_by(retired_address),
        "name": CLEAR,
        "password": replace_by("!"),
        "language": replace_by("fr"),
        "time_zone": replace_by("Europe/Paris"),
        "last_login": CLEAR,
    },
)
declare(
    "members.Affiliation",
    treatment="mandates",
    owners=("account",),
    fields={"function": MANDATE, "mandate_reference": MANDATE, "ended_by": BY_WHOM},
    impersonal=("role", "origin"),
)
declare(
    "members.Invitation",
    treatment="mandates",
    owners=("accepted_by",),
    addresses=("email",),
    fields={
        "email": replace_by(retired_address),
        "name": CLEAR,
        "function": CLEAR,
        "message": CLEAR,
        "invited_by": BY_WHOM,
    },
    impersonal=("language", "role", "state"),
)
declare(
    "members.JoinRequest",
    treatment="mandates",
    owners=("account",),
    fields={"function": CLEAR, "message": CLEAR, "motive": CLEAR, "decided_by": BY_WHOM},
    impersonal=("role", "state"),
)
declare(
    "members.Cosponsorship",
    treatment="acts",
    owners=("affiliation__account",),
    fields={
        "signatory_name": CLEAR,
        "signatory_function": MANDATE,
        "mandate_reference": MANDATE,
        "recorded_by": BY_WHOM,
        "decided_by": BY_WHOM,
    },
    impersonal=("*",),
)
declare(
    "members.SignedVersion",
    treatment="acts",
    owners=("affiliation__account",),
    fields={"signatory_name": CLEAR, "signatory_function": MANDATE, "mandate_reference": MANDATE},
    impersonal=("*",),
)
declare("members.CosponsorshipChange", treatment="acts", fields={"decided_by": BY_WHOM}, impersonal=("*",))
declare("members.Reservation", impersonal=("*",))
declare(
    "members.Support",
    treatment="support",
    owners=("account",),
    addresses=("email",),
    fields={"email": CLEAR, "name": CLEAR, "city": CLEAR, "message": CLEAR},
    impersonal=("kind", "language", "state"),
)
declare("members.VerifiedDomain", treatment="journal", fields={"verified_by": BY_WHOM}, impersonal=("domain",))
declare(
    "members.OrganisationToken",
    treatment="journal",
    fields={"created_by": BY_WHOM, "revoked_by": BY_WHOM},
    impersonal=("name", "digest"),
)
declare("members.DistinctPair", treatment="journal", fields={"decided_by": BY_WHOM}, impersonal=("*",))
for _label in ("Coalition", "CoalitionSection", "KindThreshold", "Organisation", "LocalAdoption", "LocalChange"):
    declare(f"members.{_label}", impersonal=("*",))
declare("members.MailRule", treatment="mandates", impersonal=("*",))
declare(
    "members.SharedMailbox",
    treatment="mandates",
    addresses=("address",),
    fields={"asked_by": BY_WHOM},
    impersonal=("language", "mode", "categories"),
    delete=True,
)
