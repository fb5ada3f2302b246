"""The organisers' desk: what waits, since when, and who acts next. A fixed number of queries, whatever waits."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from cases.models import CasePage, CatalogueEntry
from cases.querysets.freshness import without_owner
from coalition.contact.models import Message
from coalition.core.languages import reader_language
from coalition.discussion.models import Report
from coalition.pages.querysets.entries import Entry
from members.enums import CosponsorshipState
from members.models import Affiliation, Cosponsorship, CosponsorshipChange, JoinRequest, Organisation
from principles.models import Amendment, Charter

LIMIT = 50
"""Lines shown of one queue, the oldest first; its number counts them all."""
US, THEM = "us", "them"


@dataclass(frozen=True)
class Wait:
    """One thing that waits: since `date`, for whoever `who` names."""

    date: datetime
    what: str
    title: str
    url: str
    who: str
    note: str = ""


@dataclass
class Queue:
    """Things of one sort that wait for the same side (US or THEM); `total` counts those beyond the limit too."""

    key: str
    title: str
    empty: str
    side: str
    total: int
    waits: list[Wait] = field(default_factory=list)


def days_of(wait: Wait, now: datetime) -> int:
    """Whole days it has waited."""
    return max((now - wait.date).days, 0)


def age_words(days: int) -> str:
    """ "depuis 12 jours"."""
    return ngettext("depuis %(n)d jour", "depuis %(n)d jours", days) % {"n": days} if days else _("depuis aujourd’hui")


def as_entries(queue: Queue, now: datetime) -> list[Entry]:
    """The lines as `components/log.html` draws them: age, who acts next, and a note."""
    return [
        Entry(
            date=wait.date,
            what=wait.what,
            title=wait.title,
            url=wait.url,
            text=" · ".join(part for part in (age_words(days_of(wait, now)), wait.who, wait.note) if part),
        )
        for wait in queue.waits
    ]


def desk_queues(side: str = "", *, limit: int = LIMIT) -> list[Queue]:
    """What waits for the organisers (US), for others because of them (THEM), or both; oldest first in each queue.

    At most two queries a queue.
    """
    made = []
    for make in (
        _cases,
        _amendments,
        _reports,
        _signatures,
        _changes,
        _organisations,
        _unheard_requests,
        _messages,
        _unconfirmed,
        _documents,
        _renewals,
        _versions,
        _requests,
        _orphans,
    ):
        key, title, empty, of_side, rows, line = make()
        if side in ("", of_side):
            made.append(_queue(Queue(key, title, empty, of_side, 0), rows, line, limit))
    return made


def oldest_first(queues: Iterable[Queue]) -> list[tuple[Queue, Wait]]:
    """Every line of every queue in one list, the one that has waited longest first."""
    lines = [(queue, wait) for queue in queues for wait in queue.waits]
    return sorted(lines, key=lambda line: line[1].date)


Made = tuple[str, str, str, str, QuerySet[Any], Callable[[Any], Wait]]


def _queue(queue: Queue, rows: QuerySet[Any], line: Callable[[Any], Wait], limit: int) -> Queue:
    found = list(rows[:limit])
    queue.waits = [line(row) for row in found]
    queue.total = len(found) if len(found) < limit else rows.count()
    return queue


def _team() -> str:
    return _("à l’équipe d’organisation d’agir")


def _cases() -> Made:
    def line(page: CasePage) -> Wait:
        since = page.latest_revision_created_at or page.created_at
        return Wait(since, page.organisation.name, str(page), reverse("case_review", args=[page.pk]), _team())

    return "cases", _("Cas à relire"), _("Aucun cas n’attend de relecture."), US, CasePage.objects.in_review(), line


def _amendments() -> Made:
    def line(amendment: Amendment) -> Wait:
        what = str(amendment.organisation or _("Équipe"))
        since = amendment.opened_at or amendment.created_at
        title, note = amendment.title, ""
        if amendment.hidden_at:
            title = _("Amendement nº %(number)s, texte masqué") % {"number": amendment.number}
            note = _("à rendre lisible ou non")
        return Wait(since, what, title, amendment.get_absolute_url(), _team(), note)

    rows = Amendment.objects.open().select_related("organisation").order_by("opened_at", "pk")
    return "amendments", _("Amendements à décider"), _("Aucun amendement n’est ouvert."), US, rows, line


def _reports() -> Made:
    def line(report: Report) -> Wait:
        url = reverse("comment_hide", args=[report.comment_id])
        return Wait(report.created_at, report.get_reason_display(), report.comment.body[:80], url, _team())

    rows = Report.objects.open().select_related("comment")
    return "reports", _("Commentaires signalés"), _("Aucun signalement n’attend."), US, rows, line


def _act(since: str, who: str, note: str = "") -> Callable[[Any], Wait]:
    def line(act: Cosponsorship) -> Wait:
        country = str(act.organisation.country.name)
        more = str(getattr(act, note)) if note else _("sur papier") if act.is_paper else ""
        return Wait(getattr(act, since), country, act.organisation.name, act.get_absolute_url(), who, more)

    return line


def _acts(since: str, **states: Any) -> QuerySet[Any]:
    found: QuerySet[Any] = Cosponsorship.objects.filter(**states, **{f"{since}__isnull": False})
    return found.select_related("organisation").order_by(since, "pk")


def _signatures() -> Made:
    rows = _acts("confirmed_at", state=CosponsorshipState.SUBMITTED, asked_at=None)
    line = _act("confirmed_at", _team())
    return "cosponsorships", _("Signatures à vérifier"), _("Aucune signature n’attend."), US, rows, line


def _changes() -> Made:
    def line(change: CosponsorshipChange) -> Wait:
        act = change.cosponsorship
        return Wait(change.proposed_at, _("Nouveaux mots"), act.organisation.name, act.get_absolute_url(), _team())

    rows = CosponsorshipChange.objects.filter(state="open").select_related("cosponsorship__organisation")
    rows = rows.order_by("proposed_at", "pk")
    return "changes", _("Engagements modifiés, à relire"), _("Aucune modification n’attend."), US, rows, line


def _organisations() -> Made:
    def line(organisation: Organisation) -> Wait:
        kind = str(organisation.get_kind_display())
        return Wait(organisation.created_at, kind, organisation.name, organisation.get_absolute_url(), _team())

    rows = Organisation.objects.pending()
    return "organisations", _("Organisations à confirmer"), _("Aucune organisation n’attend."), US, rows, line


def _join_requests(who: str) -> Callable[[Any], Wait]:
    def line(request: JoinRequest) -> Wait:
        url = reverse("people", args=[request.organisation.slug])
        return Wait(request.created_at, request.organisation.name, str(request.account), url, who)

    return line


def _asked(*, heard: bool) -> QuerySet[Any]:
    """Requests to join an organisation that has somebody to answer them, or nobody."""
    speaks = Affiliation.objects.active().representatives().filter(organisation=OuterRef("organisation"))
    rows: QuerySet[Any] = JoinRequest.objects.open().select_related("organisation", "account")
    return rows.filter(Exists(speaks)) if heard else rows.exclude(Exists(speaks))


def _unheard_requests() -> Made:
    title, empty = (
        _("Demandes d’entrée sans représentant pour répondre"),
        _("Aucune demande n’est sans réponse possible."),
    )
    return "requests", title, empty, US, _asked(heard=False), _join_requests(_team())


def _messages() -> Made:
    def line(message: Message) -> Wait:
        title = message.subject_label or str(message.get_kind_display())
        return Wait(message.created_at, str(message.get_kind_display()), title, message.get_absolute_url(), _team())

    return "messages", _("Messages reçus"), _("Aucun message n’attend."), US, Message.objects.waiting(), line


def _unconfirmed() -> Made:
    rows = _acts("signed_at", state=CosponsorshipState.AWAITING)
    line = _act("signed_at", _("à la personne qui a signé de confirmer par courriel"))
    return "awaiting", _("Signatures à confirmer par courriel"), _("Aucune n’attend son courriel."), THEM, rows, line


def _documents() -> Made:
    rows = _acts("asked_at", state=CosponsorshipState.SUBMITTED)
    line = _act("asked_at", _("à l’organisation d’envoyer la pièce"), "asked_for")
    return "documents", _("Pièces demandées"), _("Aucune pièce n’est attendue."), THEM, rows, line


def _renewals() -> Made:
    rows = _acts("renewal_asked_at", state=CosponsorshipState.TO_RENEW)
    line = _act("renewal_asked_at", _("à l’organisation de renouveler ou de se retirer"))
    return "renewals", _("Renouvellements sans réponse"), _("Aucun renouvellement n’attend."), THEM, rows, line


def _requests() -> Made:
    line = _join_requests(_("aux personnes qui la représentent de répondre"))
    empty = _("Aucune demande d’entrée n’attend.")
    return "joining", _("Demandes d’entrée"), empty, THEM, _asked(heard=True), line


def _versions() -> Made:
    """Acts that still hold another version than the one in force, by the day that one was adopted."""
    charters = Charter.objects.exclude(current_version=None)
    adopted = charters.filter(coalition=OuterRef("coalition")).values("current_version__adopted_at")[:1]
    rows = (
        Cosponsorship.objects.holding_a_text()
        .exclude(document_sha256__in=charters.values("current_version__sha256"))
        .annotate(version_since=Subquery(adopted))
        .filter(version_since__isnull=False)
        .select_related("organisation")
        .order_by("version_since", "pk")
    )
    line = _act("version_since", _("à l’organisation de confirmer ou de partir"))
    title, empty = _("Versions à confirmer"), _("Tous les co-porteurs tiennent la version en vigueur.")
    return "versions", title, empty, THEM, rows, line


def _orphans() -> Made:
    """Cases nobody holds any more, by the day they were last published or confirmed."""

    def line(entry: CatalogueEntry) -> Wait:
        what = _("Cas nº %(number)d") % {"number": entry.number}
        url = reverse("case_owner", args=[entry.page_id])
        return Wait(entry.checked_at, what, entry.title, url, _team(), entry.organisation_name)

    rows = without_owner(CatalogueEntry.objects.shown_in(reader_language()).light(), timezone.now())
    title, empty = _("Cas sans personne pour les tenir"), _("Chaque cas a quelqu’un pour le tenir.")
    return "orphans", title, empty, US, rows, line
