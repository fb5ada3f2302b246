"""Who may follow and be told: an account for itself, only for what it may read. Who may see what came in by mail."""

from typing import Any

from coalition.core.access import (
    Verdict,
    access_rule,
    hidden_unless_organiser,
    is_known,
    is_organiser,
    is_signed_in,
    refuse,
)
from coalition.core.following import Target, readable_target
from coalition.notifications.enums import AnnouncementState
from coalition.notifications.models import Announcement, Notice


@access_rule("target.follow")
def may_follow(account: Any, target: Target | None) -> Verdict:
    """Every account with a verified address, what it may read. What it may not read does not exist."""
    if target is None or not target.followable:
        return Verdict.HIDDEN
    return Verdict.ALLOWED if is_known(account) else refuse(account)


@access_rule("target.unfollow")
def may_unfollow(account: Any, _obj: Any = None) -> Verdict:
    """Every account, its own follows, whatever became of the thing followed."""
    return Verdict.ALLOWED if is_signed_in(account) else Verdict.LOGIN


@access_rule("preferences.edit")
def may_edit_preferences(account: Any, _obj: Any = None) -> Verdict:
    """Every account, its own: the page asks for nobody else's."""
    return Verdict.ALLOWED if is_signed_in(account) else Verdict.LOGIN


@access_rule("notice.list")
def may_list_notices(account: Any, _obj: Any = None) -> Verdict:
    """Every account, its own: the page asks for nobody else's."""
    return Verdict.ALLOWED if is_signed_in(account) else Verdict.LOGIN


@access_rule("notice.mark")
def may_mark_notice(account: Any, notice: Notice | None) -> Verdict:
    """Its own account; for others it does not exist, and nobody learns which numbers do."""
    if not is_signed_in(account):
        return Verdict.LOGIN
    return Verdict.ALLOWED if notice is not None and notice.account_id == account.pk else Verdict.HIDDEN


@access_rule("incoming_mail.list")
def may_list_incoming_mail(account: Any, _obj: Any = None) -> Verdict:
    """Organisers; for others the list does not exist."""
    return hidden_unless_organiser(account)


@access_rule("delivery.list")
def may_list_deliveries(account: Any, _obj: Any = None) -> Verdict:
    """Organisers: how the mail is doing and what one address was sent, without the words; for others no such page."""
    return hidden_unless_organiser(account)


@access_rule("delivery.retry")
def may_retry_delivery(account: Any, _obj: Any = None) -> Verdict:
    """Organisers: a mail, an event or an answer that was given up; for others it does not exist."""
    return hidden_unless_organiser(account)


@access_rule("address.stop")
def may_stop_address(account: Any, _obj: Any = None) -> Verdict:
    """Organisers: stop an address, and write to it again; for others the list does not exist."""
    return hidden_unless_organiser(account)


@access_rule("mail_preview.view")
def may_view_mail_previews(account: Any, _obj: Any = None) -> Verdict:
    """Organisers; for others there is no such page."""
    return hidden_unless_organiser(account)


@access_rule("webhook.manage")
def may_manage_webhooks(account: Any, _obj: Any = None) -> Verdict:
    """Organisers; for others the programs that are told do not exist."""
    return hidden_unless_organiser(account)


@access_rule("agenda.own")
def may_have_agenda(account: Any, _obj: Any = None) -> Verdict:
    """Every account, its own calendar: the page asks for nobody else's."""
    return Verdict.ALLOWED if is_signed_in(account) else Verdict.LOGIN


@access_rule("announcement.write")
def may_write_announcement(account: Any, _obj: Any = None) -> Verdict:
    """Organisers; for others the pages do not exist."""
    return hidden_unless_organiser(account)


@access_rule("announcement.view")
def may_view_announcement(account: Any, announcement: Announcement) -> Verdict:
    """Organisers; and whoever was told, once it has left and while they may read what it is about."""
    if is_organiser(account):
        return Verdict.ALLOWED
    if not is_signed_in(account) or announcement.state != AnnouncementState.SENT:
        return Verdict.HIDDEN
    told = Notice.objects.filter(account=account, target_kind="announcement", target_key=str(announcement.pk))
    target = announcement.target
    readable = target is None or readable_target(account, *target) is not None
    return Verdict.ALLOWED if readable and told.exists() else Verdict.HIDDEN


@access_rule("announcement.edit")
def may_edit_announcement(account: Any, announcement: Announcement) -> Verdict:
    """The organiser who wrote it, while it is a draft."""
    if not is_organiser(account):
        return Verdict.HIDDEN
    if announcement.written_by_id != account.pk:
        return Verdict.FORBIDDEN
    return Verdict.ALLOWED if announcement.state == AnnouncementState.DRAFT else Verdict.CONFLICT


@access_rule("announcement.approve")
def may_approve_announcement(account: Any, announcement: Announcement) -> Verdict:
    """An organiser other than the one who wrote it, once it is proposed; nobody, when who wrote it is not known."""
    if not is_organiser(account):
        return Verdict.HIDDEN
    if announcement.written_by_id in (None, account.pk):
        return Verdict.FORBIDDEN
    return Verdict.ALLOWED if announcement.state == AnnouncementState.PROPOSED else Verdict.CONFLICT


@access_rule("announcement.cancel")
def may_cancel_announcement(account: Any, announcement: Announcement) -> Verdict:
    """Every organiser, until it has left."""
    if not is_organiser(account):
        return Verdict.HIDDEN
    waiting = announcement.state in (AnnouncementState.DRAFT, AnnouncementState.PROPOSED)
    return Verdict.ALLOWED if waiting else Verdict.CONFLICT
