"""« Nous l’avons refait » : link a case to the one it redoes, start one from another, take a link away."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from cases.actions.writing import create_case, pass_door
from cases.enums import RedoOutcome, RedoState
from cases.models import CasePage, CatalogueEntry, Reproduction
from cases.models.reproductions import LONGEST_WORDS, leads_back, recount
from cases.models.words import words_of
from coalition.core.access import Hidden, WrongState
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.notifications.actions import record_event
from members.actions import acting_for
from members.models import Organisation

ONE_AT_A_TIME = 4712
"""Key of the lock under which links are made: two at once could close a circle."""
COPIED = (
    "domain", "priorities", "layer", "instruments", "responsibility", "connectivity", "principles", "licences",
)  # fmt: skip
"""What is worth copying from a case that one redoes: what it is about, never who did it nor what came out."""


class ImpossibleLink(DomainError):
    """A case redoes itself, closes a circle, or was taken off this original before."""


@transaction.atomic
def link_reproduction(
    *,
    actor: Any,
    original: CasePage,
    redo: CasePage,
    what_changed: str,
    what_came_out: str,
    outcome: str,
    language: str,
    now: datetime,
) -> Reproduction:
    """Say that `redo`, a case the actor writes, redoes the public case `original`; once more corrects the words.

    Public from the moment both cases are; the team of the original is told then, once. Hidden when the original is not
    public. Raises ImpossibleLink (itself, a circle, taken away before), DomainError for words missing or too long.
    """
    pass_door(actor=actor, action="reproduction.link", obj=redo)
    if not CatalogueEntry.objects.filter(number=original.number).exists():
        raise Hidden
    words = _words(what_changed, what_came_out, outcome) | {"language": language}
    _lock()
    _check_line(original.number, redo.number)
    link, _made = Reproduction.objects.update_or_create(
        original=original.number,
        redo=redo.number,
        defaults=words,
        create_defaults={**words, "linked_by": actor, "linked_at": now},
    )
    facts = acting_for(account=actor, organisation=redo.organisation)
    record(actor=actor, action="reproduction.link", obj=link, now=now, outcome=outcome, **facts)
    recount([original.number])
    tell_redone(number=redo.number, actor=actor, now=now)
    return link


def _words(what_changed: str, what_came_out: str, outcome: str) -> dict[str, Any]:
    changed, came_out = what_changed.strip(), what_came_out.strip()
    if not changed:
        raise DomainError(_("Dites ce que vous avez changé : c’est ce que les autres villes cherchent."),
                          field="what_changed")  # fmt: skip
    for name, text in (("what_changed", changed), ("what_came_out", came_out)):
        if len(text) > LONGEST_WORDS:
            raise DomainError(_("Tenez en 2 000 caractères."), field=name)
    if outcome not in RedoOutcome.values:
        raise DomainError(_("Choisissez un résultat de la liste."), field="outcome")
    return {"what_changed": changed, "what_came_out": came_out, "outcome": outcome}


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def _check_line(original: int, redo: int) -> None:
    if original == redo:
        raise ImpossibleLink(_("Un cas ne se refait pas lui-même : choisissez-en un autre."), field="redo")
    if leads_back(original=original, redo=redo):
        raise ImpossibleLink(_("C’est l’autre cas qui refait celui-ci : un cercle n’a pas d’origine."), field="redo")
    if Reproduction.objects.filter(original=original, redo=redo, state=RedoState.REMOVED).exists():
        raise ImpossibleLink(
            _("Ce lien a été retiré avec un motif. Écrivez aux organisateurs pour le rétablir."), field="redo"
        )


@transaction.atomic
def start_reproduction(
    *, actor: Any, original: CasePage, organisation: Organisation, language: str, now: datetime
) -> CasePage:
    """A new draft of `organisation` that starts from a public case: its vocabulary and how to redo it.

    Pictures, partners, figures, evidence and results stay with the case they tell of. Hidden when it is not public.
    """
    if not CatalogueEntry.objects.filter(number=original.number).exists():
        raise Hidden
    words = words_of(original)
    content = {name: words[name] for name in COPIED}
    content["title"] = (_("Refaire : %(title)s") % {"title": original.title})[:255]
    content["tried"] = original.redo or original.tried
    return create_case(actor=actor, organisation=organisation, language=language, content=content, now=now)


@transaction.atomic
def remove_reproduction(*, actor: Any, link: Reproduction, motive: str, now: datetime) -> Reproduction:
    """Take a link away, with a motive those who made it read: organisers, or those who write the case that redoes.

    WrongState when it was taken away already; DomainError without a motive.
    """
    pass_door(actor=actor, action="reproduction.remove", obj=link)
    why = motive.strip()
    if not why:
        raise DomainError(_("Dites pourquoi : ceux qui ont fait ce lien le liront."), field="reason")
    gone = Reproduction.objects.linked().filter(pk=link.pk)
    if not gone.update(state=RedoState.REMOVED, motive=why, removed_at=now):
        raise WrongState
    record(actor=actor, action="reproduction.remove", obj=link, now=now)
    recount([link.original])
    redo = CasePage.objects.filter(number=link.redo).select_related("organisation", "locale").first()
    if redo is not None:
        key = f"case.unlinked:{link.pk}:{now.timestamp():.6f}"
        payload = {"link": link.pk, "reason": why}
        record_event(kind="case.unlinked", key=key, subject=redo, payload=payload, now=now, actor=actor)
    link.refresh_from_db()
    return link


def tell_redone(*, number: int, actor: Any, now: datetime) -> None:
    """Tell the teams of the originals that a public case redoes theirs, once for each link; nothing while one is not
    public. Called in the transaction that links, or that publishes either.
    """
    for link in Reproduction.objects.shown().about(number):
        page = CasePage.objects.filter(number=link.original, live=True).order_by("pk").first()
        if page is not None:
            key = f"case.redone:{link.pk}"
            record_event(kind="case.redone", key=key, subject=page, payload={"link": link.pk}, now=now, actor=actor)
