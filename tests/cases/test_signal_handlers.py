"""Every way a page can change, the catalogue follows."""

from wagtail.models import Page
from wagtail.signals import task_submitted, workflow_submitted

from cases.models import CasePage, CatalogueEntry
from cases.signal_handlers import WAGTAIL_MAILS, connect, stay_silent
from tests.cases.conftest import Make, World


def test_saving_a_draft_of_a_public_case_shows_nothing_of_it(published: Make) -> None:
    page = published("Public")
    page.title = "Secret"
    page.save_revision()
    assert CatalogueEntry.objects.get().title == "Public"


def test_saving_only_the_switch_reads_the_row_again(published: Make) -> None:
    page = published("Public")
    page.title = "Jamais enregistré"
    page.save(update_fields=["live"], clean=False)
    assert CatalogueEntry.objects.get().title == "Public"
    page.live = False
    page.save(update_fields=["live"], clean=False)
    assert CatalogueEntry.objects.count() == 0


def test_moving_a_case_moves_its_address(world: World, published: Make) -> None:
    page = published()
    other = world.french.copy(update_attrs={"slug": "archives", "title": "Archives"})
    page.move(other, pos="last-child")
    assert CatalogueEntry.objects.get().path.startswith("/fr/archives/")


def test_other_pages_are_left_alone(world: World) -> None:
    world.french.add_sibling(instance=Page(title="Une page", slug="page", locale=world.french.locale))
    assert CatalogueEntry.objects.count() == 0


def test_connecting_twice_projects_once_and_wagtails_mails_stay_out(published: Make) -> None:
    connect()
    for signal, sender, _identity in WAGTAIL_MAILS:
        live = signal._live_receivers(sender)
        assert stay_silent in (live[0] if isinstance(live, tuple) else live)
    assert task_submitted is not workflow_submitted
    published()
    assert CasePage.objects.count() == CatalogueEntry.objects.count() == 1
