"""« Contacter l’équipe » : the form, the organisers' inbox, one message and what is done with it."""

from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coalition.contact.actions import answer_message, close_message, delete_message, send_message
from coalition.contact.enums import Kind
from coalition.contact.forms import MessageForm, MotiveForm, ReplyForm
from coalition.contact.models import Message
from coalition.core.access import can, is_signed_in, require
from coalition.core.attachments import attachment_response
from coalition.core.contacts import ContactSubject, contact_subject
from coalition.core.errors import DomainError
from coalition.core.languages import reader_language
from coalition.core.middleware import plain_refusal

PAGE = 40


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Writing to the organisers."""
    return _written(request, None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact_about(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Writing to the team of a public object; 404 when it is not public."""
    subject = contact_subject(kind, number)
    if subject is None:
        raise Http404
    return _written(request, subject)


def _written(request: HttpRequest, subject: ContactSubject | None) -> HttpResponse:
    form = MessageForm(request.POST or None, request.FILES or None, initial=_known(request))
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="contact"):
            sentence = _("Beaucoup de messages viennent d’arriver de votre réseau. Recommencez dans une heure.")
            return plain_refusal(request, 429, sentence)
        try:
            return _sent(request, subject, dict(form.cleaned_data))
        except DomainError as error:
            name = {"document": "upload"}.get(error.field, error.field)
            form.add_error(name if name in form.fields else None, str(error.message))
    status = 422 if form.is_bound else 200
    return render(request, "contact/contact.html", {"form": form, "subject": subject}, status=status)


def _sent(request: HttpRequest, subject: ContactSubject | None, data: dict[str, Any]) -> HttpResponse:
    """Kept, unless a program filled the trap: it gets the same answer."""
    del data["agree"]
    if not data.pop("nickname"):
        send_message(
            actor=request.user,
            subject=subject,
            language=reader_language(),
            network=get_adapter().get_client_ip(request) or "",
            now=timezone.now(),
            **data,
        )
    return HttpResponseRedirect(reverse("contact_sent"), status=303)


def _known(request: HttpRequest) -> dict[str, Any]:
    """What the site knows of who writes, and what the link they followed said they write for."""
    account: Any = request.user
    asked = request.GET.get("kind", "")
    known = {"kind": asked} if asked in Kind.values else {}
    return known | ({"name": account.name, "email": account.email} if is_signed_in(account) else {})


@require_safe
def contact_sent(request: HttpRequest) -> HttpResponse:
    """What happens next; the same page for everybody."""
    return render(request, "contact/sent.html")


@require_safe
def contact_inbox(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first; then what was answered or closed."""
    require(request.user, "contact.list")
    waiting = list(Message.objects.waiting())
    settled = Paginator(Message.objects.settled(), PAGE).get_page(request.GET.get("page"))
    return render(request, "contact/inbox.html", {"waiting": waiting, "page": settled})


def _find(request: HttpRequest, key: UUID, action: str) -> Message:
    message: Message = get_object_or_404(Message.objects.select_related("attachment"), public_id=key)
    require(request.user, action, message)
    return message


@require_http_methods(["GET", "HEAD", "POST"])
def contact_message(request: HttpRequest, key: UUID) -> HttpResponse:
    """Reading a message; sent, the answer leaves by mail."""
    message = _find(request, key, "contact.answer")
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        body = form.cleaned_data["body"]
        answer_message(actor=request.user, message=message, body=body, now=timezone.now())
        messages.success(request, _("Votre réponse part par courriel."))
        return HttpResponseRedirect(message.get_absolute_url(), status=303)
    context = {
        "message": message,
        "form": form,
        "motive_form": MotiveForm(auto_id="motive_%s"),
        "may_close": bool(can(request.user, "contact.close", message)),
        "replies": message.replies.select_related("author"),
    }
    return render(request, "contact/message.html", context, status=422 if form.is_bound else 200)


def _with_motive(request: HttpRequest, message: Message, act: Any, told: str) -> HttpResponse:
    form = MotiveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Dites pourquoi, pour ceux qui liront après vous."))
        return HttpResponseRedirect(message.get_absolute_url(), status=303)
    act(actor=request.user, message=message, motive=form.cleaned_data["reason"], now=timezone.now())
    messages.success(request, told)
    return HttpResponseRedirect(reverse("contact_inbox"), status=303)


@require_POST
def contact_close(request: HttpRequest, key: UUID) -> HttpResponse:
    """Nothing more to do, and why."""
    message = _find(request, key, "contact.close")
    return _with_motive(request, message, close_message, _("Le message est classé."))


@require_POST
def contact_delete(request: HttpRequest, key: UUID) -> HttpResponse:
    """Deleting it before its time, and why."""
    message = _find(request, key, "contact.delete")
    return _with_motive(request, message, delete_message, _("Le message est effacé, avec sa pièce jointe."))


@require_safe
def contact_attachment(request: HttpRequest, key: UUID) -> FileResponse:
    """The file joined to a message, for the organisers."""
    message = _find(request, key, "contact.close")
    if message.attachment is None:
        raise Http404
    return attachment_response(message.attachment)
