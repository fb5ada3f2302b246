"""A word in each hidden object, and a walk over every public surface as everybody: the word is nowhere."""

from collections.abc import Callable
from itertools import islice

import pytest

from tests.access.surfaces import betrayed_by, public_addresses, shown_in
from tests.access.visitor import Visitor
from tests.world import ROLES, World

# what is a list, a search, a feed: not even those who may open the object meet it there
PUBLIC_ONLY = ("zorglubdraftcase", "zorglubsubmittedcase", "zorglubrevision", "zorglubprivatecase", "zorglubbelowcase")


def _hidden_from(world: World, role: str) -> list[str]:
    return [word for word, readers in world.canaries.items() if role not in readers or word in PUBLIC_ONLY]


@pytest.mark.parametrize("role", ROLES)
def test_no_hidden_word_is_on_any_public_surface(on_paper: World, visit: Callable[[str], Visitor], role: str) -> None:
    assert not shown_in(visit(role), _hidden_from(on_paper, role), public_addresses(on_paper))


@pytest.mark.parametrize("role", ["anon", "cityed_own", "organiser"])
def test_no_search_answers_otherwise_because_of_a_hidden_object(
    on_paper: World, visit: Callable[[str], Visitor], role: str
) -> None:
    visitor = visit(role)
    assert not [place for word in _hidden_from(on_paper, role) for place in betrayed_by(visitor, word)]


def test_the_crawl_finds_what_is_public(on_paper: World, visit: Callable[[str], Visitor]) -> None:
    """It has eyes: a published title is met, and its search answers otherwise than a word nobody wrote."""
    reader = visit("anon")
    met = (place for address in public_addresses(on_paper) for place in shown_in(reader, ["cas repris"], [address]))
    assert len([*islice(met, 4)]) == 4
    assert betrayed_by(visit("anon"), "repris")


def test_counts_do_not_tell_of_hidden_objects(on_paper: World, visit: Callable[[str], Visitor]) -> None:
    """The same total for a stranger and an organiser, and only published cases in it."""
    counts = {role: visit(role).get("/api/v1/cases/").json()["count"] for role in ("anon", "organiser", "cityed_own")}
    assert set(counts.values()) == {2}


@pytest.mark.parametrize("role", ["anon", "registered", "cityed_other"])
def test_a_hidden_page_answers_like_one_that_never_was(
    on_paper: World, visit: Callable[[str], Visitor], role: str
) -> None:
    page = on_paper.cases["draft"]
    hidden = visit(role).get(page.url).content.decode()
    absent = visit(role).get("/fr/cas/99-absent/").content.decode()
    assert hidden.replace(page.url, "-").replace(f"/{page.slug}/", "") == absent.replace(
        "/fr/cas/99-absent/", "-"
    ).replace("/99-absent/", "")
