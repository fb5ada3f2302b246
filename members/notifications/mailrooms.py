"""Whom an organisation’s mail reaches: the roles it chose, and the mailbox its people share. Every kind asks here."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from coalition.core.tokens import issue_token, read_signed_key, sign_key
from coalition.notifications.examples import example_for
from coalition.notifications.kinds import Kind, Recipient, register_kind
from coalition.notifications.models import Event
from members.enums import USUAL_ROLES, MailboxMode, OrganisationMail
from members.models import Affiliation, MailRule, SharedMailbox
from members.notifications.examples import city
from members.notifications.recipients import absolute_url, recipients_of

MAILBOX_PURPOSE = "mailbox.confirm"
MAILBOX_LIFETIME = timedelta(days=7)
HANDED_OUT = {*OrganisationMail.values, "adoption"}
"""Categories of kinds a shared mailbox may be told of."""
SALT = "members.mailboxes"


def organisation_mail(
    organisations: Any, category: str, *, acts: bool = False, besides: Iterable[int | None] = ()
) -> list[Recipient]:
    """The people of these organisations (keys, or a query set of keys) to tell of `category`, then their mailboxes.

    The roles each organisation chose, or the usual ones where it chose none or nobody holds them. `acts`: somebody is
    asked to do something, so the usual roles are told whatever was chosen, and no mailbox takes their place. `besides`:
    accounts left out. Three queries, whatever the number of organisations; each account and each address once.
    """
    usual = USUAL_ROLES[category]
    chosen = dict(
        MailRule.objects.filter(organisation__in=organisations, category=category).values_list("organisation", "roles")
    )
    boxes = {
        box.organisation_id: box
        for box in SharedMailbox.objects.filter(
            organisation__in=organisations, confirmed_at__isnull=False, categories__contains=[category]
        ).select_related("organisation")
    }
    running = Affiliation.objects.active().filter(organisation__in=organisations).select_related("account")
    people: dict[int, list[Affiliation]] = {}
    for line in running.order_by("pk"):
        people.setdefault(line.organisation_id, []).append(line)
    named, on_site = _holders(people, chosen, boxes, usual, acts)
    left_out = set(besides)
    told = [one for one in recipients_of(named) if one.account_id not in left_out]
    quiet = [one for one in recipients_of(on_site) if one.account_id not in left_out]
    return [*told, *(one.only_on_site() for one in quiet), *(_box_recipient(box) for box in boxes.values())]


def _holders(
    people: dict[int, list[Affiliation]],
    chosen: dict[int, list[str]],
    boxes: dict[int, SharedMailbox],
    usual: tuple[Any, ...],
    acts: bool,
) -> tuple[list[Any], list[Any]]:
    """Accounts to mail, and those a mailbox is written to in place of; nobody is in both."""
    named: dict[int, Any] = {}
    replaced: dict[int, Any] = {}
    for organisation, lines in people.items():
        told = _who_holds(lines, chosen.get(organisation, usual), usual, acts)
        box = boxes.get(organisation)
        into = replaced if box and box.mode == MailboxMode.INSTEAD and not acts else named
        into.update(told)
    return list(named.values()), [one for pk, one in replaced.items() if pk not in named]


def _who_holds(lines: list[Affiliation], roles: Sequence[str], usual: Sequence[str], acts: bool) -> dict[int, Any]:
    """The accounts in the roles chosen; the usual ones too when somebody must act, or when nobody is in these."""
    held = {line.account_id: line.account for line in lines if line.role in roles}
    if held and not acts:
        return held
    return {line.account_id: line.account for line in lines if line.role in (*roles, *usual)}


def _box_recipient(box: SharedMailbox) -> Recipient:
    return Recipient(address=box.address, language=box.language, name=box.organisation.name, account_id=None)


def mailbox_secret(box: SharedMailbox) -> str:
    """The word that stops a mailbox from a mail, today or in ten years."""
    return sign_key(salt=SALT, key=box.pk)


def key_of_secret(secret: str) -> int | None:
    """The key of the mailbox that word was made for, whether it is still there or not; None for any other word."""
    return read_signed_key(salt=SALT, word=secret)


def way_out_of_mailbox(kind: Kind, recipient: Recipient) -> dict[str, Any]:
    """What the foot and the headers of a mail to a shared mailbox hold, so that whoever reads it may stop it."""
    if recipient.account_id is not None or kind.category not in HANDED_OUT:
        return {}
    boxes = SharedMailbox.objects.filter(address__iexact=recipient.address, confirmed_at__isnull=False)
    box = boxes.select_related("organisation").order_by("pk").first()
    if box is None:
        return {}
    secret = mailbox_secret(box)
    return {
        "shared_mailbox_of": box.organisation.name,
        "leave_url": absolute_url("mailbox_one_click", secret),
        "leave_words": gettext("Ne plus rien y recevoir"),
    }


def _asked(event: Event) -> list[Recipient]:
    box: Any = event.subject
    return [_box_recipient(box)] if box.confirmed_at is None else []


def _still_asked(event: Event, recipient: Recipient) -> bool:
    box: Any = event.subject
    return box.confirmed_at is None and box.address.lower() == recipient.address.lower()


def _with_link(event: Event, recipient: Recipient) -> dict[str, Any]:
    """Which organisation asks, and a link with a fresh secret."""
    box: Any = event.subject
    secret = issue_token(
        purpose=MAILBOX_PURPOSE,
        subject=box,
        address=recipient.address,
        lifetime=MAILBOX_LIFETIME,
        now=timezone.now(),
    )
    return {"organisation": box.organisation, "confirm_url": absolute_url("mailbox_confirm", secret)}


register_kind(
    Kind(
        name="mailbox.confirm",
        category="mailbox",
        label=_("Confirmer une boîte commune"),
        reason=_("Vous recevez ce message parce qu’une organisation a donné cette adresse comme boîte commune."),
        recipients=_asked,
        context=_with_link,
        visible=_still_asked,
    )
)


@example_for("mailbox.confirm")
def _example() -> Mapping[str, Any]:
    return {"organisation": city(), "confirm_url": absolute_url("mailbox_confirm", "0-exemple")}
