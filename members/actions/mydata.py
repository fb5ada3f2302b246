"""One's own data, as a file made for one session."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from coalition.core.access import require
from coalition.core.audit import record
from coalition.core.exports import create_export
from coalition.core.models import TemporaryExport
from coalition.core.mydata import as_archive
from members.models import User

KIND = "personal_data"


@transaction.atomic
def export_own_data(*, account: User, session_key: str | None, now: datetime) -> TemporaryExport:
    """Make the archive of everything the register says the site holds about the account.

    Rule: one's own account. The file is bound to this session and lives a day (`coalition.core.exports`); the view has
    asked for the password or the second factor again.
    """
    require(account, "account.own")
    known = EmailAddress.objects.filter(user=account).values_list("email", flat=True)
    data = as_archive(account, sorted({account.email, *known}), now)
    name = f"mes-donnees-{now:%Y-%m-%d}.zip"
    export = create_export(
        account=account,
        session_key=session_key,
        kind=KIND,
        name=name,
        content_type="application/zip",
        data=data,
        now=now,
    )
    record(actor=account, action="account.export_data", obj=account, now=now, size=len(data))
    return export
