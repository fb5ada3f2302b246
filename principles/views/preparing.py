"""The next version as organisers prepare it: read from a file, cut into articles, kept, compared, published."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coalition.core.access import require
from coalition.core.errors import DomainError
from coalition.core.languages import reader_language
from coalition.core.markdown import to_html
from coalition.core.text import fold
from members.models import Coalition
from principles.actions import (
    delete_draft_version,
    draft_version,
    edit_draft_version,
    publish_draft_version,
    rebase_draft_version,
    restore_version,
)
from principles.forms import DocumentForm, PublishForm
from principles.history.compare import compare_articles
from principles.imports import LARGEST, Board, ImportRefused, read_document, split_document
from principles.imports.pieces import MOST as MOST_ARTICLES
from principles.models import Charter, CharterText, DraftVersion, Version
from principles.views.board import acted, as_text, missing_legs, read_board, read_both, rows_of, with_leg
from principles.views.shared import Crumb, charter_crumb, crumbs

LONGEST = 1_000_000


def _coalition() -> Coalition:
    """The coalition whose charter the site shows, or will show."""
    charter = Charter.objects.main()
    found = charter.coalition if charter else Coalition.objects.order_by("number", "pk").first()
    if found is None:
        raise Http404("no coalition")
    return found


def _crumbs(last: str, draft: DraftVersion | None = None) -> list[Crumb]:
    steps = [charter_crumb(), (_("Versions en préparation"), reverse("version_drafts"))]
    if draft is not None:
        steps.append((_name(draft), draft.get_absolute_url()))
    return crumbs(*steps, last=last)


def _name(draft: DraftVersion) -> str:
    return draft.title_fr or draft.title_en or _("Sans titre")


@require_http_methods(["GET", "HEAD", "POST"])
def version_drafts(request: HttpRequest) -> HttpResponse:
    """The versions in preparation, and a file to begin another from; sending one shows how it would be cut."""
    require(request.user, "charter.view_draft")
    coalition = _coalition()
    form = DocumentForm(request.POST or None, request.FILES or None, initial={"language": reader_language()})
    if request.method == "POST" and form.is_valid():
        language = form.cleaned_data["language"]
        try:
            board = _read(form.cleaned_data["document"], coalition, language)
        except DomainError as error:
            form.refuse(error)
        else:
            return _board_page(request, board, language, _draft(request.POST.get("draft", "")))
    context = {
        "form": form,
        "drafts": DraftVersion.objects.unpublished().filter(charter__coalition=coalition),
        "charter": Charter.objects.main(),
        "into": _draft(request.GET.get("draft", "") or request.POST.get("draft", "")),
        "crumbs": crumbs(charter_crumb(), last=_("Versions en préparation")),
    }
    return render(request, "principles/version_drafts.html", context)


def _read(upload: Any, coalition: Coalition, language: str) -> Board:
    """The articles of an uploaded file; those the charter in force has already keep their keys."""
    if upload.size > LARGEST:
        raise ImportRefused(_("Ce fichier dépasse 5 Mo : enlevez-en les images, puis recommencez."), field="document")
    charter = coalition.charters.exclude(current_version=None).first()
    rows = charter.in_force.articles.all() if charter else ()
    keys = {fold(getattr(row, f"title_{language}")): row.key for row in rows}
    try:
        board = split_document(read_document(upload.read()), keys=keys)
    except ImportRefused as error:
        raise ImportRefused(error.message, field="document") from error
    if len(board.pieces) > MOST_ARTICLES:
        sentence = _("Ce fichier se coupe en plus de %(n)d articles : choisissez-y moins de titres.")
        raise ImportRefused(sentence % {"n": MOST_ARTICLES}, field="document")
    if sum(len(one.text) for one in board.pieces) > LONGEST:
        raise ImportRefused(
            _("Ce texte est trop long pour une charte : un million de signes au plus."), field="document"
        )
    return board


def _draft(pk: str) -> DraftVersion | None:
    """The draft another language is read into, if there is one."""
    known = pk.isascii() and pk.isdigit() and len(pk) < 10
    found: DraftVersion | None = DraftVersion.objects.unpublished().filter(pk=int(pk)).first() if known else None
    return found


@require_POST
def version_board(request: HttpRequest) -> HttpResponse:
    """The board after one of its buttons, or, with "keep", the draft made of it."""
    require(request.user, "charter.edit")
    board, into = read_board(request.POST), _draft(request.POST.get("draft", ""))
    language = "en" if request.POST.get("language") == "en" else "fr"
    if request.POST.get("do") != "keep":
        return _board_page(request, acted(board, request.POST), language, into)
    if any(row.faults for row in rows_of(board)) or not board.pieces:
        return _board_page(request, board, language, into, refused=_("Corrigez d’abord ce qui est signalé."))
    try:
        draft = _keep(request, board, language, into)
    except DomainError as error:
        return _board_page(request, board, language, into, refused=str(error.message))
    messages.success(request, _("La version en préparation est gardée. Seule l’équipe d’organisation la voit."))
    return redirect(draft)


def _keep(request: HttpRequest, board: Board, language: str, into: DraftVersion | None) -> DraftVersion:
    now = timezone.now()
    if into is None:
        text = as_text(board, language)
        return draft_version(
            actor=request.user, coalition=_coalition(), text=text, now=now, authentic_language=language
        )
    whole = with_leg(into.text(), board, language)
    if whole is None:
        words = {"own": len(into.articles), "other": len(board.pieces)}
        raise ImportRefused(
            _("La version en préparation a %(own)d articles, ce texte %(other)d : coupez ou réunissez.") % words
        )
    return edit_draft_version(actor=request.user, draft=into, revision=into.revision, text=whole, now=now)


def _board_page(
    request: HttpRequest, board: Board, language: str, into: DraftVersion | None, refused: str = ""
) -> HttpResponse:
    context = {
        "board": board,
        "rows": rows_of(board),
        "language": language,
        "into": into,
        "refused": refused,
        "crumbs": _crumbs(_("Les articles trouvés")),
    }
    return render(request, "principles/version_board.html", context)


def _visible(request: HttpRequest, pk: int) -> DraftVersion:
    """A draft, for organisers; for anybody else it does not exist."""
    found: DraftVersion = get_object_or_404(DraftVersion.objects.visible_to(request.user), pk=pk)
    require(request.user, "charter.view_draft", found)
    return found


@require_safe
def version_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """A version in preparation as it would read, with what it still lacks."""
    draft = _visible(request, pk)
    text = draft.text()
    language = reader_language()
    context = {
        "draft": draft,
        "articles": [
            (number, one, getattr(one, f"title_{language}"), to_html(getattr(one, f"text_{language}")))
            for number, one in enumerate(text.articles, 1)
        ],
        "preamble": to_html(getattr(text, f"preamble_{language}")),
        "missing": missing_legs(text),
        "current": draft.charter.current_version,
        "crumbs": _crumbs(_name(draft)),
    }
    return render(request, "principles/version_draft.html", context)


@require_safe
def version_draft_compare(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What a version in preparation changes to a published one."""
    draft = _visible(request, pk)
    before: Version = get_object_or_404(draft.charter.versions, number=number)
    changes = compare_articles(list(before.articles.all()), _rows(draft.text()), reader_language())
    context = {
        "draft": draft,
        "before": before,
        "changes": [(change, to_html(change.text)) for change in changes],
        "changed": [change for change in changes if change.is_change],
        "crumbs": _crumbs(_("Comparée à la version %(number)d") % {"number": number}, draft),
    }
    return render(request, "principles/version_draft_compare.html", context)


