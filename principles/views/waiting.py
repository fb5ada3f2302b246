"""Passages of a draft that two people wrote differently: how they are shown, and what is chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from principles.actions import joined_with
from principles.enums import AmendmentState
from principles.forms import places
from principles.merge import Operation, diff_words
from principles.models import Amendment, Clash, DraftRevision, Joined


@dataclass(frozen=True)
class Passage:
    """One passage two people wrote differently, as it is shown; a place is chosen, never written."""

    label: str
    language: str
    base: str
    mine: str
    theirs: str
    written: str
    changes: tuple[Operation, ...] = ()


@dataclass(frozen=True)
class Waiting:
    """One's own words that wait, and who wrote the others."""

    number: int
    seen: str
    passages: list[Passage]
    who: str


def labels() -> dict[str, str]:
    return {
        "title": _("le titre de l’amendement"),
        "article_title_fr": _("le titre de l’article en français"),
        "text_fr": _("le texte en français"),
        "article_title_en": _("le titre de l’article en anglais"),
        "text_en": _("le texte en anglais"),
        "motive": _("le motif"),
        "after_key": _("la place"),
    }


def names(rows: Iterable[DraftRevision]) -> list[str]:
    return list(dict.fromkeys(str(row.saved_by) for row in rows))


def listed(names: list[str]) -> str:
    """ "Awa", "Awa et Moussa", "Awa, Moussa et Rose"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s et %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def clashed_sentence(waiting: Waiting | None) -> str:
    """What is said when two people wrote one sentence."""
    if waiting is None:
        return ""
    said = _("%(who)s a écrit autrement le même passage.") % {"who": waiting.who}
    if not waiting.who:
        said = _("Le même passage a été écrit autrement dans une autre fenêtre.")
    kept = _("Vos mots sont gardés à part : choisissez ci-dessous.")
    return f"{said} {kept}"


def waiting_words(draft: Amendment, account: Any) -> Waiting | None:
    """The account's last words that wait, beside what the draft says; None when there are none."""
    row = draft.revisions.pending_of(account).first()
    head = draft.revisions.line().first()
    if row is None or head is None or draft.state != AmendmentState.DRAFT:
        return None
    joined = joined_with(draft=draft, revision=row, head=head)
    who = listed(names(draft.revisions.of_others_since(row.base, account)))
    return Waiting(row.number, joined.seen, [_passage(draft, one) for one in joined.clashes], who)


def _passage(draft: Amendment, clash: Clash) -> Passage:
    label = labels()[clash.field]
    if clash.field == "after_key":
        told = dict(places(list(draft.charter.in_force.articles.all()), draft.article_key))
        said = [told.get(one, one) for one in (clash.base, clash.mine, clash.theirs)]
        return Passage(label, "", said[0], said[1], said[2], "")
    language = clash.field[-2:] if clash.field.endswith(("_fr", "_en")) else ""
    changes = diff_words(clash.theirs, clash.mine)
    return Passage(label, language, clash.base, clash.mine, clash.theirs, clash.mine, changes)


def choices(data: QueryDict, joined: Joined) -> list[Any]:
    """The text chosen for each passage, None where nothing is."""
    chosen: list[str | None] = []
    for number, clash in enumerate(joined.clashes):
        said = {"mine": clash.mine, "theirs": clash.theirs, "write": data.get(f"words-{number}")}
        if clash.field == "after_key":
            del said["write"]
        chosen.append(said.get(data.get(f"choice-{number}", "")))
    return chosen
