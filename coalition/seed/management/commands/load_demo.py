"""The demo's content, through the same actions as the site. A second run finds everything there and changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from coalition.seed.ageing import load_ageing, load_saved_search
from coalition.seed.challenges import load_challenges
from coalition.seed.commitments import (
    load_amendments,
    load_charter,
    load_coalition,
    load_later_life,
    load_positions,
    load_signatures,
)
from coalition.seed.content import read
from coalition.seed.discussions import load_remarks, load_threads
from coalition.seed.documented_cases import load_cases, load_drafts
from coalition.seed.drafting import load_shared_drafts
from coalition.seed.events import load_events
from coalition.seed.following import load_announcement, load_follows
from coalition.seed.links import load_links, load_messages
from coalition.seed.people import load_people, request_pending
from coalition.seed.site_tree import load_site_tree


class Command(BaseCommand):
    """Accounts, organisations, coalition, charter, signatures, amendments, what is said, cases, events, in order."""

    help = "Load the demo content (safe to repeat)"

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        load_site_tree(now)
        coalition = load_coalition(now)
        accounts, organisations = load_people(now)
        organiser = accounts[read("organisations")["account"][0]["email"]]
        charter = load_charter(coalition, organiser)
        load_signatures(coalition, organisations, accounts)
        load_remarks(charter, accounts, organisations)
        load_amendments(charter, accounts, organisations, now)
        load_positions(charter, accounts, organisations, now)
        load_threads(charter, accounts, organisations, now)
        load_later_life(charter, organisations, accounts, now)
        load_shared_drafts(charter, accounts, organisations, now)
        load_cases(organisations, organiser, coalition.opened_on)
        load_drafts(organisations, accounts, now)
        load_ageing(organisations, accounts, organiser, now)
        load_saved_search(accounts, now)
        load_challenges(coalition, organisations, accounts, now)
        load_events(coalition, accounts, organisations, now)
        load_follows(accounts, now)
        load_announcement(accounts, now)
        load_links(organiser, now)
        load_messages(now)
        request_pending(accounts, now)
        self.stdout.write("The demo content is there.")
