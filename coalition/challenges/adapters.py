"""Challenges as lower apps know them: things to follow, by their address; what programs hear of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from coalition.challenges.models import Challenge, Response
from coalition.core.access import is_signed_in
from coalition.core.following import Target
from coalition.notifications.enums import Theme
from coalition.notifications.models import Event
from coalition.notifications.webhooks.registry import PublicKind, register_public_kind

CHALLENGE = "challenge"
RESPONSE = "response"


class ChallengeTargets:
    """Registered as the source of "challenge"; the key is the word its address ends with."""

    def readable(self, account: Any, keys: Iterable[str]) -> Mapping[str, Target]:
        """The public ones, and the drafts of the organisations the account writes for. One query, besides what the
        rules ask of the account.
        """
        found = Challenge.objects.visible_to(account) if is_signed_in(account) else Challenge.objects.public()
        rows = found.filter(slug__in=list(keys))
        return {one.slug: Target(CHALLENGE, one.slug, one.title, one.get_absolute_url()) for one in rows}


class ResponseTargets:
    """Registered as the source of "response", what both sides are told of. Nobody follows one."""

    def readable(self, account: Any, keys: Iterable[str]) -> Mapping[str, Target]:
        """Those of either side for who writes for it, and for organisers; none for anybody else. One query."""
        numbers = [int(key) for key in keys if key.isdecimal() and len(key) < 19]
        if not is_signed_in(account) or not numbers:
            return {}
        rows = Response.objects.visible_to(account).with_all().filter(pk__in=numbers)
        return {str(one.pk): _response_target(one) for one in rows}


def _response_target(response: Response) -> Target:
    title = _("Réponse de %(name)s : %(title)s") % {
        "name": response.organisation.name,
        "title": response.challenge.title,
    }
    return Target(RESPONSE, str(response.pk), title, response.get_absolute_url(), followable=False)


challenge_targets = ChallengeTargets()
response_targets = ResponseTargets()


def _challenge(event: Event) -> tuple[str, str]:
    challenge: Any = event.subject
    return CHALLENGE, challenge.slug


def register_public_kinds() -> None:
    """What programs may hear of challenges; never of a response."""
    for name, label in (
        ("challenge.published", gettext_lazy("Nouveau défi")),
        ("challenge.changed", gettext_lazy("Un défi a changé")),
        ("challenge.closed", gettext_lazy("Défi conclu")),
    ):
        register_public_kind(PublicKind(name, Theme.CHALLENGES, label, _challenge))
