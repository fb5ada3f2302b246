"""Has this browser opened this account before? A signed cookie of its own says so; the server keeps nothing of it.

The cookie holds a mark for each account opened here: a keyed hash of the account with the family of the browser and of
the system. Nobody can tell from it whose account it was, and it is of no use in another browser.
"""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

SALT = "core.devices"
NAME = "appareil"
LIFETIME = 400 * 24 * 3600
"""Seconds; browsers keep no cookie longer."""
MOST = 8
"""Accounts one browser remembers."""
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iOS"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_words(user_agent: str) -> str:
    """Family of browser and system, "Firefox, Linux"; as much as is known, "" for neither."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return ", ".join(part for part in (browser, system) if part)


def device_of(request: HttpRequest) -> str:
    """The device of this request, in a few words."""
    return device_words(request.headers.get("User-Agent", ""))


def is_known_device(request: HttpRequest, account: Any) -> bool:
    """Did this browser open this account before?"""
    return _mark(request, account) in _marks(request)


def remember_device(request: HttpRequest, response: HttpResponseBase, account: Any) -> None:
    """Let the browser keep that it opened this account; read by no script, sent to no other site."""
    mark = _mark(request, account)
    marks = [mark, *(one for one in _marks(request) if one != mark)][:MOST]
    response.set_cookie(
        cookie_name(),
        signing.dumps(marks, salt=SALT),
        max_age=LIFETIME,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def cookie_name() -> str:
    """Bound to this host where the site is served over HTTPS."""
    return f"__Host-{NAME}" if settings.SESSION_COOKIE_SECURE else NAME


def _mark(request: HttpRequest, account: Any) -> str:
    return salted_hmac(SALT, f"{account.pk}:{device_of(request)}", algorithm="sha256").hexdigest()[:32]


def _marks(request: HttpRequest) -> list[str]:
    """What the cookie says; nothing for one that is absent, old or not ours."""
    try:
        marks = signing.loads(request.COOKIES.get(cookie_name(), ""), salt=SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return []
    return [one for one in marks if isinstance(one, str)] if isinstance(marks, list) else []
