"""Supporting a coalition, the lighter form: a person by their mailbox, an organisation by two clicks of its people."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from coalition.core.access import require
from coalition.core.audit import record
from coalition.core.consents import give_consent, withdraw_consent
from coalition.core.errors import DomainError
from coalition.core.models import OneTimeToken
from coalition.core.text import one_line
from coalition.core.tokens import use_token
from coalition.notifications.actions import record_event
from coalition.notifications.models import Event
from members.enums import PUBLIC, SupporterKind, SupportState
from members.models import Coalition, Cosponsorship, Organisation, Support, User
from members.notifications.supports import SUPPORT_PURPOSE, support_of_secret
from members.rules.supports import KEEP_PURPOSE, NAME_PURPOSE

MAIL_EVERY = timedelta(hours=24)


class StaleSupportLink(DomainError):
    """The mailed link is unknown, old or already used, or the support no longer waits for it."""


class AlreadyCosponsor(DomainError):
    """The organisation is an official co-sponsor, which says more."""


@transaction.atomic
def ask_support(
    *,
    coalition: Coalition,
    name: str,
    email: str,
    now: datetime,
    city: str = "",
    message: str = "",
    language: str = "fr",
    name_is_public: bool = False,
) -> None:
    """Write down that somebody with this address wants to support the coalition, and mail them a link to confirm.

    Rule: anybody; nothing is public and nothing counts before the mailbox has confirmed. Returns nothing, whatever is
    known of the address, so that nobody learns it from here: an address that already supports is told so by mail, one
    that waits keeps its latest words. At most one such mail an address and MAIL_EVERY (hours of `now`), and one a day
    from callers at the same instant.
    """
    address = email.strip().lower()
    words = _words(name, city, message) | {"language": language, "name_is_public": name_is_public}
    support, _created = _live_support(coalition, address, words, now)
    waiting = Support.objects.filter(pk=support.pk, state=SupportState.AWAITING)
    kind = "support.confirm" if waiting.update(**words) else "support.known"
    if _was_just_mailed(address, now):
        return
    waiting.update(created_at=now)
    record_event(kind=kind, key=f"{kind}:{support.pk}:{now:%Y%m%d}", subject=support, payload={}, now=now)


def _words(name: str, city: str, message: str) -> dict[str, Any]:
    return {"name": one_line(name)[:150], "city": one_line(city)[:120], "message": one_line(message)[:300]}


def _live_support(coalition: Coalition, address: str, words: dict[str, Any], now: datetime) -> tuple[Support, bool]:
    """The person's support that waits or runs, made when there is none; the index settles races."""
    live = Support.objects.live().of_address(address).filter(coalition=coalition)
    found = live.first()
    if found is not None:
        return found, False
    try:
        with transaction.atomic():
            fields = {"kind": SupporterKind.PERSON, "email": address, "created_at": now, **words}
            return Support.objects.create(coalition=coalition, **fields), True
    except IntegrityError:
        return live.get(), False


def _was_just_mailed(address: str, now: datetime) -> bool:
    own = [str(pk) for pk in Support.objects.of_address(address).values_list("pk", flat=True)]
    asked = Event.objects.filter(kind__in=("support.confirm", "support.known"), object_id__in=own)
    return asked.filter(created_at__gt=now - MAIL_EVERY).exists()


@transaction.atomic
def confirm_support(
    *,
    token: str,
    name: str,
    now: datetime,
    city: str = "",
    message: str = "",
    name_is_public: bool = False,
    network: str = "",
) -> Support:
    """Make a support count, from the mailbox, with the words its owner leaves or corrects on that page.

    Rule: the token, sent to the address of the support; used once, seven days on the database's clock; no login. Writes
    what was agreed to (`network`: IP address, kept cut down). An account that owns the address is tied to it. Raises
    StaleSupportLink, and nothing has changed, when the link is forged, old or used.
    """
    if not one_line(name):
        raise DomainError(_("Donnez votre nom."), field="name")
    proof = use_token(purpose=SUPPORT_PURPOSE, secret=token)
    support: Any = proof.subject if proof is not None else None
    if proof is None or support is None or support.email.lower() != proof.address.lower():
        raise StaleSupportLink(_("Ce lien n’est plus valable."))
    owner = _owner_of(support.email)
    moved = Support.objects.filter(pk=support.pk, state=SupportState.AWAITING).update(
        state=SupportState.ACTIVE,
        confirmed_at=now,
        account=owner,
        name_is_public=name_is_public,
        **_words(name, city, message),
    )
    if not moved:
        raise StaleSupportLink(_("Ce soutien n’attend plus de confirmation."))
    support.refresh_from_db()
    for purpose in (KEEP_PURPOSE, NAME_PURPOSE) if name_is_public else (KEEP_PURPOSE,):
        given = {"account": owner, "address": support.email, "language": support.language, "network": network}
        give_consent(purpose=purpose, method="double_opt_in", proof=_proof(support), now=now, **given)
    record(actor=owner, action="support.confirm", obj=support, now=now, name_is_public=name_is_public)
    record_event(kind="support.confirmed", key=f"support.confirmed:{support.pk}", subject=support, payload={}, now=now)
    return support


