from collections.abc import Callable
from typing import Any

from coalition.core.following import readable_target
from members.enums import CosponsorshipState, OrganisationState
from members.models import Coalition, Cosponsorship, LocalAdoption, Organisation, User
from tests.members.conftest import NOW


def test_an_organisation_is_followed_once_it_is_confirmed(make_organisation: Callable[..., Organisation]) -> None:
    city = make_organisation()
    found = readable_target(None, "organisation", city.slug)
    assert found is not None
    assert found.url == city.get_absolute_url()
    Organisation.objects.filter(pk=city.pk).update(state=OrganisationState.PENDING)
    assert readable_target(None, "organisation", city.slug) is None


def test_a_coalition_is_followed_by_its_number(coalition: Coalition) -> None:
    found = readable_target(None, "coalition", str(coalition.number))
    assert found is not None
    assert str(coalition.number) in found.title
    assert readable_target(None, "coalition", "999999") is None


def test_an_act_and_an_adoption_are_told_of_where_they_may_be_read_and_not_followed(
    make_organisation: Callable[..., Organisation],
    make_representative: Callable[..., User],
    official: Callable[..., Any],
) -> None:
    city = make_organisation()
    person = make_representative(city)
    act = official(person, city)
    found = readable_target(None, "cosponsorship", str(act.pk))
    assert found is not None
    assert (found.followable, city.name in found.title) == (False, True)
    Cosponsorship.objects.filter(pk=act.pk).update(state=CosponsorshipState.SUBMITTED)
    assert readable_target(None, "cosponsorship", str(act.pk)) is None
    assert readable_target(person, "cosponsorship", str(act.pk)) is not None
    assert readable_target(person, "cosponsorship", "nonsense") is None
    words = {"document_title": "Charte", "document_version": "1", "document_sha256": "0" * 64}
    fields = {"coalition": act.coalition, "adopted_on": NOW.date(), "decision_reference": "12", "created_at": NOW}
    adoption = LocalAdoption.objects.create(organisation=city, **words, **fields)
    told = readable_target(None, "adoption", str(adoption.pk))
    assert told is not None and told.url == f"/fr/organisations/adoptions/{adoption.pk}/"
    Organisation.objects.filter(pk=city.pk).update(state=OrganisationState.PENDING)
    assert readable_target(None, "adoption", str(adoption.pk)) is None
