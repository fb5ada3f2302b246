import pytest

from coalition.notifications.enums import HookState
from coalition.notifications.hook_deliveries import add_hook_deliveries, hook_delivery, parcel_for
from coalition.notifications.models import Delivery
from tests.notifications.webhooks.public import Shelf, hook_to, shelf, shown_event

__all__ = ["shelf"]
pytestmark = pytest.mark.django_db


def test_a_program_has_one_delivery_for_an_event_whose_message_is_named_before_it_leaves(shelf: Shelf) -> None:
    hook = hook_to("https://ville.example/")
    event = shown_event(hook)
    assert [add_hook_deliveries(event) for _time in range(2)] == [1, 1]
    row = Delivery.objects.get(event=event)
    assert (row.address, row.channel, row.for_account) == (str(hook.pk), "webhook", False)
    assert row.message_id.startswith(f"<webhook.{event.pk}.{hook.pk}@")


def test_a_program_that_rests_or_is_gone_gets_no_parcel(shelf: Shelf) -> None:
    hook = hook_to("https://ville.example/")
    row = hook_delivery(shown_event(hook), hook)
    assert parcel_for(row) is not None
    hook.state = HookState.PAUSED
    hook.save()
    assert parcel_for(row) is None
    hook.delete()
    assert parcel_for(row) is None


def test_what_is_not_public_has_no_delivery(shelf: Shelf) -> None:
    hook = hook_to("https://ville.example/")
    event = shown_event(hook)
    event.kind = "comment.created"
    assert add_hook_deliveries(event) == 0
