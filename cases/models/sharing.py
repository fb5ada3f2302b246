"""A signed link to one revision of a case: for a colleague who has no account, for thirty days."""

from datetime import timedelta
from typing import Any

from django.core import signing
from wagtail.models import Revision

SALT = "cases.shared"
LIFETIME = timedelta(days=30)


def share_words(page: Any) -> str:
    """The signed name of its latest revision. It opens that revision and no other."""
    return signing.dumps(page.latest_revision_id, salt=SALT)


def shared_revision(signed: str) -> tuple[Revision | None, bool]:
    """The revision a link names, and whether the link still opens it; (None, False) for a forged one."""
    try:
        key = signing.loads(signed, salt=SALT)
    except signing.BadSignature:
        return None, False
    revision = Revision.page_revisions.filter(pk=key).first() if isinstance(key, int) else None
    return revision, revision is not None and _is_fresh(signed)


def _is_fresh(signed: str) -> bool:
    try:
        signing.loads(signed, salt=SALT, max_age=LIFETIME)
    except signing.SignatureExpired:
        return False
    return True
