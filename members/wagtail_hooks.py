"""The admin shows the registers, and does not delete an account that acted for an organisation: its mandates stay."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from members.models import Affiliation, User
from members.viewsets import POLICIES, RegisterGroup

for _policy in POLICIES:
    register_permission_policy(_policy.model, _policy)


def _refusal(request: HttpRequest, accounts: Sequence[Any]) -> HttpResponse | None:
    if not Affiliation.objects.filter(account__in=accounts).exists():
        return None
    messages.error(request, _("Ce compte a agi pour une organisation : suspendez-le au lieu de le supprimer."))
    return redirect("wagtailusers_users:index")


@hooks.register("before_delete_user")
def keep_account_with_mandates(request: HttpRequest, user: User) -> HttpResponse | None:
    """A sentence instead of the deletion, or None to let it be."""
    return _refusal(request, [user])


@hooks.register("before_bulk_action")
def keep_accounts_with_mandates(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponse | None:
    """The same for several accounts at once."""
    if action_type != "delete" or not all(isinstance(account, User) for account in objects):
        return None
    return _refusal(request, objects)


@hooks.register("register_admin_viewset")
def registers() -> RegisterGroup:
    """Organisations, signatures, supports, coalitions, the log of acts."""
    return RegisterGroup()
