"""The kinds of event people are told about; each app registers its own at start."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

if TYPE_CHECKING:
    from coalition.notifications.models import Event

NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
PARTS = ("subject.txt", "body.txt", "body.html")

ESSENTIAL = ("account", "security")
"""Categories about an account itself."""

Text = str | Promise
Targets = Sequence[tuple[str, str]]
"""Things an event is about, as (kind, key) of `coalition.core.following`."""


@dataclass(frozen=True)
class Recipient:
    """Somebody to tell: where, in which language ("fr" or "en"), under which name, for which account if any.

    `role`, one of `enums.AUDIENCES`, says as what: the kind's `defaults` may give it a calmer rhythm.
    `site_only`: an account that is not mailed, because another mailbox is told in its place.
    """

    address: str
    language: str
    name: str
    account_id: int | None
    role: str = ""
    site_only: bool = False

    def only_on_site(self) -> "Recipient":
        """The same person, not mailed."""
        return replace(self, site_only=True)


ANYBODY = Recipient(address="", language="", name="", account_id=None)
"""Nobody in particular: `visible` is asked with it whether anybody may read, and so every account."""


def nothing(_event: "Event") -> Targets:
    """No target."""
    return ()


def nobody(_event: "Event") -> Any:
    """No crowd."""
    return None


@dataclass(frozen=True)
class Kind:
    """A kind of event.

    `name` is also the folder of its templates, `emails/<name>/{subject.txt,body.txt,body.html}`; `label` names it to
    a reader; `reason` is the whole sentence that ends each mail and says why it was received. `recipients` is asked
    once, at fan-out. `visible` is asked again just before sending: False suppresses the delivery. `context` feeds
    the templates. A kind that is not `templated` carries mails composed elsewhere.

    `targets` are the things the event is about: the first one names it on the site and in digests; with `news`, a
    headline, those who follow one of them are told too. `joins`: what whoever did it follows from then on. `crowd`: a
    query set of accounts to tell, with the kind's own words, however many: they are never read one by one.
    `patient`: it cannot be tuned like the others, and still waits for the end of quiet hours and of a pause.

    `essential`: what its reader has just asked for; as everything about an account itself, it leaves in spite of a
    complaint (`coalition.notifications.stops`) and offers no way to stop it.
    `defaults`: the rhythm (`enums.Rhythm`) of recipients of one role who chose none for this category.
    """

    name: str
    category: str
    label: Text
    reason: Text
    recipients: Callable[["Event"], Iterable[Recipient]]
    context: Callable[["Event", Recipient], dict[str, Any]]
    visible: Callable[["Event", Recipient], bool]
    templated: bool = True
    targets: Callable[["Event"], Targets] = nothing
    news: Text = ""
    joins: Callable[["Event"], Targets] = nothing
    crowd: Callable[["Event"], Any] = nobody
    patient: bool = False
    defaults: Mapping[str, str] = field(default_factory=dict)
    essential: bool = False

    @property
    def is_essential(self) -> bool:
        """Account security, or something just asked for."""
        return self.essential or self.category in ESSENTIAL

    def template(self, part: str) -> str:
        """The template name of one of PARTS."""
        return f"emails/{self.name}/{part}"


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> Kind:
    """Make a kind known. ImproperlyConfigured for a malformed name or a name taken by another kind."""
    if not NAME.fullmatch(kind.name):
        raise ImproperlyConfigured(f"Kind {kind.name!r}: the name must look like 'case.published'.")
    if kind.name in _kinds:
        raise ImproperlyConfigured(f"Kind {kind.name!r} is registered twice.")
    _kinds[kind.name] = kind
    return kind


def forget_kind(name: str) -> None:
    """Take a kind out of the registry: the undo of register_kind, for an app that is switched off and for tests."""
    _kinds.pop(name, None)


def get_kind(name: str) -> Kind:
    """The kind of that name. LookupError when no app registered it."""
    try:
        return _kinds[name]
    except KeyError:
        raise LookupError(f"No kind named {name!r} is registered.") from None


def is_essential(name: str) -> bool:
    """Is the kind of that name essential? One that no app registers any more is not."""
    return name in _kinds and _kinds[name].is_essential


def all_kinds() -> list[Kind]:
    """Every kind, by name."""
    return sorted(_kinds.values(), key=lambda kind: kind.name)
