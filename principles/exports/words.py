"""What the files say around the text, in the language that is active while they are written."""

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from coalition.core.templatetags.typography import date_words
from principles.exports.opinions import Opinion
from principles.exports.publication import Article, Publication


def version_line(publication: Publication) -> str:
    """ "Version 2, adoptée le 14 novembre 2026"."""
    words = {"number": publication.number, "date": strip_tags(date_words(publication.adopted_at))}
    return _("Version %(number)d, adoptée le %(date)s") % words


def authentic_line(publication: Publication) -> str:
    return _("Le texte français fait foi.") if publication.authentic == "fr" else _("Le texte anglais fait foi.")


def hash_line(publication: Publication) -> str:
    return _("Empreinte SHA-256 : %(sha256)s") % {"sha256": publication.sha256}


def article_line(article: Article, language: str) -> str:
    """ "Article 3. Tenir les données en commun"."""
    return _("Article %(position)d. %(title)s") % {"position": article.position, "title": article.title[language]}


def preamble_word() -> str:
    return _("Préambule")


def opinions_word() -> str:
    return _("Opinions minoritaires")


def no_opinion_line() -> str:
    return _("Aucune opinion minoritaire n’est attachée à cette version.")


def opinion_line(opinion: Opinion) -> str:
    """ "Ville de Dakar, amendement refusé le 3 novembre 2026"."""
    words = {"who": opinion.who, "stance": opinion.stance, "date": strip_tags(date_words(opinion.on))}
    return _("%(who)s, %(stance)s le %(date)s") % words


def has_opinions(publication: Publication) -> bool:
    return any(article.opinions for article in publication.articles)
