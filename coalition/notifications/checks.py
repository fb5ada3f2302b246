"""System check: a kind without words, without an example, or with a default nobody can have, cannot start."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template

from coalition.notifications.enums import AUDIENCES, Category, Rhythm
from coalition.notifications.examples import example_of, stray_examples
from coalition.notifications.kinds import PARTS, Kind, all_kinds


def check_kinds(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every registered kind has a category, a label, a reason, its three templates, which parse, and an example.

    Its defaults name roles and rhythms there are, in a category that can be tuned.
    """
    judges = (_missing_words, _missing_templates, _missing_example, _wrong_defaults)
    found = [message for kind in all_kinds() for judge in judges for message in judge(kind)]
    return [*found, *(Error(f"Example of {name}: no such kind.", id="notifications.E005") for name in stray_examples())]


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


def _missing_example(kind: Kind) -> list[CheckMessage]:
    if not kind.templated or example_of(kind.name) is not None:
        return []
    return [Error(f"Kind {kind.name}: no example to preview it with.", id="notifications.E004")]


def _wrong_defaults(kind: Kind) -> list[CheckMessage]:
    if kind.defaults and kind.category not in Category.values:
        return [Error(f"Kind {kind.name}: defaults in a category nobody tunes.", id="notifications.E006")]
    return [
        Error(f"Kind {kind.name}: {role!r} by default {rhythm!r} is not known.", id="notifications.E006")
        for role, rhythm in kind.defaults.items()
        if role not in AUDIENCES or rhythm not in Rhythm.values
    ]
