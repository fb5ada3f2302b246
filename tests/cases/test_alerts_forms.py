from cases.forms.alerts import AlertForm, PaceForm


def test_only_rhythms_we_have_are_taken() -> None:
    assert PaceForm({"frequency": "daily"}).is_valid()
    assert not PaceForm({"frequency": "hourly"}).is_valid()


def test_an_address_is_needed_and_must_be_one() -> None:
    assert set(AlertForm({"frequency": "daily", "email": "awa"}).errors) == {"email"}
    assert set(AlertForm({}).errors) == {"email", "frequency"}
