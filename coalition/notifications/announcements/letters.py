"""The kind of event that carries an announcement, and the announcement as a thing people are told of."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _

from coalition.core.access import is_organiser, is_signed_in
from coalition.core.following import Target, readable_among, readable_target, register_target_source
from coalition.core.languages import reader_language
from coalition.notifications.announcements.crowds import accounts_for
from coalition.notifications.enums import AnnouncementState, Category
from coalition.notifications.examples import example_for
from coalition.notifications.kinds import Kind, Recipient, Targets, register_kind
from coalition.notifications.models import Announcement, Event, Notice
from coalition.notifications.telling import account_of

TARGET = "announcement"


class AnnouncementTargets:
    """Registered as the source of "announcement"; the key is its number. It speaks once: nobody follows it."""

    def readable(self, account: Any, keys: Iterable[str]) -> Mapping[str, Target]:
        """Those that have left and that the account was told, while it may read what they are about."""
        if not is_signed_in(account):
            return {}
        rows = _told(account, [int(key) for key in keys if key.isdecimal() and len(key) < 19])
        about = readable_among(account, {one.target for one in rows if one.target is not None})
        return {str(one.pk): _as_target(one) for one in rows if one.target is None or one.target in about}


def _told(account: Any, numbers: list[int]) -> list[Announcement]:
    """Those of these numbers that have left, and that the account was told; every one for an organiser."""
    rows = Announcement.objects.filter(pk__in=numbers, state=AnnouncementState.SENT)
    if is_organiser(account):
        return list(rows)
    named = Notice.objects.filter(account=account, target_kind=TARGET, target_key__in=[str(n) for n in numbers])
    told = set(named.values_list("target_key", flat=True))
    return [one for one in rows if str(one.pk) in told]


def _as_target(one: Announcement) -> Target:
    title, _text = one.words(reader_language())
    return Target(TARGET, str(one.pk), title, one.get_absolute_url(), followable=False)


announcement_targets = AnnouncementTargets()


def _itself(event: Event) -> Targets:
    return [(TARGET, event.object_id)]


def _crowd(event: Event) -> Any:
    announcement: Any = event.subject
    return accounts_for(announcement)


def _still_for(event: Event, recipient: Recipient) -> bool:
    """While it is for them: they still follow the thing and may read it, or still represent an organisation."""
    announcement: Any = event.subject
    account = account_of(recipient.account_id)
    if account is None or not accounts_for(announcement).filter(pk=account.pk).exists():
        return False
    return announcement.target is None or readable_target(account, *announcement.target) is not None


def letter_context(event: Event, recipient: Recipient) -> dict[str, Any]:
    """The words in the reader's language, and what they are about."""
    announcement: Any = event.subject
    title, text = announcement.words(recipient.language)
    about = announcement.target
    target = readable_target(account_of(recipient.account_id), *about) if about else None
    return {"title": title, "text": text, "path": announcement.get_absolute_url(), "target": target}


@example_for("announcement.sent")
def _example() -> Mapping[str, Any]:
    title = gettext("Rencontre de mars à Dakar")
    text = gettext("Trois villes racontent ce qu’elles ont refait. Inscription jusqu’au 2 mars.")
    return {"title": title, "text": text, "path": reverse("news"), "target": None}


ANNOUNCEMENT = register_kind(
    Kind(
        name="announcement.sent",
        category=Category.ANNOUNCEMENT.value,
        label=_("Annonce de l’équipe d’organisation"),
        reason=_(
            "Vous recevez ce message parce que vous suivez ce dont il parle, ou représentez une organisation membre."
        ),
        recipients=lambda event: (),
        context=letter_context,
        visible=_still_for,
        targets=_itself,
        crowd=_crowd,
    )
)


def register() -> None:
    """Called once, when the app is ready."""
    register_target_source(TARGET, announcement_targets)
