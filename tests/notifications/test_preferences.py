import pytest

from coalition.core.access import LoginNeeded
from coalition.core.errors import DomainError
from coalition.notifications.models import Choice, Preferences
from coalition.notifications.preferences import Wishes, preferences_of, rhythms_of, save_preferences
from tests.notifications.board import make_reader

pytestmark = pytest.mark.django_db
WISHES = {"rhythms": {"following": "weekly"}, "language": "en", "time_zone": "Africa/Dakar"}


def test_an_account_that_chose_nothing_has_the_defaults() -> None:
    reader = make_reader()
    assert rhythms_of(reader)["following"] == "daily"
    assert rhythms_of(reader)["discussion"] == "now"
    assert preferences_of(reader).auto_follow
    assert not Preferences.objects.exists()


def test_what_is_chosen_is_kept_with_language_and_time_zone() -> None:
    reader = make_reader()
    for _twice in range(2):
        save_preferences(actor=reader, wishes=Wishes(**WISHES, quiet_from=22, quiet_to=7))
    reader.refresh_from_db()
    assert (reader.language, reader.time_zone) == ("en", "Africa/Dakar")
    assert rhythms_of(reader)["following"] == "weekly"
    assert Preferences.objects.get().quiet_from == 22


@pytest.mark.parametrize(
    "wrong", [{"quiet_from": 22}, {"rhythms": {"account": "off"}}, {"rhythms": {"following": "hourly"}}]
)
def test_security_and_what_does_not_exist_cannot_be_chosen(wrong: dict[str, object]) -> None:
    with pytest.raises(DomainError):
        save_preferences(actor=make_reader(), wishes=Wishes(**{**WISHES, **wrong}))
    assert not Choice.objects.exists()


def test_nobody_has_no_preferences() -> None:
    with pytest.raises(LoginNeeded):
        save_preferences(actor=None, wishes=Wishes(**WISHES))
