"""Local adoptions of the charter: the list, one with its comparison, recording, editing, withdrawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coalition.core.access import can, require
from coalition.core.attachments import attachment_response
from coalition.core.documents import (
    SignableDocument,
    adopted_documents,
    document_articles,
    document_by_hash,
    word_changes,
)
from coalition.core.errors import DomainError
from coalition.core.profiles import ProfileItem, ProfileSection
from members.actions import Change, edit_adoption, record_adoption, withdraw_adoption
from members.enums import AdoptionState, LocalChangeKind
from members.forms import AdoptionForm, AdoptionWithdrawForm, DecisionFileForm
from members.models import LANGUAGES, Coalition, LocalAdoption, LocalChange, Organisation
from members.views.profile import find_organisation

PAGE = 50


@dataclass(frozen=True, slots=True)
class Compared:
    """A local change beside the charter: `operations` lead from the article to the local text, where both exist."""

    change: LocalChange
    number: int | None
    article: str
    operations: Sequence[Any]

    @property
    def sign(self) -> str:
        """The sign of the state drawn beside its word."""
        return {LocalChangeKind.ADDED: "done", LocalChangeKind.LEFT_OUT: "stop"}.get(
            LocalChangeKind(self.change.kind), "open"
        )


def _articles_by_language(sha256: str) -> list[dict[str, Any]]:
    """The articles by key, once for each language of the site, the reader's first."""
    own = translation.get_language() or "fr"
    codes = sorted((code for code, _label in LANGUAGES), key=lambda code: code != own)
    found = []
    for code in codes:
        with translation.override(code):
            found.append({article.key: article for article in document_articles(sha256)})
    return found


def _kept(operations: Sequence[Any]) -> int:
    return sum(len(text) for kind, text in operations if kind == "equal")


def compare(adoption: LocalAdoption) -> list[Compared]:
    """Every local change beside the article it is about, in the language in which the two are closest."""
    readings = _articles_by_language(adoption.document_sha256)
    return [_compared(change, readings) for change in adoption.changes.all()]


def _compared(change: LocalChange, readings: list[dict[str, Any]]) -> Compared:
    versions = [reading[change.article_key] for reading in readings if change.article_key in reading]
    if not versions or change.kind != LocalChangeKind.ADAPTED:
        first = versions[0] if versions else None
        return Compared(change, first.number if first else None, first.text if first else "", ())
    candidates = [(word_changes(article.text, change.text), article) for article in versions]
    operations, article = max(candidates, key=lambda candidate: _kept(candidate[0]))
    return Compared(change, article.number, article.text, operations)


@require_safe
def adoptions(request: HttpRequest) -> HttpResponse:
    """Every organisation that adopted the charter at home, latest first."""
    found = LocalAdoption.objects.published().select_related("organisation").prefetch_related("changes")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "members/adoptions.html", {"page": page, "count": page.paginator.count})


def find_adoption(request: HttpRequest, pk: int) -> LocalAdoption:
    """The adoption if this reader may know of it, else 404."""
    visible = LocalAdoption.objects.visible_to(request.user)
    found = visible.select_related("organisation", "coalition", "decision_document", "affiliation__account")
    adoption: LocalAdoption = get_object_or_404(found, pk=pk)
    require(request.user, "adoption.view", adoption)
    return adoption


@require_safe
def adoption(request: HttpRequest, pk: int) -> HttpResponse:
    """What was decided, when, by which decision, and each local change compared with the charter. Made to be cited."""
    found = find_adoption(request, pk)
    account = request.user
    context = {
        "adoption": found,
        "document": document_by_hash(found.document_sha256),
        "compared": compare(found),
        "has_document": bool(found.decision_document and can(account, "adoption.download", found)),
        "may_edit": bool(can(account, "adoption.edit", found)),
        "may_withdraw": bool(can(account, "adoption.withdraw", found)),
    }
    return render(request, "members/adoption.html", context)


