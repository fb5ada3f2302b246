"""A new version of the text put to each organisation that holds an older one, and the yearly renewal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coalition.core.access import can, require
from coalition.core.documents import (
    ArticleChange,
    SignableArticle,
    SignableDocument,
    changes_between,
    current_document,
    document_articles,
    document_by_hash,
)
from coalition.core.errors import DomainError
from coalition.core.profiles import ProfileItem, ProfileSection
from members.actions import DocumentChanged, confirm_version, renew_cosponsorship
from members.enums import PUBLIC, CosponsorshipState
from members.forms import VersionForm
from members.models import Affiliation, Cosponsorship, Reservation
from members.views.act_links import ActLink, act_link
from members.views.acts import act_rows
from members.views.cosponsorship import find_act


@dataclass(frozen=True, slots=True)
class PutArticle:
    """An article as it is put to the organisation: what changed in it, what is reserved, the questions about it."""

    title: str
    number: int | None
    change: ArticleChange | None
    reservation: Reservation | None
    text: BoundField | None
    lift: BoundField | None

    @property
    def is_busy(self) -> bool:
        """Something is reserved, written or wrong here: it stands open even where nothing changed."""
        return self.reservation is not None or (self.text is not None and bool(self.text.value() or self.text.errors))


@dataclass(frozen=True, slots=True)
class Put:
    """Everything the page about a new version reads."""

    act: Cosponsorship
    document: SignableDocument
    articles: Sequence[SignableArticle]
    changes: Sequence[ArticleChange]
    standing: dict[str, Reservation]

    def form(self, data: Any = None) -> VersionForm:
        """The questions; bound to what was sent, if something was."""
        initial = {"seen": self.document.sha256}
        return VersionForm(data, initial=initial, articles=self.articles, standing=self.standing)

    def groups(self, form: VersionForm) -> dict[str, list[PutArticle]]:
        """Changed articles first, then those that stay, then reservations on articles that are gone unchanged."""
        changed = {change.key: change for change in self.changes}
        rest = [self._article(form, one.key, one.title, one) for one in self.articles if one.key not in changed]
        known = {*changed, *(one.key for one in self.articles)}
        gone = [self._article(form, key, row.article_title) for key, row in self.standing.items() if key not in known]
        put = [self._article(form, one.key, one.title, one.after or one.before, one) for one in self.changes]
        return {"changed": put, "rest": rest, "gone": gone}

    def _article(
        self,
        form: VersionForm,
        key: str,
        title: str,
        article: SignableArticle | None = None,
        change: ArticleChange | None = None,
    ) -> PutArticle:
        return PutArticle(
            title=title,
            number=article.number if article else None,
            change=change,
            reservation=self.standing.get(key),
            text=form[f"reservation_{key}"] if f"reservation_{key}" in form.fields else None,
            lift=form[f"lift_{key}"] if f"lift_{key}" in form.fields else None,
        )


def _put(act: Cosponsorship) -> Put | None:
    """What the version in force asks of this act; None when it holds that version already."""
    document = current_document(act.coalition)
    if document is None or document.sha256 == act.document_sha256:
        return None
    return Put(
        act=act,
        document=document,
        articles=document_articles(document.sha256),
        changes=changes_between(act.document_sha256, document.sha256),
        standing={row.article_key: row for row in act.reservations.filter(lifted_at=None)},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cosponsorship_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Only what changed since this act's version: confirm, reserve or leave; read again, then one button."""
    act = find_act(request, pk)
    require(request.user, "cosponsorship.confirm_version", act)
    put = _put(act)
    if put is None:
        messages.info(request, _("Votre organisation a déjà signé la version en vigueur : rien n’est à confirmer."))
        return HttpResponseRedirect(act.get_absolute_url(), status=303)
    if request.method != "POST":
        return _form_page(request, put, put.form())
    form = put.form(request.POST)
    if request.POST.get("answer") == VersionForm.LEAVE:
        return HttpResponseRedirect(reverse("cosponsorship_withdraw", args=[act.pk]), status=303)
    if not form.is_valid() or request.POST.get("step") == "edit":
        return _form_page(request, put, form)
    if form.cleaned_data["seen"] != put.document.sha256:
        return _form_page(request, put, form, newer=True)
    if request.POST.get("step") == "sign":
        return _confirm(request, put, form)
    return _review_page(request, put, form)


