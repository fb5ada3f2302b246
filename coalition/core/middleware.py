"""The input gate, the account of a request, and the pages of the four refusals."""

import logging
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db.utils import DataError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from coalition.core.access import AccessError, Hidden, LoginNeeded, WrongState, is_signed_in
from coalition.core.languages import reader_language

log = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]
MAX_QUERY = 8_000
WITHOUT_LANGUAGE = ("/api/", "/admin/", "/django-admin/", "/documents/", "/media/", "/static/")
MAX_FILES = 12 * 1024 * 1024
# 413 shows the page of 400, which speaks of both; 401 that of 403
PAGES = {401: "403.html", 413: "400.html"}


def is_api(request: HttpRequest) -> bool:
    """True for addresses that answer JSON."""
    return request.path_info.startswith("/api/")


def plain_refusal(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    """A refusal page (or RFC 9457 problem for the API) with one sentence for the reader."""
    if is_api(request):
        return JsonResponse(
            {"type": "about:blank", "title": sentence, "status": status},
            status=status,
            content_type="application/problem+json",
        )
    return render(request, PAGES.get(status, f"{status}.html"), {"sentence": sentence}, status=status)


def too_large() -> str:
    """The sentence of a 413."""
    return _("L’envoi est trop volumineux. Raccourcissez-le, puis recommencez.")


class LanguageMiddleware(LocaleMiddleware):
    """Django's choice of a language; what has no language in its address is never sent to a page that has one."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """A 404 of the API, the admin or a file stays a 404."""
        if response.status_code == 404 and request.path_info.startswith(WITHOUT_LANGUAGE):
            response.headers.setdefault("Content-Language", reader_language())
            return response
        return super().process_response(request, response)


class InputGateMiddleware:
    """Turns away what no form or view could read: NUL, broken UTF-8, oversized addresses and bodies. Never a 500."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._readable(request):
            return self._turn_away(request, 400, _("L’adresse contient des caractères que nous ne savons pas lire."))
        if self._too_large(request):
            return self._turn_away(request, 413, too_large())
        return self.get_response(request)

    def _turn_away(self, request: HttpRequest, status: int, sentence: str) -> HttpResponse:
        request.session = {}  # type: ignore[assignment]  # the session has not been opened yet
        request.user = AnonymousUser()
        return plain_refusal(request, status, sentence)

    def _readable(self, request: HttpRequest) -> bool:
        query = request.META.get("QUERY_STRING", "")
        if len(query) > MAX_QUERY or "\x00" in request.path_info or "\ufffd" in request.path_info:
            return False
        if any("\x00" in value for value in request.COOKIES.values()):
            return False
        raw = unquote_to_bytes(query)
        try:
            return "\x00" not in raw.decode("utf-8")
        except UnicodeDecodeError:
            return False

    def _too_large(self, request: HttpRequest) -> bool:
        """Judged by the announced length (a server reads no further), before anything is read into memory."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        files = (request.content_type or "").startswith("multipart/")
        limit = MAX_FILES if files else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        return length.isascii() and length.isdigit() and (len(length) > 15 or int(length) > limit)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Clear sentences for bodies too large, too many fields, or text the database cannot hold."""
        if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
            return plain_refusal(request, 413, too_large())
        if isinstance(exception, DataError) or "NUL (0x00)" in str(exception):
            log.warning("unreadable data refused at %s", request.path_info)
            return plain_refusal(request, 400, _("L’envoi contient des caractères que nous ne savons pas lire."))
        return None


class AccountMiddleware(AuthenticationMiddleware):
    """`request.user` without opening a session for readers who have none, so that their pages can be shared."""

    def process_request(self, request: HttpRequest) -> None:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            super().process_request(request)
        else:
            request.user = AnonymousUser()

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Anonymous pages may be shared for a second; what an account sees is never stored anywhere."""
        if response.has_header("Cache-Control"):
            return response
        if self._is_personal(request, response):
            patch_cache_control(response, private=True, no_store=True)
        elif response.status_code == 200:
            patch_cache_control(response, public=True, max_age=0, s_maxage=1)
        return response

    def _is_personal(self, request: HttpRequest, response: HttpResponse) -> bool:
        """Made for one reader: a session, a cookie, a form's token (its cookie is set further out), or an act."""
        session = getattr(request, "session", None)
        return bool(
            settings.SESSION_COOKIE_NAME in request.COOKIES
            or response.cookies
            or request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
            or getattr(session, "accessed", False)
            or request.method not in ("GET", "HEAD")
        )


def refusal_page(request: HttpRequest, refusal: AccessError) -> HttpResponse:
    """The page of a refusal: login, 403, 404 or 409; problems with the same status for the API."""
    if isinstance(refusal, LoginNeeded):
        return _login(request)
    if isinstance(refusal, Hidden):
        raise Http404 from refusal
    sentence = refusal.message if " " in refusal.message else ""
    if isinstance(refusal, WrongState):
        changed = _("Cette page a changé entre-temps. Relisez-la avant de recommencer.")
        return plain_refusal(request, 409, sentence or changed)
    return plain_refusal(request, 403, sentence or _("Votre compte ne permet pas de faire cela."))


def _login(request: HttpRequest) -> HttpResponse:
    if is_api(request):
        return plain_refusal(request, 401, _("Connectez-vous d’abord."))
    if is_signed_in(request.user):  # the login page would send them straight back here
        other = _("Cette page n’est pas ouverte à ce compte. Déconnectez-vous, puis entrez avec un autre.")
        return plain_refusal(request, 401, other)
    target = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
    return redirect_to_login(target, reverse("account_login"))


class VerdictMiddleware:
    """Turns the refusals of the one door, wherever they are raised in a view, into their pages."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refusal_page(request, exception) if isinstance(exception, AccessError) else None
