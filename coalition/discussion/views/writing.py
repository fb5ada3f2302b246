"""Writing: a comment, an answer, a remark on a passage; correcting and taking back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coalition.core.access import WrongState, require
from coalition.core.errors import DomainError
from coalition.core.languages import reader_language
from coalition.core.subjects import Subject, subject_wording
from coalition.discussion.actions import delete_comment, edit_comment, write_comment, write_remark
from coalition.discussion.anchoring import split_sentences
from coalition.discussion.forms import BodyForm, CommentForm, RemarkForm
from coalition.discussion.models import Comment
from coalition.discussion.views.shared import comment_or_404, crumbs, place_of, see_other, subject_or_404
from coalition.discussion.views.shown import show


def _sent(request: HttpRequest, comment: Comment, subject: Subject) -> HttpResponse:
    messages.success(request, _("Votre commentaire est publié. Vous pouvez le corriger pendant quinze minutes."))
    return see_other(place_of(comment, subject))


@require_http_methods(["GET", "HEAD", "POST"])
def comment_new(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Open a thread."""
    subject = subject_or_404(request.user, kind, key)
    require(request.user, "comment.create", subject)
    return _write(request, subject, None)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a comment."""
    parent = comment_or_404(request.user, pk)
    subject: Any = parent.subject
    require(request.user, "comment.create", subject)
    return _write(request, subject, parent)


def _write(request: HttpRequest, subject: Subject, parent: Comment | None) -> HttpResponse:
    form = CommentForm(request.POST if request.method == "POST" else None, account=request.user)
    if form.is_valid():
        try:
            said = write_comment(
                actor=request.user,
                subject=subject,
                parent=parent,
                language=reader_language(),
                now=timezone.now(),
                **form.cleaned_data,
            )
            return _sent(request, said, subject)
        except DomainError as error:
            form.refuse(error)
    title = _("Répondre") if parent else _("Commenter")
    context = {
        "subject": subject,
        "form": form,
        "title": title,
        "parent": show(request.user, parent, timezone.now(), may_write=False) if parent else None,
        "crumbs": crumbs(subject, title),
    }
    return render(request, "discussion/write.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def remark_new(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Comment on one sentence of a text, chosen from a list; `?phrase=` ticks one."""
    subject = subject_or_404(request.user, kind, key)
    require(request.user, "comment.create", subject)
    language = reader_language()
    wording = subject_wording(subject, subject.number, language)
    if wording is None:
        raise WrongState(_("Les passages de ce texte ne se commentent pas un à un : commentez-le en entier."))
    posted = request.POST if request.method == "POST" else None
    form = RemarkForm(posted, account=request.user, sentences=split_sentences(wording.text))
    form.preselect(request.GET.get("phrase", ""))
    if form.is_valid():
        answers = {name: form.cleaned_data[name] for name in ("organisation", "body")}
        try:
            said = write_remark(
                actor=request.user,
                subject=subject,
                text_language=language,
                language=language,
                now=timezone.now(),
                **answers,
                **form.passage(),
            )
            return _sent(request, said, subject)
        except DomainError as error:
            form.refuse(error)
    title = _("Commenter un passage")
    context = {"subject": subject, "form": form, "title": title, "remark": True, "crumbs": crumbs(subject, title)}
    return render(request, "discussion/write.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct one's comment while it is fresh."""
    found = comment_or_404(request.user, pk)
    subject: Any = found.subject
    require(request.user, "comment.edit", found)
    now = timezone.now()
    if not found.may_still_be_corrected(now):
        raise WrongState(_("Passé quinze minutes, un commentaire ne se corrige plus : répondez-y, ou retirez-le."))
    form = BodyForm(request.POST if request.method == "POST" else None, initial={"body": found.body})
    if form.is_valid():
        try:
            edit_comment(actor=request.user, comment=found, now=now, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Votre commentaire est corrigé."))
            return see_other(place_of(found, subject))
    title = _("Corriger votre commentaire")
    context = {"subject": subject, "form": form, "title": title, "crumbs": crumbs(subject, title)}
    return render(request, "discussion/write.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a comment back: GET asks, POST acts."""
    found = comment_or_404(request.user, pk)
    subject: Any = found.subject
    require(request.user, "comment.delete", found)
    if request.method == "POST":
        delete_comment(actor=request.user, comment=found, now=timezone.now())
        messages.success(request, _("Le commentaire est retiré. Les réponses restent lisibles."))
        return see_other(place_of(found, subject))
    context = {
        "subject": subject,
        "shown": show(request.user, found, timezone.now(), may_write=False),
        "crumbs": crumbs(subject, _("Retirer un commentaire")),
    }
    return render(request, "discussion/delete.html", context)
