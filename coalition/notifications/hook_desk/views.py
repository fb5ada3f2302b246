"""The programs that are told: the list and the form, each one's page and what may be done with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coalition.core.access import require
from coalition.core.errors import DomainError
from coalition.core.languages import reader_language
from coalition.notifications.enums import Channel, DeliveryState, HookState
from coalition.notifications.hook_desk.actions import (
    ChangedMeanwhile,
    delete_webhook,
    edit_webhook,
    pause_webhook,
    ping_webhook,
    register_webhook,
    resume_webhook,
    rotate_webhook_secret,
    seen_mark,
)
from coalition.notifications.hook_desk.forms import WebhookEditForm, WebhookForm
from coalition.notifications.models import Delivery, Webhook
from coalition.notifications.webhooks.parcels import PING
from coalition.notifications.webhooks.registry import public_kinds
from coalition.notifications.webhooks.signing import secret_of

LATEST = 30
SIGNS = {
    HookState.ACTIVE: "done",
    HookState.PAUSED: "flat",
    HookState.FAILING: "stop",
    HookState.GONE: "stop",
}
DELIVERY_SIGNS = {
    DeliveryState.PENDING: "eval",
    DeliveryState.SENT: "done",
    DeliveryState.FAILED: "stop",
    DeliveryState.SUPPRESSED: "flat",
}


def _crumbs(*last: str) -> list[dict[str, str]]:
    own = {"label": _("Logiciels avertis"), "url": reverse("webhooks") if last else ""}
    home = {"label": _("Accueil"), "url": f"/{reader_language()}/"}
    return [home, own, *({"label": label, "url": ""} for label in last)]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest) -> HttpResponse:
    """The list and the form of a new one; the answer to the form shows its secret, this once."""
    require(request.user, "webhook.manage")
    form = WebhookForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            hook = register_webhook(actor=request.user, now=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field or None, str(error.message))
        else:
            return _one(request, hook, secret=secret_of(hook), status=201)
    rows = [{"hook": hook, "sign": SIGNS[HookState(hook.state)]} for hook in Webhook.objects.all()]
    return render(request, "notifications/webhooks.html", {"form": form, "rows": rows, "crumbs": _crumbs()})


def _one(request: HttpRequest, hook: Webhook, *, status: int = 200, **more: Any) -> HttpResponse:
    sent = Delivery.objects.filter(channel=Channel.WEBHOOK, address=str(hook.pk)).select_related("event")
    deliveries = [
        {"delivery": one, "what": _what(one), "sign": DELIVERY_SIGNS[DeliveryState(one.state)]}
        for one in sent.order_by("-pk")[:LATEST]
    ]
    context = {
        "hook": hook,
        "sign": SIGNS[HookState(hook.state)],
        "deliveries": deliveries,
        "crumbs": _crumbs(hook.name),
    }
    return render(request, "notifications/webhook.html", {**context, **more}, status=status)


def _what(delivery: Delivery) -> str:
    """What happened, in words that need no reading of the thing itself."""
    if delivery.event.kind == PING:
        return _("Essai")
    kind = public_kinds().get(delivery.event.kind)
    if kind is None:
        return delivery.event.kind
    return str(kind.label) % delivery.event.payload if delivery.event.payload else str(kind.label)


@never_cache
@require_safe
def webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: how it does, the last deliveries, what may be done."""
    require(request.user, "webhook.manage")
    return _one(request, get_object_or_404(Webhook, pk=pk))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def webhook_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, address or themes; another address gets a test at once."""
    require(request.user, "webhook.manage")
    hook: Webhook = get_object_or_404(Webhook, pk=pk)
    held = {"name": hook.name, "url": hook.url, "themes": hook.themes, "seen": seen_mark(webhook=hook)}
    form = WebhookEditForm(request.POST if request.method == "POST" else None, initial=held)
    if request.method != "POST":
        return _edit_page(request, hook, form)
    if not form.is_valid():
        return _edit_page(request, hook, form, status=422)
    try:
        after = edit_webhook(actor=request.user, webhook=hook, now=timezone.now(), **form.cleaned_data)
    except ChangedMeanwhile as error:
        again = WebhookEditForm({**form.cleaned_data, "seen": seen_mark(webhook=hook)})
        again.add_error(None, str(error.message))
        return _edit_page(request, hook, again, status=409, held=hook)
    except DomainError as error:
        form.add_error(error.field or None, str(error.message))
        return _edit_page(request, hook, form, status=422)
    moved = _("C’est enregistré. Un essai part à la nouvelle adresse : son résultat paraît ici dans quelques secondes.")
    messages.success(request, moved if after.url != hook.url else _("C’est enregistré."))
    return HttpResponseRedirect(reverse("webhook", args=[hook.pk]), status=303)


def _edit_page(
    request: HttpRequest, hook: Webhook, form: WebhookEditForm, *, status: int = 200, held: Webhook | None = None
) -> HttpResponse:
    """`held`: the words of the row, shown where somebody changed them meanwhile."""
    waiting = Delivery.objects.pending().filter(channel=Channel.WEBHOOK, address=str(hook.pk)).count()
    context = {
        "hook": hook,
        "form": form,
        "held": held,
        "waiting": waiting,
        "crumbs": _crumbs(hook.name, _("Modifier")),
    }
    return render(request, "notifications/webhook_edit.html", context, status=status)


Act = Callable[..., object]
ACTS: dict[str, tuple[Act, Any]] = {
    "ping": (ping_webhook, gettext_lazy("L’essai est en route : son résultat paraît ici dans quelques secondes.")),
    "pause": (pause_webhook, gettext_lazy("Ce logiciel est en pause : il n’apprend plus rien.")),
    "resume": (resume_webhook, gettext_lazy("Ce logiciel est de nouveau averti.")),
}


@never_cache
@require_POST
def webhook_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Test, pause, resume; rotate answers with the new secret, this once; delete leads back to the list."""
    require(request.user, "webhook.manage")
    hook: Webhook = get_object_or_404(Webhook, pk=pk)
    act, now = request.POST.get("act", ""), timezone.now()
    if act == "rotate":
        rotate_webhook_secret(actor=request.user, webhook=hook, now=now)
        return _one(request, hook, secret=secret_of(hook))
    if act == "delete":
        delete_webhook(actor=request.user, webhook=hook, now=now)
        messages.success(request, _("Ce logiciel n’est plus inscrit."))
        return HttpResponseRedirect(reverse("webhooks"), status=303)
    if act not in ACTS:
        raise Http404
    action, said = ACTS[act]
    action(actor=request.user, webhook=hook, now=now)
    messages.success(request, str(said))
    return HttpResponseRedirect(reverse("webhook", args=[hook.pk]), status=303)
