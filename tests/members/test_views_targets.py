from collections.abc import Callable

from coalition.core.following import readable_target
from members.enums import OrganisationState
from members.models import Coalition, Organisation


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
