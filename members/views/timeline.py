"""The life of an act as dates and words: what was done, by whom, and who acts next."""

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from coalition.core.models import AuditLine
from members.enums import Binding, ChangeState, CosponsorshipState
from members.models import Cosponsorship
from members.views.acts import next_steps

LOGGED = (
    "cosponsorship.ask_document",
    "cosponsorship.provide_document",
    "cosponsorship.ask_renewal",
    "cosponsorship.renew",
)


def act_timeline(act: Cosponsorship, *, inside: bool, named: bool) -> list[dict[str, Any]]:
    """Entries for `components/log.html`, oldest first, the step that is waited for last.

    The public reads when the act was signed, accepted, confirmed for another version and renewed; the organisation and
    the organisers (`inside`) read everything; who signed is said where the name may be shown (`named`).
    """
    entries = [*_signature(act, named), *_answer(act, inside), *_versions(act, named, inside)]
    if inside:
        entries += [*_before_answer(act), *_changes(act)]
    entries += _logged(act, inside)
    entries.sort(key=lambda entry: entry["date"])
    return [*entries, *_now(act)] if inside else entries


def _entry(date: datetime | None, what: str, text: str = "") -> list[dict[str, Any]]:
    """One entry, or none for what has not happened."""
    return [{"date": date, "what": what, "text": text}] if date else []


def _signature(act: Cosponsorship, named: bool) -> list[dict[str, Any]]:
    version = _("%(title)s, version %(version)s") % {"title": act.document_title, "version": act.document_version}
    first = next(iter(act.signed_versions.all()), None)
    if first is not None:
        version = _("%(title)s, version %(version)s") % {
            "title": first.document_title,
            "version": first.document_version,
        }
    who = ", ".join(part for part in (act.signatory_name, act.signatory_function) if part) if named else ""
    return _entry(act.signed_at, _("Signature"), f"{version} · {who}" if who else version)


def _before_answer(act: Cosponsorship) -> list[dict[str, Any]]:
    how = _("Sur papier, enregistrée par l’équipe d’organisation") if act.is_paper else _("Par courriel")
    return [*_entry(act.drafted_at, _("Projet")), *_entry(act.confirmed_at, _("Confirmation"), how)]


def _answer(act: Cosponsorship, inside: bool) -> list[dict[str, Any]]:
    entries = []
    if act.state == CosponsorshipState.DECLINED:
        entries += _entry(act.decided_at, _("Non retenue"), act.decision_motive if inside else "")
    else:
        entries += _entry(act.decided_at, _("Acceptée"), _("L’organisation est co-porteuse."))
    return entries + _entry(act.withdrawn_at, _("Retrait"), act.withdrawal_reason if inside else "")


def _versions(act: Cosponsorship, named: bool, inside: bool) -> list[dict[str, Any]]:
    entries = []
    for line in act.signed_versions.all():
        if line.how == Binding.SIGNED:
            continue
        what = _("Confirmation avec réserve") if line.how == Binding.RESERVED else _("Version confirmée")
        version = _("%(title)s, version %(version)s") % {
            "title": line.document_title,
            "version": line.document_version,
        }
        agreed = inside or (named and line.affiliation_id == act.affiliation_id)
        entries += _entry(line.bound_at, what, f"{version} · {line.signatory_name}" if agreed else version)
    return entries


def _changes(act: Cosponsorship) -> list[dict[str, Any]]:
    entries = []
    for change in act.changes.all():
        entries += _entry(change.proposed_at, _("Modification proposée"))
        accepted = change.state == ChangeState.ACCEPTED
        entries += _entry(
            change.decided_at, _("Modification publiée") if accepted else _("Modification non retenue"), change.motive
        )
    return entries


def _logged(act: Cosponsorship, inside: bool) -> list[dict[str, Any]]:
    """What the columns of the act forget once it is answered: documents asked for and received, renewals."""
    kind = ContentType.objects.get_for_model(act)
    entries = []
    for line in AuditLine.objects.filter(object_type=kind, object_id=act.pk, action__in=LOGGED):
        if line.action == "cosponsorship.renew":
            entries += _entry(line.created_at, _("Renouvellement"))
        elif inside and line.action == "cosponsorship.ask_document":
            entries += _entry(line.created_at, _("Pièce demandée"), str(line.data.get("wanted", "")))
        elif inside and line.action == "cosponsorship.ask_renewal":
            entries += _entry(line.created_at, _("Renouvellement demandé"))
        elif inside:
            entries += _entry(line.created_at, _("Pièce reçue"))
    return entries


def _now(act: Cosponsorship) -> list[dict[str, Any]]:
    """Who acts next, by when; nothing for an act that has ended."""
    if act.state in (CosponsorshipState.DECLINED, CosponsorshipState.WITHDRAWN):
        return []
    step = next_steps(act)[0]
    return [{"date": None, "state": "open", "word": _("En cours"), "text": step["title"]}]
