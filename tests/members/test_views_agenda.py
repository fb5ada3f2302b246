"""What is due of the people who act for organisations."""

from datetime import timedelta
from typing import Any

from members.models import Affiliation, Cosponsorship
from members.views.agenda import personal_deadlines
from tests.access.conftest import on_paper, world
from tests.world import NOW, World

__all__ = ["on_paper", "world"]


def _due(account: Any) -> dict[str, Any]:
    return {one.key.partition(".")[0]: one for one in personal_deadlines(account, NOW)}


def test_the_end_of_a_mandate_is_due_on_its_day(on_paper: World) -> None:
    rep, day = on_paper.account("rep_own"), (NOW + timedelta(days=40)).date()
    assert "mandate" not in _due(rep)
    own = on_paper.organisations["own"]
    Affiliation.objects.active().filter(account=rep, organisation=own).update(mandate_until=day)
    due = _due(rep)["mandate"]
    assert (due.when, due.url) == (day, own.get_absolute_url())
    Affiliation.objects.filter(account=rep).update(ended_on=NOW.date())
    assert "mandate" not in _due(rep)


def test_a_signature_is_to_be_confirmed_on_a_new_version_and_renewed_on_its_day(on_paper: World) -> None:
    act = on_paper.acts["public"]
    line = Affiliation.objects.active().representatives().filter(organisation=act.organisation)[0]
    day = (NOW + timedelta(days=90)).date()
    Cosponsorship.objects.filter(pk=act.pk).update(document_sha256="0" * 64, renew_on=day)
    keys = {one.key: one for one in personal_deadlines(line.account, NOW)}
    assert (keys[f"renewal.{act.pk}"].when, keys[f"renewal.{act.pk}"].url) == (day, act.get_absolute_url())
    assert [key for key in keys if key.startswith(f"version.{act.pk}.")]
    stranger = on_paper.account("registered")
    assert not list(personal_deadlines(stranger, NOW))


def test_the_number_of_queries_is_that_of_one_act(on_paper: World, django_assert_max_num_queries: Any) -> None:
    act = on_paper.acts["public"]
    line = Affiliation.objects.active().representatives().filter(organisation=act.organisation)[0]
    Affiliation.objects.active().filter(account=line.account).update(mandate_until=NOW.date())
    with django_assert_max_num_queries(12) as few:
        one = list(personal_deadlines(line.account, NOW))
    others = Affiliation.objects.active().exclude(account=line.account)
    taken = set(Affiliation.objects.active().filter(account=line.account).values_list("organisation", flat=True))
    for other in others.exclude(organisation__in=taken).order_by("organisation_id").distinct("organisation_id"):
        Affiliation.objects.filter(pk=other.pk).update(account=line.account, mandate_until=NOW.date())
    with django_assert_max_num_queries(len(few)):
        assert len(list(personal_deadlines(line.account, NOW))) > len(one)
