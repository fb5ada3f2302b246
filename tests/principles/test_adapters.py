from django.utils import translation

from coalition.core.documents import (
    SignableArticle,
    changes_between,
    current_document,
    document_articles,
    document_by_hash,
)
from members.models import Coalition
from principles.actions import accept_amendment
from principles.adapters import article_changes
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


def test_the_articles_of_a_signed_version_are_read_in_the_reader_s_language(world: World) -> None:
    with translation.override("en"):
        articles = document_articles(world.first.sha256)
    assert [(one.number, one.key, one.title) for one in articles][:2] == [
        (1, "decider", "Decide with the people"),
        (2, "guichet", "Keep a human counter"),
    ]
    assert document_articles("0" * 64) == ()


def test_only_the_articles_that_differ_between_two_versions_are_told(world: World) -> None:
    accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW)
    world.charter.refresh_from_db()
    assert world.charter.current_version is not None
    with translation.override("fr"):
        changes = changes_between(world.first.sha256, world.charter.current_version.sha256)
    assert [(change.key, change.kind) for change in changes] == [("donnees", "changed")]
    pieces = {kind for kind, _text in changes[0].operations}
    assert pieces > {"equal"}


def test_two_texts_that_are_not_versions_of_one_charter_have_no_changes_to_tell(world: World) -> None:
    assert changes_between(world.first.sha256, "0" * 64) == ()
    assert changes_between(world.first.sha256, world.first.sha256) == ()


def test_an_article_pushed_down_by_a_new_one_has_not_changed_and_a_moved_one_has() -> None:
    old = {key: SignableArticle(key, number, key, "Texte.") for number, key in enumerate("abc", start=1)}
    new = {key: SignableArticle(key, number, key, "Texte.") for number, key in enumerate("xcab", start=1)}
    assert [(change.key, change.kind) for change in article_changes(old, new)] == [("x", "added"), ("c", "moved")]
