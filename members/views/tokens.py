"""The tokens of an organisation: a page to make them, see which are used, and take them back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from coalition.core.access import require
from coalition.core.errors import DomainError
from members.actions.tokens import create_token, revoke_token, stands
from members.forms.tokens import TokenForm
from members.models import Organisation, OrganisationToken
from members.views.profile import find_organisation

PAST = 50
"""Tokens shown on the page, the latest first."""


def _status(token: OrganisationToken, now: Any, standing: dict[int | None, bool]) -> tuple[str, str]:
    """The state of a token, as a sign and a word; `standing` remembers who still stands behind theirs."""
    if token.revoked_at is not None:
        return "withdrawn", _("Retiré")
    if token.expires_at <= now:
        return "stopped", _("Périmé")
    if token.created_by_id not in standing:
        standing[token.created_by_id] = stands(token=token)
    if not standing[token.created_by_id]:
        return "stopped", _("Sans personne derrière lui")
    return "done", _("En service")


def _page(
    request: HttpRequest, organisation: Organisation, form: TokenForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    now = timezone.now()
    tokens = organisation.tokens.select_related("organisation", "created_by", "revoked_by")[:PAST]
    standing: dict[int | None, bool] = {}
    rows = [{"token": token, "state": _status(token, now, standing)} for token in tokens]
    context = {"organisation": organisation, "form": form, "rows": rows, "now": now, **more}
    return render(request, "members/tokens.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest, slug: str) -> HttpResponse:
    """The list and the form of a new one; the answer to the form shows the secret, this once."""
    organisation = find_organisation(request, slug)
    require(request.user, "organisation_token.manage", organisation)
    form = TokenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = create_token(
                actor=request.user,  # type: ignore[arg-type]  # the rule lets accounts through only
                organisation=organisation,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except DomainError as error:
            form.add_error(error.field or None, str(error.message))
        else:
            return _page(request, organisation, TokenForm(), status=201, made=token, secret=secret)
    return _page(request, organisation, form)


@require_POST
def token_revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take one back."""
    organisation = find_organisation(request, slug)
    require(request.user, "organisation_token.manage", organisation)
    theirs = OrganisationToken.objects.select_related("organisation").filter(organisation=organisation)
    token: OrganisationToken = get_object_or_404(theirs, pk=pk)
    revoke_token(actor=request.user, token=token, now=timezone.now())  # type: ignore[arg-type]  # as above
    messages.success(request, _("Le jeton est retiré : il ne sert plus."))
    return HttpResponseRedirect(reverse("tokens", args=[organisation.slug]), status=303)
