"""What only organisers do to a case: publish, send back, withdraw. And deleting, which editors may do to drafts."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import WorkflowState

from cases.actions.checking import show_check
from cases.actions.reproductions import tell_redone
from cases.actions.writing import EditConflict, check_words, lock_case, pass_door
from cases.models import CasePage, CatalogueEntry
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.notifications.actions import record_event
from members.actions import acting_for

SAME_MOMENT = timedelta(minutes=1)


class ReasonMissing(DomainError):
    """An act against somebody's text needs its reason."""


class DatePassed(DomainError):
    """A publication is planned for later, not for before."""


def _reason(text: str) -> str:
    reason = text.strip()
    if not reason:
        raise ReasonMissing(
            _("Dites pourquoi en quelques mots : ceux qui ont écrit le cas les liront."), field="reason"
        )
    return reason


@transaction.atomic
def publish_case(
    *, actor: Any, page: CasePage, now: datetime, based_on: int | None = None, announce: bool = True
) -> CasePage:
    """Make the latest words public, and project them into the catalogue in this transaction.

    `based_on` is the id of the revision the organiser read: EditConflict when newer words came since. InvalidCase
    when the case is not complete. `announce`: tell the organisation's editors. Returns the live case.
    """
    current = lock_case(page=page)
    pass_door(actor=actor, action="case.publish", obj=current)
    words = current.latest_words()
    if based_on is not None and based_on != current.latest_revision_id:
        raise EditConflict(words)
    check_words(page=words, complete=True)
    _approve(current, actor)
    return _make_public(current, current.latest_revision, actor, now, announce)


def _make_public(current: CasePage, revision: Any, actor: Any, now: datetime, announce: bool) -> CasePage:
    kind = "case.updated" if current.live else "case.published"
    publication = PublishPageRevisionAction(revision, user=actor)
    live: CasePage = publication.object
    live.first_published_at = live.first_published_at or now
    publication.execute(skip_permission_checks=True)
    _date(live, now)
    facts = acting_for(account=actor, organisation=live.organisation)
    record(actor=actor, action="case.publish", obj=live, now=now, revision=revision.pk, number=live.number, **facts)
    if announce:
        _tell(kind, live, f"{revision.pk}", {}, actor, now)
        tell_redone(number=live.number, actor=actor, now=now)
    return live


@transaction.atomic
def schedule_case(*, actor: Any, page: CasePage, at: datetime, based_on: int, now: datetime) -> CasePage:
    """Plan the publication of the latest words for the moment `at`, to come; the worker publishes and tells.

    `based_on` as in `publish_case`. Raises DatePassed, EditConflict, InvalidCase, or the door's refusals. Until then
    the words stand still; their writers or an organiser may take them back.
    """
    current = lock_case(page=page)
    pass_door(actor=actor, action="case.publish", obj=current)
    if at <= now:
        raise DatePassed(_("Choisissez un jour à venir, ou publiez maintenant."), field="publish_on")
    words = current.latest_words()
    if based_on != current.latest_revision_id:
        raise EditConflict(words)
    check_words(page=words, complete=True)
    _approve(current, actor)
    current.revisions.update(approved_go_live_at=None)
    current.revisions.filter(pk=based_on).update(approved_go_live_at=at)
    record(actor=actor, action="case.schedule", obj=current, now=now, revision=based_on, at=at.isoformat())
    return CasePage.objects.select_related("organisation", "locale", "latest_revision").get(pk=current.pk)


@transaction.atomic
def publish_due_case(*, page: CasePage, now: datetime) -> CasePage | None:
    """Publish the words whose planned moment has come, and tell their writers; None when nothing is due any more.

    For the worker: the organiser who chose the moment passed the door then. Two workers publish once.
    """
    current = lock_case(page=page)
    revision = current.revisions.filter(approved_go_live_at__lte=now).order_by("-pk").first()
    if revision is None:
        return None
    return _make_public(current, revision, None, now, announce=True)


def _approve(page: CasePage, actor: Any) -> None:
    """Close the review as approved. Wagtail's own end would ask for rights in the admin, which the door replaces."""
    review = page.current_workflow_state
    if review is None:
        return
    if review.status != WorkflowState.STATUS_IN_PROGRESS:
        review.cancel(user=actor)
        return
    review.current_task_state.specific.approve(user=actor, update=False)
    review.status = WorkflowState.STATUS_APPROVED
    review.save()


def _date(page: CasePage, now: datetime) -> None:
    """Keep the moment the caller gave, where Wagtail noted the clock's (content written earlier and loaded today)."""
    if abs(page.last_published_at - now) < SAME_MOMENT:
        return
    page.last_published_at = now
    CasePage.objects.filter(pk=page.pk).update(last_published_at=now, latest_revision_created_at=now)
    CatalogueEntry.objects.filter(page_id=page.pk).update(updated_at=now)
    show_check(number=page.number)


def _tell(kind: str, page: CasePage, moment: str, payload: dict[str, Any], actor: Any, now: datetime) -> None:
    record_event(kind=kind, key=f"{kind}:{page.pk}:{moment}", subject=page, payload=payload, now=now, actor=actor)


@transaction.atomic
def return_case(*, actor: Any, page: CasePage, reason: str, now: datetime) -> CasePage:
    """Send a submitted case back to its editors, with the reason they will read. WrongState when not submitted."""
    current = lock_case(page=page)
    pass_door(actor=actor, action="case.return", obj=current)
    why = _reason(reason)
    review = current.current_workflow_state
    review.current_task_state.specific.reject(user=actor, update=False, comment=why)
    review.status = WorkflowState.STATUS_NEEDS_CHANGES
    review.save()
    facts = acting_for(account=actor, organisation=current.organisation)
    record(actor=actor, action="case.return", obj=current, now=now, revision=current.latest_revision_id, **facts)
    _tell("case.returned", current, f"{review.current_task_state_id}", {"reason": why}, actor, now)
    return current


@transaction.atomic
def unpublish_case(*, actor: Any, page: CasePage, reason: str, now: datetime) -> CasePage:
    """Take a case away from the public, with the reason its editors will read; it becomes a draft again."""
    current = lock_case(page=page)
    pass_door(actor=actor, action="case.unpublish", obj=current)
    why = _reason(reason)
    UnpublishPageAction(current, user=actor).execute(skip_permission_checks=True)
    facts = acting_for(account=actor, organisation=current.organisation)
    record(actor=actor, action="case.unpublish", obj=current, now=now, number=current.number, **facts)
    _tell("case.unpublished", current, f"{now.timestamp():.6f}", {"reason": why}, actor, now)
    return current


@transaction.atomic
def delete_case(*, actor: Any, page: CasePage, now: datetime) -> None:
    """Delete a case for good: a draft by its editors, any by an organiser. Its number is never given again."""
    current = lock_case(page=page)
    pass_door(actor=actor, action="case.delete", obj=current)
    facts = {"number": current.number, "live": current.live}
    facts |= acting_for(account=actor, organisation=current.organisation)
    record(actor=actor, action="case.delete", obj=current, now=now, **facts)
    DeletePageAction(current, user=actor).execute(skip_permission_checks=True)
