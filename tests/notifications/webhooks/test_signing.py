import base64
import hashlib
import hmac
from datetime import timedelta

from pytest_django import Settings

from coalition.notifications.enums import OLD_SECRET_LIFE
from coalition.notifications.webhooks.rows import Webhook
from coalition.notifications.webhooks.signing import secret_of, signatures
from tests.notifications.webhooks.public import NOW


def _by_hand(secret: str, name: str, body: bytes) -> str:
    """As the Standard Webhooks specification has it."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{name}.{int(NOW.timestamp())}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def test_a_receiver_checks_the_signature_as_the_specification_says() -> None:
    hook = Webhook(pk=7)
    assert signatures(hook, name="evt_1", moment=NOW, body=b"{}") == _by_hand(secret_of(hook), "evt_1", b"{}")
    assert len(base64.b64decode(secret_of(hook).removeprefix("whsec_"))) == 32


def test_each_program_and_each_rotation_has_a_secret_of_its_own() -> None:
    secrets = {secret_of(Webhook(pk=pk, rotation=rotation)) for pk in (1, 2, 12) for rotation in (0, 1, 2)}
    assert len(secrets) == 9


def test_the_secret_before_signs_beside_the_new_one_for_a_day() -> None:
    old, new = Webhook(pk=7), Webhook(pk=7, rotation=1, rotated_at=NOW)
    both = signatures(new, name="evt_1", moment=NOW, body=b"{}").split(" ")
    assert both == [_by_hand(secret_of(new), "evt_1", b"{}"), _by_hand(secret_of(old), "evt_1", b"{}")]
    new.rotated_at = NOW - OLD_SECRET_LIFE - timedelta(seconds=1)
    assert signatures(new, name="evt_1", moment=NOW, body=b"{}") == both[0]


def test_a_former_key_of_the_site_still_signs_while_it_is_kept(settings: Settings) -> None:
    before = secret_of(Webhook(pk=7))
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert secret_of(Webhook(pk=7)) != before
    assert _by_hand(before, "evt_1", b"{}") in signatures(Webhook(pk=7), name="evt_1", moment=NOW, body=b"{}")