def _owner_of(address: str) -> User | None:
    """The account that proved this address, if any."""
    account = User.objects.filter(email__iexact=address, is_active=True).first()
    return account if account is not None and account.has_verified_email else None


def _proof(support: Support) -> str:
    """What a record of consent names as its proof."""
    return f"support {support.pk}"


@transaction.atomic
def support_as_organisation(
    *, coalition: Coalition, organisation: Organisation, actor: User, now: datetime, message: str = ""
) -> tuple[Support, bool]:
    """Say that an organisation supports the coalition; the support, and whether it was made by this call.

    Rule: editors and representatives of a confirmed organisation. It is public at once; no charter, no mandate, no
    review. A second call, even at the same instant, returns the first with False. Raises AlreadyCosponsor for one that
    is an official co-sponsor.
    """
    require(actor, "support.give", organisation)
    if Cosponsorship.objects.filter(coalition=coalition, organisation=organisation, state__in=PUBLIC).exists():
        raise AlreadyCosponsor(_("Votre organisation est co-porteuse : c’est davantage qu’un soutien."))
    own = {"coalition": coalition, "organisation": organisation}
    try:
        with transaction.atomic():
            support = Support.objects.create(
                kind=SupporterKind.ORGANISATION,
                account=actor,
                language=actor.language,
                message=one_line(message)[:300],
                name_is_public=True,
                state=SupportState.ACTIVE,
                created_at=now,
                confirmed_at=now,
                **own,
            )
    except IntegrityError:
        return Support.objects.active().get(kind=SupporterKind.ORGANISATION, **own), False
    record(actor=actor, action="support.give", obj=support, now=now, organisation=organisation.pk)
    return support, True


@transaction.atomic
def withdraw_support(*, support: Support, actor: Any, now: datetime) -> Support:
    """End a support. A person's name, address, city and sentence are erased at once; the line counts no more.

    Rule: whoever gave it, the organisation's editors and representatives, organisers. Ending what has ended changes
    nothing and is no error.
    """
    require(actor, "support.withdraw", support)
    return _end(support, actor, now, by="account")


@transaction.atomic
def withdraw_support_by_link(*, secret: str, now: datetime) -> Support:
    """The same from the link of a mail, which always works, as often as it is used. Rule: the signed word of the link.

    Raises StaleSupportLink for a word we never wrote, or a support that the purge has forgotten.
    """
    support = support_of_secret(secret)
    if support is None:
        raise StaleSupportLink(_("Ce lien n’est plus valable."))
    return _end(support, None, now, by="mail link")


def _end(support: Support, actor: Any, now: datetime, *, by: str) -> Support:
    changes: dict[str, Any] = {"state": SupportState.WITHDRAWN, "withdrawn_at": now}
    address = support.email
    if support.kind == SupporterKind.PERSON:
        changes |= {"name": "", "email": "", "city": "", "message": "", "account": None, "name_is_public": False}
    if Support.objects.live().filter(pk=support.pk).update(**changes):
        if address:
            for purpose in (KEEP_PURPOSE, NAME_PURPOSE):
                withdraw_consent(purpose=purpose, address=address, proof=_proof(support), now=now)
        _forget_mail([support.pk])
        record(actor=actor, action="support.withdraw", obj=support, now=now, by=by)
    support.refresh_from_db()
    return support


@transaction.atomic
def forget_unconfirmed_supports(*, older_than: datetime) -> int:
    """Erase what was asked before `older_than` and never confirmed, its links and its mail; how many. For the purge."""
    forgotten = list(Support.objects.unconfirmed(older_than).select_for_update().values_list("pk", flat=True))
    _forget_mail(forgotten)
    _drop(Support.objects.unconfirmed(older_than).filter(pk__in=forgotten))
    return len(forgotten)


def _forget_mail(supports: list[int]) -> None:
    """Links and deliveries hold the address too. The events go with their deliveries."""
    own = ContentType.objects.get_for_model(Support)
    _drop(OneTimeToken.objects.filter(object_type=own, object_id__in=supports))
    _drop(Event.objects.filter(content_type=own, object_id__in=[str(pk) for pk in supports]))


def _drop(rows: Any) -> None:
    rows.delete()
