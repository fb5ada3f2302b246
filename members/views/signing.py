"""Signing in three steps: fill in, read again and sign, confirm from the mailbox. Nothing is signed by a GET."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coalition.core.access import LoginNeeded, Refused, is_signed_in, require
from coalition.core.documents import SignableArticle, SignableDocument, current_document, document_articles
from coalition.core.errors import DomainError
from coalition.core.tokens import known_token
from members.actions import (
    CONFIRM_PURPOSE,
    AlreadySigned,
    DocumentChanged,
    StaleLink,
    confirm_cosponsorship,
    discard_draft,
    save_draft,
    sign_cosponsorship,
)
from members.enums import CosponsorshipState, Role
from members.forms import SignForm
from members.models import Affiliation, Coalition, Cosponsorship, Organisation
from members.rules.cosponsorships import is_signatory
from members.views.acts import act_intro, act_rows, first_steps
from members.views.cosponsorship import act_page, find_act


@dataclass(frozen=True, slots=True)
class Signing:
    """Everything the three pages read: who signs for which organisations, which text, what is drafted already."""

    request: HttpRequest
    coalition: Coalition
    document: SignableDocument
    articles: Sequence[SignableArticle]
    mine: Any
    draft: Cosponsorship | None

    def answers(self, *, unfinished: bool = False) -> SignForm:
        """The form as it was sent."""
        request = self.request
        return SignForm(
            request.POST,
            request.FILES,
            organisations=self.mine,
            articles=self.articles,
            unfinished=unfinished,
        )

    def questions(self, organisation: Organisation) -> SignForm:
        """The form as it is first shown: what the site knows of the signatory, or the draft."""
        initial = _known(self.request, organisation)
        if self.draft is not None:
            initial |= _drafted(self.draft, mine=is_signatory(self.request.user, self.draft))
        return SignForm(organisations=self.mine, articles=self.articles, initial=initial)


def _steps() -> list[str]:
    return [_("Remplir l’acte"), _("Relire et signer"), _("Confirmer par courriel")]


def _organisations_to_sign_for(request: HttpRequest) -> Any:
    """The confirmed organisations the account represents; login or a plain refusal when there are none."""
    account: Any = request.user
    if not is_signed_in(account):
        raise LoginNeeded
    mine = Organisation.objects.confirmed().of_account(account, Role.REPRESENTATIVE).order_by("folded_name")
    if not account.has_verified_email or not mine:
        raise Refused(_("Pour signer, il faut représenter une organisation confirmée du réseau."))
    return mine


def _named_organisation(request: HttpRequest, data: QueryDict) -> Organisation | None:
    """The organisation the request names, if it exists for this reader; raises when they may not sign for it."""
    raw = data.get("organisation", "")
    if not (raw.isascii() and raw.isdigit() and len(raw) < 18):
        return None
    named: Organisation | None = Organisation.objects.visible_to(request.user).filter(pk=int(raw)).first()
    if named is not None:
        require(request.user, "cosponsorship.sign", named)
    return named


def _first_to_sign(coalition: Coalition, mine: Any) -> Organisation:
    """The first organisation without a signature, or the first of all when each has signed."""
    signed = Cosponsorship.objects.live().filter(coalition=coalition).exclude(state=CosponsorshipState.DRAFT)
    first: Organisation = mine.exclude(pk__in=signed.values("organisation")).first() or mine[0]
    return first


def _known(request: HttpRequest, chosen: Organisation) -> dict[str, Any]:
    """What the site already knows of the signatory."""
    known = Affiliation.objects.active().filter(account=request.user, organisation=chosen).first()
    return {
        "organisation": chosen.pk,
        "function": known.function if known else "",
        "mandate_reference": known.mandate_reference if known else "",
        "mandate_date": known.mandate_date if known else None,
    }


def _drafted(draft: Cosponsorship, *, mine: bool) -> dict[str, Any]:
    """What the draft says; a colleague's function and consent are theirs, so the next hand says its own."""
    said: dict[str, Any] = {
        "commitments": draft.commitments,
        "statement": draft.statement,
        **{f"sentence_{value}": sentence for value, sentence in draft.sentences.items()},
        **{f"reservation_{one.article_key}": one.text for one in draft.reservations.all()},
    }
    own = {"function": draft.signatory_function, "name_is_public": draft.name_is_public} if mine else {}
    shared = {"mandate_reference": draft.mandate_reference, "mandate_date": draft.mandate_date}
    return {**said, **{name: value for name, value in {**own, **shared}.items() if value}}


