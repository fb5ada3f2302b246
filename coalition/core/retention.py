"""Erasing: what is older than its retention, day after day, and what is about one person, when that person asks.

`python manage.py purge_personal_data --dry-run` says what would go; the worker runs the same every night. Each step
writes a line of PurgeRun, the proof that it ran.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from coalition.core.exports import delete_expired_exports
from coalition.core.models import Consent, Erasure, OneTimeToken, PurgeRun, TemporaryExport
from coalition.core.privacy import Declaration, PurgeStep, declarations, erasure_steps, purge_steps, register_purge

FILE = "erasures.jsonl"


def run_purge(*, now: datetime, dry_run: bool = False) -> list[PurgeRun]:
    """Run every registered step, each in its own transaction; the second run on the same day finds nothing more."""
    runs = []
    for step in purge_steps():
        cutoff = now - step.keeps
        with transaction.atomic():
            erased = step.erase(cutoff, dry_run)
            runs.append(
                PurgeRun.objects.create(step=step.name, erased=erased, dry_run=dry_run, older_than=cutoff, ran_at=now)
            )
    return runs


def erase_rows(account: Any, addresses: Iterable[str], now: datetime) -> None:
    """Give every declared field about the account its fate, table by table, after what the apps do beforehand."""
    for step in erasure_steps():
        step(account=account, now=now)
    known = list(addresses)
    for declaration in declarations():
        if declaration.owners or declaration.addresses:
            _erase_table(declaration, account, known)


def _erase_table(declaration: Declaration, account: Any, addresses: list[str]) -> None:
    rows = declaration.model._default_manager.filter(
        pk__in=list(declaration.rows_about(account, addresses).values_list("pk", flat=True))
    )
    if declaration.delete:
        rows.delete()
        return
    changes = {name: fate for name, fate in declaration.fields.items() if fate.verb != "keep"}
    if not changes:
        return
    for pk in rows.values_list("pk", flat=True):
        values = {name: _settle(declaration, name, fate, pk) for name, fate in changes.items()}
        declaration.model._default_manager.filter(pk=pk).update(**values)


def _settle(declaration: Declaration, name: str, fate: Any, pk: int) -> Any:
    if fate.verb == "replace":
        return fate.value(pk) if callable(fate.value) else fate.value
    field: Any = declaration.model._meta.get_field(name)
    return None if field.null else ""


def address_digest(address: str) -> str:
    """What a tombstone keeps of an address: nobody reads it back, and the same address gives the same."""
    return salted_hmac("erasure", address.lower(), algorithm="sha256").hexdigest()


def bury(*, account_id: int, address: str, now: datetime) -> Erasure:
    """Write the tombstone, in the table and, once the transaction holds, in a file that no restored dump overwrites."""
    tombstone = Erasure.objects.create(account_id=account_id, address_digest=address_digest(address), erased_at=now)
    line = json.dumps({"account": account_id, "address": tombstone.address_digest, "at": now.isoformat()})

    def append() -> None:
        folder = Path(settings.PRIVATE_ROOT)
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / FILE).open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    transaction.on_commit(append)
    return tombstone


def buried() -> Iterator[tuple[int, str]]:
    """(account, digest of its address) of every tombstone of the file, in the order of the erasures."""
    file = Path(settings.PRIVATE_ROOT) / FILE
    if file.exists():
        for line in file.read_text(encoding="utf-8").splitlines():
            tombstone = json.loads(line)
            yield int(tombstone["account"]), str(tombstone["address"])


# What the floor itself forgets -------------------------------------------------


def _delete_all(rows: Any, dry_run: bool) -> int:
    found = int(rows.count())
    if found and not dry_run:
        rows.delete()
    return found


def forget_exports(cutoff: datetime, dry_run: bool) -> int:
    """Temporary files past their last hour, with their lines."""
    expired = TemporaryExport.objects.filter(expires_at__lte=cutoff)
    return int(expired.count()) if dry_run else delete_expired_exports(now=cutoff)


def forget_tokens(cutoff: datetime, dry_run: bool) -> int:
    """Secrets of mailed links that have not been good for anything since `cutoff`."""
    return _delete_all(OneTimeToken.objects.filter(expires_at__lt=cutoff), dry_run)


def forget_sessions(cutoff: datetime, dry_run: bool) -> int:
    """Sessions that ran out before `cutoff`."""
    return _delete_all(Session.objects.filter(expire_date__lt=cutoff), dry_run)


def forget_consents(cutoff: datetime, dry_run: bool) -> int:
    """Agreements withdrawn before `cutoff`: nothing has to be proved any more."""
    return _delete_all(Consent.objects.filter(withdrawn_at__lt=cutoff), dry_run)


def forget_withdrawn_addresses(cutoff: datetime, dry_run: bool) -> int:
    """The address on agreements withdrawn before `cutoff`; the proof stays without it."""
    rows = Consent.objects.filter(withdrawn_at__lt=cutoff).exclude(address="", network="")
    found = int(rows.count())
    if found and not dry_run:
        rows.update(address="", network="")
    return found


def register_steps() -> None:
    """Called once, when the app is ready."""
    for name, title, keeps, erase in (
        ("exports", _("Archives et exports préparés"), timedelta(0), forget_exports),
        ("tokens", _("Liens à usage unique périmés"), timedelta(days=30), forget_tokens),
        ("sessions", _("Sessions terminées"), timedelta(0), forget_sessions),
        ("consents.addresses", _("Adresse des accords retirés"), timedelta(days=28), forget_withdrawn_addresses),
        ("consents", _("Accords retirés"), timedelta(days=5 * 365), forget_consents),
    ):
        register_purge(PurgeStep(name, title, keeps, erase))
