"""Rendered public pages, kept in memory for a minute and forgotten the moment something changes.

The key holds a generation read from the database, so a page made private is never served again: the change and the
new generation are committed together. Only readers without cookies are served from here, and what is kept was rendered
from a request reduced to the configured host, the path and the known parameters.
"""

import hashlib
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import caches
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe

from coalition.core.models import PageChange

GetResponse = Callable[[HttpRequest], HttpResponse]
LIFETIME = 60
KEPT_CHANGES = 1_000
DROPPED_HEADERS = ("HTTP_COOKIE", "HTTP_ACCEPT_LANGUAGE", "HTTP_AUTHORIZATION", "HTTP_REFERER", "HTTP_X_FORWARDED_HOST")


def mark_changed() -> None:
    """Say, in the caller's transaction, that public pages may have changed. Takes no lock another writer waits for."""
    change = PageChange.objects.create()
    if change.pk % KEPT_CHANGES == 0:
        PageChange.objects.filter(pk__lte=change.pk - KEPT_CHANGES).delete()


def generation() -> str:
    """Differs after each committed change, whatever the order in which transactions commit; one query."""
    seen = PageChange.objects.aggregate(last=Max("pk"), count=Count("pk"))
    return f"{seen['last']}.{seen['count']}"


def known_parameters(query: QueryDict) -> QueryDict:
    """The parameters our pages read, in a fixed order; whatever else a link carries is dropped."""
    kept = QueryDict(mutable=True)
    for name in settings.PAGE_CACHE_PARAMETERS:
        if name in query:
            kept.setlist(name, query.getlist(name))
    return kept


def is_shareable(request: HttpRequest) -> bool:
    """A plain read of a public page by somebody who brings no session and no form token."""
    personal = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    return (
        request.method in ("GET", "HEAD")
        and not personal & request.COOKIES.keys()
        and request.path_info.startswith(tuple(f"/{code}/" for code, _label in settings.LANGUAGES))
        and not request.path_info.startswith(tuple(settings.PAGE_CACHE_EXCLUDED))
    )


def make_anonymous(request: HttpRequest) -> None:
    """Reduce the request to what every anonymous reader of this page shares."""
    for header in DROPPED_HEADERS:
        request.META.pop(header, None)
    request.META["HTTP_HOST"] = urlsplit(settings.BASE_URL).netloc
    request.COOKIES = {}
    request.GET = known_parameters(request.GET)  # type: ignore[assignment]
    request.META["QUERY_STRING"] = request.GET.urlencode()


class PageCacheMiddleware:
    """Serve a kept page, or render it once and keep it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.get_host()  # a forged host is refused before anything else
        if not is_shareable(request):
            return self.get_response(request)
        make_anonymous(request)
        request.page_generation = generation()  # type: ignore[attr-defined]
        key = self._key(request)
        kept = caches["pages"].get(key)
        if kept is not None:
            return self._answer(request, *kept)
        response = self.get_response(request)
        if self._may_keep(response):
            caches["pages"].set(key, (response.content, dict(response.items())), LIFETIME)
        return response

    def _key(self, request: Any) -> str:
        address = f"{request.page_generation} {request.method} {request.get_full_path()}"
        return hashlib.sha256(address.encode()).hexdigest()

    def _may_keep(self, response: HttpResponse) -> bool:
        """What the page says of itself counts: a page marked private or not to be stored is never kept."""
        control = response.get("Cache-Control", "")
        personal = "private" in control or "no-store" in control
        return response.status_code == 200 and not (personal or response.cookies or response.streaming)

    def _answer(self, request: HttpRequest, content: bytes, headers: dict[str, Any]) -> HttpResponse:
        """The kept page; where it names its own version, 304 to who has that one already."""
        response = HttpResponse(content, headers=headers)
        etag, modified = headers.get("ETag"), headers.get("Last-Modified")
        if not (etag or modified):
            return response
        since = parse_http_date_safe(modified) if modified else None
        return get_conditional_response(request, etag=etag, last_modified=since, response=response) or response
