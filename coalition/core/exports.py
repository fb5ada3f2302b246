"""Files made for one person: private, bound to one account and one session, gone after a day.

    export = create_export(account=account, session_key=request.session.session_key, kind="contacts",
                           name="contacts.csv", content_type="text/csv", data=b"...", now=now)
    export = find_export(account=account, session_key=request.session.session_key, kind="contacts", key=key, now=now)
    return export_response(export)

An action makes the export after it has asked the door and (for what holds personal data) a view has asked for the
password or second factor again (`require_fresh_proof(request)`); it writes its own audit line. Another account, another
session of the same account, and whoever comes late meet Hidden, as for an address that never was. The purge calls
`delete_expired_exports(now=now)`; erasing an account calls `delete_exports_of(account=account)` first.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.db import transaction
from django.http import FileResponse, HttpRequest

from coalition.core.access import Hidden, is_signed_in
from coalition.core.attachments import attachment_response, delete_attachment, store_attachment
from coalition.core.models import TemporaryExport

LIFETIME = timedelta(hours=24)


def session_digest(session_key: str | None) -> str:
    """What the table keeps of a session: its key cannot be had back from it. ValueError for somebody without one."""
    if not session_key:
        raise ValueError("an export needs a session")
    return hashlib.sha256(f"export {session_key}".encode()).hexdigest()


@transaction.atomic
def create_export(
    *, account: Any, session_key: str | None, kind: str, name: str, content_type: str, data: bytes, now: datetime
) -> TemporaryExport:
    """Keep `data` (bytes) for LIFETIME as a private file that only this session of this account may fetch.

    `kind` says what it is ("contacts", "personal_data"), `name` what the download is called. The caller has asked the
    door and writes the audit line. ValueError without a session.
    """
    digest = session_digest(session_key)
    attachment = store_attachment(name=name, content_type=content_type, data=data, account=account, now=now)
    return TemporaryExport.objects.create(
        account=account,
        kind=kind,
        session_digest=digest,
        attachment=attachment,
        created_at=now,
        expires_at=now + LIFETIME,
    )


def live_exports(*, account: Any, session_key: str | None, kind: str, now: datetime) -> list[TemporaryExport]:
    """What this session of this account may fetch now of that kind, newest first; none without a session."""
    if not (is_signed_in(account) and session_key):
        return []
    mine = TemporaryExport.objects.filter(account=account, kind=kind, expires_at__gt=now).select_related("attachment")
    digest = session_digest(session_key)
    return [export for export in mine if hmac.compare_digest(export.session_digest, digest)]


def find_export(*, account: Any, session_key: str | None, kind: str, key: UUID, now: datetime) -> TemporaryExport:
    """The export under that key. Raises Hidden for another account, another session, another kind, or after its day."""
    for export in live_exports(account=account, session_key=session_key, kind=kind, now=now):
        if export.key == key:
            return export
    raise Hidden("export")


def export_response(export: TemporaryExport) -> FileResponse:
    """The file as a download no cache keeps."""
    return attachment_response(export.attachment)


def delete_expired_exports(*, now: datetime) -> int:
    """Delete what is past its last hour, file and line; how many. For the purge; a second run finds nothing."""
    return _delete(TemporaryExport.objects.filter(expires_at__lte=now))


def delete_exports_of(*, account: Any) -> int:
    """Delete every export of an account, file and line, before the account itself goes; how many."""
    return _delete(TemporaryExport.objects.filter(account=account))


def _delete(exports: Any) -> int:
    """One transaction each: a file that cannot be removed keeps its line and is tried again, the others go."""
    deleted = 0
    for export in exports.select_related("attachment"):
        with transaction.atomic():
            attachment = export.attachment
            export.delete()
            delete_attachment(attachment)
        deleted += 1
    return deleted


def require_fresh_proof(request: HttpRequest) -> None:
    """Pass when this session gave a password or a second factor within ACCOUNT_REAUTHENTICATION_TIMEOUT (seconds).

    Else raise allauth's ReauthenticationRequired, which its middleware turns into the page that asks for it and then
    comes back here. An account without password and second factor has nothing to give, and passes.
    """
    raise_if_reauthentication_required(request, app="coalition")
