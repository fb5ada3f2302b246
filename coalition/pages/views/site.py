"""Pages that bring several apps together, and the small files every site serves."""

from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from coalition.core.access import is_organiser, require
from coalition.core.models import PurgeRun
from coalition.core.navigation import crumbs
from coalition.core.privacy import purge_steps, treatments
from coalition.notifications.health import queue_health
from coalition.pages.models import next_events
from coalition.pages.querysets.coalition_page import coalition_context, coalitions_with_supporters
from coalition.pages.querysets.desk import THEM, US, as_entries, days_of, desk_queues
from coalition.pages.querysets.entries import Entry
from coalition.pages.querysets.journal import journal_entries
from members.models import Coalition

JOURNAL_LENGTH = 60
LATE_MAIL = 15 * 60
BEFORE_ANYTHING = datetime(2026, 1, 1, tzinfo=UTC)
RUNS_SHOWN = 60


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when the site can serve pages, that is when the database answers; for load balancers and `make demo`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return _fresh(JsonResponse({"status": "ok"}))


@require_safe
def delivery_health(request: HttpRequest) -> HttpResponse:
    """200 while mail leaves in time, 503 with the figures when the oldest due one has waited too long; for alarms."""
    queue = queue_health(timezone.now())
    late = queue.oldest_due_seconds > LATE_MAIL
    body = {
        "status": "late" if late else "ok",
        "oldest_due_seconds": round(queue.oldest_due_seconds),
        "pending": queue.pending,
        "failed": queue.failed,
    }
    return _fresh(JsonResponse(body, status=503 if late else 200))


def _fresh(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: everything public; accounts and the admin are of no use to them."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /fr/compte/", "Disallow: /en/account/"]
    lines.append(f"Sitemap: {settings.BASE_URL}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def coalition(request: HttpRequest) -> HttpResponse:
    """The site's coalition; with several, the oldest number first."""
    first = Coalition.objects.first()
    if first is None:
        raise Http404
    return redirect("coalition_by_number", number=first.number)


@require_safe
def coalition_by_number(request: HttpRequest, number: int) -> HttpResponse:
    """One coalition: what it wants, what is still open, who carries it."""
    found = get_object_or_404(coalitions_with_supporters(), number=number)
    agenda = partial(_agenda, found)
    return render(request, "pages/coalition.html", {**coalition_context(found), "agenda": agenda})


def _agenda(found: Coalition) -> dict[str, Any]:
    """Its next events; asked when the page is not in memory."""
    events_url = f"{reverse('events')}?coalition={found.number}"
    return {"next_events": next_events(timezone.now(), coalition=found), "events_url": events_url}


@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """What changed in public, newest first."""
    trail = crumbs(_("Journal de bord"), reverse("journal"))
    entries = journal_entries(JOURNAL_LENGTH)
    return render(request, "pages/journal.html", {"entries": entries, "crumbs": trail})


class _Atom(Atom1Feed):
    """Atom that says the same as long as nothing has changed, even while nothing has ever happened."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else BEFORE_ANYTHING


class ChangesFeed(Feed):
    """The journal for feed readers: what changed in public, looked at anew each time it is read."""

    feed_type = _Atom

    def title(self) -> str:
        changes = _("ce qui change")
        return f"{settings.WAGTAIL_SITE_NAME}, {changes}"

    def subtitle(self) -> str:
        return _("Cas, versions de la charte, amendements, signatures, rendez-vous, défis : ce qui a changé en public.")

    def link(self) -> str:
        return reverse("journal")

    def feed_url(self) -> str:
        return reverse("changes_feed")

    def feed_guid(self) -> str:
        return _tag(reverse("changes_feed"))

    def items(self) -> list[Entry]:
        """Nothing of what is hidden now."""
        return [entry for entry in journal_entries(JOURNAL_LENGTH) if entry["mark"]]

    def item_title(self, item: Any) -> str:
        return f"{item['what']}, {item['title']}"

    def item_description(self, item: Any) -> str:
        """Plain words: Atom reads a summary as HTML, and titles of cases are written by people."""
        return escape(item["text"])

    def item_link(self, item: Any) -> str:
        return str(item["url"])

    def item_guid(self, item: Any) -> str:
        """The same in every language and at every address of the fact."""
        return _tag(f"/{item['mark']}")

    def item_pubdate(self, item: Any) -> datetime:
        moment: datetime = item["date"]
        return moment

    def item_updateddate(self, item: Any) -> datetime:
        return self.item_pubdate(item)


def _tag(path: str) -> str:
    """A name for ever, as RFC 4151 makes them."""
    return f"tag:{urlsplit(settings.BASE_URL).hostname},2026:{path.lstrip('/')}"


changes_feed = require_safe(conditional_page(ChangesFeed()))


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The register of personal data, as every app declares it, and what the purge forgets by itself."""
    title = _("Registre des données personnelles")
    context = {
        "treatments": treatments(),
        "steps": purge_steps(),
        "runs": PurgeRun.objects.all()[:RUNS_SHOWN] if is_organiser(request.user) else [],
        "crumbs": crumbs(title, reverse("privacy")),
    }
    return render(request, "privacy/register.html", context)


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first, for the organisers or because of them; `?for=us` and `?for=them` narrow it."""
    require(request.user, "desk.open")
    now, asked = timezone.now(), request.GET.get("for", "")
    every = desk_queues()
    ours, theirs = (sum(queue.total for queue in every if queue.side == side) for side in (US, THEM))
    shown = [queue for queue in every if asked not in (US, THEM) or queue.side == asked]
    oldest = max((days_of(wait, now) for queue in every for wait in queue.waits), default=0)
    context = {
        "queues": [{"queue": queue, "entries": as_entries(queue, now)} for queue in shown],
        "asked": asked,
        "facts": [
            {"label": _("À nous d’agir"), "value": ours, "big": True},
            {"label": _("À eux d’agir"), "value": theirs, "big": True},
            {"label": _("Plus longue attente, en jours"), "value": oldest, "big": True},
        ],
        "crumbs": crumbs(_("À traiter"), reverse("desk")),
    }
    return render(request, "pages/desk.html", context)
