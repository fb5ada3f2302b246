from django.utils import translation

from coalition.core.documents import (
    SignableArticle,
    changes_between,
    current_document,
    document_articles,
    document_by_hash,
)
from coalition.core.subjects import (
    find_subject,
    may_read_subject,
    subject_authors,
    subject_version_url,
    subject_wording,
)
from members.models import Coalition
from principles.actions import accept_amendment, withdraw_amendment
from principles.actions.revisions import revisions_between
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


def test_an_article_is_talked_about_by_the_same_key_in_every_version(world: World) -> None:
    key = f"{world.charter.slug}.donnees"
    before = find_subject("article", key)
    accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW)
    after = find_subject("article", key)
    assert before is not None
    assert after is not None
    assert (before.number, after.number, after.is_open) == (1, 2, True)
    texts = [subject_wording(after, number, "fr") for number in (1, 2, 3)]
    assert [one.text if one else None for one in texts] == [
        "Les données sont ouvertes à la collectivité à sa demande.",
        "Les données sont remises à la collectivité chaque mois.",
        None,
    ]
    assert subject_authors(after) == [world.member]
    assert subject_version_url("article", key, 1).endswith("/version/1/#donnees")


def test_an_amendment_is_talked_about_once_proposed_and_while_it_is_open(world: World) -> None:
    draft = world.draft()
    amendment = world.opened("guichet")
    key = f"{world.charter.slug}.{amendment.number}"
    found = find_subject("amendment", key)
    assert found is not None
    assert found.is_open
    assert subject_authors(found) == [world.member]
    assert subject_wording(found, 1, "fr") is None
    withdraw_amendment(actor=world.member, amendment=amendment, now=NOW)
    closed = find_subject("amendment", key)
    assert closed is not None
    assert not closed.is_open
    assert may_read_subject(None, closed)
    assert find_subject("amendment", f"{world.charter.slug}.{draft.pk + 1_000}") is None


def test_strange_keys_lead_nowhere(world: World) -> None:
    slug = world.charter.slug
    for kind, key in (("article", slug), ("article", f"{slug}."), ("amendment", f"{slug}.1e3"), ("amendment", ".1")):
        assert find_subject(kind, key) is None
    assert find_subject("amendment", f"{slug}.{'9' * 30}") is None


def test_a_new_version_tells_which_texts_it_changed_and_only_these(world: World) -> None:
    decision = accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW)
    assert decision.version is not None
    told = revisions_between(world.first, decision.version)
    assert [(one.key, one.language, one.number) for one in told] == [
        (f"{world.charter.slug}.donnees", "fr", 2),
        (f"{world.charter.slug}.donnees", "en", 2),
    ]
    assert revisions_between(None, world.first) == []
