"""Who may do what with events, where the matrix does not look: organisations that leave, mandates that end."""

from typing import Any

import pytest
from django.utils import timezone

from coalition.core.access import Verdict, can
from coalition.pages.actions import cancel_event
from members.enums import Role
from members.models import Affiliation, Organisation
from tests.pages.events import draft, published
from tests.world import World


def test_who_no_longer_writes_for_the_organisation_no_longer_reads_its_drafts(on_paper: World) -> None:
    event = draft(on_paper)
    assert can(on_paper.account("cityed_own"), "event.edit", event)
    Affiliation.objects.filter(account=on_paper.account("cityed_own")).update(role=Role.MEMBER)
    assert can(on_paper.account("cityed_own"), "event.view", event) is Verdict.HIDDEN
    assert can(on_paper.account("cityed_own"), "event.edit", event) is Verdict.HIDDEN


def test_an_organisation_out_of_the_network_announces_nothing(on_paper: World) -> None:
    event = draft(on_paper)
    Organisation.objects.filter(pk=event.organisation_id).update(state="removed")
    event.refresh_from_db()
    rep: Any = on_paper.account("rep_own")
    assert can(rep, "event.publish", event) is Verdict.HIDDEN
    assert can(rep, "event.create", event.organisation) is Verdict.FORBIDDEN
    assert can(on_paper.account("organiser"), "event.publish", event) is Verdict.ALLOWED


@pytest.mark.parametrize("role", ["unverified", "registered", "member_own"])
def test_who_writes_for_nobody_is_not_led_to_the_form(on_paper: World, role: str) -> None:
    assert can(on_paper.account(role), "event.create") is Verdict.FORBIDDEN
    assert can(None, "event.create") is Verdict.LOGIN


def test_only_what_is_public_is_taken_back(on_paper: World) -> None:
    organiser = on_paper.account("organiser")
    assert can(organiser, "event.withdraw", draft(on_paper)) is Verdict.CONFLICT
    event = published(on_paper)
    cancel_event(actor=organiser, event=event, reason="Salle prise.", now=timezone.now())
    assert can(organiser, "event.withdraw", event) is Verdict.ALLOWED
    assert can(organiser, "event.report", event) is Verdict.CONFLICT
