"""What the register says the site holds about one account, as data and as a page to read."""

import json
from collections.abc import Iterable
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model
from django.template.loader import render_to_string

from coalition.core.privacy import Declaration, declarations, treatments

SECRETS = frozenset(
    {
        "members.User.password",
        "mfa.Authenticator.data",
        "account.EmailConfirmation.key",
        "socialaccount.SocialToken.token",
        "socialaccount.SocialToken.token_secret",
        "usersessions.UserSession.session_key",
        "core.TemporaryExport.session_digest",
        "core.OneTimeToken.digest",
        "wagtailcore.APIToken.key_hash",
        "notifications.Delivery.lease_token",
    }
)
"""What proves who somebody is: never shown, not even to that person."""


PLAIN = (bool, int, float, str, list, dict, date, time)
"""What JSON, or Django's way of writing it, takes as it is; everything else is shown as its own words."""


def _value(row: Model, field: "Field[Any, Any]") -> Any:
    if field.is_relation:
        related = getattr(row, field.name)
        return str(related) if related is not None else None
    value = field.value_from_object(row)
    return value if value is None or isinstance(value, PLAIN) else str(value)


def _row(declaration: Declaration, row: Model) -> dict[str, Any]:
    """Every field of the row that is not a secret, by its name."""
    return {
        field.name: _value(row, field)
        for field in row._meta.concrete_fields
        if f"{declaration.label}.{field.name}" not in SECRETS
    }


def collect(account: Any, addresses: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """Rows about the account by table ("members.Affiliation"), for every declared table that can be about somebody."""
    found = {}
    for declaration in declarations():
        if declaration.owners or declaration.addresses:
            rows = declaration.rows_about(account, addresses).order_by("pk")
            found[declaration.label] = [_row(declaration, row) for row in rows]
    return found


def as_archive(account: Any, addresses: Iterable[str], now: datetime) -> bytes:
    """A ZIP of `mes-donnees.json` (everything) and `mes-donnees.html` (the same, to read), UTF-8."""
    data = collect(account, addresses)
    content = {"account": account.pk, "made_at": now, "tables": data}
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mes-donnees.json", json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
        archive.writestr("mes-donnees.html", _readable(account, data, now))
    return out.getvalue()


def _readable(account: Any, data: dict[str, list[dict[str, Any]]], now: datetime) -> str:
    by_label = {declaration.label: declaration for declaration in declarations()}
    sections = []
    for treatment in treatments():
        tables = [
            {"name": by_label[label].model._meta.verbose_name, "rows": rows}
            for label, rows in data.items()
            if rows and by_label[label].treatment == treatment.key
        ]
        if tables:
            sections.append({"treatment": treatment, "tables": tables})
    return render_to_string("privacy/my_data.html", {"holder": account, "sections": sections, "now": now})
