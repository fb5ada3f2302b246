"""What is told to whoever saved a search: confirm it, it runs already, and the new cases it finds.

An address without account is all there is of its owner. The link that confirms carries a secret made while the mail is
rendered (see `members.notifications.cosponsorships`); the links that manage and stop must work for ever: they are
signed, name one search, and open nothing else. Before the mailbox has confirmed, no mail holds a word that was typed.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from cases.enums import SearchState
from cases.models import CatalogueEntry, SavedSearch
from coalition.core.tokens import issue_token, read_signed_key, sign_key
from coalition.notifications.kinds import Kind, Recipient, Targets, register_kind
from coalition.notifications.models import Event
from members.notifications import recipients_of
from members.notifications.recipients import absolute_url

ALERT_PURPOSE = "search.confirm"
ALERT_LIFETIME = timedelta(days=7)
MOST_IN_A_MAIL = 10
SALT = "cases.alerts"

REASON_ASKED = _("Vous recevez ce message parce que cette adresse a été donnée pour suivre une recherche de cas.")
REASON_FOLLOWED = _("Vous recevez ce message parce que vous suivez cette recherche de cas.")


def search_secret(search: SavedSearch) -> str:
    """The word that manages and stops a search from a mail, today or in ten years."""
    return sign_key(salt=SALT, key=search.pk)


def key_of_secret(secret: str) -> int | None:
    """The key of the search that word was made for, whether it is still there or not; None for any other word."""
    return read_signed_key(salt=SALT, word=secret)


def _owner(event: Event) -> Iterable[Recipient]:
    search: Any = event.subject
    if search.muted:
        return []
    if search.account is not None:
        return recipients_of([search.account]) if search.account.has_verified_email else []
    if not search.address:
        return []
    return [Recipient(address=search.address, language=search.language, name="", account_id=None)]


def _while(state: str) -> Any:
    """Told only while the search is in this state and still of that mailbox."""

    def visible(event: Event, recipient: Recipient) -> bool:
        search: Any = event.subject
        return search.state == state and search.mailbox.lower() == recipient.address.lower()

    return visible


def _about(event: Event, _recipient: Recipient) -> dict[str, Any]:
    search: Any = event.subject
    secret = search_secret(search)
    return {
        "manage_url": absolute_url("case_alert_manage", secret),
        "leave_url": absolute_url("case_alert_one_click", secret),
        "leave_words": gettext("Arrêter cette alerte"),
    }


def _with_link(event: Event, recipient: Recipient) -> dict[str, Any]:
    """What every mail shows, and a link with a fresh secret."""
    search: Any = event.subject
    secret = issue_token(
        purpose=ALERT_PURPOSE,
        subject=search,
        address=recipient.address,
        lifetime=ALERT_LIFETIME,
        now=timezone.now(),
    )
    return {
        **_about(event, recipient),
        "confirm_url": absolute_url("case_alert_confirm", secret),
        "leave_words": gettext("Ne rien recevoir, et faire effacer mon adresse"),
    }


def news_of(event: Event) -> Any:
    """The cases of this alert that are public now, in the language of the search, latest change first."""
    search: Any = event.subject
    told = search.cases.filter(told_at=event.payload["place"]).values("number")
    shown = CatalogueEntry.objects.shown_in(search.language).filter(number__in=told)
    return shown.order_by("-updated_at", "-page_id").light()


def _news(event: Event, recipient: Recipient) -> dict[str, Any]:
    """Ten cases at most, how many there are, and where the others are."""
    search: Any = event.subject
    found = news_of(event)
    cases, count = list(found[:MOST_IN_A_MAIL]), found.count()
    query = f"?{search.query}" if search.query else ""
    return {
        **_about(event, recipient),
        "cases": [{"title": case.title, "meta": _where(case), "url": _address(case)} for case in cases],
        "count": count,
        "more": count - len(cases),
        "words": search.words(),
        "list_url": absolute_url("case_index") + query,
    }


def _where(case: CatalogueEntry) -> str:
    place = ", ".join(part for part in (case.city, case.country_name) if part)
    return " · ".join(part for part in (case.organisation_name, place, case.stage_label, *case.meta) if part)


def _address(case: CatalogueEntry) -> str:
    return absolute_url("case", case.number)


def _has_news(event: Event, recipient: Recipient) -> bool:
    """Something of it is still public, and the search still runs for this mailbox."""
    search: Any = event.subject
    return not search.muted and _while(SearchState.ACTIVE)(event, recipient) and bool(news_of(event).exists())


def _search(event: Event) -> Targets:
    """The search itself, for the news of an account; an address without account has none."""
    search: Any = event.subject
    return [("search", str(search.pk))] if search.account_id is not None else []


for _name, _label, _reason, _context, _state in (
    ("search.confirm", _("Confirmer votre alerte"), REASON_ASKED, _with_link, SearchState.PENDING),
    ("search.known", _("Vous suivez déjà cette recherche"), REASON_ASKED, _about, SearchState.ACTIVE),
):
    register_kind(
        Kind(
            name=_name,
            category="search",
            label=_label,
            reason=_reason,
            recipients=_owner,
            context=_context,
            visible=_while(_state),
            essential=_name == "search.confirm",
        )
    )
register_kind(
    Kind(
        name="search.alert",
        category="search",
        label=_("De nouveaux cas pour votre recherche"),
        reason=REASON_FOLLOWED,
        recipients=_owner,
        context=_news,
        visible=_has_news,
        targets=_search,
        patient=True,
    )
)
