"""What age does to cases: one nobody answered for, one whose owner is gone; and a search that waits for new ones."""

from datetime import datetime, timedelta
from typing import Any

from django.http import QueryDict

from cases.actions import ask_due_cases, create_case, follow_search, publish_case
from cases.enums import Frequency
from cases.models import CasePage, SavedSearch
from cases.search import read_selection
from coalition.seed.content import read
from coalition.seed.documented_cases import words
from members.actions import add_affiliation, end_affiliation
from members.enums import Role
from members.models import Organisation, User

PUBLISHED, ASKED, LEFT = timedelta(days=300), timedelta(days=60), timedelta(days=20)
FOLLOWER = "nora.lestrane@example.org"


def load_ageing(
    organisations: dict[str, Organisation], accounts: dict[str, User], organiser: User, now: datetime
) -> None:
    """Cases published long ago, the question nobody answered, and the editor who left. Nothing when they are there."""
    made = [
        _publish(entry, organisations, accounts, organiser, now)
        for entry in read("ageing")["case"]
        if not CasePage.objects.filter(external_id=_name(entry)).exists()
    ]
    if made:
        ask_due_cases(now=now - ASKED)


def _name(entry: dict[str, Any]) -> str:
    return f"contenu:{entry['slug']}"


def _publish(
    entry: dict[str, Any],
    organisations: dict[str, Organisation],
    accounts: dict[str, User],
    organiser: User,
    now: datetime,
) -> CasePage:
    organisation, then = organisations[entry["organisation"]], now - PUBLISHED
    page = create_case(
        actor=organiser,
        organisation=organisation,
        language="fr",
        content=words(entry, "fr"),
        external_id=_name(entry),
        now=then,
    )
    if entry["owner"] == "gone":
        editor = add_affiliation(
            account=accounts[entry["author"]], organisation=organisation, role=Role.EDITOR, now=then
        )
        end_affiliation(affiliation=editor, actor=organiser, now=now - LEFT)
    return publish_case(actor=organiser, page=page, now=then, announce=False)


def load_saved_search(accounts: dict[str, User], now: datetime) -> None:
    """One account is told each week of new trials in the field of services."""
    follower = accounts[FOLLOWER]
    if not SavedSearch.objects.running().filter(account=follower).exists():
        selection = read_selection(QueryDict("stage=pilot&domain=services"))
        follow_search(actor=follower, selection=selection, language="fr", frequency=Frequency.WEEKLY, now=now)
