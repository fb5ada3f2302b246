"""What ties an act to a version of the text: the line that says which, and the reservations on its articles."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from coalition.core.documents import SignableDocument, document_articles
from coalition.core.errors import DomainError
from members.enums import Binding
from members.models import Affiliation, Cosponsorship, Reservation, SignedVersion

LONGEST_RESERVATION = 1000


class ArticleGone(DomainError):
    """A reservation names an article that the text does not hold."""


def bind_version(
    *, act: Cosponsorship, document: SignableDocument, affiliation: Affiliation | None, how: Binding, now: datetime
) -> SignedVersion:
    """Add the line that says the act holds this version since `now`, signed or confirmed by whom under which mandate.

    Signatory and mandate are the act's own when it was signed, the affiliation's when it is confirmed later.
    """
    person = act if how == Binding.SIGNED or affiliation is None else affiliation
    named = {"mandate_reference": person.mandate_reference, "mandate_date": person.mandate_date}
    if isinstance(person, Cosponsorship):
        named |= {"signatory_name": person.signatory_name, "signatory_function": person.signatory_function}
    else:
        named |= {"signatory_name": str(person.account), "signatory_function": person.function}
    return SignedVersion.objects.create(
        cosponsorship=act,
        document_title=document.title[:200],
        document_version=document.version,
        document_sha256=document.sha256,
        how=how,
        bound_at=now,
        affiliation=affiliation,
        **named,
    )


def make_reservations(
    *,
    act: Cosponsorship,
    document: SignableDocument,
    reservations: Mapping[str, str] | None,
    affiliation: Affiliation | None,
    now: datetime,
) -> list[Reservation]:
    """Write one reservation for each article key with a text, in the order of the articles; blank texts are left out.

    Raises ArticleGone when a key is of no article of `document`, DomainError when a text exceeds LONGEST_RESERVATION.
    """
    said = {key: text.strip() for key, text in (reservations or {}).items() if text.strip()}
    articles = document_articles(document.sha256) if said else ()
    _check(said, {article.key for article in articles})
    lines = [
        Reservation(
            cosponsorship=act,
            article_key=article.key,
            article_title=article.title[:200],
            document_version=document.version,
            document_sha256=document.sha256,
            text=said[article.key],
            made_at=now,
            affiliation=affiliation,
        )
        for article in articles
        if article.key in said
    ]
    return Reservation.objects.bulk_create(lines)


def _check(said: dict[str, str], keys: set[str]) -> None:
    if not set(said) <= keys:
        raise ArticleGone(_("Une réserve porte sur un article que le texte ne contient plus. Relisez-le."))
    for key, text in said.items():
        if len(text) > LONGEST_RESERVATION:
            raise DomainError(_("Cette réserve dépasse 1 000 caractères."), field=f"reservation_{key}")
