"""What challenges and responses hold about people: who wrote and who answered, as keys to accounts."""

from django.utils.translation import gettext_lazy as _

from coalition.core.personal import BY_WHOM, PUBLISHED
from coalition.core.privacy import Treatment, declare, keep, register_treatment

FOR_AN_ORGANISATION = keep(_("Ce qui a été écrit au nom d’une organisation lui reste."))

register_treatment(
    Treatment(
        key="challenges",
        title=_("Défis et réponses"),
        purpose=_("Publier les défis d’une organisation et lui transmettre les réponses des autres."),
        basis=_("Exécution du service que vous avez demandé (article 6.1.b du RGPD)."),
        data=_("Identité du compte qui écrit, répond ou décide ; fonction de la personne à qui parler."),
        recipients=_(
            "Le public pour le défi et son organisation ; pour une réponse, les deux organisations "
            "et l’équipe d’organisation du réseau, personne d’autre."
        ),
        retention=_("Autant que le défi ; le nom disparaît avec le compte."),
    )
)
declare(
    "challenges.Challenge",
    treatment="challenges",
    owners=("created_by",),
    fields={"title": PUBLISHED, "problem": PUBLISHED, "brings": PUBLISHED, "outcome": PUBLISHED},
    impersonal=("*",),
)
declare(
    "challenges.Response",
    treatment="challenges",
    owners=("sent_by",),
    fields={
        "offer": FOR_AN_ORGANISATION,
        "needs": FOR_AN_ORGANISATION,
        "contact_role": FOR_AN_ORGANISATION,
        "answered_by": BY_WHOM,
    },
    impersonal=("*",),
)
