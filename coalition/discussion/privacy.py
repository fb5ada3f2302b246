"""What discussions hold about people."""

from django.utils.translation import gettext_lazy as _

from coalition.core.personal import BY_WHOM
from coalition.core.privacy import CLEAR, Treatment, declare, keep, register_treatment

SAID = keep(
    _(
        "Ce qui a été dit au nom d’une organisation lui reste, signé « Personne retirée » ; "
        "ce que vous avez dit en votre nom est retiré avec le compte."
    )
)

register_treatment(
    Treatment(
        key="discussion",
        title=_("Discussions et signalements"),
        purpose=_("Discuter en public de la charte et des amendements, et tenir ces discussions sans abus."),
        basis=_(
            "Exécution du service que vous avez demandé ; intérêt légitime pour la modération (article 6.1.b et f)."
        ),
        data=_("Identité du compte, organisation au nom de laquelle il parle, texte, date ; motif d’un signalement."),
        recipients=_("Le public pour les commentaires ; l’équipe d’organisation du réseau pour les signalements."),
        retention=_("Autant que l’objet discuté, ou jusqu’à ce que vous retiriez le texte ; un signalement, un an."),
    )
)
declare(
    "discussion.Comment",
    treatment="discussion",
    owners=("account",),
    fields={"body": SAID, "hidden_reason": SAID, "ended_by": BY_WHOM},
    impersonal=("subject_kind", "subject_key"),
)
declare("discussion.Passage", impersonal=("*",))
declare(
    "discussion.Report",
    treatment="discussion",
    owners=("account",),
    fields={"detail": CLEAR, "motive": BY_WHOM, "settled_by": BY_WHOM},
)
