"""The mail of the demo, shown on a page of the demo (elsewhere these pages do not exist), and answers turned away."""

from pathlib import Path

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from coalition.core.access import require
from coalition.core.languages import reader_language
from coalition.notifications.mailbox import StoredMail, list_mail, read_mail
from coalition.notifications.models import IncomingMail

PER_PAGE = 50
SANDBOX = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data:; frame-ancestors 'self'; form-action 'none'"
)


def _folder() -> Path:
    if not settings.DEMO_MAIL_DIR:
        raise Http404
    return Path(settings.DEMO_MAIL_DIR)


def _mail(name: str) -> StoredMail:
    try:
        return read_mail(_folder(), name)
    except FileNotFoundError:
        raise Http404 from None


def _crumbs(*pages: dict[str, str]) -> list[dict[str, str]]:
    home = {"label": _("Accueil"), "url": f"/{reader_language()}/"}
    return [home, {"label": _("Courrier parti"), "url": reverse("demo_mail")}, *pages]


@require_safe
@never_cache
def demo_mail(request: HttpRequest) -> HttpResponse:
    """The mails that left, newest first."""
    return render(request, "notifications/demo_mail.html", {"mails": list_mail(_folder()), "crumbs": _crumbs()})


@require_safe
@never_cache
def demo_mail_message(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: its text with links to click, and its HTML in a frame that can do nothing."""
    mail = _mail(name)
    context = {"mail": mail, "crumbs": _crumbs({"label": mail.subject, "url": ""})}
    return render(request, "notifications/demo_mail_message.html", context)


@require_safe
@never_cache
@xframe_options_sameorigin
def demo_mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part alone, sandboxed: no script, no form, nothing fetched; its links open in a new window."""
    html = _mail(name).html
    if not html:
        raise Http404
    response = HttpResponse(html.replace("<head>", '<head><base target="_blank">', 1))
    response["Content-Security-Policy"] = SANDBOX
    return response


@require_safe
@never_cache
def incoming_mail(request: HttpRequest) -> HttpResponse:
    """Answers by mail that were refused or given up, newest first, without their words."""
    require(request.user, "incoming_mail.list")
    rows = IncomingMail.objects.turned_away().select_related("account").defer("raw")
    home = {"label": _("Accueil"), "url": f"/{reader_language()}/"}
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "waiting": IncomingMail.objects.waiting().count(),
        "crumbs": [home, {"label": _("Réponses par courriel refusées"), "url": ""}],
    }
    return render(request, "notifications/incoming_mail.html", context)
