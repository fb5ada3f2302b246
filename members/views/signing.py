"""Signing in three steps: fill in, read again and sign, confirm from the mailbox. Nothing is signed by a GET."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coalition.core.access import LoginNeeded, Refused, is_signed_in, require
from coalition.core.documents import current_document
from coalition.core.errors import DomainError
from coalition.core.tokens import known_token
from members.actions import CONFIRM_PURPOSE, DocumentChanged, StaleLink, confirm_cosponsorship, sign_cosponsorship
from members.enums import CosponsorshipState, Role
from members.forms import SignForm
from members.models import Affiliation, Coalition, Cosponsorship, Organisation
from members.views.acts import act_intro, act_rows, first_steps
from members.views.cosponsorship import act_page


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


def _initial(request: HttpRequest, mine: Any, named: Organisation | None) -> dict[str, Any]:
    """What the site already knows of the signatory."""
    chosen = named or mine[0]
    known = Affiliation.objects.active().filter(account=request.user, organisation=chosen).first()
    return {
        "organisation": chosen.pk,
        "function": known.function if known else "",
        "mandate_reference": known.mandate_reference if known else "",
        "mandate_date": known.mandate_date if known else None,
    }


def _live_act(coalition: Coalition, organisation: Organisation | None) -> Cosponsorship | None:
    if organisation is None:
        return None
    live = Cosponsorship.objects.live().filter(coalition=coalition, organisation=organisation)
    act: Cosponsorship | None = live.select_related("organisation", "coalition", "affiliation__account").first()
    return act


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cosponsorship_sign(request: HttpRequest) -> HttpResponse:
    """Form, review, signature: which of them the button of the last page says (`step`)."""
    mine = _organisations_to_sign_for(request)
    coalition = Coalition.objects.looking_for_cosponsors().first()
    if coalition is None:
        raise Http404
    posted = request.method == "POST"
    named = _named_organisation(request, request.POST if posted else request.GET)
    live = _live_act(coalition, named or (mine[0] if len(mine) == 1 else None))
    if live is not None:
        return act_page(request, live, status=409 if posted else 200, already=True)
    if current_document(coalition) is None:
        return render(request, "members/cosponsorship_sign.html", {"coalition": coalition, "document": None})
    if posted:
        return _next_step(request, coalition, SignForm(request.POST, organisations=mine))
    form = SignForm(organisations=mine, initial=_initial(request, mine, named))
    return _form_page(request, coalition, form)


def _next_step(request: HttpRequest, coalition: Coalition, form: SignForm) -> HttpResponse:
    """What the button asked for; back to the form while an answer is to be looked at again."""
    step = request.POST.get("step")
    if not form.is_valid() or step == "edit":
        return _form_page(request, coalition, form)
    return _sign(request, coalition, form) if step == "sign" else _review_page(request, coalition, form)


def _form_page(request: HttpRequest, coalition: Coalition, form: SignForm) -> HttpResponse:
    context = {
        "coalition": coalition,
        "document": current_document(coalition),
        "form": form,
        "steps": _steps(),
        "next": first_steps(),
    }
    return render(request, "members/cosponsorship_sign.html", context)


def _review_page(request: HttpRequest, coalition: Coalition, form: SignForm, sentence: str = "") -> HttpResponse:
    """The act as it will be signed, every answer in a hidden field, and the hash that was read."""
    document, account, data = current_document(coalition), request.user, form.cleaned_data
    if document is None:
        raise Http404
    act = Cosponsorship(
        coalition=coalition,
        organisation=data["organisation"],
        commitments=data["commitments"],
        statement=data["statement"],
        signatory_name=str(account),
        signatory_function=data["function"],
        mandate_reference=data["mandate_reference"],
        mandate_date=data["mandate_date"],
        name_is_public=data["name_is_public"],
        document_title=document.title,
        document_version=document.version,
        document_sha256=document.sha256,
    )
    hidden = [field.as_hidden() for field in form if field.name != "document_sha256"]
    context = {
        "coalition": coalition,
        "act": act,
        "intro": act_intro(act),
        "rows": act_rows(act, named=True),
        "hidden": hidden,
        "document": document,
        "steps": _steps(),
        "next": first_steps(),
        "sentence": sentence,
    }
    return render(request, "members/cosponsorship_review.html", context)


def _sign(request: HttpRequest, coalition: Coalition, form: SignForm) -> HttpResponse:
    data = dict(form.cleaned_data)
    account: Any = request.user
    if not data["document_sha256"]:
        return _review_page(request, coalition, form)
    try:
        act, created = sign_cosponsorship(
            coalition=coalition,
            actor=account,
            now=timezone.now(),
            authority_declared=data.pop("authority"),
            **data,
        )
    except DocumentChanged as error:
        return _review_page(request, coalition, form, sentence=str(error.message))
    except DomainError as error:
        form.add_error(error.field or None, str(error.message))
        return _form_page(request, coalition, form)
    if not created:
        return act_page(request, act, status=409, already=True)
    messages.success(request, _("C’est signé. Il reste à confirmer depuis votre boîte aux lettres."))
    return HttpResponseRedirect(act.get_absolute_url(), status=303)


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
        return None, "expired", 410
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
