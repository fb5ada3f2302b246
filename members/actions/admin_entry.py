"""Who, besides organisers, may open cases in the admin's editor: editors an organiser has let in, one by one."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from coalition.core.access import EDITORS_LET_IN, WrongState, require
from coalition.core.audit import record
from members.models import Affiliation


def _group() -> Group:
    group = Group.objects.get_or_create(name=EDITORS_LET_IN)[0]
    entry = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    group.permissions.add(entry)
    return group


@transaction.atomic
def let_editor_in(*, affiliation: Affiliation, actor: Any, now: datetime) -> Affiliation:
    """The person of this running editor's affiliation may open the cases of their organisations in the admin's editor.

    Only organisers decide it; WrongState when the person is in already. The right lasts as long as the account is an
    editor of a confirmed organisation, and asks for a second factor each time (`cases.rules.may_edit_in_admin`).
    """
    require(actor, "affiliation.let_in", affiliation)
    group = _group()
    if affiliation.account.groups.filter(pk=group.pk).exists():
        raise WrongState("affiliation.let_in")
    affiliation.account.groups.add(group)
    _note("affiliation.let_in", affiliation, actor, now)
    return affiliation


@transaction.atomic
def shut_editor_out(*, affiliation: Affiliation, actor: Any, now: datetime) -> Affiliation:
    """Take that right back. WrongState when the person does not have it."""
    require(actor, "affiliation.let_in", affiliation)
    group = _group()
    if not affiliation.account.groups.filter(pk=group.pk).exists():
        raise WrongState("affiliation.shut_out")
    affiliation.account.groups.remove(group)
    _note("affiliation.shut_out", affiliation, actor, now)
    return affiliation


def _note(action: str, affiliation: Affiliation, actor: Any, now: datetime) -> None:
    record(actor=actor, action=action, obj=affiliation, now=now, account=affiliation.account_id)
