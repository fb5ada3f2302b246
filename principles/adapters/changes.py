"""What programs hear of the charter and of its amendments."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from coalition.notifications.enums import Theme
from coalition.notifications.models import Event
from coalition.notifications.webhooks.registry import PublicKind, register_public_kind
from principles.adapters.targets import CHARTER
from principles.enums import AMENDMENT_SUBJECT


def _charter(event: Event) -> tuple[str, str]:
    version: Any = event.subject
    return CHARTER, version.charter.slug


def _version_path(event: Event) -> str:
    version: Any = event.subject
    return str(version.get_absolute_url())


def _amendment(event: Event) -> tuple[str, str]:
    amendment: Any = event.subject
    return AMENDMENT_SUBJECT, f"{amendment.charter.slug}.{amendment.number}"


def _is_shown(event: Event) -> bool:
    """One whose words are hidden says nothing at all."""
    amendment: Any = event.subject
    return amendment.hidden_at is None


def register_public_kinds() -> None:
    """What programs may hear of the charter."""
    version = _("Version %(number)s de la charte")
    register_public_kind(PublicKind("charter.version_adopted", Theme.CHARTER, version, _charter, path=_version_path))
    for name, label in (
        ("amendment.opened", _("Amendement proposé")),
        ("amendment.accepted", _("Amendement adopté")),
        ("amendment.refused", _("Amendement refusé")),
    ):
        register_public_kind(PublicKind(name, Theme.AMENDMENTS, label, _amendment, still=_is_shown))
