"""What somebody is told of an answer they sent by mail."""

from datetime import UTC, datetime
from typing import Any

import pytest

from coalition.notifications.actions import record_event
from coalition.notifications.enums import IncomingReason, IncomingState
from coalition.notifications.kinds import get_kind
from coalition.notifications.models import Delivery, IncomingMail
from coalition.notifications.rendering import compose
from members.models import User
from tests.principles.conftest import make_account

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def told(kind: str, account: User, sender: str, **more: Any) -> tuple[Any, Any]:
    """Whom the kind tells of a mail from `sender` to the account's address, and the words."""
    mail = IncomingMail.objects.create(
        identity=f"{kind}{sender}", received_at=NOW, settled_at=NOW, sender=sender, account=account, size=1, raw=b"",
        **more,
    )  # fmt: skip
    event = record_event(kind=kind, key=f"{kind}:{mail.pk}", subject=mail, payload={}, now=NOW)
    [recipient] = get_kind(kind).recipients(event)
    delivery = Delivery(
        event=event, address=recipient.address, language=recipient.language, name="", message_id="<essai@example.org>"
    )
    return recipient, compose(delivery, get_kind(kind))


def test_a_refusal_goes_to_who_wrote_and_says_why() -> None:
    awa = make_account("Awa")
    recipient, message = told("reply.refused", awa, awa.email, state=IncomingState.REFUSED, reason=IncomingReason.EMPTY)
    assert (recipient.address, recipient.account_id) == (awa.email, awa.pk)
    assert "pas trouvé de texte" in message.body and "Reply-To" not in message.extra_headers


def test_a_stranger_is_told_at_their_own_address_and_not_who_the_account_is() -> None:
    awa = make_account("Awa Diop", language="en")
    recipient, message = told(
        "reply.refused", awa, "x@ailleurs.example", state=IncomingState.REFUSED, reason=IncomingReason.WRONG_SENDER
    )
    assert (recipient.address, recipient.account_id, recipient.language) == ("x@ailleurs.example", None, "en")
    assert "Awa" not in message.body and awa.email not in message.body


def test_what_the_action_said_is_repeated_and_files_set_aside_are_said() -> None:
    awa = make_account("Awa")
    _to, refused = told("reply.refused", awa, awa.email, state=IncomingState.REFUSED, said="Ce texte est trop long.")
    assert "Ce texte est trop long." in refused.body
    _to, published = told("reply.without_files", awa, awa.email, state=IncomingState.ACCEPTED, files=2)
    assert "pièces jointes" in published.body
