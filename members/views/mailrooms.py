"""An organisation's mail: who is told of what, and the mailbox its people share."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from coalition.core.access import require
from coalition.core.errors import DomainError
from coalition.core.languages import reader_language
from coalition.core.tokens import link_state
from coalition.notifications.leaving.clicks import answer_click
from members.actions.mailrooms import (
    MailboxWish,
    StaleMailboxLink,
    confirm_mailbox,
    hand_out_mail,
    share_mailbox,
    stop_mailbox,
    stop_mailbox_by_link,
)
from members.forms.mailrooms import MailboxForm, MailRulesForm, mailbox_answers, rules_of
from members.models import Organisation, SharedMailbox
from members.notifications.mailrooms import MAILBOX_PURPOSE, key_of_secret
from members.views.profile import find_organisation


def _there(organisation: Organisation) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("organisation_mail", args=[organisation.slug]), status=303)


def _page(
    request: HttpRequest, organisation: Organisation, rules: MailRulesForm | None, mailbox: MailboxForm | None
) -> HttpResponse:
    box = SharedMailbox.objects.filter(organisation=organisation).first()
    context = {
        "organisation": organisation,
        "rules_form": rules or MailRulesForm(initial=rules_of(organisation)),
        "box_form": mailbox or MailboxForm(initial=mailbox_answers(box), auto_id="box_%s"),
        "box": box,
        "crumbs": [
            {"label": _("Accueil"), "url": f"/{reader_language()}/"},
            {"label": organisation.name, "url": organisation.get_absolute_url()},
            {"label": _("Courrier"), "url": ""},
        ],
    }
    return render(request, "members/mailroom.html", context, status=422 if rules or mailbox else 200)


def _own(request: HttpRequest, slug: str) -> Organisation:
    organisation = find_organisation(request, slug)
    require(request.user, "organisation.hand_out_mail", organisation)
    return organisation


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_mail(request: HttpRequest, slug: str) -> HttpResponse:
    """Which roles are told of what; the shared mailbox beside it."""
    organisation = _own(request, slug)
    if request.method != "POST":
        return _page(request, organisation, None, None)
    form = MailRulesForm(request.POST)
    if form.is_valid():
        try:
            hand_out_mail(actor=request.user, organisation=organisation, roles=form.cleaned_data, now=timezone.now())
        except DomainError as error:
            form.add_error(error.field or None, str(error.message))
        else:
            messages.success(request, _("C’est noté : cela vaut pour tout ce qui arrivera maintenant."))
            return _there(organisation)
    return _page(request, organisation, form, None)


@require_POST
def organisation_mailbox(request: HttpRequest, slug: str) -> HttpResponse:
    """Share a mailbox, or change what it gets."""
    organisation, form = _own(request, slug), MailboxForm(request.POST, auto_id="box_%s")
    if form.is_valid():
        wish = MailboxWish(**form.cleaned_data)
        try:
            box = share_mailbox(actor=request.user, organisation=organisation, wish=wish, now=timezone.now())
        except DomainError as error:
            form.add_error(error.field or None, str(error.message))
        else:
            waits = _("Un courriel vient de partir à cette adresse : rien d’autre n’y part avant qu’on ait confirmé.")
            messages.success(request, _("La boîte commune est à jour.") if box.confirmed_at else waits)
            return _there(organisation)
    return _page(request, organisation, None, form)


@require_POST
def organisation_mailbox_stop(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the shared mailbox away."""
    organisation = _own(request, slug)
    stop_mailbox(actor=request.user, organisation=organisation, now=timezone.now())
    messages.success(request, _("La boîte commune est retirée : elle ne reçoit plus rien."))
    return _there(organisation)


def _link_state(token: str) -> tuple[SharedMailbox | None, str, int]:
    """The mailbox behind a mailed link, what can be said of the link, and the page's status."""
    now = timezone.now()
    return link_state(purpose=MAILBOX_PURPOSE, secret=token, waits=lambda box: box.confirmed_at is None, now=now)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mailbox_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The mailed link: GET shows what would be sent there, POST lets it. Works without login."""
    box, state, status = _link_state(token)
    if request.method == "POST" and state == "used":
        status = 409
    if request.method == "POST" and state == "live":
        try:
            box, state = confirm_mailbox(token=token, now=timezone.now()), "confirmed"
        except StaleMailboxLink:
            state, status = "used", 409
    return render(request, "members/mailbox_confirm.html", {"link": state, "box": box}, status=status)


def _key(secret: str) -> int:
    key = key_of_secret(secret)
    if key is None:
        raise Http404
    return key


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mailbox_stop(request: HttpRequest, secret: str) -> HttpResponse:
    """The link that always works: GET asks, POST stops the mailbox. No login."""
    key = _key(secret)
    if request.method == "POST":
        stop_mailbox_by_link(key=key, now=timezone.now())
    box = SharedMailbox.objects.select_related("organisation").filter(pk=key).first()
    return render(request, "members/mailbox_stop.html", {"box": box})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mailbox_one_click(request: HttpRequest, secret: str) -> HttpResponse:
    """What mail programmes post when their own button is pressed (RFC 8058); people are shown the page that asks."""
    key = _key(secret)
    page, now = reverse("mailbox_stop", args=[secret]), timezone.now()
    return answer_click(request, page=page, stop=lambda: stop_mailbox_by_link(key=key, now=now))
