"""Who is told what about the charter."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from coalition.core.access import can
from coalition.core.subjects import find_subject
from coalition.notifications.intake.addresses import reply_headers
from coalition.notifications.kinds import Kind, Recipient, Targets, register_kind
from coalition.notifications.models import Event
from members.enums import OrganisationState
from members.models import Affiliation, User
from members.notifications import organisers, recipients_of, while_allowed
from principles.enums import AMENDMENT_ANSWERS, AMENDMENT_SUBJECT, Phase
from principles.models import Version
from principles.querysets import SPEAKERS


def _about(event: Event) -> Any:
    """The amendment or the version an event is about; one that is gone is told to nobody, so it is there."""
    return event.subject


def _told_of_opening(event: Event) -> list[Recipient]:
    """The organisers and the representatives of the organisation, but not the author."""
    amendment = _about(event)
    team = organisers(event)
    running = Affiliation.objects.active().representatives().filter(organisation=amendment.organisation_id)
    speaking = running.exclude(account=amendment.author_id).select_related("account")
    return team + recipients_of(affiliation.account for affiliation in speaking)


def _author(event: Event) -> list[Recipient]:
    return recipients_of([_about(event).author])


def _amendment_context(event: Event, recipient: Recipient) -> dict[str, Any]:
    amendment = _about(event)
    headers = _answered_to(event, recipient)
    return {
        "headers": headers,
        "answerable": bool(headers),
        "amendment": amendment,
        "article": amendment.base_article,
        "decision": getattr(amendment, "decision", None),
        "path": amendment.get_absolute_url(),
    }


def _readable(event: Event, recipient: Recipient) -> bool:
    """Told only while the recipient may read it, and while nobody's reading is stopped: mails quote its words."""
    return _about(event).hidden_at is None and while_allowed("amendment.view")(event, recipient)


def _answered_to(event: Event, recipient: Recipient) -> dict[str, str]:
    """An address to answer to, for those who may talk about the amendment now."""
    amendment = _about(event)
    account = User.objects.filter(pk=recipient.account_id).first()
    subject = find_subject(AMENDMENT_SUBJECT, f"{amendment.charter.slug}.{amendment.number}")
    if account is None or not can(account, "comment.create", subject):
        return {}
    return reply_headers(purpose=AMENDMENT_ANSWERS, recipient=recipient, number=amendment.pk, told_at=event.created_at)


def _version_context(event: Event, recipient: Recipient) -> dict[str, Any]:
    version: Version = _about(event)
    decision = getattr(version, "decision", None)
    return {"version": version, "decision": decision, "path": version.get_absolute_url()}


def _invited(event: Event) -> list[Recipient]:
    """Whoever may answer in the name of an organisation that was invited and has not answered."""
    waiting = _about(event).coauthors.waiting().values("organisation")
    running = Affiliation.objects.active().filter(organisation__in=waiting, role__in=SPEAKERS)
    return recipients_of(one.account for one in running.select_related("account"))


def _writers(event: Event) -> list[Recipient]:
    """The author and those who accepted to write with them, but not who did it."""
    amendment = _about(event)
    together = amendment.coauthors.accepted().select_related("account")
    people = [amendment.author, *(one.account for one in together)]
    return recipients_of(one for one in people if one.pk != event.actor_id)


def _heard(event: Event) -> list[Recipient]:
    """Who took a position on an older wording, to be confirmed."""
    amendment = _about(event)
    older = amendment.positions.filter(wording__lt=amendment.reworded).exclude(given_by=event.actor_id)
    return recipients_of(one.given_by for one in older.select_related("given_by"))


def _speaking(event: Event) -> list[Recipient]:
    """The organisers and the representatives of every confirmed organisation."""
    running = Affiliation.objects.active().representatives().filter(organisation__state=OrganisationState.CONFIRMED)
    return organisers(event) + recipients_of(one.account for one in running.select_related("account"))


def _phase_context(event: Event, recipient: Recipient) -> dict[str, Any]:
    charter = _about(event)
    return {"charter": charter, "phase": Phase(event.payload["phase"]), "path": charter.get_absolute_url()}


def _own_amendment(event: Event) -> Targets:
    """The amendment alone."""
    amendment = _about(event)
    return [("amendment", f"{amendment.charter.slug}.{amendment.number}")]


def _amendment_targets(event: Event) -> Targets:
    """The amendment, its article, the charter, and the organisation that proposes it."""
    amendment = _about(event)
    slug, organisation = amendment.charter.slug, amendment.organisation
    about = [*_own_amendment(event), ("article", f"{slug}.{amendment.article_key}"), ("charter", slug)]
    return [*about, ("organisation", organisation.slug)] if organisation else about


def _charter_targets(event: Event) -> Targets:
    return [("charter", _about(event).slug)]


def _version_targets(event: Event) -> Targets:
    return [("charter", _about(event).charter.slug)]


