"""Whom events about challenges reach: those who follow, and the people of both sides of a response."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from coalition.challenges.enums import LIVE
from coalition.challenges.models import Challenge, Response
from coalition.notifications.kinds import Recipient, Targets
from coalition.notifications.models import Event, Follow
from members.enums import OrganisationMail, OrganisationState, Role
from members.models import Affiliation, User
from members.notifications import organisation_mail, recipients_of

WRITERS = (Role.EDITOR, Role.REPRESENTATIVE)


def about(event: Event) -> Any:
    """The challenge an event is about, or that of its response."""
    subject: Any = event.subject
    return subject.challenge if isinstance(subject, Response) else subject


def the_challenge(event: Event) -> Targets:
    """The challenge alone."""
    return [("challenge", about(event).slug)]


def the_challenge_and_its_home(event: Event) -> Targets:
    """The challenge, the organisation that states it, and the coalition it belongs to if any."""
    challenge = about(event)
    coalition = [("coalition", str(challenge.coalition.number))] if challenge.coalition else []
    return [*the_challenge(event), ("organisation", challenge.organisation.slug), *coalition]


def the_response(event: Event) -> Targets:
    """The response, which only both sides read."""
    subject: Any = event.subject
    return [("response", str(subject.pk))]


def _named(targets: Targets) -> Q:
    found = Q(pk__in=[])
    for kind, key in targets:
        found |= Q(target_kind=kind, target_key=key)
    return found


def followers_of(targets: Targets) -> Any:
    """The live accounts that follow one of these and have silenced none of them, as a query set."""
    follows = Follow.objects.filter(_named(targets))
    listening = follows.filter(muted=False).values("account")
    return User.objects.filter(pk__in=listening).exclude(pk__in=follows.filter(muted=True).values("account"))


def still_public(event: Event, _recipient: Recipient) -> bool:
    """Everybody may read the challenge now."""
    return bool(Challenge.objects.public().filter(pk=about(event).pk).exists())


def may_still_answer(challenge: Challenge) -> Q:
    """Condition on accounts: they act for an organisation of the network that could answer and has not."""
    answered = Response.objects.filter(challenge=challenge, state__in=LIVE, organisation=OuterRef("organisation"))
    running = (
        Affiliation.objects.active()
        .filter(account=OuterRef("pk"), organisation__state=OrganisationState.CONFIRMED)
        .exclude(organisation=challenge.organisation_id)
        .exclude(Exists(answered))
    )
    return Q(Exists(running))


def responders(event: Event) -> list[Recipient]:
    """Who writes for the organisations whose response stands, each once."""
    standing = about(event).responses.live().values("organisation")
    running = Affiliation.objects.active().filter(organisation__in=standing, role__in=WRITERS)
    accounts = {one.account_id: one.account for one in running.select_related("account").order_by("pk")}
    accounts.pop(event.actor_id, None)
    return recipients_of(accounts.values(), role="editor")


def told_for(organisations: Any, event: Event) -> list[Recipient]:
    """The people of these organisations and their mailboxes, as they hand out such mail; whoever acted is left out."""
    return organisation_mail(organisations, OrganisationMail.CHALLENGES, besides=[event.actor_id])
