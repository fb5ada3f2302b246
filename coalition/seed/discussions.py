"""What fictional people say of the charter: remarks on version 1, a thread on an article, one on an amendment."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from coalition.core.subjects import Subject, find_subject, subject_wording
from coalition.discussion.actions import write_comment, write_remark
from coalition.discussion.anchoring import anchor_at
from coalition.discussion.models import Comment
from coalition.seed.content import read
from members.models import Organisation, User
from principles.models import Amendment, Charter

Accounts = dict[str, User]
Organisations = dict[str, Organisation]


def _subject(kind: str, key: str) -> Subject:
    found = find_subject(kind, key)
    if found is None:
        raise LookupError(f"{kind} {key}")
    return found


def _voice(entry: dict[str, Any], accounts: Accounts, organisations: Organisations) -> dict[str, Any]:
    """Who speaks, and for whom; in their own name where the file says no organisation."""
    return {"actor": accounts[entry["author"]], "organisation": organisations.get(entry.get("organisation", ""))}


@transaction.atomic
def load_remarks(charter: Charter, accounts: Accounts, organisations: Organisations) -> None:
    """Remarks on passages of version 1, made before anything is amended; once."""
    charter.refresh_from_db()
    if charter.in_force.number > 1 or Comment.objects.filter(subject_kind="article").exists():
        return
    for entry in read("discussions")["remark"]:
        subject = _subject("article", f"{charter.slug}.{entry['article']}")
        wording = subject_wording(subject, 1, "fr")
        if wording is None:
            raise LookupError(entry["article"])
        write_remark(
            subject=subject,
            text_language="fr",
            position=entry["sentence"],
            quote=anchor_at(wording.text, entry["sentence"]).quote,
            body=entry["text"],
            now=charter.in_force.adopted_at + timedelta(days=entry["days_after"]),
            **_voice(entry, accounts, organisations),
        )


@transaction.atomic
def load_threads(charter: Charter, accounts: Accounts, organisations: Organisations, now: datetime) -> None:
    """Threads on an article and on an amendment that is still open; once."""
    if Comment.objects.filter(subject_kind="amendment").exists():
        return
    for entry in read("discussions")["thread"]:
        kind, key = "article", entry["article"]
        if entry.get("amendment"):
            about = Amendment.objects.open().filter(charter=charter, article_key=key).latest("number")
            kind, key = "amendment", str(about.number)
        subject = _subject(kind, f"{charter.slug}.{key}")
        said: list[Comment] = []
        for hours, words in enumerate(entry["said"]):
            parent = said[words["answers"]] if "answers" in words else None
            at = now - timedelta(days=entry["days_ago"]) + timedelta(hours=5 * hours)
            voice = _voice(words, accounts, organisations)
            said.append(write_comment(subject=subject, body=words["text"], parent=parent, now=at, **voice))