def _live_act(coalition: Coalition, organisation: Organisation) -> Cosponsorship | None:
    live = Cosponsorship.objects.live().filter(coalition=coalition, organisation=organisation)
    act: Cosponsorship | None = live.select_related(
        "organisation", "coalition", "affiliation__account", "mandate_document"
    ).first()
    return act


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cosponsorship_sign(request: HttpRequest) -> HttpResponse:
    """Form, review, signature, or a draft kept: which of them the button of the last page says (`step`)."""
    mine = _organisations_to_sign_for(request)
    coalition = Coalition.objects.looking_for_cosponsors().first()
    if coalition is None:
        raise Http404
    posted = request.method == "POST"
    named = _named_organisation(request, request.POST if posted else request.GET)
    organisation = named or _first_to_sign(coalition, mine)
    live = _live_act(coalition, organisation)
    if live is not None and live.state != CosponsorshipState.DRAFT:
        return act_page(request, live, status=409 if posted else 200, already=True)
    document = current_document(coalition)
    if document is None:
        return render(request, "members/cosponsorship_sign.html", {"coalition": coalition, "document": None})
    signing = Signing(request, coalition, document, document_articles(document.sha256), mine, live)
    if posted:
        return _next_step(signing, organisation)
    return _form_page(signing, signing.questions(organisation))


def _next_step(signing: Signing, organisation: Organisation) -> HttpResponse:
    """What the button asked for; back to the form while an answer is to be looked at again."""
    step = signing.request.POST.get("step", "")
    form = signing.answers(unfinished=step == "save")
    try:
        signing = _keep(signing, step, organisation)
    except AlreadySigned:
        return act_page(signing.request, _signed(signing, organisation), status=409, already=True)
    except DomainError as error:
        form.add_error(error.field or None, str(error.message))
    if not form.is_valid() or step == "edit":
        return _form_page(signing, form)
    if step == "save":
        messages.success(signing.request, _("C’est enregistré. Reprenez l’acte quand vous voulez, ou un collègue."))
        return HttpResponseRedirect(reverse("account_overview"), status=303)
    return _sign(signing, form) if step == "sign" else _review_page(signing, form)


def _keep(signing: Signing, step: str, organisation: Organisation) -> Signing:
    """Save the draft where that was asked, and the signing that goes on with it.

    Once there is a draft, or a file that no hidden field could carry, each page sent from the form is kept, refused or
    not; nothing is kept of an answer that is wrong in itself.
    """
    goes_on = step not in ("sign", "edit") and (signing.draft is not None or bool(signing.request.FILES))
    form = signing.answers(unfinished=True)
    if not (step == "save" or goes_on) or not form.is_valid():
        return signing
    account: Any = signing.request.user
    save_draft(
        coalition=signing.coalition,
        actor=account,
        upload=form.cleaned_data["document"],
        now=timezone.now(),
        **form.words(),
    )
    kept = _live_act(signing.coalition, organisation)
    return Signing(signing.request, signing.coalition, signing.document, signing.articles, signing.mine, kept)


def _signed(signing: Signing, organisation: Organisation) -> Cosponsorship:
    act = _live_act(signing.coalition, organisation)
    if act is None:
        raise Http404
    return act


def _form_page(signing: Signing, form: SignForm) -> HttpResponse:
    context = {
        "coalition": signing.coalition,
        "document": signing.document,
        "draft": signing.draft,
        "form": form,
        "steps": _steps(),
        "next": first_steps(),
    }
    return render(signing.request, "members/cosponsorship_sign.html", context)


