"""A profile is changed by its owner, with what the site knows."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser

from coalition.core.access import LoginNeeded
from members.actions import UnknownTimeZone, change_profile
from members.models import User
from tests.members.conftest import NOW, fresh

pytestmark = pytest.mark.django_db


def test_name_language_and_time_zone_are_kept(make_account: Callable[..., User]) -> None:
    account = make_account()
    change_profile(account=account, name="Awa Diop", language="en", time_zone="Africa/Dakar", now=NOW)
    kept = fresh(account)
    assert (kept.name, kept.language, kept.time_zone) == ("Awa Diop", "en", "Africa/Dakar")


@pytest.mark.parametrize(("language", "time_zone"), [("xx", "Africa/Dakar"), ("fr", "Mars/Olympus")])
def test_an_unknown_language_or_zone_is_refused(
    make_account: Callable[..., User], language: str, time_zone: str
) -> None:
    with pytest.raises(UnknownTimeZone):
        change_profile(account=make_account(), name="Awa", language=language, time_zone=time_zone, now=NOW)


def test_nobody_has_no_profile() -> None:
    with pytest.raises(LoginNeeded):
        change_profile(account=AnonymousUser(), name="", language="fr", time_zone="UTC", now=NOW)  # type: ignore[arg-type]
