"""The drafting room: what its writers save, who is there, and what two people wrote differently."""

import re
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST

from coalition.core.access import require
from coalition.core.errors import DomainError
from principles.actions import (
    Saved,
    joined_with,
    room_text,
    save_together,
    settle_words,
    show_presence,
)
from principles.enums import AmendmentState
from principles.merge import diff_words
from principles.models import WORDS, Amendment, DraftRevision, Presence, Words, words_shown, written_words
from principles.views.shared import changes_in_words, charter_crumb, crumbs
from principles.views.waiting import Waiting, choices, clashed_sentence, labels, listed, names, waiting_words

KEY = re.compile(r"[0-9a-zA-Z-]{8,40}")
LARGEST = 2_000_000_000


@dataclass(frozen=True)
class Room:
    """What a page of the room shows, and what its script goes on from.

    `revision` is the one the texts on the page stand in, `own` the one that holds exactly what was sent. `state` says
    when the draft was saved, `told` what is new. `texts` has the fields that read otherwise than what was sent.
    `unsaved`: what stands in the form may not be saved yet.
    """

    revision: int
    own: int = 0
    state: str = ""
    told: str = ""
    here: list[str] = field(default_factory=list)
    waiting: Waiting | None = None
    texts: dict[str, str] = field(default_factory=dict)
    ended: str = ""
    unsaved: bool = False
    key: str = field(default_factory=lambda: uuid.uuid4().hex)


@require_POST
def room_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what is typed, whole or not; the answer is the room as it is now."""
    found = _found(request, pk)
    try:
        saved = _saved(request, found)
    except DomainError as error:
        said = _("Pas encore enregistré : %(reason)s") % {"reason": error.message}
        return _room(request, found, Room(_revision(request.POST), told=said), status=422)
    if saved.ended:
        return _room(request, found, _ended(found, kept=saved.pending is not None))
    after = words_shown(found, saved.words)
    waiting = waiting_words(found, request.user)
    typed = {name: text for name, text in _typed(found, request, saved).items() if name in request.POST}
    texts = {} if saved.pending else {name: after[name] for name in typed if after[name] != typed[name]}
    room = Room(
        revision=saved.own if saved.pending else saved.number,
        own=saved.own,
        state=_("Enregistré à %(time)s.") % {"time": date_format(timezone.localtime(), "H:i")},
        told=clashed_sentence(waiting) if saved.pending else _news(found, request, typed, texts, saved.own),
        here=_here(request, found),
        waiting=waiting,
        texts=texts,
    )
    return _room(request, found, room)


@require_POST
def room_presence(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one is here and where one writes; the answer says who else is, and what others wrote since."""
    found = _found(request, pk)
    if found.state != AmendmentState.DRAFT:
        require(request.user, "amendment.keep_words", found)
        return _room(request, found, _ended(found, kept=False))
    show_presence(actor=request.user, amendment=found, field=request.POST.get("field", ""), now=timezone.now())
    revision, waiting = _revision(request.POST), waiting_words(found, request.user)
    head = found.revisions.line().first()
    texts: dict[str, str] = {}
    told = ""
    if waiting is None and head is not None and head.number != revision:
        read = found.revisions.filter(number=revision or 1).first()
        before = words_shown(found, read.words) if read else dict.fromkeys(WORDS, "")
        after = words_shown(found, head.words)
        texts = {name: after[name] for name in WORDS if after[name] != before[name]}
        told, revision = _news(found, request, before, texts, revision), head.number
    return _room(
        request, found, Room(revision, revision, _last_save(head), told, _here(request, found), waiting, texts)
    )


@require_POST
def room_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose, passage by passage, between one's own words, those of the others, and new ones."""
    found = _found(request, pk)
    require(request.user, "amendment.keep_words", found)
    number = _revision(request.POST, "pending")
    waiting: DraftRevision = get_object_or_404(found.revisions.filter(saved_by=request.user.pk), number=number)
    head = found.revisions.line().first()
    if not waiting.is_pending or head is None:
        messages.warning(request, _("Ce passage n’attend plus, ou votre texte a changé depuis."))
        return redirect("amendment_draft", pk=pk)
    chosen = choices(request.POST, joined_with(draft=found, revision=waiting, head=head))
    if None in chosen:
        messages.error(request, _("Choisissez pour chaque passage : votre texte, l’autre, ou un nouveau."))
        return redirect("amendment_draft", pk=pk)
    said: dict[str, Any] = {"choices": chosen, "seen": request.POST.get("seen", ""), "now": timezone.now()}
    try:
        saved = settle_words(actor=request.user, revision=waiting, **said)
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("amendment_draft", pk=pk)
    if saved.pending:
        messages.warning(request, _("Le passage a changé pendant que vous choisissiez : le voici de nouveau."))
    else:
        messages.success(request, _("Les deux textes sont réunis, tels que vous l’avez choisi."))
    return redirect("amendment_draft", pk=pk)


