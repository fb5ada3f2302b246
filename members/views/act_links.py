"""What a reader may do about an act, as links and buttons under its sheet; every part of the app adds its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from coalition.core.access import can
from members.models import Cosponsorship


@dataclass(frozen=True)
class ActLink:
    """A way on. `main` is the one the reader is waited for; `post` draws a button that acts at once."""

    label: str
    url: str
    main: bool = False
    post: bool = False


Offer = Callable[[Any, Cosponsorship], "ActLink | None"]
_offers: list[Offer] = []


def act_link(offer: Offer) -> Offer:
    """Register the decorated function: it returns a link for this account and act, or None."""
    _offers.append(offer)
    return offer


def act_links(account: Any, act: Cosponsorship) -> list[ActLink]:
    """Everything this account may do about the act, what it is waited for first."""
    found = [link for offer in _offers if (link := offer(account, act)) is not None]
    return sorted(found, key=lambda link: not link.main)


@act_link
def _resend(account: Any, act: Cosponsorship) -> ActLink | None:
    if not can(account, "cosponsorship.resend", act):
        return None
    return ActLink(_("Recevoir un nouveau lien"), reverse("cosponsorship_resend", args=[act.pk]), post=True)


@act_link
def _document(account: Any, act: Cosponsorship) -> ActLink | None:
    if not can(account, "cosponsorship.provide_document", act):
        return None
    url = reverse("cosponsorship_document_new", args=[act.pk])
    if act.asked_at is not None:
        return ActLink(_("Joindre la pièce demandée"), url, main=True)
    label = _("Remplacer la pièce jointe") if act.mandate_document_id else _("Joindre une pièce")
    return ActLink(label, url)


@act_link
def _change(account: Any, act: Cosponsorship) -> ActLink | None:
    if not can(account, "cosponsorship.change", act):
        return None
    return ActLink(_("Modifier les engagements"), reverse("cosponsorship_change", args=[act.pk]))


@act_link
def _withdraw(account: Any, act: Cosponsorship) -> ActLink | None:
    if not can(account, "cosponsorship.withdraw", act):
        return None
    return ActLink(_("Se retirer"), reverse("cosponsorship_withdraw", args=[act.pk]))
