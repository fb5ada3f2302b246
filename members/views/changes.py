"""What programs hear of signatures, local adoptions and coalitions."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coalition.notifications.enums import Theme
from coalition.notifications.models import Event
from coalition.notifications.webhooks.registry import PublicKind, register_public_kind
from members.enums import PUBLIC, CoalitionState
from members.models import LocalAdoption
from members.views.targets import COALITION, ORGANISATION


def _organisation(event: Event) -> tuple[str, str]:
    act: Any = event.subject
    return ORGANISATION, act.organisation.slug


def _coalition(event: Event) -> tuple[str, str]:
    coalition: Any = event.subject
    return COALITION, str(coalition.number)


def _is_public_act(event: Event) -> bool:
    """A signature that was withdrawn since then is not told any more."""
    act: Any = event.subject
    return act.state in PUBLIC


def _is_official(event: Event) -> bool:
    coalition: Any = event.subject
    return bool(coalition.state == CoalitionState.OFFICIAL)


def _is_published_adoption(event: Event) -> bool:
    return LocalAdoption.objects.published().filter(pk=event.object_id).exists()


def _act_path(event: Event) -> str:
    act: Any = event.subject
    return str(act.get_absolute_url())


def _adoption_path(event: Event) -> str:
    return reverse("adoption", args=[event.object_id])


def register_public_kinds() -> None:
    """What programs may hear of organisations and coalitions."""
    signed, adopted = _("Signature de la charte"), _("Adoption locale de la charte")
    official = _("La coalition devient officielle")
    for kind in (
        PublicKind(
            "cosponsorship.official", Theme.COMMITMENTS, signed, _organisation, still=_is_public_act, path=_act_path
        ),
        PublicKind(
            "adoption.recorded",
            Theme.COMMITMENTS,
            adopted,
            _organisation,
            still=_is_published_adoption,
            path=_adoption_path,
        ),
        PublicKind("coalition.official", Theme.COMMITMENTS, official, _coalition, still=_is_official),
    ):
        register_public_kind(kind)
