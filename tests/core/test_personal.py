"""The floor's own lines of the register, and those of the packages we stand on."""

import pytest

from coalition.core import privacy
from coalition.core.personal import declare_floor
from coalition.core.privacy import declarations, treatments


def test_the_floor_declares_accounts_sessions_and_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_treatments", "_declarations"):
        monkeypatch.setattr(privacy, name, {})
    declare_floor()
    labels = {one.label for one in declarations()}
    assert {"account.EmailAddress", "mfa.Authenticator", "usersessions.UserSession", "core.AuditLine"} <= labels
    assert {"account", "journal", "consent"} <= {line.key for line in treatments()}
