"""Who reads, writes, publishes, cancels and tells of events."""

from typing import Any

from coalition.core.access import Verdict, access_rule, is_known, is_organiser, refuse
from coalition.pages.enums import PUBLIC, EventState
from coalition.pages.models import Event
from coalition.pages.querysets.events import WRITERS
from members.enums import OrganisationState
from members.models import Organisation
from members.rules import is_editor_of


def _writes(account: Any, event: Event) -> bool:
    """Organisers, and who writes for its organisation while that is in the network."""
    if is_organiser(account):
        return True
    organisation = event.organisation
    return organisation is not None and _writes_for(account, organisation)


def _writes_for(account: Any, organisation: Organisation) -> bool:
    return organisation.state == OrganisationState.CONFIRMED and is_editor_of(account, organisation)


def _refuse(account: Any, event: Event) -> Verdict:
    return refuse(account) if may_view_event(account, event) else Verdict.HIDDEN


@access_rule("event.view")
def may_view_event(account: Any, event: Event) -> Verdict:
    """Published and cancelled ones are public with their organisation; drafts exist for those who write them."""
    organisation = event.organisation
    held = organisation is None or organisation.state == OrganisationState.CONFIRMED
    if (event.state in PUBLIC and held) or _writes(account, event):
        return Verdict.ALLOWED
    return Verdict.HIDDEN


@access_rule("event.create")
def may_create_event(account: Any, organisation: Organisation | None = None) -> Verdict:
    """Organisers; editors and representatives for a confirmed organisation of theirs; without one, for any."""
    if is_organiser(account):
        return Verdict.ALLOWED
    if organisation is not None:
        return Verdict.ALLOWED if _writes_for(account, organisation) else refuse(account)
    mine = Organisation.objects.confirmed().of_account(account, *WRITERS)
    return Verdict.ALLOWED if is_known(account) and mine.exists() else refuse(account)


@access_rule("event.create_for_coalition")
def may_create_for_coalition(account: Any, _coalition: Any = None) -> Verdict:
    """Organisers: what a coalition announces reaches everybody who follows it."""
    return Verdict.ALLOWED if is_organiser(account) else refuse(account)


@access_rule("event.edit")
def may_edit_event(account: Any, event: Event) -> Verdict:
    """Who writes it, until it is cancelled."""
    if not _writes(account, event):
        return _refuse(account, event)
    return Verdict.CONFLICT if event.state == EventState.CANCELLED else Verdict.ALLOWED


@access_rule("event.publish")
def may_publish_event(account: Any, event: Event) -> Verdict:
    """Who writes it, a draft."""
    if not _writes(account, event):
        return _refuse(account, event)
    return Verdict.ALLOWED if event.state == EventState.DRAFT else Verdict.CONFLICT


@access_rule("event.cancel")
def may_cancel_event(account: Any, event: Event) -> Verdict:
    """Who writes it, once published."""
    if not _writes(account, event):
        return _refuse(account, event)
    return Verdict.ALLOWED if event.state == EventState.PUBLISHED else Verdict.CONFLICT


@access_rule("event.report")
def may_report_event(account: Any, event: Event) -> Verdict:
    """Who writes it, once published; that it has begun is for the action to see."""
    return may_cancel_event(account, event)


@access_rule("event.withdraw")
def may_withdraw_event(account: Any, event: Event) -> Verdict:
    """Organisers take what is public back to a draft."""
    if not is_organiser(account):
        return _refuse(account, event)
    return Verdict.ALLOWED if event.state in PUBLIC else Verdict.CONFLICT
