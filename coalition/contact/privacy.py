"""What messages hold about people."""

from django.utils.translation import gettext_lazy as _

from coalition.core.personal import BY_WHOM
from coalition.core.privacy import Treatment, declare, register_treatment

register_treatment(
    Treatment(
        key="contact",
        title=_("Messages que vous nous envoyez"),
        purpose=_("Vous répondre, et transmettre votre question à l’équipe qui a écrit le cas."),
        basis=_("Votre accord (article 6.1.a du RGPD)."),
        data=_("Nom, adresse électronique, organisation, message, pièce jointe, réponses."),
        recipients=_(
            "L’équipe d’organisation du réseau ; l’équipe du cas pour le nom et le message, jamais l’adresse."
        ),
        retention=_("Un an, puis effacement ; plus tôt si vous le demandez."),
    )
)
declare("contact.Message", treatment="contact", addresses=("email",), impersonal=("*",), delete=True)
declare("contact.Reply", treatment="contact", fields={"author": BY_WHOM}, impersonal=("*",))
