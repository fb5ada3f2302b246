from django.utils import translation

from coalition.core.documents import current_document, document_by_hash
from members.models import Coalition
from principles.actions import accept_amendment
from tests.principles.conftest import MOTIVE, NOW, World


def test_the_coalition_offers_the_version_in_force_to_sign(world: World) -> None:
    accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW)
    with translation.override("fr"):
        document = current_document(world.coalition)
    assert document is not None
    assert (document.version, document.title, document.url) == ("2", "Charte des villes", "/fr/charte/version/2/")
    assert document.adopted_on == NOW.date() and len(document.sha256) == 64


def test_a_signed_version_is_found_by_its_hash_after_it_was_replaced(world: World) -> None:
    accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW)
    with translation.override("en"):
        document = document_by_hash(world.first.sha256)
    assert document is not None and (document.version, document.title) == ("1", "Charter of cities")


def test_a_coalition_without_a_charter_and_an_unknown_hash_have_no_document(world: World) -> None:
    bare = Coalition.objects.create(number=9_999, slug="nue", title_fr="Nue", title_en="Bare", opened_on=NOW.date())
    assert current_document(bare) is None
    assert document_by_hash("0" * 64) is None