AMENDMENT_OPENED = register_kind(
    Kind(
        name="amendment.opened",
        category="charter",
        label=_("Amendement proposé"),
        reason=_(
            "Vous recevez ce message parce que vous représentez l’organisation qui propose cet amendement, "
            "ou parce que vous décidez des amendements."
        ),
        recipients=_told_of_opening,
        context=_amendment_context,
        visible=_readable,
        targets=_amendment_targets,
        news=_("Amendement proposé"),
        joins=_own_amendment,
    )
)
AMENDMENT_ACCEPTED = register_kind(
    Kind(
        name="amendment.accepted",
        category="charter",
        label=_("Amendement adopté"),
        reason=_("Vous recevez ce message parce que vous avez écrit cet amendement."),
        recipients=_author,
        context=_amendment_context,
        visible=_readable,
        targets=_amendment_targets,
        news=_("Amendement adopté"),
    )
)
AMENDMENT_REFUSED = register_kind(
    Kind(
        name="amendment.refused",
        category="charter",
        label=_("Amendement refusé"),
        reason=_("Vous recevez ce message parce que vous avez écrit cet amendement."),
        recipients=_author,
        context=_amendment_context,
        visible=_readable,
        targets=_amendment_targets,
        news=_("Amendement refusé"),
    )
)
VERSION_ADOPTED = register_kind(
    Kind(
        name="charter.version_adopted",
        category="charter",
        label=_("Nouvelle version de la charte"),
        reason=_("Vous recevez ce message parce que vous faites partie de l’équipe d’organisation."),
        recipients=organisers,
        context=_version_context,
        visible=lambda event, recipient: bool(can(None, "charter.view", event.subject)),
        targets=_version_targets,
        news=_("Nouvelle version de la charte"),
    )
)
AMENDMENT_SUBMITTED = register_kind(
    Kind(
        name="amendment.submitted",
        category="charter",
        label=_("Amendement qui cherche des soutiens"),
        reason=_(
            "Vous recevez ce message parce que vous représentez une organisation membre, ou décidez des amendements."
        ),
        recipients=_speaking,
        context=_amendment_context,
        visible=_readable,
        targets=_amendment_targets,
        news=_("Amendement proposé, qui cherche des soutiens"),
        joins=_own_amendment,
    )
)
COAUTHOR_INVITED = register_kind(
    Kind(
        name="amendment.coauthor_invited",
        category="charter",
        label=_("Invitation à écrire un amendement ensemble"),
        reason=_(
            "Vous recevez ce message parce que vous parlez pour une organisation invitée à écrire cet amendement."
        ),
        recipients=_invited,
        context=_amendment_context,
        visible=_readable,
        targets=_own_amendment,
    )
)
COAUTHOR_JOINED = register_kind(
    Kind(
        name="amendment.coauthor_joined",
        category="charter",
        label=_("Un co-auteur vous rejoint"),
        reason=_("Vous recevez ce message parce que vous avez écrit cet amendement."),
        recipients=_writers,
        context=_amendment_context,
        visible=_readable,
        targets=_own_amendment,
    )
)
AMENDMENT_OBJECTED = register_kind(
    Kind(
        name="amendment.objected",
        category="charter",
        label=_("Objection à un amendement"),
        reason=_("Vous recevez ce message parce que vous avez écrit cet amendement."),
        recipients=_writers,
        context=_amendment_context,
        visible=_readable,
        targets=_own_amendment,
    )
)
AMENDMENT_REVISED = register_kind(
    Kind(
        name="amendment.revised",
        category="charter",
        label=_("Nouvelle rédaction d’un amendement"),
        reason=_("Vous recevez ce message parce que vous avez pris position sur cet amendement."),
        recipients=_heard,
        context=_amendment_context,
        visible=_readable,
        targets=_amendment_targets,
        news=_("Nouvelle rédaction d’un amendement"),
    )
)
AMENDMENT_LEG_WRITTEN = register_kind(
    Kind(
        name="amendment.leg_written",
        category="charter",
        label=_("Texte écrit dans l’autre langue"),
        reason=_("Vous recevez ce message parce que vous avez écrit cet amendement."),
        recipients=_writers,
        context=_amendment_context,
        visible=_readable,
        targets=_own_amendment,
    )
)
AMENDMENT_NEEDS_REBASE = register_kind(
    Kind(
        name="amendment.needs_rebase",
        category="charter",
        label=_("Amendement à reprendre"),
        reason=_("Vous recevez ce message parce que vous avez écrit cet amendement."),
        recipients=_writers,
        context=_amendment_context,
        visible=_readable,
        targets=_own_amendment,
    )
)
CHARTER_PHASE = register_kind(
    Kind(
        name="charter.phase",
        category="charter",
        label=_("Nouvelle phase de la charte"),
        reason=_(
            "Vous recevez ce message parce que vous représentez une organisation membre, "
            "ou faites partie de l’équipe d’organisation."
        ),
        recipients=_speaking,
        context=_phase_context,
        visible=lambda event, recipient: bool(can(None, "charter.view", event.subject)),
        targets=_charter_targets,
        news=_("Nouvelle phase de la charte"),
    )
)
AMENDMENT_HIDDEN = register_kind(
    Kind(
        name="amendment.hidden",
        category="charter",
        label=_("Le texte de votre amendement est masqué"),
        reason=_("Vous recevez ce message parce que vous avez écrit cet amendement."),
        recipients=_writers,
        context=_amendment_context,
        visible=lambda event, recipient: _about(event).hidden_at is not None,
    )
)
AMENDMENT_RESTORED = register_kind(
    Kind(
        name="amendment.restored",
        category="charter",
        label=_("Votre amendement est de nouveau lisible"),
        reason=_("Vous recevez ce message parce que vous avez écrit cet amendement."),
        recipients=_writers,
        context=_amendment_context,
        visible=_readable,
    )
)
