"""What is due of the people who act for organisations: mandates, signatures to confirm, renewals."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from coalition.core.agenda import Deadline, start_of
from coalition.core.audit import last_acts
from coalition.core.documents import current_document
from members.actions.versions import REMINDER_DAYS
from members.enums import CosponsorshipState
from members.models import Affiliation, Cosponsorship


def personal_deadlines(account: Any, _now: datetime) -> Iterator[Deadline]:
    """Ends of one's mandates; of the organisations one represents, the signatures to confirm and to renew.

    Two queries, those of the log, and one for each coalition signed.
    """
    running = list(Affiliation.objects.active().filter(account=account).select_related("organisation"))
    yield from _mandates(running)
    mine = Affiliation.objects.active().representatives().filter(account=account).values("organisation")
    acts = list(
        Cosponsorship.objects.holding_a_text()
        .filter(organisation__in=mine)
        .select_related("organisation", "coalition")
        .order_by("pk")
    )
    if acts:
        yield from _signatures(acts)


def _mandates(running: list[Affiliation]) -> Iterator[Deadline]:
    ending = [(line, line.mandate_until) for line in running if line.mandate_until is not None]
    changed = last_acts(Affiliation, [line.pk for line, _day in ending]) if ending else {}
    for line, day in ending:
        title = _("Fin de votre mandat : %(name)s") % {"name": line.organisation.name}
        moment = changed.get(line.pk, start_of(line.started_on))
        yield Deadline(f"mandate.{line.pk}", day, title, line.organisation.get_absolute_url(), moment)


def _signatures(acts: list[Cosponsorship]) -> Iterator[Deadline]:
    coalitions = {act.coalition_id: act.coalition for act in acts}
    documents = {pk: current_document(coalition) for pk, coalition in coalitions.items()}
    changed = last_acts(Cosponsorship, [act.pk for act in acts])
    for act in acts:
        document, name = documents[act.coalition_id], act.organisation.name
        if document is not None and document.sha256 != act.document_sha256:
            yield Deadline(
                f"version.{act.pk}.{document.sha256[:12]}",
                document.adopted_on + timedelta(days=REMINDER_DAYS[-1]),
                _("Signature à confirmer, version %(version)s : %(name)s")
                % {"version": document.version, "name": name},
                reverse("cosponsorship_version", args=[act.pk]),
                start_of(document.adopted_on),
            )
        if act.renew_on is not None:
            yield Deadline(
                f"renewal.{act.pk}",
                act.renew_on,
                _("Co-portage à renouveler : %(name)s") % {"name": name},
                reverse("cosponsorship_renew", args=[act.pk])
                if act.state == CosponsorshipState.TO_RENEW
                else act.get_absolute_url(),
                changed.get(act.pk, start_of(act.renew_on)),
            )