def _confirm(request: HttpRequest, put: Put, form: VersionForm) -> HttpResponse:
    try:
        act = confirm_version(
            cosponsorship=put.act,
            actor=request.user,
            seen_sha256=form.cleaned_data["seen"],
            reservations=form.reservations,
            lifted=form.lifted,
            now=timezone.now(),
        )
    except DocumentChanged:
        put = _put(put.act) or put
        return _form_page(request, put, put.form(request.POST), newer=True)
    except DomainError as error:
        form.add_error(error.field or None, str(error.message))
        return _form_page(request, put, form)
    said = _("C’est confirmé : votre organisation tient la version %(version)s. Vous recevez un courriel.")
    messages.success(request, said % {"version": act.document_version})
    return HttpResponseRedirect(act.get_absolute_url(), status=303)


def _form_page(request: HttpRequest, put: Put, form: VersionForm, *, newer: bool = False) -> HttpResponse:
    context = {
        "act": put.act,
        "document": put.document,
        "held": document_by_hash(put.act.document_sha256),
        "form": form,
        "newer": newer,
        "seen": put.document.sha256,
        **put.groups(form),
    }
    return render(request, "members/version.html", context)


def _review_page(request: HttpRequest, put: Put, form: VersionForm) -> HttpResponse:
    account: Any = request.user
    affiliation = Affiliation.objects.active().get(account=account, organisation=put.act.organisation)
    context = {
        "act": put.act,
        "document": put.document,
        "rows": _review_rows(put, form, affiliation),
        "hidden": [field.as_hidden() for field in form if field.name != "seen"],
        "seen": put.document.sha256,
        "signer": str(account),
        "place": put.act.organisation.city,
    }
    return render(request, "members/version_review.html", context)


def _review_rows(put: Put, form: VersionForm, affiliation: Affiliation) -> list[dict[str, Any]]:
    """What will be kept, row by row, for `components/rows.html`."""
    titles = {article.key: article.title for article in put.articles}
    rows: list[dict[str, Any]] = [
        {"label": _("Au nom de"), "value": put.act.organisation.name},
        {"label": _("Signataire"), "value": str(affiliation.account), "note": affiliation.function},
        {"label": _("Mandat"), "value": affiliation.mandate_reference},
        {"label": _("Version tenue jusqu’ici"), "value": put.act.document_version},
        {
            "label": _("Version confirmée"),
            "value": _("%(title)s, version %(version)s")
            % {"title": put.document.title, "version": put.document.version},
            "url": put.document.url,
            "note": _("Empreinte SHA-256 du texte"),
            "hash": put.document.sha256,
        },
    ]
    lifted = [put.standing[key] for key in form.lifted]
    rows += [
        {
            "label": _("Réserves"),
            "pairs": [{"term": titles[key], "text": text} for key, text in form.reservations.items()],
        },
        {"label": _("Réserves gardées"), "pairs": [_pair(row) for row in form.kept]},
        {"label": _("Réserves levées"), "pairs": [_pair(row) for row in lifted]},
    ]
    return [row for row in rows if row.get("value") or row.get("pairs")]


