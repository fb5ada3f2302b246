"""Links between documented cases, and a message to the team of one: for the demo, and marked as such."""

from datetime import datetime

from cases.actions import link_reproduction
from cases.models import CasePage, Reproduction
from coalition.contact.actions import send_message
from coalition.contact.models import Message
from coalition.core.contacts import contact_subject
from coalition.seed.content import read
from members.models import User


def case_named(slug: str) -> CasePage:
    """The French text of a case of the content folder."""
    pages = CasePage.objects.select_related("organisation", "locale")
    return pages.get(external_id=f"contenu:{slug}", written_in="fr")


def load_links(organiser: User, now: datetime) -> None:
    """Which case redoes which; nothing when it is said already."""
    for entry in read("links")["link"]:
        original, redo = case_named(entry["original"]), case_named(entry["redo"])
        if Reproduction.objects.filter(original=original.number, redo=redo.number).exists():
            continue
        words = {name: entry[name] for name in ("what_changed", "what_came_out", "outcome")}
        link_reproduction(actor=organiser, original=original, redo=redo, language="fr", now=now, **words)


def load_messages(now: datetime) -> None:
    """What somebody asks a team; nothing when it was asked already."""
    for entry in read("links")["message"]:
        if Message.objects.filter(email=entry["email"]).exists():
            continue
        subject = contact_subject("case", case_named(entry["about"]).number)
        words = {name: entry[name] for name in ("kind", "name", "email", "organisation", "body")}
        send_message(actor=None, subject=subject, now=now, **words)
