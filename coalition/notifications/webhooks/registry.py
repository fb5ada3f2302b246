"""The kinds of event that are public, and what anybody may read of one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from coalition.core.following import readable_target
from coalition.notifications.enums import Theme
from coalition.notifications.kinds import Text

if TYPE_CHECKING:
    from coalition.notifications.models import Event

Name = tuple[str, str]


def stands(_event: "Event") -> bool:
    """Nothing but the thing itself decides."""
    return True


@dataclass(frozen=True)
class PublicKind:
    """A kind of event that programs may hear of.

    `label` says what happened, and may hold values of the payload (`%(number)s`). `target` names the thing as
    `coalition.core.following` knows it, which says whether everybody may read it and where. `still` is asked when the
    event is told: False says nothing any more. `path` leads elsewhere than to the thing, site-relative.
    """

    name: str
    theme: Theme
    label: Text
    target: Callable[["Event"], Name]
    still: Callable[["Event"], bool] = stands
    path: Callable[["Event"], str] | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What anybody reads of an event, in one language; `url` is site-relative."""

    title: str
    url: str


_public: dict[str, PublicKind] = {}


def register_public_kind(kind: PublicKind) -> None:
    """Let programs hear of this kind of event. ValueError when another one has the name."""
    if _public.setdefault(kind.name, kind) is not kind:
        raise ValueError(f"two public kinds {kind.name}")


def forget_public_kind(name: str) -> None:
    """Undo `register_public_kind`, for tests."""
    _public.pop(name, None)


def public_kinds() -> Mapping[str, PublicKind]:
    """Every kind of event that is public, by name."""
    return dict(_public)


def shown_to_all(event: "Event") -> Shown | None:
    """What anybody may read of the event now, in the language that is active; None where it says nothing (any more).

    Asked with no account, each time: what was hidden, withdrawn or deleted since then is not told.
    """
    kind = _public.get(event.kind)
    subject: Any = event.subject
    if kind is None or subject is None or not kind.still(event):
        return None
    target = readable_target(None, *kind.target(event))
    if target is None:
        return None
    words = str(kind.label) % event.payload if event.payload else str(kind.label)
    title = _("%(what)s : %(thing)s") % {"what": words, "thing": target.title}
    return Shown(title, kind.path(event) if kind.path else target.url)