def _pair(row: Reservation) -> dict[str, str]:
    return {"term": row.article_title, "text": row.text}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cosponsorship_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Still true? One button says so for another term."""
    act = find_act(request, pk)
    require(request.user, "cosponsorship.renew", act)
    if request.method == "POST":
        act = renew_cosponsorship(cosponsorship=act, actor=request.user, now=timezone.now())
        messages.success(request, _("Merci : votre organisation reste co-porteuse. Un courriel le confirme."))
        return HttpResponseRedirect(act.get_absolute_url(), status=303)
    context = {"act": act, "rows": act_rows(act, named=True), "behind": _put(act) is not None}
    return render(request, "members/renew.html", context)


@act_link
def _version_link(account: Any, act: Cosponsorship) -> ActLink | None:
    if not can(account, "cosponsorship.confirm_version", act):
        return None
    document = current_document(act.coalition)
    if document is None or document.sha256 == act.document_sha256:
        return None
    label = _("Lire ce qui change dans la version %(version)s") % {"version": document.version}
    return ActLink(label, reverse("cosponsorship_version", args=[act.pk]), main=True)


@act_link
def _renewal_link(account: Any, act: Cosponsorship) -> ActLink | None:
    if not can(account, "cosponsorship.renew", act):
        return None
    return ActLink(_("Renouveler le co-portage"), reverse("cosponsorship_renew", args=[act.pk]), main=True)


def versions_of_profile(organisation: Any, account: Any) -> ProfileSection | None:
    """On an organisation's page: every version its public act held, newest first, and the one that waits for it."""
    acts = getattr(organisation, "acts_shown", None)
    if acts is None:
        shown = Cosponsorship.objects.filter(organisation=organisation).select_related("coalition")
        acts = shown.prefetch_related("signed_versions")
    act = next((act for act in acts if act.state in PUBLIC), None)
    if act is None:
        return None
    items = [
        ProfileItem(
            title=_("Version %(version)s") % {"version": line.document_version},
            text=str(line.get_how_display()),
            date=line.bound_at.date(),
        )
        for line in reversed(act.signed_versions.all())
    ]
    document = current_document(act.coalition)
    if document is not None and document.sha256 != act.document_sha256:
        items.insert(0, _waiting_version(act, document, account))
    return ProfileSection(title=_("Les versions de la charte qu’elle a tenues"), items=items)


def _waiting_version(act: Cosponsorship, document: SignableDocument, account: Any) -> ProfileItem:
    may = can(account, "cosponsorship.confirm_version", act)
    return ProfileItem(
        title=_("Version %(version)s") % {"version": document.version},
        url=reverse("cosponsorship_version", args=[act.pk]) if may else document.url,
        text=_("en vigueur"),
        date=document.adopted_on,
        state="open",
        word=_("À confirmer"),
    )


def waiting_of_account(account: Any) -> list[ProfileItem]:
    """On the account page: what the new version and the yearly renewal ask of the organisations one represents."""
    mine = Affiliation.objects.active().representatives().filter(account=account).values("organisation")
    acts = list(
        Cosponsorship.objects.holding_a_text()
        .filter(organisation__in=mine)
        .select_related("organisation", "coalition")
        .order_by("pk")
    )
    current = {act.coalition_id: act.coalition for act in acts}
    documents = {pk: current_document(coalition) for pk, coalition in current.items()}
    return [item for act in acts for item in _asked_of(act, documents[act.coalition_id])]


def _asked_of(act: Cosponsorship, document: SignableDocument | None) -> list[ProfileItem]:
    asked = []
    if document is not None and document.sha256 != act.document_sha256:
        asked.append(
            ProfileItem(
                title=_("Lire ce qui change dans la version %(version)s") % {"version": document.version},
                url=reverse("cosponsorship_version", args=[act.pk]),
                text=act.organisation.name,
                date=document.adopted_on,
                state="open",
                word=_("À confirmer"),
            )
        )
    if act.state == CosponsorshipState.TO_RENEW:
        asked.append(
            ProfileItem(
                title=_("Dire si votre engagement tient toujours"),
                url=reverse("cosponsorship_renew", args=[act.pk]),
                text=act.organisation.name,
                date=act.renew_on,
                state="awaiting",
                word=str(act.get_state_display()),
            )
        )
    return asked
