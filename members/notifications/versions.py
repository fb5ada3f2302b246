"""What is told of a new version of the text, of the yearly renewal, and of a coalition that becomes official."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coalition.core.access import can
from coalition.core.documents import changes_between, current_document, document_by_hash
from coalition.core.templatetags.bilingual import tr
from coalition.notifications.kinds import Kind, Recipient, register_kind
from coalition.notifications.models import Event
from members.enums import PUBLIC, CoalitionState, CosponsorshipState, SupporterKind
from members.models import Affiliation, Cosponsorship, Support, User
from members.notifications.cosponsorships import asked_about_act, told_of_act
from members.notifications.recipients import (
    REASON_REPRESENTATIVE,
    about_act,
    absolute_url,
    act_targets,
    coalition_targets,
    organisers,
    recipients_of,
    while_allowed,
)
from members.notifications.supports import way_out_of_support

REASON_ROAD = _("Vous recevez ce message parce que vous co-portez ou soutenez cette coalition, ou l’organisez.")


def _speaking_for(acts: Any) -> list[Recipient]:
    """The running representatives of the organisations of these acts, each once."""
    running = Affiliation.objects.active().representatives().filter(organisation__cosponsorships__in=acts)
    return recipients_of(User.objects.filter(affiliations__in=running).distinct())


def _behind(event: Event) -> Any:
    """The acts of the coalition that still hold another version than the event's."""
    return Cosponsorship.objects.behind(event.payload["sha256"]).filter(coalition=event.object_id)


def _holders_of_an_older_version(event: Event) -> Iterable[Recipient]:
    return _speaking_for(_behind(event))


def _own_acts(event: Event, recipient: Recipient) -> list[Any]:
    """The acts this person answers for, that the version is still to be put to."""
    mine = Affiliation.objects.active().representatives().filter(account=recipient.account_id)
    acts = _behind(event).filter(organisation__in=mine.values("organisation"))
    return list(acts.select_related("organisation", "coalition"))


def _is_current(event: Event) -> bool:
    """Not overtaken: a yet newer version has its own mail."""
    subject: Any = event.subject
    document = current_document(getattr(subject, "coalition", subject))
    return document is not None and document.sha256 == event.payload["sha256"]


def _still_asked(event: Event, recipient: Recipient) -> bool:
    return _is_current(event) and bool(_own_acts(event, recipient))


def _what_changed(act: Any, sha256: str) -> dict[str, Any]:
    return {
        "act": act,
        "organisation": act.organisation,
        "changes": changes_between(act.document_sha256, sha256),
        "url": absolute_url("cosponsorship_version", act.pk),
    }


def _about_version(event: Event, recipient: Recipient) -> dict[str, Any]:
    """The version, and for each organisation the person speaks for, the articles that changed since it signed."""
    sha256 = event.payload["sha256"]
    asked = [_what_changed(act, sha256) for act in _own_acts(event, recipient)]
    return {"document": document_by_hash(sha256), "version": event.payload["version"], "asked": asked}


def _still_behind(event: Event, recipient: Recipient) -> bool:
    act: Any = event.subject
    allowed = while_allowed("cosponsorship.confirm_version")
    return _is_current(event) and act.document_sha256 != event.payload["sha256"] and allowed(event, recipient)


def _about_reminder(event: Event, recipient: Recipient) -> dict[str, Any]:
    act: Any = event.subject
    sha256 = event.payload["sha256"]
    return {
        **about_act(event, recipient),
        "document": document_by_hash(sha256),
        "version": event.payload["version"],
        "changes": changes_between(act.document_sha256, sha256),
        "url": absolute_url("cosponsorship_version", act.pk),
    }


def _about_confirmation(event: Event, recipient: Recipient) -> dict[str, Any]:
    act: Any = event.subject
    reservations = [row for row in act.reservations.all() if row.lifted_at is None]
    return {**about_act(event, recipient), "reservations": reservations, "version": event.payload["version"]}


def _still_to_renew(event: Event, recipient: Recipient) -> bool:
    act: Any = event.subject
    return act.state == CosponsorshipState.TO_RENEW and while_allowed("cosponsorship.renew")(event, recipient)


def _about_renewal(event: Event, recipient: Recipient) -> dict[str, Any]:
    act: Any = event.subject
    return {**about_act(event, recipient), "renew_url": absolute_url("cosponsorship_renew", act.pk)}


