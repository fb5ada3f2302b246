"""The logbook of the site: one query, whatever the number of things that happened."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import Reproduction
from coalition.challenges.enums import ChallengeState
from coalition.challenges.models import Challenge
from coalition.core.languages import reader_language
from coalition.pages.enums import EventKind
from coalition.pages.querysets.entries import Entry, shown_cases
from members.models import Coalition, Cosponsorship, LocalAdoption
from principles.models import Amendment, Decision, Version

SAME_PUBLICATION = timedelta(minutes=10)
"""What is published anew within this time of its first publication is no update."""
REPEATED = ("update", "redone")
"""Facts that befall one case several times: their names hold the moment."""


class Fact(NamedTuple):
    """One row of the union: what happened, when, to what; `key` finds its page, `note` adds a word."""

    kind: str
    moment: datetime
    title: str
    key: str
    note: str


def journal_entries(length: int) -> list[Entry]:
    """The last `length` public facts, newest first.

    Cases (published, updated, redone), versions, decisions, signatures, local adoptions, official coalitions,
    events announced and cancelled, challenges published and concluded.
    """
    parts = [
        _facts(shown_cases(), "case", "published_at", "title", "number", "city"),
        _facts(_updated_cases(), "update", "updated_at", "title", "number", "city"),
        _facts(_redone_cases(), "redone", "linked_at", "title", "redo", "original_title"),
        _facts(Version.objects.all(), "version", "adopted_at", "title_fr", "number", "number"),
        _facts(Amendment.objects.public(), "proposal", "opened_at", "title", "number", "organisation__name"),
        _facts(Decision.objects.all(), "decision", "decided_at", "amendment__title", "amendment__number", "outcome"),
        _facts(
            Cosponsorship.objects.official(),
            "signature",
            "decided_at",
            "organisation__name",
            "organisation__slug",
            "document_version",
        ),
    ]
    official = Coalition.objects.exclude(official_since=None)
    parts += [
        _facts(official, "official", "official_since", f"title_{reader_language()}", "number", "slug"),
        _facts(
            LocalAdoption.objects.published(), "adoption", "created_at", "organisation__name", "pk", "document_version"
        ),
    ]
    events, challenges = apps.get_model("pages", "Event").objects.public(), Challenge.objects.public()
    concluded = challenges.filter(state=ChallengeState.CLOSED)
    parts += [
        _facts(events, "event", "published_at", "title", "slug", "kind"),
        _facts(events.filter(state="cancelled"), "event_cancelled", "cancelled_at", "title", "slug", "kind"),
        _facts(challenges, "challenge", "published_at", "title", "slug", "organisation__name"),
        _facts(concluded, "outcome", "closed_at", "title", "slug", "organisation__name"),
    ]
    rows = parts[0].union(*parts[1:], all=True).order_by("-moment")[:length]
    return [WORDS[fact.kind](fact) for fact in map(Fact._make, rows)]


def _updated_cases() -> Any:
    return shown_cases().filter(updated_at__gt=F("published_at") + SAME_PUBLICATION)


def _redone_cases() -> Any:
    """Links of which both cases are public, with their titles as this reader sees them."""

    def title(column: str) -> Subquery:
        return Subquery(shown_cases().filter(number=OuterRef(column)).order_by().values("title")[:1])

    return Reproduction.objects.shown().annotate(title=title("redo"), original_title=title("original"))


def _facts(rows: Any, kind: str, moment: str, title: str, key: str, note: str) -> QuerySet[Any]:
    def text(name: str) -> Any:
        return Cast(F(name), CharField())

    found: QuerySet[Any] = (
        rows.order_by()
        .annotate(
            fact=Value(kind),
            moment=F(moment),
            headline=text(title),
            key=text(key),
            remark=text(note),
        )
        .values_list("fact", "moment", "headline", "key", "remark")
    )
    return found


def _entry(fact: Fact, what: str, title: str, url: str, text: str) -> Entry:
    again = f"/{fact.moment:%Y%m%dT%H%M%S}" if fact.kind in REPEATED else ""
    mark = f"{fact.kind}/{fact.key}{again}" if fact.title else ""
    return Entry(date=fact.moment, what=what, title=title, url=url, text=text, mark=mark)


def _published(fact: Fact) -> Entry:
    return _entry(fact, _("Cas"), fact.title, reverse("case", args=[fact.key]), fact.note)


def _updated(fact: Fact) -> Entry:
    return _entry(fact, _("Cas"), fact.title, reverse("case", args=[fact.key]), _("mis à jour"))


def _redone(fact: Fact) -> Entry:
    text = _("refait le cas « %(title)s »") % {"title": fact.note}
    return _entry(fact, _("Cas"), fact.title, reverse("case", args=[fact.key]), text)


def _adopted(fact: Fact) -> Entry:
    title = _("Version %(number)s de la charte") % {"number": fact.key}
    return _entry(fact, _("Charte"), title, reverse("charter_version", args=[fact.key]), _("adoptée"))


def _heading(fact: Fact) -> str:
    """The title of an amendment, or its number where its words are hidden."""
    return fact.title or _("Amendement nº %(number)s, texte masqué") % {"number": fact.key}


def _proposed(fact: Fact) -> Entry:
    text = _("proposé par %(name)s") % {"name": fact.note or _("l’équipe d’organisation")}
    return _entry(fact, _("Amendement"), _heading(fact), reverse("amendment", args=[fact.key]), text)


def _decided(fact: Fact) -> Entry:
    outcome = {
        "accepted": _("adopté"),
        "modified": _("adopté avec modifications"),
        "refused": _("refusé"),
    }[fact.note]
    return _entry(fact, _("Décision"), _heading(fact), reverse("amendment", args=[fact.key]), outcome)


def _signed(fact: Fact) -> Entry:
    text = _("signe la charte, version %(number)s") % {"number": fact.note}
    return _entry(fact, _("Signature"), fact.title, reverse("organisation", args=[fact.key]), text)


def _official(fact: Fact) -> Entry:
    url = reverse("coalition_by_number", args=[fact.key])
    return _entry(fact, _("Coalition"), fact.title, url, _("devient officielle"))


def _adopted_locally(fact: Fact) -> Entry:
    text = _("adopte la charte chez elle, version %(number)s") % {"number": fact.note}
    return _entry(fact, _("Adoption"), fact.title, reverse("adoption", args=[fact.key]), text)


def _event(fact: Fact) -> Entry:
    return _entry(
        fact, _("Rendez-vous"), fact.title, reverse("event", args=[fact.key]), str(EventKind(fact.note).label)
    )


def _event_cancelled(fact: Fact) -> Entry:
    return _entry(fact, _("Rendez-vous"), fact.title, reverse("event", args=[fact.key]), _("annulé"))


def _challenge(fact: Fact) -> Entry:
    text = _("posé par %(name)s") % {"name": fact.note}
    return _entry(fact, _("Défi"), fact.title, reverse("challenge", args=[fact.key]), text)


def _concluded(fact: Fact) -> Entry:
    text = _("conclu par %(name)s") % {"name": fact.note}
    return _entry(fact, _("Défi"), fact.title, reverse("challenge", args=[fact.key]), text)


WORDS: dict[str, Callable[[Fact], Entry]] = {
    "case": _published,
    "update": _updated,
    "redone": _redone,
    "version": _adopted,
    "proposal": _proposed,
    "decision": _decided,
    "signature": _signed,
    "official": _official,
    "adoption": _adopted_locally,
    "event": _event,
    "event_cancelled": _event_cancelled,
    "challenge": _challenge,
    "outcome": _concluded,
}
