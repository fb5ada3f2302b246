"""Cases: read, write, review, and never seen too early."""

import time
from unittest.mock import patch

from django.http import HttpResponse
from django.urls import reverse

from cases.models import CasePage
from cases.models.history import public_revisions
from cases.models.sharing import LIFETIME, share_words
from tests.access.matrix import Answers, row
from tests.access.surfaces import shown_in
from tests.access.visitor import Visitor
from tests.world import World

WORDS = {
    "title": "Un autre titre",
    "summary": "Un résumé.",
    "kind": "experiment",
    "domain": "services",
    "stage": "pilot",
    "country": "FR",
    "city": "Rennes",
}


def _api_case(world: World, name: str) -> list[tuple[str, str]]:
    address = reverse("api_case", args=[world.cases[name].number])
    return [("GET", address), ("HEAD", address)]


def _no_api_write(world: World, name: str) -> list[tuple[str, str]]:
    address = reverse("api_case", args=[world.cases[name].number])
    return [(method, address) for method in ("PUT", "PATCH", "DELETE", "POST")]


def _act(visitor: Visitor, door: str, page: CasePage, **data: object) -> HttpResponse:
    return visitor.post(reverse(door, args=[page.pk]), data)


def _revision(page: CasePage) -> int:
    return int(CasePage.objects.values_list("latest_revision_id", flat=True).get(pk=page.pk))


def _lists() -> list[str]:
    """Where cases are listed; `test_canary.py` walks every surface."""
    names = ("case_index", "case_csv", "case_geojson", "case_feed", "sitemap", "journal", "changes_feed", "api_cases")
    return ["/fr/", *(reverse(name) for name in names)]


@row("case", "published", "view", api=lambda world: _api_case(world, "published"))
def view_published(world: World, visitor: Visitor) -> Answers:
    return visitor.get(world.cases["published"].url)


@row(
    "case",
    "published",
    "list/search/facet/map/feed/sitemap/API list",
    api=lambda _world: [("GET", reverse("api_cases")), ("GET", reverse("api_cases") + "?q=publie&stage=pilot")],
)
def list_published(world: World, visitor: Visitor) -> Answers:
    addresses = [reverse(name) for name in ("case_index", "case_csv", "case_geojson", "case_feed", "sitemap")]
    addresses += [f"{addresses[0]}?q=publie", f"{addresses[0]}?stage=pilot"]
    return [visitor.get(address) for address in addresses]


@row("case", "draft", "view by URL")
def view_draft(world: World, visitor: Visitor) -> Answers:
    return visitor.get(reverse("case_preview", args=[world.cases["draft"].pk]))


@row(
    "case",
    "draft",
    "appears in list/search/facet count/map/feed/sitemap/API/embed",
    api=lambda world: [*_api_case(world, "draft"), *_api_case(world, "submitted")],
)
def draft_appears(world: World, visitor: Visitor) -> Answers:
    return [visitor.get(world.cases["draft"].url), bool(shown_in(visitor, ["zorglubdraftcase"], _lists()))]


@row("case", "private (view restriction)", "view", api=lambda world: _api_case(world, "private"))
def view_private(world: World, visitor: Visitor) -> Answers:
    return visitor.get(world.cases["private"].url)


@row(
    "case",
    "private (view restriction)",
    "title/snippet in search, facets, feed, sitemap, API, breadcrumbs, related, 404 suggestions",
    api=lambda world: _api_case(world, "private"),
)
def private_appears(world: World, visitor: Visitor) -> Answers:
    return bool(shown_in(visitor, ["zorglubprivatecase"], _lists()))


@row("case", "descendant of private", "view", api=lambda world: _api_case(world, "below"))
def view_below_private(world: World, visitor: Visitor) -> Answers:
    return visitor.get(world.cases["below"].url)


@row("case", "any", "create", acts=True)
def create(world: World, visitor: Visitor) -> Answers:
    answer = visitor.post(reverse("case_new"), {**WORDS, "organisation": world.organisations["own"].pk})
    return answer if answer.status_code != 200 else False  # an organisation that is not theirs is not in their form


@row("case", "draft", "edit", acts=True)
def edit_draft(world: World, visitor: Visitor) -> Answers:
    page = world.cases["draft"]
    return _act(visitor, "case_edit", page, **WORDS, based_on=_revision(page))


@row("case", "published", "edit (new draft revision)", acts=True, api=lambda world: _no_api_write(world, "published"))
def edit_published(world: World, visitor: Visitor) -> Answers:
    page = world.cases["published"]
    return _act(visitor, "case_edit", page, **WORDS, based_on=_revision(page))


@row("case", "draft", "submit for publication", acts=True)
def submit(world: World, visitor: Visitor) -> Answers:
    return _act(visitor, "case_submit", world.cases["draft"])


@row("case", "submitted", "publish", acts=True)
def publish(world: World, visitor: Visitor) -> Answers:
    page = world.cases["submitted"]
    return _act(visitor, "case_publish", page, based_on=_revision(page))


