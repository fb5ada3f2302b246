"""From a kind and its example to the mail that would leave."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from coalition.notifications.enums import LARGEST_MAIL
from coalition.notifications.examples import example_of
from coalition.notifications.kinds import Kind, all_kinds, nothing
from coalition.notifications.models import Delivery, Event
from coalition.notifications.rendering import compose

NOBODY = 0
"""No account: its links lead to nobody's choices."""
ADDRESS = "camille.martin@ville.example"
MESSAGE_ID = "<00000000-0000-4000-8000-000000000000@ville.example>"


@dataclass(frozen=True, slots=True)
class Preview:
    """One mail in one language, as a server would be given it; `size` in bytes, `headers` in their order."""

    kind: Kind
    language: str
    subject: str
    text: str
    html: str
    headers: tuple[tuple[str, str], ...]
    size: int

    @property
    def kilobytes(self) -> float:
        """The size in thousands of bytes."""
        return self.size / 1000

    @property
    def too_big(self) -> bool:
        """Does it weigh more than a mail may?"""
        return self.size >= LARGEST_MAIL


def preview(kind: Kind, language: str) -> Preview:
    """The mail of `kind` in `language` ("fr" or "en"), with its example. LookupError for a kind without one."""
    example = example_of(kind.name)
    if example is None:
        raise LookupError(f"No example of {kind.name!r}.")
    given: dict[str, Any] = {}
    with translation.override(language):
        given.update(example())
        name = _("Camille Martin")
    event = Event(kind=kind.name, key=f"{kind.name}:example", created_at=timezone.now())
    delivery = Delivery(
        event=event, account_id=NOBODY, address=ADDRESS, language=language, name=name, message_id=MESSAGE_ID
    )
    told = replace(kind, context=lambda _event, _recipient: given)
    if kind.targets is not nothing:
        told = replace(told, targets=lambda _event: [("example", "1")])
    message: Any = compose(delivery, told)
    sent = message.message()
    return Preview(
        kind=kind,
        language=language,
        subject=message.subject,
        text=message.body,
        html=str(message.alternatives[0][0]),
        headers=tuple((name, str(value)) for name, value in sent.items()),
        size=len(sent.as_bytes()),
    )


def previewed_kinds() -> list[Kind]:
    """The kinds that have an example, by category and name."""
    found = [kind for kind in all_kinds() if example_of(kind.name) is not None]
    return sorted(found, key=lambda kind: (kind.category, kind.name))
