"""What every template may use. Nothing here opens a session for a reader who has none."""

from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from coalition.core.access import is_organiser
from coalition.core.languages import reader_language
from coalition.core.navigation import footer_columns, main_menu


def _language_links(request: HttpRequest) -> list[dict[str, Any]]:
    """The same page in each language; a page that has no translation points to that language's home."""
    current = reader_language()
    own = getattr(request, "translated_urls", {})
    path = request.get_full_path() if request.method == "GET" else request.path
    links = []
    for code, label in settings.LANGUAGES:
        url = own.get(code) or (path if code == current else translate_url(path, code))
        if url == path and code != current:
            url = f"/{code}/"
        links.append({"code": code, "label": label, "url": url, "current": code == current})
    return links


def site(request: HttpRequest) -> dict[str, Any]:
    """`site` facts, `language_links`, and `account` (None unless somebody is signed in)."""
    user = getattr(request, "user", None)
    account = user if user is not None and user.is_authenticated else None
    return {
        "site": {
            "name": _("Villes numériques ouvertes"),
            "coalition_number": settings.COALITION_NUMBER,
            "base_url": settings.BASE_URL,
            "demo": settings.DEMO,
            "demo_mail": bool(settings.DEMO_MAIL_DIR),
        },
        "main_nav": SimpleLazyObject(main_menu),
        "footer_links": SimpleLazyObject(lambda: footer_columns(getattr(request, "page_generation", None))),
        "account": account,
        "account_is_organiser": account is not None and is_organiser(account),
        "language_links": _language_links(request),
    }


def messages(request: HttpRequest) -> dict[str, Any]:
    """Messages for a reader with a session; none, and no session, for the others."""
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    return {"messages": get_messages(request) if has_session else []}
