"""What the apps above know of an organisation or of an account, shown on pages the members app draws.

Each app registers a function from its `apps.py`; the members app calls them all, in the order they were registered,
and never imports those apps. A function gets the reader too, and shows only what that reader may see.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date as day
from typing import Any


@dataclass(frozen=True, slots=True)
class ProfileItem:
    """One line of a logbook: what `components/log.html` draws. Only `title` is needed; `state` needs its `word`."""

    title: str
    url: str = ""
    text: str = ""
    date: day | None = None
    precision: str = "day"
    what: str = ""
    state: str = ""
    word: str = ""
    figure: str = ""
    figure_label: str = ""


@dataclass(frozen=True, slots=True)
class ProfileFact:
    """One figure of the head of a profile ("Cas publiés", "6")."""

    label: str
    value: str | int
    url: str = ""
    note: str = ""
    big: bool = True


@dataclass(frozen=True, slots=True)
class ProfileSection:
    """A titled list on a profile or an account page.

    `empty` is the sentence shown without items; a section with neither is left out. `more_url` leads to the rest.
    """

    title: str
    items: Sequence[ProfileItem] = ()
    empty: str = ""
    facts: Sequence[ProfileFact] = ()
    more_url: str = ""
    more_label: str = ""


SectionOfProfile = Callable[[Any, Any], ProfileSection | None]
SectionOfAccount = Callable[[Any], ProfileSection | None]

CountOfOrganisation = Callable[[], Any]

_of_profile: list[SectionOfProfile] = []
_of_account: list[SectionOfAccount] = []
_counts: dict[str, CountOfOrganisation] = {}


def register_profile_section(section: SectionOfProfile) -> None:
    """Add `section(organisation, account)` to the profile of organisations; a constant number of queries each."""
    if section not in _of_profile:
        _of_profile.append(section)


def register_account_section(section: SectionOfAccount) -> None:
    """Add `section(account)` to the account page, under what waits for its owner."""
    if section not in _of_account:
        _of_account.append(section)


def register_organisation_count(name: str, count: CountOfOrganisation) -> None:
    """Add a figure to organisations in lists, which may be sorted by it. `count()` makes a query expression for one
    organisation, `OuterRef("pk")`, that is 0 where there is nothing and counts what everybody may see.
    """
    _counts[name] = count


def organisation_counts() -> dict[str, Any]:
    """The figures the apps above know of an organisation, as query expressions by name ("case_count")."""
    return {name: count() for name, count in _counts.items()}


def profile_sections(organisation: Any, account: Any) -> list[ProfileSection]:
    """The sections that have something to say of `organisation` to `account`, in the order they were registered."""
    return _worth_showing([section(organisation, account) for section in _of_profile])


def account_sections(account: Any) -> list[ProfileSection]:
    """The sections that have something to say to the owner of `account`."""
    return _worth_showing([section(account) for section in _of_account])


def _worth_showing(sections: list[ProfileSection | None]) -> list[ProfileSection]:
    return [section for section in sections if section is not None and (section.items or section.empty)]
