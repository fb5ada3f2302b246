"""When two objects become one: every key that pointed to the one that goes points to the one that stays.

Each app registers, from its `apps.py`, how each of its keys moves. A test walks all tables and fails on a key that
nobody registered, so that no line stays behind with an object that no longer exists for anybody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField, Model, OneToOneField
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Moved:
    """How many lines moved, and how many of these were ended or set aside because two could not stand together."""

    lines: int = 0
    settled: int = 0


Move = Callable[[Any, Any, datetime], Moved]
_moves: dict[str, dict[str, tuple[Move, str | Promise]]] = {}


def register_move(target: str, key: str, move: Move, label: str | Promise) -> None:
    """Say how the key "members.Affiliation.organisation" moves when two "members.Organisation" become one.

    `move(kept, gone, now)` runs inside the transaction of the merge, after both objects were written and locked, in the
    order of registration; `gone` is the object as it was before. What is live no longer points to it. `label` names
    such lines to a reader, in the plural.
    Raises ValueError on a second move for a key.
    """
    known = _moves.setdefault(target, {})
    if key in known and known[key][0] is not move:
        raise ValueError(f"two moves for {key}")
    known[key] = (move, label)


def plain_move(model: type[Model], field: str) -> Move:
    """The move of a key that nothing limits: one statement."""

    def move(kept: Any, gone: Any, _now: datetime) -> Moved:
        lines = model._default_manager.filter(**{field: gone}).update(**{field: kept})
        return Moved(lines)

    return move


def keys_to(target: str) -> set[str]:
    """Every key of every table that points to `target`, as register_move names them."""
    wanted = apps.get_model(target)
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields(include_parents=False)
        if isinstance(field, ForeignKey | OneToOneField | ManyToManyField) and field.related_model is wanted
    }


def registered_keys(target: str) -> set[str]:
    """The keys whose move somebody registered."""
    return set(_moves.get(target, {}))


def lines_to_move(*, target: str, gone: Any) -> list[tuple[str, int]]:
    """What a merge would move, in the reader's words: label and number of lines; one query a key."""
    found: dict[str, int] = {}
    for key, (_move, label) in _moves.get(target, {}).items():
        model, _dot, field = key.rpartition(".")
        lines = apps.get_model(model)._default_manager.filter(**{field: gone}).count()
        found[str(label)] = found.get(str(label), 0) + lines
    return [(label, lines) for label, lines in found.items() if lines]


def move_everything(*, target: str, kept: Any, gone: Any, now: datetime) -> dict[str, Moved]:
    """Run every move; what each did, by key, keys with nothing to do left out. Inside the caller's transaction."""
    done = {key: move(kept, gone, now) for key, (move, _label) in _moves.get(target, {}).items()}
    return {key: moved for key, moved in done.items() if moved != Moved()}
