"""Saving a search to be told of new cases: by a mailbox without account, or by an account; changing and ending it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from cases.actions.alert_runs import number_publications
from cases.enums import Frequency, SearchState
from cases.models import AlertedCase, CatalogueEntry, LeftMailbox, SavedSearch
from cases.models.alerts import canonical_query
from cases.notifications.alerts import ALERT_PURPOSE
from cases.rules import ALERT_CONSENT
from cases.search import Selection
from coalition.core.access import require
from coalition.core.audit import record
from coalition.core.consents import give_consent, withdraw_consent
from coalition.core.errors import DomainError
from coalition.core.models import OneTimeToken
from coalition.core.privacy import PurgeStep, register_purge
from coalition.core.retention import address_digest
from coalition.core.tokens import use_token
from coalition.notifications.actions import record_event
from coalition.notifications.models import Event

MAIL_EVERY = timedelta(hours=24)
LONGEST_QUERY = 1_500
MOST_KNOWN = 1_000
"""Cases found already that are noted one by one when a search begins."""
PENDING_FOR = timedelta(days=7)
ENDED_FOR = timedelta(days=28)
LEFT_FOR = timedelta(days=3 * 365)


class StaleAlertLink(DomainError):
    """The mailed link is unknown, old or already used, or its search no longer waits for it."""


class SearchTooLong(DomainError):
    """More is asked than can be kept."""


@transaction.atomic
def ask_alert(*, selection: Selection, address: str, language: str, frequency: str, now: datetime) -> None:
    """Write down that somebody with this address wants to be told of new cases, and mail them a link to confirm.

    Rule: anybody; nothing is told before the mailbox has confirmed. Returns nothing, whatever is known of the address:
    one that follows this search already is told so by mail. At most one such mail an address and MAIL_EVERY, whatever
    it asks for: its link confirms everything asked from that address. Raises SearchTooLong.
    """
    mailbox, query = address.strip().lower(), kept_query(selection)
    search = _standing_search(Q(address__iexact=mailbox, account=None), query, language)
    if search is None:
        fields = {"address": mailbox, "query": query, "language": language, "asked_at": now}
        search = _made(Q(address__iexact=mailbox, account=None), frequency=frequency, **fields)
    waiting = SavedSearch.objects.filter(pk=search.pk, state=SearchState.PENDING)
    kind = "search.confirm" if waiting.update(frequency=frequency, asked_at=now) else "search.known"
    if not asked_lately([mailbox], now):
        record_event(kind=kind, key=asking_key(mailbox, now), subject=search, payload={}, now=now)


def asking_key(mailbox: str, now: datetime) -> str:
    """The key of the mail that asks a mailbox (lower case) to confirm: one a day, whatever it is asked about."""
    return f"search.asked:{_digest(mailbox)}:{now:%Y%m%d}"


def asked_lately(mailboxes: Iterable[str], now: datetime) -> set[str]:
    """Those (lower case) that were sent such a mail less than MAIL_EVERY ago. One query, whatever their number."""
    keys = {asking_key(mailbox, day): mailbox for mailbox in mailboxes for day in (now, now - MAIL_EVERY)}
    asked = Event.objects.filter(key__in=list(keys), created_at__gt=now - MAIL_EVERY)
    return {keys[key] for key in asked.values_list("key", flat=True)}


def kept_query(selection: Selection) -> str:
    """The question as it is kept. Raises SearchTooLong."""
    query = canonical_query(selection)
    if len(query) > LONGEST_QUERY:
        raise SearchTooLong(_("Cette recherche est trop longue pour être suivie. Retirez-en un filtre."))
    return query


def _digest(address: str) -> str:
    """What a key holds of an address: the same for the same address, and not to be read back."""
    return salted_hmac("cases.alerts", address, algorithm="sha256").hexdigest()[:32]


def _standing_search(owner: Q, query: str, language: str) -> SavedSearch | None:
    found: SavedSearch | None = SavedSearch.objects.standing().filter(owner, query=query, language=language).first()
    return found


def _made(owner: Q, **fields: Any) -> SavedSearch:
    """A new search that waits; the one there is when another request was faster: the index settles races."""
    try:
        with transaction.atomic():
            return SavedSearch.objects.create(**fields)
    except IntegrityError:
        return SavedSearch.objects.standing().get(owner, query=fields["query"], language=fields["language"])


@transaction.atomic
def confirm_alerts(*, token: str, now: datetime, network: str = "") -> list[SavedSearch]:
    """Let run what the owner of a mailbox asked for, from the mailed link; the searches that begin now.

    Rule: the token, sent to that address; used once, seven days on the database's clock; no login. Everything asked
    from the address that still waits begins. Writes the agreement (`network`: IP address, kept cut down). Raises
    StaleAlertLink, and nothing has changed, when the link is forged, old or used.
    """
    proof = use_token(purpose=ALERT_PURPOSE, secret=token)
    search: Any = proof.subject if proof is not None else None
    if proof is None or search is None or search.address.lower() != proof.address.lower():
        raise StaleAlertLink(_("Ce lien n’est plus valable."))
    begun = []
    for each in waiting_with(search):
        if _begin(each, now):
            _agree(each, method="double_opt_in", now=now, network=network)
            begun.append(each)
    if not begun:
        raise StaleAlertLink(_("Cette alerte n’attend plus de confirmation."))
    return begun


def waiting_with(search: SavedSearch) -> list[SavedSearch]:
    """Everything asked from the address of this search that waits to be confirmed."""
    same = SavedSearch.objects.of_address(search.address) if search.address else SavedSearch.objects.none()
    return list(same.filter(state=SearchState.PENDING))


@transaction.atomic
def follow_search(*, actor: Any, selection: Selection, language: str, frequency: str, now: datetime) -> SavedSearch:
    """Save a search for one's account: it runs at once, its address being proved. Asked again, the rhythm changes.

    Rule: accounts with a verified address. Raises SearchTooLong.
    """
    require(actor, "search.save")
    query, mine = kept_query(selection), Q(account=actor)
    search = _standing_search(mine, query, language)
    if search is None:
        search = _made(mine, account=actor, query=query, language=language, frequency=frequency, asked_at=now)
    if _begin(search, now):
        _agree(search, method="form", now=now)
    return _pace(search, frequency, actor, now)


def _begin(search: SavedSearch, now: datetime) -> bool:
    """From pending to active, noting what it finds already; False when it was not pending."""
    place = number_publications()
    found = CatalogueEntry.objects.shown_in(search.language).matching(search.selection)
    known = list(found.order_by("number").values_list("number", flat=True)[: MOST_KNOWN + 1]) if search.query else []
    only_new = not search.query or len(known) > MOST_KNOWN
    changes = {"since": place, "watermark": place, "only_new": only_new, "confirmed_at": now, "run_on": now.date()}
    waiting = SavedSearch.objects.filter(pk=search.pk, state=SearchState.PENDING)
    if not waiting.update(state=SearchState.ACTIVE, **changes):
        return False
    if not only_new:
        rows = [AlertedCase(search=search, number=number) for number in dict.fromkeys(known)]
        AlertedCase.objects.bulk_create(rows, ignore_conflicts=True)
    search.refresh_from_db()
    _drop(LeftMailbox.objects.filter(digest=address_digest(search.mailbox)))
    record(actor=search.account, action="search.begin", obj=search, now=now)
    return True


def _agree(search: SavedSearch, *, method: str, now: datetime, network: str = "") -> None:
    give_consent(
        account=search.account,
        address=search.mailbox,
        purpose=ALERT_CONSENT,
        language=search.language,
        method=method,
        proof=_proof(search),
        network=network,
        now=now,
    )


def _proof(search: SavedSearch) -> str:
    """What a record of consent names as its proof."""
    return f"search {search.pk}"


@transaction.atomic
def pace_search(*, actor: Any, search: SavedSearch, frequency: str, now: datetime) -> SavedSearch:
    """Have one's search write each day or each week. Rule: the account it belongs to. DomainError for other rhythms."""
    require(actor, "search.manage", search)
    return _pace(search, frequency, actor, now)


