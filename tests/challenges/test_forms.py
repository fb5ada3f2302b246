"""What the forms ask: a day, an hour and a clock become one moment."""

from datetime import UTC, datetime

from coalition.challenges.forms import ReopenForm, ResponseForm
from tests.challenges.conftest import World


def test_a_day_and_a_clock_make_a_moment_and_a_day_alone_lasts_until_its_end() -> None:
    said = {"closes_on": "2027-01-29", "closes_time": "18:00", "time_zone": "Africa/Dakar"}
    form = ReopenForm(said)
    assert form.is_valid()
    assert form.closes_at == datetime(2027, 1, 29, 18, 0, tzinfo=UTC)
    form = ReopenForm({**said, "closes_time": "", "time_zone": "Europe/Paris"})
    assert form.is_valid()
    assert form.closes_at is not None
    assert form.closes_at.astimezone(UTC) == datetime(2027, 1, 29, 22, 59, tzinfo=UTC)
    form = ReopenForm({"closes_on": "", "time_zone": "Europe/Paris"})
    assert form.is_valid()
    assert form.closes_at is None


def test_a_response_keeps_its_tick_through_the_page_where_it_is_read_again(world: World) -> None:
    said = {"language": "fr", "offer": "Une aide.", "contact_role": "Direction"}
    for ticked, value in ((True, "on"), (False, "")):
        form = ResponseForm({**said, "may_be_named": value})
        assert form.is_valid()
        assert form.words().may_be_named is ticked
        boxes = [str(field) for field in form.hidden() if field.name == "may_be_named"]
        assert f'value="{value}"' in boxes[0] or not value