def save_first(request: HttpRequest, draft: Amendment | None) -> tuple[HttpResponse | None, QueryDict]:
    """Keep what a form of the draft sent, complete or not, before anything else is asked of it.

    The page to go to when its writer must look first, else None; and the answers, with the texts as they are after the
    save. They are as they were sent before a draft is kept, for a form from elsewhere, and where a text cannot be
    kept: the form then says why.
    """
    if draft is None or "revision" not in request.POST:
        return None, request.POST
    try:
        saved = _saved(request, draft)
    except DomainError:
        return None, request.POST
    if saved.ended or saved.pending:
        return _look_first(request, draft, saved), request.POST
    if _told_news(request, draft, saved) and request.POST.get("do") == "open":
        messages.warning(request, _("Votre texte est gardé. Relisez le tout, puis proposez-le."))
        return redirect("amendment_draft", pk=draft.pk), request.POST
    answers = request.POST.copy()
    answers["revision"] = str(saved.number)
    for name, text in words_shown(draft, saved.words).items():
        if name in answers:
            answers[name] = text
    return None, answers


def _told_news(request: HttpRequest, draft: Amendment, saved: Saved) -> bool:
    """Say what others wrote that the form did not have; False when there is nothing."""
    typed, after = _typed(draft, request, saved), words_shown(draft, saved.words)
    texts = {name: after[name] for name in WORDS if name in request.POST and after[name] != typed[name]}
    if texts:
        messages.info(request, _news(draft, request, typed, texts, saved.own))
    return bool(texts)


def _look_first(request: HttpRequest, draft: Amendment, saved: Saved) -> HttpResponse:
    """Words that wait, or came too late, are shown before anything else."""
    if not saved.ended:
        messages.warning(request, clashed_sentence(waiting_words(draft, request.user)))
        return redirect("amendment_draft", pk=draft.pk)
    messages.warning(request, _ended_words(kept=saved.pending is not None))
    return redirect(draft) if saved.pending is None else redirect("amendment_draft", pk=draft.pk)


def seen_revision(data: Any) -> int | None:
    """The revision a form was read in, None for a form from elsewhere."""
    return _revision(data) if "revision" in data else None


def room_initial(request: HttpRequest, draft: Amendment) -> dict[str, str]:
    """The words the form of a draft opens on: one's own that wait, or those of the draft."""
    return room_text(amendment=draft, account=request.user)[0]


def opened_room(request: HttpRequest, draft: Amendment | None, data: Any) -> Room | None:
    """The room as the page of a draft shows it; None before a draft is kept."""
    if draft is None:
        return None
    seen = seen_revision(data) if "revision" in data else seen_revision(request.POST)
    revision = room_text(amendment=draft, account=request.user)[1] if seen is None else seen
    state, here = _last_save(draft.revisions.line().first()), _here(request, draft)
    unsaved = request.method == "POST"
    return Room(revision, revision, state, here=here, waiting=waiting_words(draft, request.user), unsaved=unsaved)


def kept_words(draft: Amendment) -> str:
    """Who sees a draft that was kept, to whoever kept it."""
    if draft.coauthors.accepted().exists():
        return _("Le brouillon est gardé. Ses auteurs le voient, personne d’autre, jusqu’à ce qu’il soit proposé.")
    return _("Le brouillon est gardé. Vous seul le voyez, jusqu’à ce que vous le proposiez.")