@transaction.atomic
def pace_search_by_link(*, search: SavedSearch, frequency: str, now: datetime) -> SavedSearch:
    """The same from the link of a mail. Rule: whoever holds the signed word that led to `search`."""
    return _pace(search, frequency, None, now)


def _pace(search: SavedSearch, frequency: str, actor: Any, now: datetime) -> SavedSearch:
    if frequency not in Frequency.values:
        raise DomainError(_("Choisissez un rythme."), field="frequency")
    running = SavedSearch.objects.running().filter(pk=search.pk).exclude(frequency=frequency)
    if running.update(frequency=frequency):
        record(actor=actor, action="search.pace", obj=search, now=now, frequency=frequency)
    search.refresh_from_db()
    return search


@transaction.atomic
def hush_search(*, actor: Any, search: SavedSearch, muted: bool, now: datetime) -> SavedSearch:
    """Have one's search keep silent, or speak again of what comes from then on. Rule: the account it belongs to.

    It goes on looking while it is silent, so that nothing of that time is told afterwards.
    """
    require(actor, "search.manage", search)
    if SavedSearch.objects.running().filter(pk=search.pk).exclude(muted=muted).update(muted=muted):
        record(actor=actor, action="search.hush", obj=search, now=now, muted=muted)
    search.refresh_from_db()
    return search


