"""What the people of the demo follow, and a letter to those who follow the charter that awaits a second approval."""

from datetime import datetime

from coalition.core.following import readable_target
from coalition.notifications.announcements.actions import Letter, propose_announcement, write_announcement
from coalition.notifications.following import follow_target
from coalition.notifications.models import Announcement, Follow
from coalition.seed.content import read
from coalition.seed.links import case_named
from members.models import User


def _named(words: str) -> tuple[str, str]:
    """Kind and key of "charter/charte"; a case is named by its file in the content folder."""
    kind, _slash, key = words.partition("/")
    return kind, str(case_named(key).number) if kind == "case" else key


def load_follows(accounts: dict[str, User], now: datetime) -> None:
    """Who follows what; nothing for an account that follows it, or has silenced it, already."""
    for entry in read("following")["follow"]:
        account = accounts[entry["email"]]
        known = set(Follow.objects.filter(account=account).values_list("target_kind", "target_key"))
        for name in map(_named, entry["targets"]):
            target = None if name in known else readable_target(account, *name)
            if target is not None:
                follow_target(actor=account, target=target, now=now)


def load_announcement(accounts: dict[str, User], now: datetime) -> None:
    """One letter, proposed and not yet approved; nothing when it is there."""
    words = dict(read("following")["announcement"])
    if Announcement.objects.filter(subject_fr=words["subject_fr"]).exists():
        return
    writer = accounts[words.pop("writer")]
    letter = Letter(target=_named(words.pop("target")), **words)
    draft = write_announcement(actor=writer, letter=letter, now=now)
    propose_announcement(actor=writer, announcement=draft, now=now)
