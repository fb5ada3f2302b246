import hashlib
import json
import unicodedata

import pytest
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError

from principles.actions import accept_amendment
from principles.models import (
    Amendment,
    ArticleText,
    CharterText,
    Version,
    VersionArticle,
    canonical_form,
    fingerprint,
    settle_text,
)
from tests.principles.conftest import ARTICLES, MOTIVE, NOW, TEXT, World


def rebuilt(version: Version) -> str:
    """The canonical form as the documentation describes it, made from the columns alone."""
    document = {
        "charter": version.charter.slug,
        "number": version.number,
        "previous": version.previous.sha256 if version.previous else None,
        "authentic_language": version.charter.authentic_language,
        "title": {"fr": version.title_fr, "en": version.title_en},
        "preamble": {"fr": version.preamble_fr, "en": version.preamble_en},
        "articles": [
            {
                "key": article.key,
                "position": article.position,
                "title": {"fr": article.title_fr, "en": article.title_en},
                "text": {"fr": article.text_fr, "en": article.text_en},
            }
            for article in version.articles.order_by("position")
        ],
    }
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def test_the_hash_of_every_version_follows_from_its_columns_as_documented(world: World) -> None:
    accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW)
    for version in world.charter.versions.all():
        assert version.canonical == rebuilt(version)
        assert version.sha256 == hashlib.sha256(version.canonical.encode("utf-8")).hexdigest()


def test_the_hash_of_a_known_text_is_a_known_hash() -> None:
    text = CharterText("Été", "Summer", "", "", (ArticleText("a", "Un", "One", "Dire.", "Say."),))
    canonical = canonical_form(slug="c", language="fr", number=1, previous=None, text=text)
    assert canonical == (
        '{"articles":[{"key":"a","position":1,"text":{"en":"Say.","fr":"Dire."},"title":{"en":"One","fr":"Un"}}],'
        '"authentic_language":"fr","charter":"c","number":1,"preamble":{"en":"","fr":""},"previous":null,'
        '"title":{"en":"Summer","fr":"Été"}}'
    )
    assert fingerprint(canonical) == hashlib.sha256(canonical.encode()).hexdigest()


def test_the_way_accents_and_line_ends_were_typed_does_not_change_the_hash() -> None:
    def form(body: str) -> str:
        text = CharterText("T", "T", "", "", (ArticleText("a", "A", "A", body, body),))
        return canonical_form(slug="c", language="fr", number=1, previous=None, text=text)

    assert form("Été\nfini") == form(unicodedata.normalize("NFD", "Été") + "  \r\nfini\r\n")


def test_settling_a_text_twice_changes_nothing_more() -> None:
    once = settle_text(" \n\nUn e\u0301té \t\r\ndeux\r\n\n")
    assert once == settle_text(once) == "Un été\ndeux"


def test_an_equal_text_in_a_later_version_has_another_hash(world: World) -> None:
    again = canonical_form(slug="c", language="fr", number=3, previous="0" * 64, text=TEXT)
    assert fingerprint(again) != fingerprint(
        canonical_form(slug="c", language="fr", number=1, previous=None, text=TEXT)
    )


@pytest.mark.parametrize("table", [Version, VersionArticle])
def test_the_database_refuses_to_change_or_delete_a_version(world: World, table: type) -> None:
    row = table.objects.first()
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        table.objects.filter(pk=row.pk).update(title_fr="Autre")
    with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
        row.delete()
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        table.objects.filter(pk=row.pk)._raw_delete("default")


def test_the_database_refuses_an_article_added_to_a_published_version(world: World) -> None:
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        VersionArticle.objects.create(version=world.first, key="intrus", position=9, text_fr="x", text_en="x")


def test_a_version_gives_back_the_text_it_was_made_of(world: World) -> None:
    assert world.first.text().articles == ARTICLES


def test_an_amendment_lacks_english_when_only_the_french_text_moves(world: World) -> None:
    present = ARTICLES[2].text_en
    assert world.draft(text_en="").lacks_english
    assert world.draft(text_en=present).lacks_english
    assert not world.draft().lacks_english
    assert not world.draft(text_fr=ARTICLES[2].text_fr, text_en="Data is open to the city when it asks.").lacks_english


def test_an_amendment_conflicts_when_its_article_changed_and_not_when_another_did(world: World) -> None:
    rival, elsewhere = world.opened(text_fr="Autre.", text_en="Other."), world.opened("guichet")
    accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW)
    assert Amendment.objects.get(pk=rival.pk).needs_rebase
    assert not Amendment.objects.get(pk=elsewhere.pk).needs_rebase


def test_a_draft_is_found_at_its_draft_and_an_open_amendment_at_its_number(world: World) -> None:
    draft, opened = world.draft(), world.opened()
    assert draft.get_absolute_url().endswith(f"/{draft.pk}/")
    assert opened.get_absolute_url().endswith(f"/amendement/{opened.number}/")