@transaction.atomic
def end_search(*, actor: Any, search: SavedSearch, now: datetime) -> SavedSearch:
    """Stop one's search; it forgets whose it was. Rule: the account it belongs to."""
    require(actor, "search.manage", search)
    return _end(search, actor, now)


@transaction.atomic
def end_search_by_link(*, key: int, now: datetime) -> None:
    """The same from the link of a mail, which always works, as often as it is used, even when nothing is left of it.

    Rule: whoever holds the signed word that names `key`.
    """
    search = SavedSearch.objects.standing().filter(pk=key).first()
    if search is not None:
        _end(search, None, now)


def _end(search: SavedSearch, actor: Any, now: datetime) -> SavedSearch:
    whose: dict[str, Any] = {"account": search.account, "address": "" if search.account else search.address}
    ended = {"state": SearchState.ENDED, "ended_at": now, "address": "", "account": None}
    if SavedSearch.objects.standing().filter(pk=search.pk).update(**ended):
        withdraw_consent(purpose=ALERT_CONSENT, proof=_proof(search), now=now, **whose)
        _forget_mail([search.pk])
        _drop(AlertedCase.objects.filter(search=search))
        LeftMailbox.objects.update_or_create(digest=address_digest(search.mailbox), defaults={"left_at": now})
        record(actor=actor, action="search.end", obj=search, now=now, by="account" if actor else "mail link")
    search.refresh_from_db()
    return search


def _forget_mail(searches: list[int]) -> None:
    """Links and deliveries hold the address too. The events go with their deliveries."""
    own = ContentType.objects.get_for_model(SavedSearch)
    _drop(OneTimeToken.objects.filter(object_type=own, object_id__in=searches))
    _drop(Event.objects.filter(content_type=own, object_id__in=[str(pk) for pk in searches]))


def _drop(rows: Any) -> None:
    rows.delete()


def forget_pending(cutoff: datetime, dry_run: bool) -> int:
    """Searches asked for before `cutoff` and never confirmed, with their links and mail."""
    rows = SavedSearch.objects.unconfirmed(cutoff)
    return _forget(rows, dry_run)


def forget_ended(cutoff: datetime, dry_run: bool) -> int:
    """Searches stopped before `cutoff`. Their address went the day they were stopped."""
    return _forget(SavedSearch.objects.filter(state=SearchState.ENDED, ended_at__lt=cutoff), dry_run)


def forget_left(cutoff: datetime, dry_run: bool) -> int:
    """Digests of mailboxes that left before `cutoff`."""
    rows = LeftMailbox.objects.filter(left_at__lt=cutoff)
    count = rows.count()
    if not dry_run:
        _drop(rows)
    return count


def _forget(rows: Any, dry_run: bool) -> int:
    found = list(rows.values_list("pk", flat=True))
    if found and not dry_run:
        _forget_mail(found)
        _drop(rows.filter(pk__in=found))
    return len(found)


def register_steps() -> None:
    """Called once, when the app is ready."""
    register_purge(PurgeStep("searches.pending", _("Alertes jamais confirmées"), PENDING_FOR, forget_pending))
    register_purge(PurgeStep("searches.ended", _("Alertes arrêtées"), ENDED_FOR, forget_ended))
    register_purge(PurgeStep("searches.left", _("Empreintes des adresses parties"), LEFT_FOR, forget_left))
