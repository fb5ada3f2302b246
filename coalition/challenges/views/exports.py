"""The board to take away: a table and a feed, under the same filters. No response is in them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from coalition.challenges.models import Challenge
from coalition.challenges.search import Selection, read_selection
from coalition.challenges.views.page import excerpt
from coalition.core.tables import csv_response

FEED_LENGTH = 50
BEFORE_ANYTHING = datetime(2026, 1, 1, tzinfo=UTC)
HEADER = (
    "slug", "title", "language", "organisation", "country", "city", "phase", "sought", "themes", "instrument",
    "published_at", "closes_at", "closed_at", "notice_url", "url",
)  # fmt: skip


def _moment(moment: datetime | None) -> str:
    return moment.isoformat(timespec="minutes") if moment else ""


def _line(challenge: Any) -> list[Any]:
    return [
        challenge.slug,
        challenge.title,
        challenge.language,
        challenge.organisation.name,
        challenge.country.code,
        challenge.city,
        challenge.phase,
        " ".join(challenge.sought),
        " ".join(challenge.themes),
        challenge.instrument,
        _moment(challenge.published_at),
        _moment(challenge.closes_at),
        _moment(challenge.closed_at),
        challenge.notice_url,
        f"{settings.BASE_URL}{challenge.get_absolute_url()}",
    ]


def _found(request: HttpRequest) -> Iterator[Any]:
    now = timezone.now()
    rows = Challenge.objects.answering(read_selection(request.GET), now).in_order(now).select_related("organisation")
    return rows.defer("folded_text").iterator(chunk_size=500)


@require_safe
def challenge_csv(request: HttpRequest) -> HttpResponse:
    """The challenges found, as a table."""
    return csv_response("defis.csv", HEADER, (_line(challenge) for challenge in _found(request)))


class _Atom(Atom1Feed):
    """Atom that says the same as long as nothing has changed, even while there is nothing."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else BEFORE_ANYTHING


class ChallengeFeed(Feed):
    """The challenges an address asks for, the last published or concluded first."""

    feed_type = _Atom

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Selection:
        return read_selection(request.GET)

    def title(self, _selection: Selection) -> str:
        return _("Les défis des villes")

    def subtitle(self, _selection: Selection) -> str:
        return _("Les problèmes que des villes posent à qui peut les aider.")

    def link(self, selection: Selection) -> str:
        return reverse("challenges") + selection.query()

    def feed_url(self, selection: Selection) -> str:
        return reverse("challenge_feed") + selection.query()

    def feed_guid(self, selection: Selection) -> str:
        return _tag(reverse("challenge_feed") + selection.query())

    def items(self, selection: Selection) -> Any:
        found = Challenge.objects.answering(selection, timezone.now()).select_related("organisation")
        return found.order_by("-published_at", "-pk")[:FEED_LENGTH]

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return escape(f"{item.organisation.name}. {excerpt(item.outcome or item.problem)}")

    def item_link(self, item: Any) -> str:
        return str(item.get_absolute_url())

    def item_guid(self, item: Any) -> str:
        """The same in every language."""
        return _tag(f"/challenge/{item.pk}")

    def item_pubdate(self, item: Any) -> datetime:
        moment: datetime = item.published_at
        return moment

    def item_updateddate(self, item: Any) -> datetime:
        moment: datetime = item.closed_at or item.published_at
        return moment


def _tag(path: str) -> str:
    """A name for ever, as RFC 4151 makes them."""
    return f"tag:{urlsplit(settings.BASE_URL).hostname},2026:{path.lstrip('/')}"


challenge_feed = require_safe(conditional_page(ChallengeFeed()))
