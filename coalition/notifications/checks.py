"""System check: a kind without words cannot start."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template

from coalition.notifications.kinds import PARTS, Kind, all_kinds


def check_kinds(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every registered kind has a category, a label, a reason, and its three templates, which parse."""
    return [message for kind in all_kinds() for message in (*_missing_words(kind), *_missing_templates(kind))]


def _missing_words(kind: Kind) -> list[CheckMessage]:
    words = {"category": kind.category, "label": kind.label, "reason": kind.reason}
    return [
        Error(f"Kind {kind.name}: {field} is empty.", id="notifications.E001")
        for field, value in words.items()
        if not str(value).strip()
    ]


def _missing_templates(kind: Kind) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for part in PARTS if kind.templated else ():
        try:
            get_template(kind.template(part))
        except TemplateDoesNotExist as error:
            found.append(Error(f"Kind {kind.name}: template {error} is missing.", id="notifications.E002"))
        except TemplateSyntaxError as error:
            found.append(Error(f"Kind {kind.name}: {kind.template(part)}: {error}", id="notifications.E003"))
    return found