def _review_page(signing: Signing, form: SignForm, sentence: str = "") -> HttpResponse:
    """The act as it will be signed, every answer in a hidden field, and the hash that was read."""
    words, document = form.words(), signing.document
    reserved = words.pop("reservations")
    act = Cosponsorship(
        coalition=signing.coalition,
        signatory_name=str(signing.request.user),
        signatory_function=words.pop("function"),
        document_title=document.title,
        document_version=document.version,
        document_sha256=document.sha256,
        **words,
    )
    named = [{"article_title": one.title, "text": reserved[one.key]} for one in signing.articles if one.key in reserved]
    context = {
        "coalition": signing.coalition,
        "act": act,
        "draft": signing.draft,
        "intro": act_intro(act),
        "rows": act_rows(act, named=True, reservations=named),
        "hidden": [field.as_hidden() for field in form if field.name not in ("document_sha256", "document")],
        "document": document,
        "steps": _steps(),
        "next": first_steps(),
        "sentence": sentence,
    }
    return render(signing.request, "members/cosponsorship_review.html", context)


def _sign(signing: Signing, form: SignForm) -> HttpResponse:
    account: Any = signing.request.user
    if not form.cleaned_data["document_sha256"]:
        return _review_page(signing, form)
    try:
        act, created = sign_cosponsorship(
            coalition=signing.coalition,
            actor=account,
            now=timezone.now(),
            authority_declared=form.cleaned_data["authority"],
            document_sha256=form.cleaned_data["document_sha256"],
            **form.words(),
        )
    except DocumentChanged as error:
        return _review_page(signing, form, sentence=str(error.message))
    except DomainError as error:
        form.add_error(error.field or None, str(error.message))
        return _form_page(signing, form)
    if not created:
        return act_page(signing.request, act, status=409, already=True)
    messages.success(signing.request, _("C’est signé. Il reste à confirmer depuis votre boîte aux lettres."))
    return HttpResponseRedirect(act.get_absolute_url(), status=303)


@require_http_methods(["GET", "HEAD", "POST"])
def cosponsorship_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Two clicks: this page asks, its button throws the draft away."""
    act = find_act(request, pk)
    account: Any = request.user
    require(account, "cosponsorship.discard", act)
    if request.method == "POST":
        discard_draft(cosponsorship=act, actor=account, now=timezone.now())
        messages.success(request, _("Le projet d’acte est effacé. Rien n’a été signé."))
        return HttpResponseRedirect(act.organisation.get_absolute_url(), status=303)
    return render(request, "members/cosponsorship_discard.html", {"act": act})


def _link_state(token: str) -> tuple[Cosponsorship | None, str, int]:
    """The act behind a mailed link, what can be said of the link, and the page's status."""
    known = known_token(purpose=CONFIRM_PURPOSE, secret=token)
    act: Any = known.subject if known else None
    if known is None or act is None:
        return None, "forged", 404
    if known.address.lower() != act.affiliation.account.email.lower():
        return None, "moved", 410
    if known.used_at is not None or act.state != CosponsorshipState.AWAITING:
        return act, "used", 200
    if known.expires_at <= timezone.now():
        return act, "expired", 410
    return act, "live", 200


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cosponsorship_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The mailed link: GET shows the act and a button, POST confirms. Works without login."""
    confirmed = False
    if request.method == "POST":
        try:
            confirm_cosponsorship(token=token, now=timezone.now())
            confirmed = True
        except StaleLink:
            pass
    act, state, status = _link_state(token)
    if request.method == "POST" and not confirmed and status == 200:
        status = 409
    context: dict[str, Any] = {"act": act, "link": state, "confirmed": confirmed}
    if act is not None:
        context |= {"intro": act_intro(act), "rows": act_rows(act, named=state == "live" or confirmed)}
    return render(request, "members/cosponsorship_confirm.html", context, status=status)
