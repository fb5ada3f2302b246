"""Published means projected: on every path, in the same transaction, and nothing else ever."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from wagtail.models import PageViewRestriction, Revision

from cases.actions import project_case, project_tree, save_case, translate_case, unpublish_case, withdraw_case
from cases.actions.indexing import indexing_together
from cases.actions.projection import refresh_languages, share_languages
from cases.models import CasePage, CatalogueEntry
from members.models import User
from tests.cases.conftest import NOW, Make, World

CANARY = "zanzibarium"


def shown(language: str) -> list[str]:
    return list(CatalogueEntry.objects.shown_in(language).order_by("title").values_list("title", flat=True))


def test_a_draft_appears_on_no_public_surface(client: Client, world: World, draft: Make, published: Make) -> None:
    published("Le cas public", city="Brest", latitude=48.4, longitude=-4.5)
    draft(f"Le {CANARY}", city=CANARY, summary=CANARY, context=CANARY, latitude=6.1, longitude=1.2, stage="stopped")
    page = published("Encore public")
    words = {"title": f"Nouveau {CANARY}", "context": CANARY}
    save_case(actor=world.editor, page=page, content=words, based_on=page.latest_revision_id, now=NOW)
    surfaces = [
        "/fr/cas/", f"/fr/cas/?city={CANARY}", "/fr/cas/?stage=stopped", "/fr/cas/cas.csv", "/fr/cas/cas.geojson",
        "/fr/cas/cas.atom", "/api/v1/cases/", f"/api/v1/cases/{page.number}/", page.url, "/sitemap.xml", "/en/cases/",
    ]  # fmt: skip
    for address in surfaces:
        answer = client.get(address, follow=True)
        text = answer.getvalue().decode().replace(f"city={CANARY}", "").replace(f'value="{CANARY}"', "")
        assert answer.status_code == 200, address
        assert CANARY not in text.replace(f">{CANARY} <span", ""), address
    assert client.get(f"/fr/cas/?q={CANARY}").context["counts"].found == 0
    assert "stopped" not in client.get("/fr/cas/").context["counts"].facets["stage"]
    drafted = CasePage.objects.get(live=False)
    for address in (drafted.url, f"/fr/cas/{drafted.number}/", f"/api/v1/cases/{drafted.number}/"):
        assert client.get(address).status_code == 404


def test_unpublishing_in_wagtails_admin_withdraws(published: Make) -> None:
    page = published()
    page.unpublish()
    assert shown("fr") == []


def test_publishing_a_revision_as_the_admin_does_projects_it(world: World, draft: Make) -> None:
    page = draft("Par l’administration")
    revision = page.latest_revision
    assert isinstance(revision, Revision)
    revision.publish(user=None)
    assert shown("fr") == ["Par l’administration"]


def test_a_row_and_its_page_are_written_or_forgotten_together(published: Make, draft: Make) -> None:
    page = draft("Jamais")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        page.latest_revision.publish()
        assert shown("fr") == ["Jamais"]
        raise ZeroDivisionError
    assert shown("fr") == []
    assert not CasePage.objects.get(pk=page.pk).live


def test_deleting_takes_the_row_and_gives_its_readers_back_to_the_translation(world: World, published: Make) -> None:
    page = published("Un tour")
    english = translate_case(actor=None, page=page, language="en", now=NOW)
    words = {"title": "A turn"}
    saved = save_case(actor=None, page=english, content=words, based_on=english.latest_revision_id, now=NOW)
    saved.latest_revision.publish()
    assert (shown("fr"), shown("en")) == (["Un tour"], ["A turn"])
    CasePage.objects.get(pk=page.pk).delete()
    assert (shown("fr"), shown("en")) == (["A turn"], ["A turn"])


def test_each_reader_sees_a_case_once_in_the_language_they_read(world: World, published: Make) -> None:
    page = published("Un tour")
    assert (shown("fr"), shown("en")) == (["Un tour"], ["Un tour"])
    english = translate_case(actor=None, page=page, language="en", now=NOW)
    assert shown("en") == ["Un tour"]  # the translation is a draft
    english.latest_revision.publish()
    assert CatalogueEntry.objects.get(language="fr").shown_in == ["fr"]
    unpublish_case(actor=None, page=english, reason="À revoir.", now=NOW)
    assert CatalogueEntry.objects.get().shown_in == ["fr", "en"]


def test_languages_are_shared_in_the_sites_order() -> None:
    assert share_languages(available=["fr"]) == {"fr": ["fr", "en"]}
    assert share_languages(available=["en", "fr"]) == {"en": ["en"], "fr": ["fr"]}
    assert share_languages(available=["en"]) == {"en": ["fr", "en"]}
    assert share_languages(available=[]) == {}


def test_refreshing_repairs_what_a_script_left(published: Make) -> None:
    page = published()
    CatalogueEntry.objects.update(shown_in=[])
    refresh_languages(page=page)
    assert CatalogueEntry.objects.get().shown_in == ["fr", "en"]


@pytest.mark.parametrize("where", ["the case", "the list above"])
def test_a_restriction_empties_the_public_surfaces_and_opening_fills_them_again(
    client: Client, world: World, published: Make, where: str
) -> None:
    page = published(f"Privé {CANARY}")
    restricted = page if where == "the case" else world.french
    restriction = PageViewRestriction.objects.create(page=restricted, restriction_type="login")
    assert CatalogueEntry.objects.count() == 0
    for address in ("/api/v1/cases/", "/fr/cas/cas.csv", "/fr/cas/cas.atom", "/sitemap.xml"):
        assert CANARY not in client.get(address).getvalue().decode()
    restriction.delete()
    assert shown("fr") == [f"Privé {CANARY}"]


def test_a_restricted_case_is_read_by_its_organisation_and_organisers_only(
    client: Client, world: World, published: Make, signed_in: Callable[[User], Client]
) -> None:
    page = published("Privé")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get(page.url).status_code == 302
    for account, expected in ((world.member, 200), (world.organiser, 200), (world.stranger, 401)):
        answer = signed_in(account).get(page.url)
        assert answer.status_code == expected, account
    assert "no-store" in signed_in(world.member).get(page.url)["Cache-Control"]


def test_a_renamed_list_moves_the_addresses_of_its_cases(
    world: World, published: Make, django_capture_on_commit_callbacks: Callable
) -> None:
    published()
    with django_capture_on_commit_callbacks(execute=True):
        index = world.french
        index.slug = "experiences"
        index.save()
    assert CatalogueEntry.objects.get().path.startswith("/fr/experiences/")


def test_projecting_again_changes_nothing(world: World, published: Make) -> None:
    page = published()
    before = CatalogueEntry.objects.values().get()
    assert project_tree(page=world.french) == 1
    assert project_case(page=page) is not None
    assert CatalogueEntry.objects.values().get() == before
    withdraw_case(page=page)
    assert CatalogueEntry.objects.count() == 0


def test_the_admins_search_finds_cases_indexed_one_by_one_or_together(world: World, draft: Make) -> None:
    with indexing_together():
        page = draft("Hurluberlu")
        assert not CasePage.objects.all().search("Hurluberlu").count()
    assert [found.pk for found in CasePage.objects.all().search("Hurluberlu")] == [page.pk]
    other = draft("Zozoteur")
    assert [found.pk for found in CasePage.objects.all().search("Zozoteur")] == [other.pk]
    other.delete()
    assert not list(CasePage.objects.all().search("Zozoteur"))