@row("case", "submitted", "read for review")
def review(world: World, visitor: Visitor) -> Answers:
    return visitor.get(reverse("case_review", args=[world.cases["submitted"].pk]))


@row("case", "submitted", "send back with a reason", acts=True)
def send_back(world: World, visitor: Visitor) -> Answers:
    return _act(visitor, "case_return", world.cases["submitted"], reason="Il manque la source.")


@row("case", "submitted", "take back", acts=True)
def take_back(world: World, visitor: Visitor) -> Answers:
    return _act(visitor, "case_take_back", world.cases["submitted"])


@row("case", "published", "unpublish", acts=True)
def unpublish(world: World, visitor: Visitor) -> Answers:
    return _act(visitor, "case_unpublish", world.cases["published"], reason="La ville l’a demandé.")


@row("case", "published", "delete", acts=True, api=lambda world: _no_api_write(world, "published"))
def delete_published(world: World, visitor: Visitor) -> Answers:
    return _act(visitor, "case_delete", world.cases["published"])


@row("case", "draft", "delete", acts=True)
def delete_draft(world: World, visitor: Visitor) -> Answers:
    return _act(visitor, "case_delete", world.cases["draft"])


@row("case", "any", "create translation", acts=True)
def translate(world: World, visitor: Visitor) -> Answers:
    return _act(visitor, "case_translate", world.cases["published"], language="en")


@row("case", "any", "list of what one writes")
def own_drafts(world: World, visitor: Visitor) -> Answers:
    return visitor.get(reverse("case_drafts"))


def _shared(page: CasePage) -> str:
    return reverse("case_shared", args=[share_words(CasePage.objects.get(pk=page.pk))])


@row("case", "draft", "view by signed preview link, valid")
def open_shared(world: World, visitor: Visitor) -> Answers:
    """A program has no link: nobody mails one to it."""
    if visitor.is_program:
        return visitor.get(reverse("case_shared", args=["forged"]))
    return visitor.get(_shared(world.cases["draft"]))


@row("case", "draft", "view by signed preview link, expired/other id")
def open_expired(world: World, visitor: Visitor) -> Answers:
    past = time.time() - LIFETIME.total_seconds() - 60
    with patch("django.core.signing.time.time", return_value=past):
        address = _shared(world.cases["draft"])
    return visitor.get(address)


@row("case", "draft of other city", "copy", acts=True)
def copy(world: World, visitor: Visitor) -> Answers:
    return _act(visitor, "case_copy", world.cases["draft"])


@row("case", "any", "history list")
def history(world: World, visitor: Visitor) -> Answers:
    return visitor.get(reverse("case_history", args=[world.cases["revised"].pk]))


@row("case", "draft", "compare revisions by id")
def compare(world: World, visitor: Visitor) -> Answers:
    page = world.cases["draft"]
    return visitor.get(reverse("case_compare", args=[page.pk, _revision(page), _revision(page)]))


@row("case", "public versions", "public diff between published versions")
def public_changes(world: World, visitor: Visitor) -> Answers:
    page = world.cases["published"]
    shown = public_revisions(page)[0]
    versions = reverse("case_versions", args=[page.number])
    changes = reverse("case_version_changes", args=[page.number, shown.pk, shown.pk])
    return [visitor.get(versions), visitor.get(changes)]


@row("case", "any", "restore revision", acts=True)
def restore(world: World, visitor: Visitor) -> Answers:
    page = world.cases["revised"]
    (shown,) = public_revisions(page)
    address = reverse("case_restore", args=[page.pk, shown.pk])
    return visitor.post(address, {"based_on": _revision(page)})


@row("case", "draft", "add a picture")
def ask_for_a_picture(world: World, visitor: Visitor) -> Answers:
    return visitor.get(reverse("case_picture_add", args=[world.cases["draft"].pk]))


@row("case", "submitted", "comment on a part", acts=True)
def comment(world: World, visitor: Visitor) -> Answers:
    return _act(visitor, "case_comment", world.cases["submitted"], about="failed", text="Dites-en plus.")


@row("case", "submitted", "settle a comment", acts=True)
def settle(world: World, visitor: Visitor) -> Answers:
    page = world.cases["submitted"]
    return visitor.post(reverse("case_settle_comment", args=[page.pk, world.comments["submitted"].pk]))


@row("case", "submitted", "publish on a later day", acts=True)
def schedule(world: World, visitor: Visitor) -> Answers:
    page = world.cases["submitted"]
    return _act(visitor, "case_schedule", page, based_on=_revision(page), publish_on="2099-01-01")


@row("media", "image used on a public page", "rendition of a listed filter")
def public_picture(world: World, visitor: Visitor) -> Answers:
    return visitor.get(reverse("case_picture", args=[world.pictures["public"]]))


@row("media", "image only in drafts", "original/rendition by URL")
def hidden_picture(world: World, visitor: Visitor) -> Answers:
    return visitor.get(reverse("case_picture", args=[world.pictures["draft"]]))
