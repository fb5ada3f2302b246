"""The versions of a charter, and who is told of what happens to it."""

from datetime import datetime
from typing import Any

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.core.subjects import tell_revisions
from coalition.notifications.actions import record_event
from members.actions import announce_version
from members.models import Coalition
from principles.actions.rebasing import rebase_pending
from principles.actions.revisions import revisions_between
from principles.actions.wording import UnreadableText, readable
from principles.enums import Language
from principles.models import (
    MAX_TEXT,
    MAX_TITLE,
    Charter,
    CharterText,
    Version,
    VersionArticle,
    article_rows,
    canonical_form,
    fingerprint,
    settle_text,
)


@transaction.atomic
def publish_first_version(
    *,
    actor: Any,
    coalition: Coalition,
    slug: str,
    text: CharterText,
    now: datetime,
    authentic_language: str = Language.FRENCH,
) -> Version:
    """Found the coalition's charter with version 1.

    Only organisers. Every title and text is asked for in both languages; keys of articles are distinct slugs. Raises
    WrongState when a charter of this slug exists, DomainError for an incomplete text.
    """
    require(actor, "charter.publish")
    check_charter_text(text)
    charter, created = Charter.objects.get_or_create(
        slug=slug,
        defaults={
            "coalition": coalition,
            "title_fr": text.title_fr,
            "title_en": text.title_en,
            "authentic_language": authentic_language,
        },
    )
    if not created:
        raise WrongState(_("Cette charte existe déjà : elle ne change plus que par amendement."))
    return publish_version(charter=charter, text=text, previous=None, actor=actor, now=now)


def check_charter_text(text: CharterText) -> None:
    """DomainError unless `text` can stand as a version: whole in both languages, keys distinct, nothing unreadable."""
    keys = [article.key for article in text.articles]
    if not keys or len(set(keys)) != len(keys):
        raise UnreadableText(_("Une charte a au moins un article, et chaque article une clé à lui."))
    for article in text.articles:
        for title in (article.title_fr, article.title_en):
            readable(text=title, field="title", longest=MAX_TITLE)
        for body in (article.text_fr, article.text_en):
            readable(text=body, field="text", longest=MAX_TEXT)
    for other in (text.title_fr, text.title_en, text.preamble_fr, text.preamble_en):
        readable(text=other, field="text", longest=MAX_TEXT, shortest=0)


def publish_version(
    *, charter: Charter, text: CharterText, previous: Version | None, actor: Any, now: datetime
) -> Version:
    """Write the version after `previous` and make it current, if `previous` still is; WrongState otherwise.

    Pending amendments follow in the same transaction (`rebase_pending`).
    """
    number = previous.number + 1 if previous else 1
    canonical = canonical_form(
        slug=charter.slug,
        language=charter.authentic_language,
        number=number,
        previous=previous.sha256 if previous else None,
        text=text,
    )
    version = Version.objects.create(
        charter=charter,
        number=number,
        sha256=fingerprint(canonical),
        previous=previous,
        adopted_at=now,
        title_fr=settle_text(text.title_fr),
        title_en=settle_text(text.title_en),
        preamble_fr=settle_text(text.preamble_fr),
        preamble_en=settle_text(text.preamble_en),
        canonical=canonical,
    )
    VersionArticle.objects.bulk_create(article_rows(version, text.articles))
    moved = Charter.objects.filter(pk=charter.pk, current_version=previous).update(current_version=version)
    if not moved:
        raise WrongState(_("Une autre version vient de paraître. Relisez la charte avant de décider."))
    charter.current_version = version
    record(actor=actor, action="charter.publish", obj=version, now=now, number=number, sha256=version.sha256)
    tell_revisions(revisions_between(previous, version), now)
    _tell_of_version(version, actor, now)
    rebase_pending(charter=charter, now=now, actor=actor)
    return version


def _tell_of_version(version: Version, actor: Any, now: datetime) -> None:
    """One event for the team; for any version but the first, another for those who hold an older one."""
    record_event(
        kind="charter.version_adopted",
        key=f"charter.version_adopted:{version.pk}",
        subject=version,
        payload={"number": version.number, "sha256": version.sha256},
        now=now,
        actor=actor,
    )
    if version.previous is not None:
        coalition, number = version.charter.coalition, str(version.number)
        announce_version(coalition=coalition, version=number, sha256=version.sha256, now=now, actor=actor)


def lock_charter(*, pk: int) -> Charter:
    """The charter's row, held until the transaction ends; WrongState when somebody keeps it too long.

    Locked without its version: a join would look for the version of after the wait in the snapshot of before it.
    """
    try:
        return Charter.objects.select_for_update(no_key=True).get(pk=pk)
    except OperationalError as error:
        raise WrongState(_("Une autre décision est en cours sur la charte. Recommencez dans un instant.")) from error
