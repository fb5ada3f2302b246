"""What events and deliveries hold about people."""

from django.utils.translation import gettext_lazy as _

from coalition.core.personal import BY_WHOM
from coalition.core.privacy import CLEAR, Treatment, declare, register_treatment, replace_by


def without_address(pk: int) -> str:
    """What stands where the address stood: no address, and different for each delivery."""
    return f"-{pk}"


register_treatment(
    Treatment(
        key="mail",
        title=_("Courriels que le site vous envoie"),
        purpose=_("Vous dire ce qui vous concerne, une fois et une seule."),
        basis=_("Exécution du service que vous avez demandé (article 6.1.b du RGPD)."),
        data=_("Adresse, langue, sujet de l’avis, date d’envoi, réponse du serveur ; jamais le texte du message."),
        recipients=_("L’équipe d’organisation du réseau, pour retrouver un message perdu."),
        retention=_("Quatre-vingt-dix jours après l’envoi."),
    )
)
declare(
    "notifications.Event",
    treatment="mail",
    owners=("actor",),
    fields={"kind": BY_WHOM, "last_error": CLEAR},
    impersonal=("key", "object_id", "payload"),
)
declare(
    "notifications.Delivery",
    treatment="mail",
    owners=("account",),
    addresses=("address",),
    fields={"address": replace_by(without_address), "name": CLEAR, "raw": CLEAR, "last_error": CLEAR},
    impersonal=("channel", "language", "state", "message_id"),
)
declare(
    "notifications.StoppedAddress",
    treatment="mail",
    addresses=("address",),
    fields={"by": BY_WHOM, "detail": CLEAR},
    delete=True,
)
declare("notifications.DomainPace", impersonal=("domain",))
register_treatment(
    Treatment(
        key="following",
        title=_("Ce que vous suivez, et comment vous le dire"),
        purpose=_("Vous dire ce que vous avez demandé à savoir, au rythme que vous avez choisi."),
        basis=_("Exécution du service que vous avez demandé (article 6.1.b du RGPD)."),
        data=_("Ce que vous suivez ou avez rendu silencieux, vos choix de courrier, ce que vous avez lu."),
        recipients=_("Vous seul."),
        retention=_("Tant que le compte sert ; effacé avec lui. Une nouvelle s’efface après un an."),
    )
)
declare(
    "notifications.Follow",
    treatment="following",
    owners=("account",),
    impersonal=("target_kind", "target_key"),
    delete=True,
)
declare(
    "notifications.Notice",
    treatment="following",
    owners=("account",),
    impersonal=("target_kind", "target_key", "route"),
    delete=True,
)
declare("notifications.Choice", treatment="following", owners=("account",), impersonal=("*",), delete=True)
declare("notifications.Preferences", treatment="following", owners=("account",), delete=True)
register_treatment(
    Treatment(
        key="answers",
        title=_("Réponses envoyées par courriel"),
        purpose=_("Publier ce que vous répondez par courriel, et ne rien perdre quand le site est en panne."),
        basis=_("Exécution du service que vous avez demandé (article 6.1.b du RGPD)."),
        data=_("Adresse, date, message tel qu’il est arrivé jusqu’à sa publication, raison d’un refus."),
        recipients=_("L’équipe d’organisation du réseau, pour les messages refusés, sans leur texte."),
        retention=_("Le texte d’un message refusé, trente jours ; la trace de chaque message, quatre-vingt-dix jours."),
    )
)
declare(
    "notifications.IncomingMail",
    treatment="answers",
    owners=("account",),
    addresses=("sender", "envelope_sender"),
    fields={"said": CLEAR, "last_error": CLEAR},
    impersonal=("identity", "message_id", "purpose"),
    delete=True,
)
declare(
    "notifications.Webhook",
    treatment="mail",
    owners=("created_by",),
    fields={"created_by": BY_WHOM},
    impersonal=("name", "url", "themes", "state"),
)
declare("notifications.AgendaAddress", treatment="following", owners=("account",), delete=True)
declare(
    "notifications.Announcement",
    treatment="mail",
    fields={"written_by": BY_WHOM, "approved_by": BY_WHOM, "cancelled_by": BY_WHOM},
    impersonal=("target_kind", "target_key", "subject_fr", "subject_en", "text_fr", "text_en"),
)