@require_safe
def adoption_document(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision as a download."""
    found = find_adoption(request, pk)
    require(request.user, "adoption.download", found)
    if found.decision_document is None:
        raise Http404
    return attachment_response(found.decision_document)  # type: ignore[return-value]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def adoption_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Fill in, read again, publish."""
    organisation = find_organisation(request, slug)
    require(request.user, "adoption.record", organisation)
    coalition = Coalition.objects.looking_for_cosponsors().first()
    documents = adopted_documents(coalition) if coalition else ()
    standing = organisation.adoptions.filter(state=AdoptionState.PUBLISHED, coalition=coalition).first()
    if coalition is None or not documents:
        raise Http404
    if standing is not None and request.method != "POST":
        return HttpResponseRedirect(reverse("adoption_edit", args=[standing.pk]), status=303)
    return _steps(request, Desk(organisation, coalition, documents))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def adoption_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The same questions, with what was said."""
    found = find_adoption(request, pk)
    require(request.user, "adoption.edit", found)
    return _steps(request, Desk(found.organisation, found.coalition, adopted_documents(found.coalition), found))


@dataclass(frozen=True, slots=True)
class Desk:
    """What the form is about: who adopts, which versions there are, and the adoption being edited, if any."""

    organisation: Organisation
    coalition: Coalition
    documents: Sequence[SignableDocument]
    adoption: LocalAdoption | None = None

    def chosen(self, request: HttpRequest) -> SignableDocument:
        """The version the questions are about: the one sent, the one asked for, the one recorded, or the newest."""
        wanted = request.POST.get("document_sha256") or request.GET.get("version")
        wanted = wanted or (self.adoption.document_sha256 if self.adoption else "")
        return next((one for one in self.documents if one.sha256 == wanted), self.documents[0])

    def form(self, request: HttpRequest, document: SignableDocument) -> AdoptionForm:
        """The questions, bound to what was sent, if something was."""
        initial = AdoptionForm.said_by(self.adoption) if self.adoption else {}
        initial["document_sha256"] = document.sha256
        data = request.POST if request.method == "POST" else None
        return AdoptionForm(data, initial=initial, articles=document_articles(document.sha256))


def _steps(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Which page the button asked for; back to the form while an answer is to be looked at again."""
    document = desk.chosen(request)
    form = desk.form(request, document)
    if request.method != "POST" or not form.is_valid() or request.POST.get("step") == "edit":
        return _form_page(request, desk, document, form)
    if request.POST.get("step") == "publish":
        return _publish(request, desk, document, form)
    return _review_page(request, desk, document, form)


def _publish(request: HttpRequest, desk: Desk, document: SignableDocument, form: AdoptionForm) -> HttpResponse:
    upload = DecisionFileForm(request.POST, request.FILES)
    if not upload.is_valid():
        return _review_page(request, desk, document, form, upload)
    said = {name: form.cleaned_data[name] for name in ("adopted_on", "decision_reference", "decision_url", "note")}
    said |= {
        "document_sha256": document.sha256,
        "changes": [Change(**row) for row in form.changes],
        "upload": upload.cleaned_data["document"],
    }
    try:
        kept = _write(request.user, desk, said)
    except DomainError as error:
        if error.field == "document":
            upload.add_error("document", str(error.message))
            return _review_page(request, desk, document, form, upload)
        form.add_error(error.field if error.field in form.fields else None, str(error.message))
        return _form_page(request, desk, document, form)
    messages.success(request, _("C’est publié. L’équipe d’organisation est prévenue."))
    return HttpResponseRedirect(reverse("adoption", args=[kept.pk]), status=303)


def _write(actor: Any, desk: Desk, said: dict[str, Any]) -> LocalAdoption:
    if desk.adoption is not None:
        return edit_adoption(adoption=desk.adoption, actor=actor, now=timezone.now(), **said)
    return record_adoption(
        organisation=desk.organisation, coalition=desk.coalition, actor=actor, now=timezone.now(), **said
    )


def _form_page(request: HttpRequest, desk: Desk, document: SignableDocument, form: AdoptionForm) -> HttpResponse:
    context = {
        "organisation": desk.organisation,
        "adoption": desk.adoption,
        "documents": desk.documents,
        "document": document,
        "form": form,
        "steps": [_("Remplir"), _("Relire et publier")],
    }
    return render(request, "members/adoption_form.html", context)


def _review_page(
    request: HttpRequest,
    desk: Desk,
    document: SignableDocument,
    form: AdoptionForm,
    upload: DecisionFileForm | None = None,
) -> HttpResponse:
    said = form.cleaned_data
    draft = LocalAdoption(
        organisation=desk.organisation,
        document_title=document.title,
        document_version=document.version,
        document_sha256=document.sha256,
        **{name: said[name] for name in ("adopted_on", "decision_reference", "decision_url", "note")},
    )
    readings = _articles_by_language(document.sha256)
    changes = [
        LocalChange(kind=row["kind"], article_key=row["key"], article_title=row["title"], text=row["text"])
        for row in form.changes
    ]
    context = {
        "organisation": desk.organisation,
        "adoption": desk.adoption,
        "draft": draft,
        "document": document,
        "compared": [_compared(change, readings) for change in changes],
        "hidden": [field.as_hidden() for field in form],
        "upload": upload or DecisionFileForm(),
        "steps": [_("Remplir"), _("Relire et publier")],
    }
    return render(request, "members/adoption_review.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def adoption_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Why it no longer holds, then one button; the page stays."""
    found = find_adoption(request, pk)
    require(request.user, "adoption.withdraw", found)
    form = AdoptionWithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_adoption(
                adoption=found, actor=request.user, reason=form.cleaned_data["reason"], now=timezone.now()
            )
        except DomainError as error:
            form.add_error(error.field or None, str(error.message))
        else:
            messages.success(request, _("L’adoption est retirée. Sa page reste, avec votre raison."))
            return HttpResponseRedirect(reverse("adoption", args=[found.pk]), status=303)
    return render(request, "members/adoption_withdraw.html", {"form": form, "adoption": found})


def adoptions_of_profile(organisation: Any, account: Any) -> ProfileSection | None:
    """On an organisation's page: its adoption of the charter, or for its representatives the way to record one."""
    found = LocalAdoption.objects.published().filter(organisation=organisation).annotate(changed=Count("changes"))
    items = [_line(one) for one in found]
    if items:
        return ProfileSection(title=_("La charte chez elle"), items=items)
    if not can(account, "adoption.record", organisation):
        return None
    return ProfileSection(
        title=_("La charte chez elle"),
        items=[
            ProfileItem(
                title=_("Dire que votre organisation a adopté la charte chez elle"),
                url=reverse("adoption_new", args=[organisation.slug]),
                text=_("avec la date, la décision et ce que vous avez changé. Vous seuls voyez cette ligne."),
            )
        ],
    )


def _line(adoption: Any) -> ProfileItem:
    changed = adoption.changed
    text = _("sans changement local")
    if changed:
        text = ngettext("avec %(n)d changement local", "avec %(n)d changements locaux", changed) % {"n": changed}
    return ProfileItem(
        title=_("Charte adoptée, version %(version)s") % {"version": adoption.document_version},
        url=reverse("adoption", args=[adoption.pk]),
        text=text,
        date=adoption.adopted_on,
    )
