"""Every public surface: where a word that must not be seen could be seen."""

import re

from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from tests.access.visitor import Visitor
from tests.world import World

SEARCHED = ("case_index", "organisations", "amendment_list", "challenges")
EXPORTED = (
    "case_csv",
    "case_geojson",
    "case_feed",
    "organisation_csv",
    "organisation_geojson",
    "organisation_feed",
    "challenge_csv",
    "challenge_feed",
)
PLAIN = (
    "coalition",
    "journal",
    "changes_feed",
    "agenda_public",
    "cosponsors",
    "adoptions",
    "supporters",
    "support_new",
    "support_sent",
    "api_supporters",
    "api_supporters_csv",
    "charter",
    "charter_feed",
    "charter_timeline",
    "charter_compare_choose",
    "api_charter_timeline",
    "api_root",
    "api_schema",
    "api_charter",
    "api_reproductions",
    "contact",
    "contact_sent",
    "api_charter_versions",
    "api_amendments",
    "api_cosponsors",
    "api_cosponsors_csv",
    "api_cosponsors_versions",
    "api_adoptions",
    "api_cosponsors_withdrawals",
    "events",
    "event_csv",
    "event_calendar",
    "api_events",
    "sitemap",
    "robots",
)
DISCUSSED = ("discussion", "discussion_feed", "api_comments")
MODERATED = ("amendment", "amendment_positions", "amendment_wordings", "api_amendment")
SUBJECTS = (("article", "charte.preuve"), ("amendment", "charte.1"), ("inside", "i1"))
SEARCHED_API = ("api_cases", "api_organisations", "api_challenges")
FACETS = (
    "",
    "?stage=pilot",
    "?domain=services",
    "?country=FR",
    "?country=SN",
    "?kind=authority",
    "?standing=neither",
    "?square=unplaced",
    "?view=map",
    "?page=1",
)
PASSING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|<updated>[^<]*</updated>')
"""What differs from one answer to the next by itself."""


def _addresses(*names: str) -> list[str]:
    found = []
    for name in names:
        try:
            found.append(reverse(name))
        except NoReverseMatch:
            continue
    return found


def public_addresses(world: World) -> list[str]:
    """Home, lists, facets, maps, feeds, sitemap, API, exports, public objects, the 404 page; in both languages."""
    found: list[str] = []
    for language in ("fr", "en"):
        with translation.override(language):
            found += [f"/{language}/", f"/{language}/nowhere/", *_addresses(*PLAIN)]
            found += [f"{address}{facet}" for address in _addresses(*SEARCHED) for facet in FACETS]
            found += [f"{address}{facet}" for address in _addresses(*EXPORTED) for facet in ("", "?country=SN")]
            found += [reverse("organisation", args=[world.organisations[name].slug]) for name in ("own", "submitted")]
            found += [reverse(name, args=what) for name in DISCUSSED for what in SUBJECTS]
            found += [reverse("comment", args=[one.pk]) for one in world.said.values() if one.pk]
            found += [reverse("cosponsorship", args=[world.acts["public"].pk]), reverse("charter_version", args=[1])]
            found += [reverse(name, args=[2]) for name in ("version_files", "version_print", "version_origins")]
            for one in (one for name, one in world.amendments.items() if name.startswith("hidden_")):
                found += [reverse(name, args=[one.number]) for name in MODERATED]
                found += [reverse(name, args=["amendment", f"charte.{one.number}"]) for name in DISCUSSED]
            found += [reverse("charter_compare", args=[1, 2]), reverse("version_file_opinions", args=[2, "json"])]
    found += [reverse("challenge", args=[one.slug]) for name, one in world.challenges.items() if name != "draft"]
    found += [*_addresses(*SEARCHED_API), reverse("api_case", args=[world.cases["published"].number])]
    found += [
        reverse(name, args=[world.cases["published"].number]) for name in ("case_card", "case_bibtex", "case_ris")
    ]
    return [*dict.fromkeys(found), world.cases["published"].url]


def searches(word: str) -> list[str]:
    """Every search of the site, asked for the word and for its beginning; and an address that holds it."""
    found = [f"/fr/nowhere/{word}/"]
    for asked in (word, word[:-2]):
        found += [f"{address}?q={asked}" for address in _addresses(*SEARCHED, *SEARCHED_API)]
    found += [f"{address}?q={word}" for address in _addresses(*EXPORTED)]
    with translation.override("en"):
        found += [f"{address}?q={word}" for address in _addresses(*SEARCHED)]
    return found


def text_of(answer: HttpResponse) -> str:
    """The answer as a reader could read it, in lower case, without form tokens and moments."""
    body = b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type]
    return PASSING.sub("", body.decode("utf-8", "replace")).lower()


def shown_in(visitor: Visitor, words: list[str], addresses: list[str]) -> list[str]:
    """Where a word stands in an answer to an address that does not hold it; and any answer that broke."""
    found = []
    for address in addresses:
        answer = visitor.get(address, follow=True)
        text = text_of(answer)
        found += [f"{word} at {address}" for word in words if word in text]
        found += [f"{answer.status_code} at {address}"] if answer.status_code >= 500 else []
    return found


def betrayed_by(visitor: Visitor, word: str) -> list[str]:
    """The searches that answer otherwise for the word than for a word of the same length that nobody ever wrote.

    Stronger than looking for the word: totals, facet counts, suggestions and empty states must be the same too.
    """
    never = "qxjkwvqzxj" * 4
    control = never[: len(word)]
    found = []
    for asked, other in zip(searches(word), searches(control), strict=True):
        if other not in visitor.answers:
            visitor.answers[other] = _answer(visitor, other, control)
        if _answer(visitor, asked, word) != visitor.answers[other]:
            found.append(f"{word} at {asked}")
    return found


def _answer(visitor: Visitor, address: str, word: str) -> tuple[int, str, str]:
    """Status, where it leads, and what it says, with the word itself left out."""
    answer = visitor.get(address)
    said = [answer.get("Location", ""), text_of(answer)]
    place, text = (part.replace(word, "#").replace(word[:-2], "#") for part in said)
    return answer.status_code, place, text