register_kind(
    Kind(
        name="cosponsorship.new_version",
        category="cosponsorship",
        label=_("Nouvelle version de la charte à confirmer"),
        reason=REASON_REPRESENTATIVE,
        recipients=_holders_of_an_older_version,
        context=_about_version,
        visible=_still_asked,
        targets=coalition_targets,
    )
)
register_kind(
    Kind(
        name="cosponsorship.version_reminder",
        category="cosponsorship",
        label=_("Rappel : une version de la charte à confirmer"),
        reason=REASON_REPRESENTATIVE,
        recipients=asked_about_act,
        context=_about_reminder,
        visible=_still_behind,
        targets=act_targets,
    )
)
register_kind(
    Kind(
        name="cosponsorship.version_confirmed",
        category="cosponsorship",
        label=_("Votre organisation a confirmé une version de la charte"),
        reason=REASON_REPRESENTATIVE,
        recipients=told_of_act,
        context=_about_confirmation,
        visible=while_allowed("cosponsorship.view"),
        targets=act_targets,
    )
)
for _name, _label in (
    ("cosponsorship.to_renew", _("Votre co-portage est à renouveler")),
    ("cosponsorship.renewal_reminder", _("Rappel : votre co-portage est à renouveler")),
):
    register_kind(
        Kind(
            name=_name,
            category="cosponsorship",
            label=_label,
            reason=REASON_REPRESENTATIVE,
            recipients=asked_about_act,
            context=_about_renewal,
            visible=_still_to_renew,
            targets=act_targets,
        )
    )
register_kind(
    Kind(
        name="cosponsorship.renewed",
        category="cosponsorship",
        label=_("Votre co-portage est renouvelé"),
        reason=REASON_REPRESENTATIVE,
        recipients=told_of_act,
        context=about_act,
        visible=while_allowed("cosponsorship.view"),
        targets=act_targets,
    )
)


def _supporters(coalition: Any) -> list[Recipient]:
    """People who support the coalition, by the address they confirmed, and the representatives of supporting bodies."""
    active = Support.objects.active().filter(coalition=coalition)
    people = [
        Recipient(address=line.email, language=line.language, name=line.name, account_id=line.account_id)
        for line in active.filter(kind=SupporterKind.PERSON).exclude(email="")
    ]
    bodies = active.filter(kind=SupporterKind.ORGANISATION).order_by().values("organisation")
    running = Affiliation.objects.active().representatives().filter(organisation__in=bodies)
    return people + recipients_of(User.objects.filter(affiliations__in=running).distinct())


def _whole_coalition(event: Event) -> Iterable[Recipient]:
    """Co-sponsors' representatives, supporters and organisers; whoever is several of them is told once."""
    coalition: Any = event.subject
    acts = Cosponsorship.objects.filter(coalition=coalition, state__in=PUBLIC)
    told: dict[str, Recipient] = {}
    for recipient in (*_speaking_for(acts), *_supporters(coalition), *organisers(event)):
        told.setdefault(recipient.address.lower(), recipient)
    return told.values()


def _is_official(event: Event, recipient: Recipient) -> bool:
    """While it is official; a person who withdrew their support since then is left in peace."""
    coalition: Any = event.subject
    if coalition.state != CoalitionState.OFFICIAL:
        return False
    if recipient.account_id is not None:
        return bool(can(User.objects.filter(pk=recipient.account_id).first(), "account.own"))
    return bool(Support.objects.active().filter(coalition=coalition, email__iexact=recipient.address).exists())


def _about_coalition(event: Event, recipient: Recipient) -> dict[str, Any]:
    coalition: Any = event.subject
    address = reverse("coalition_by_number", args=[coalition.number])
    cosponsors = Cosponsorship.objects.official().filter(coalition=coalition).count()
    given = Support.objects.active().filter(coalition=coalition, kind=SupporterKind.PERSON)
    own = given.filter(email__iexact=recipient.address).first()
    return {
        **(way_out_of_support(own) if own is not None else {}),
        "coalition": coalition,
        "title": tr(coalition, "title"),
        "cosponsors": cosponsors,
        "path": address,
        "cosponsors_url": absolute_url("cosponsors"),
    }


register_kind(
    Kind(
        name="coalition.official",
        category="coalition",
        label=_("La coalition devient officielle"),
        reason=REASON_ROAD,
        recipients=_whole_coalition,
        context=_about_coalition,
        visible=_is_official,
        targets=coalition_targets,
        news=_("La coalition devient officielle"),
    )
)
