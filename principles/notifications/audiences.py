"""Whom events of the charter concern, what their mails show, and what they are about."""

from dataclasses import replace
from typing import Any

from coalition.core.access import can
from coalition.core.subjects import find_subject
from coalition.notifications.intake.addresses import reply_headers
from coalition.notifications.kinds import Recipient, Targets
from coalition.notifications.models import Event
from members.enums import SPEAKERS, OrganisationMail, OrganisationState
from members.models import Affiliation, Organisation, User
from members.notifications import organisation_mail, organisers, recipients_of, while_allowed
from principles.enums import AMENDMENT_ANSWERS, AMENDMENT_SUBJECT, Phase
from principles.models import Version


def about(event: Event) -> Any:
    """The amendment or the version an event is about; one that is gone is told to nobody, so it is there."""
    return event.subject


def told_of_opening(event: Event) -> list[Recipient]:
    """The organisers and whom the organisation wants told, but not the author."""
    amendment = about(event)
    inside = [amendment.organisation_id] if amendment.organisation_id else []
    return organisers(event) + organisation_mail(inside, OrganisationMail.CHARTER, besides=[amendment.author_id])


def amendment_context(event: Event, recipient: Recipient) -> dict[str, Any]:
    amendment = about(event)
    headers = _answered_to(event, recipient)
    return {
        "headers": headers,
        "answerable": bool(headers),
        "amendment": amendment,
        "article": amendment.base_article,
        "decision": getattr(amendment, "decision", None),
        "path": amendment.get_absolute_url(),
    }


def readable(event: Event, recipient: Recipient) -> bool:
    """Told only while the recipient may read it, and while nobody's reading is stopped: mails quote its words."""
    return about(event).hidden_at is None and while_allowed("amendment.view")(event, recipient)


def _answered_to(event: Event, recipient: Recipient) -> dict[str, str]:
    """An address to answer to, for those who may talk about the amendment now."""
    amendment = about(event)
    account = User.objects.filter(pk=recipient.account_id).first()
    subject = find_subject(AMENDMENT_SUBJECT, f"{amendment.charter.slug}.{amendment.number}")
    if account is None or not can(account, "comment.create", subject):
        return {}
    return reply_headers(purpose=AMENDMENT_ANSWERS, recipient=recipient, number=amendment.pk, told_at=event.created_at)


def version_context(event: Event, recipient: Recipient) -> dict[str, Any]:
    version: Version = about(event)
    decision = getattr(version, "decision", None)
    return {"version": version, "decision": decision, "path": version.get_absolute_url()}


def invited(event: Event) -> list[Recipient]:
    """Whoever may answer in the name of an organisation that was invited and has not answered."""
    waiting = about(event).coauthors.waiting().values("organisation")
    running = Affiliation.objects.active().filter(organisation__in=waiting, role__in=SPEAKERS)
    return recipients_of(one.account for one in running.select_related("account"))


def writers(event: Event) -> list[Recipient]:
    """The author and those who accepted to write with them, but not who did it."""
    return recipients_of((one for one in _writing(about(event)) if one.pk != event.actor_id), role="author")


def _writing(amendment: Any) -> list[Any]:
    together = amendment.coauthors.accepted().select_related("account")
    return [amendment.author, *(one.account for one in together)]


def writers_and_heard(event: Event) -> list[Recipient]:
    """Those who wrote it and those who took a position on it, each once, but not who did it."""
    amendment = about(event)
    spoken = [one.given_by for one in amendment.positions.select_related("given_by")]
    people = {one.pk: one for one in (*_writing(amendment), *spoken) if one is not None}
    people.pop(event.actor_id, None)
    return recipients_of(people.values())


def decision_context(event: Event, recipient: Recipient) -> dict[str, Any]:
    """As `amendment_context`; `own` for those who wrote the amendment."""
    own = recipient.account_id in {one.pk for one in _writing(about(event))}
    return {**amendment_context(event, recipient), "own": own}


def position_context(event: Event, recipient: Recipient) -> dict[str, Any]:
    """As `amendment_context`, with the position of the organisation as it stands now."""
    held = about(event).positions.filter(organisation=event.payload.get("organisation"))
    return {**amendment_context(event, recipient), "position": held.select_related("organisation").first()}


def position_holds(event: Event, recipient: Recipient) -> bool:
    """Readable, and the organisation has not changed its mind since."""
    held = about(event).positions.filter(
        organisation=event.payload.get("organisation"), choice=event.payload.get("choice")
    )
    return held.exists() and readable(event, recipient)


def heard(event: Event) -> list[Recipient]:
    """Who took a position on an older wording, to be confirmed."""
    amendment = about(event)
    older = amendment.positions.filter(wording__lt=amendment.reworded).exclude(given_by=event.actor_id)
    return recipients_of(one.given_by for one in older.select_related("given_by"))


def speaking(event: Event) -> list[Recipient]:
    """The organisers and whom every confirmed organisation wants told."""
    confirmed = Organisation.objects.filter(state=OrganisationState.CONFIRMED).order_by().values("pk")
    told = organisation_mail(confirmed, OrganisationMail.CHARTER)
    return organisers(event) + [replace(one, role="representative") for one in told]


def phase_context(event: Event, recipient: Recipient) -> dict[str, Any]:
    charter = about(event)
    return {"charter": charter, "phase": Phase(event.payload["phase"]), "path": charter.get_absolute_url()}


def own_amendment(event: Event) -> Targets:
    """The amendment alone."""
    amendment = about(event)
    return [("amendment", f"{amendment.charter.slug}.{amendment.number}")]


def amendment_targets(event: Event) -> Targets:
    """The amendment, its article, the charter, and the organisation that proposes it."""
    amendment = about(event)
    slug, organisation = amendment.charter.slug, amendment.organisation
    found = [*own_amendment(event), ("article", f"{slug}.{amendment.article_key}"), ("charter", slug)]
    return [*found, ("organisation", organisation.slug)] if organisation else found


def charter_targets(event: Event) -> Targets:
    return [("charter", about(event).slug)]


def version_targets(event: Event) -> Targets:
    return [("charter", about(event).charter.slug)]
