from collections.abc import Callable

from cases.adapters import case_targets
from cases.models import CasePage
from coalition.core.following import readable_target
from tests.cases.conftest import World


def test_a_case_is_followed_by_its_number_while_it_is_public(world: World, published: Callable[..., CasePage]) -> None:
    page = published()
    found = readable_target(None, "case", str(page.number))
    assert found is not None
    assert found.title == page.title
    assert str(page.number) in found.url
    page.unpublish()
    assert readable_target(None, "case", str(page.number)) is None


def test_what_is_no_number_is_no_case(world: World) -> None:
    assert not case_targets.readable(None, ["x", "99999999999999999999", "-1"])
