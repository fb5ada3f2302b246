"""The words in which an answer by mail is refused."""

from django.utils.translation import gettext as _

from coalition.notifications.enums import IncomingReason


def explanation(reason: str) -> str:
    """What its sender reads about a refused mail, in the active language."""
    words = {
        IncomingReason.WRONG_SENDER: _(
            "Cette adresse de réponse est personnelle : elle ne prend que les messages écrits depuis l’adresse du "
            "compte qui l’a reçue. Répondez depuis cette adresse, ou écrivez sur le site."
        ),
        IncomingReason.EXPIRED: _(
            "L’adresse de réponse de ce courriel a servi soixante jours et ne sert plus. Écrivez sur le site."
        ),
        IncomingReason.GONE: _("Ce que vous commentez n’existe plus, ou ne vous est plus ouvert."),
        IncomingReason.CLOSED: _("Cette discussion est close : on peut la lire, on ne peut plus y écrire."),
        IncomingReason.EMPTY: _(
            "Nous n’avons pas trouvé de texte à publier dans votre message, une fois ôtés les passages cités et la "
            "signature. Écrivez au-dessus du message cité, ou sur le site."
        ),
        IncomingReason.TOO_BIG: _("Votre message est trop lourd. Envoyez-le sans pièce jointe."),
        IncomingReason.TOO_MANY: _("Vous avez beaucoup écrit en peu de temps. Reprenez dans une heure."),
        IncomingReason.WORDS: _("Ce texte ne peut pas être publié tel quel."),
    }
    known = {str(key): text for key, text in words.items()}
    return known.get(reason, _("Votre message n’a pas pu être publié."))