class _Numbered:
    """An article of a draft with its place, as rows of a version have."""

    def __init__(self, position: int, article: Any) -> None:
        self.position, self.article = position, article

    def __getattr__(self, name: str) -> Any:
        return getattr(self.article, name)


def _rows(text: CharterText) -> list[Any]:
    return [_Numbered(position, article) for position, article in enumerate(text.articles, 1)]


@require_http_methods(["GET", "HEAD", "POST"])
def version_draft_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Both languages of a version in preparation, article by article."""
    require(request.user, "charter.edit")
    draft = _visible(request, pk)
    text, revision, refused = draft.text(), draft.revision, ""
    if request.method == "POST":
        text = read_both(request.POST)
        sent = request.POST.get("revision", "")
        revision = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0
        if request.POST.get("do") == "keep":
            try:
                edit_draft_version(actor=request.user, draft=draft, revision=revision, text=text, now=timezone.now())
            except DomainError as error:
                refused = str(error.message)
            else:
                messages.success(request, _("La version en préparation est gardée."))
                return redirect(draft)
    context = {
        "draft": draft,
        "text": text,
        "revision": revision,
        "refused": refused,
        "crumbs": _crumbs(_("Modifier"), draft),
    }
    return render(request, "principles/version_draft_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def version_draft_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it the version in force, with a public reason."""
    require(request.user, "charter.publish")
    draft = _visible(request, pk)
    form = PublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            version = publish_draft_version(
                actor=request.user, draft=draft, motive=form.cleaned_data["motive"], now=timezone.now()
            )
        except DomainError as error:
            form.refuse(error)
        else:
            said = _("La version %(number)d est en vigueur. Les signataires sont prévenus.")
            messages.success(request, said % {"number": version.number})
            return redirect(version)
    context = {
        "draft": draft,
        "form": form,
        "missing": missing_legs(draft.text()),
        "crumbs": _crumbs(_("Publier"), draft),
    }
    return render(request, "principles/version_draft_publish.html", context)


@require_POST
def version_draft_rebase(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it up again on the version in force."""
    require(request.user, "charter.edit")
    draft = _visible(request, pk)
    _draft_now, conflicts = rebase_draft_version(
        actor=request.user, draft=draft, revision=draft.revision, now=timezone.now()
    )
    if conflicts:
        said = _("Ces articles ont changé des deux côtés et gardent votre texte. Relisez-les : %(titles)s.")
        messages.warning(request, said % {"titles": ", ".join(conflicts)})
    else:
        messages.success(request, _("Ce qui a changé entre-temps est repris."))
    return redirect(draft)


@require_http_methods(["GET", "HEAD", "POST"])
def version_draft_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw it away, once confirmed."""
    require(request.user, "charter.edit")
    draft = _visible(request, pk)
    if request.method == "POST":
        delete_draft_version(actor=request.user, draft=draft, now=timezone.now())
        messages.success(request, _("La version en préparation est supprimée."))
        return redirect("version_drafts")
    context = {"draft": draft, "crumbs": _crumbs(_("Supprimer"), draft)}
    return render(request, "principles/version_draft_delete.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def version_restore(request: HttpRequest, number: int) -> HttpResponse:
    """Prepare a version that says what an older one said."""
    require(request.user, "charter.edit")
    version: Version = get_object_or_404(Charter.objects.main_or_404().versions, number=number)
    if request.method == "POST":
        try:
            draft = restore_version(actor=request.user, version=version, now=timezone.now())
        except DomainError as error:
            messages.warning(request, str(error.message))
            return redirect(version)
        said = _("Le texte de la version %(number)d est repris. Relisez-le, puis publiez-le.")
        messages.success(request, said % {"number": number})
        return redirect(draft)
    context = {"version": version, "crumbs": _crumbs(_("Rétablir la version %(number)d") % {"number": number})}
    return render(request, "principles/version_restore.html", context)
