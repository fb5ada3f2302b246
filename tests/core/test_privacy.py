"""The register: what is declared once, what a fate does, whose rows are whose."""

import pytest

from coalition.core import privacy
from coalition.core.privacy import CLEAR, PurgeStep, Treatment, declare, keep, register_purge, register_treatment
from members.models import User

LINE = Treatment("essai", "Essai", "Pour essayer.", "Accord.", "Nom.", "Personne.", "Un jour.")


@pytest.fixture(autouse=True)
def empty_register(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_treatments", "_declarations", "_steps"):
        monkeypatch.setattr(privacy, name, {})


def test_a_treatment_may_be_read_twice_and_not_changed() -> None:
    register_treatment(LINE)
    register_treatment(LINE)
    assert privacy.treatments() == [LINE]
    with pytest.raises(ValueError, match="essai"):
        register_treatment(Treatment("essai", "Autre", "", "", "", "", ""))


def test_a_table_is_declared_once() -> None:
    declare("members.User", owners=("self",), fields={"name": CLEAR})
    with pytest.raises(ValueError, match="twice"):
        declare("members.User")


def test_two_steps_cannot_share_a_name() -> None:
    step = PurgeStep("essai", "Essai", privacy.timedelta(days=1), lambda cutoff, dry_run: 0)
    register_purge(step)
    with pytest.raises(ValueError, match="essai"):
        register_purge(step)


def test_what_is_kept_has_a_reason() -> None:
    assert keep("La preuve.").reason == "La preuve."


@pytest.mark.django_db
def test_a_row_is_about_its_owner_or_about_who_owns_its_address() -> None:
    awa, eve = User.objects.create_user("awa@ville.example"), User.objects.create_user("eve@ville.example")
    declare("members.User", owners=("self",), addresses=("email",))
    declaration = privacy.declarations()[0]
    assert list(declaration.rows_about(awa, [])) == [awa]
    assert set(declaration.rows_about(awa, ["EVE@ville.example"])) == {awa, eve}