def late_page(request: HttpRequest, found: Amendment) -> HttpResponse | None:
    """One's words that came after the draft was proposed, kept for oneself; None when there are none."""
    rows = list(found.revisions.pending_of(request.user)) if found.state != AmendmentState.DRAFT else []
    if not rows:
        return None
    said = written_words(found)
    kept = [{"row": row, "parts": _parts(row, said)} for row in rows]
    trail = crumbs(charter_crumb(), last=_("Vos mots gardés"))
    return render(request, "principles/room_kept.html", {"amendment": found, "kept": kept, "crumbs": trail})


def _parts(row: DraftRevision, said: Words) -> list[dict[str, Any]]:
    """The fields in which kept words differ from what was proposed."""
    differing = [name for name in WORDS if name != "after_key" and row.words[name] != said[name]]
    return [
        {"label": labels()[name], "text": row.words[name], "changes": diff_words(said[name], row.words[name])}
        for name in differing
    ]


def _found(request: HttpRequest, pk: int) -> Amendment:
    found: Amendment = get_object_or_404(Amendment.objects.visible_to(request.user).distinct().whole(), pk=pk)
    return found


def _room(request: HttpRequest, found: Amendment, room: Room, status: int = 200) -> HttpResponse:
    return render(request, "principles/room.html", {"room": room, "draft": found}, status=status)


def _saved(request: HttpRequest, found: Amendment) -> Saved:
    """What the request sends, saved."""
    key = request.POST.get("key", "")
    return save_together(
        actor=request.user,
        amendment=found,
        base=_revision(request.POST),
        words={name: request.POST[name] for name in WORDS if name in request.POST},
        now=timezone.now(),
        key=key if KEY.fullmatch(key) else "",
        read_in=_revision(request.POST, "base") or None,
    )


def _revision(data: Any, name: str = "revision") -> int:
    """A number the page was given, 0 for anything else."""
    said = str(data.get(name, ""))
    return min(int(said), LARGEST) if said.isascii() and said.isdigit() and len(said) < 11 else 0


def _typed(found: Amendment, request: HttpRequest, saved: Saved) -> dict[str, str]:
    """What was sent, as it was kept."""
    own = found.revisions.filter(number=saved.own).first()
    return words_shown(found, own.words if own else saved.words)


def _news(found: Amendment, request: HttpRequest, before: Words, texts: Words, since: int) -> str:
    """ "Awa a changé le motif (2 mots ajoutés). C’est repris ici."; "" when nothing changed."""
    if not texts:
        return ""
    what = []
    for name, text in texts.items():
        words = "" if name == "after_key" else changes_in_words(diff_words(before[name], text))
        what.append(f"{labels()[name]} ({words})" if words else labels()[name])
    read = found.revisions.filter(number=since).values_list("base", "into").first()
    number = since if read is None or read[1] == since else read[0]
    who = names(found.revisions.of_others_since(number, request.user))
    if not who:
        return _("Repris d’une autre fenêtre : %(what)s.") % {"what": listed(what)}
    said = ngettext(
        "%(names)s a changé %(what)s. C’est repris ici.", "%(names)s ont changé %(what)s. C’est repris ici.", len(who)
    )
    return said % {"names": listed(who), "what": listed(what)}


def _here(request: HttpRequest, found: Amendment) -> list[str]:
    """Who else has the draft open, in words."""
    return [_is_here(one) for one in found.presences.here(timezone.now(), besides=request.user)]


def _is_here(one: Presence) -> str:
    if not one.field:
        return _("%(name)s est là") % {"name": one.account}
    return _("%(name)s écrit ici : %(where)s") % {"name": one.account, "where": labels().get(one.field, "")}


def _last_save(head: DraftRevision | None) -> str:
    """When the text of the draft was saved, and by whom; "" before anybody saved in the room."""
    if head is None:
        return ""
    when = date_format(timezone.localtime(head.saved_at), "j F, H:i")
    return _("Dernier enregistrement : %(when)s, %(who)s.") % {"when": when, "who": head.saved_by}


def _ended_words(*, kept: bool) -> str:
    if kept:
        return _("Cet amendement a été proposé pendant que vous écriviez. Vos mots sont gardés, pour vous seul.")
    return _("Cet amendement est proposé : son texte ne change plus ici.")


def _ended(found: Amendment, *, kept: bool) -> Room:
    address = reverse("amendment_draft", args=[found.pk]) if kept else found.get_absolute_url()
    return Room(0, told=_ended_words(kept=kept), ended=address)
