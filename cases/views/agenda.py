"""What is due of the people who write cases: saying that each is still true."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import CatalogueEntry
from coalition.core.access import is_known
from coalition.core.agenda import Deadline
from coalition.core.languages import reader_language
from members.enums import Role
from members.models import Organisation

MOST = 200


def personal_deadlines(account: Any, _now: datetime) -> Iterator[Deadline]:
    """The day on which each public case of one's organisations will be asked about, or an answer is awaited.

    One query. The case that is due soonest comes first; MOST at most.
    """
    if not is_known(account):
        return
    mine = Organisation.objects.confirmed().of_account(account, Role.EDITOR).values("pk")
    entries = CatalogueEntry.objects.shown_in(reader_language()).light().filter(organisation_id__in=mine)
    for entry in entries.order_by("checked_at", "number")[:MOST]:
        if entry.archived:
            continue
        asked = entry.asked_at if entry.asked_at is not None and entry.asked_at >= entry.checked_at else None
        moment = asked + settings.CASE_STALE_AFTER if asked else entry.checked_at + settings.CASE_CONFIRM_EVERY
        title = _("Ce cas est-il toujours vrai ? %(title)s") % {"title": entry.title}
        url = reverse("case_still_true", args=[entry.page_id])
        yield Deadline(f"case.{entry.number}", moment.date(), title, url, asked or entry.checked_at)
