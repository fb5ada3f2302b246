"""The title of an article as the pages of amendments ask for it, draw it and settle it."""

import re
from collections.abc import Callable
from typing import Any

from django.test import Client

from members.models import User
from principles.actions import accept_amendment
from principles.models import Amendment
from tests.principles.conftest import ARTICLES, MOTIVE, NOW, World
from tests.principles.test_titles import EN, FR, SAME, again, rename

Browse = Callable[[User | None], Client]
NEW = "/fr/charte/article/donnees/amender/"
ONE = "/fr/charte/amendement/1/"
HTMX = {"HX-Request": "true"}


def words(**more: Any) -> dict[str, Any]:
    titles = {"article_title_fr": FR, "article_title_en": EN}
    return {**SAME, **titles, "title": "Mieux nommer", "motive": MOTIVE, "base": 1, **more}


def redrawn(page: str) -> bool:
    """The old title is struck out and the new one put in."""
    struck, put = ("".join(re.findall(rf"<{one}[ >].*?</{one}>", page, re.S)) for one in ("del", "ins"))
    return "Tenir" in struck and "Partager" in put


def test_the_form_holds_the_title_of_the_article_and_keeps_another(browse: Browse, world: World) -> None:
    client = browse(world.member)
    assert f'value="{ARTICLES[2].title_fr}"' in client.get(NEW).content.decode()
    assert client.post(NEW, words(do="save")).status_code == 302
    draft = Amendment.objects.get()
    assert (draft.article_title_fr, draft.article_title_en) == (FR, EN)
    again_page = client.get(f"/fr/charte/brouillon/{draft.pk}/").content.decode()
    assert f'value="{FR}"' in again_page and redrawn(again_page)


def test_the_change_of_title_is_previewed_with_and_without_javascript(browse: Browse, world: World) -> None:
    client = browse(world.member)
    page = client.post(NEW, words(do="preview")).content.decode()
    assert redrawn(page) and "Proposer cet amendement" in page
    live = client.post(NEW, words(do="preview"), headers=HTMX).content.decode()
    assert redrawn(live) and "<html" not in live and "mots ajoutés" in live
    assert not Amendment.objects.exists()


def test_a_title_left_as_it_was_follows_the_article(browse: Browse, world: World) -> None:
    """The article got another title while somebody wrote its text: theirs is not put back."""
    accept_amendment(actor=world.organiser, amendment=rename(world), motive=MOTIVE, now=NOW)
    stale = words(text_fr="Autre.", text_en="Other.", do="save")
    stale |= {"article_title_fr": ARTICLES[2].title_fr, "article_title_en": ARTICLES[2].title_en}
    page = browse(world.member).post(NEW, stale).content.decode()
    assert "L’article a changé depuis que vous l’avez lu" in page and f'value="{FR}"' in page


def test_the_page_draws_the_new_title_word_by_word_while_open_and_once_adopted(browse: Browse, world: World) -> None:
    amendment = rename(world)
    assert redrawn(browse(None).get(ONE).content.decode())
    accept_amendment(actor=world.organiser, amendment=amendment, motive=MOTIVE, now=NOW)
    assert redrawn(browse(None).get(ONE).content.decode())


def test_a_text_alone_is_drawn_without_its_title(browse: Browse, world: World) -> None:
    world.opened()
    drawn = browse(None).get(ONE).content.decode().split('id="d1"')[1].split('id="d2"')[0]
    assert ARTICLES[2].title_fr not in drawn


def test_a_revision_changes_the_title_and_its_difference_stays_readable(browse: Browse, world: World) -> None:
    rename(world)
    client = browse(world.member)
    address = f"{ONE}rediger/"
    assert f'value="{FR}"' in client.get(address).content.decode()
    said = words(article_title_fr="Partager tout", wording=1, note="Plus franc.")
    live = client.post(address, {**said, "do": "preview"}, headers=HTMX).content.decode()
    assert "Partager tout" in re.sub(r"<[^>]*>|\n", "", live)
    assert client.post(address, said).status_code == 302
    assert again(Amendment.objects.get()).article_title_fr == "Partager tout"
    assert re.search(r"<ins>.*tout", browse(None).get(f"{ONE}redactions/").content.decode())


def test_the_other_language_of_a_title_is_asked_for_with_its_text(browse: Browse, world: World) -> None:
    rename(world, article_title_en="")
    client = browse(world.member)
    assert "Une langue reste à écrire" in client.get(ONE).content.decode()
    address = f"{ONE}langue/en/"
    page = client.get(address).content.decode()
    assert f'value="{ARTICLES[2].title_en}"' in page and redrawn(page)
    said = {"article_title": EN, "text": SAME["text_en"], "wording": 1}
    live = client.post(address, {**said, "do": "preview"}, headers=HTMX).content.decode()
    assert "Share" in live
    assert client.post(address, said).status_code == 302
    assert again(Amendment.objects.get()).missing_legs == ()


def test_no_title_is_asked_for_where_none_changes(browse: Browse, world: World) -> None:
    world.opened(text_en="")
    assert 'name="article_title"' not in browse(world.member).get(f"{ONE}langue/en/").content.decode()


def test_two_new_titles_are_shown_beside_each_other_and_settled(browse: Browse, world: World) -> None:
    rename(world, article_title_fr="Ouvrir les données", article_title_en="Open data")
    accept_amendment(actor=world.organiser, amendment=rename(world), motive=MOTIVE, now=NOW)
    three = browse(world.organiser).get(f"{ONE}adopter/")
    shown = three.content.decode()
    assert three.status_code == 409
    assert all(title in shown for title in (ARTICLES[2].title_fr, "Ouvrir les données", FR))
    client = browse(world.member)
    page = client.get(f"{ONE}reprendre/").content.decode()
    readings = page.split("<form method")[0]
    assert all(title in readings for title in (ARTICLES[2].title_fr, "Ouvrir les données", FR))
    assert 'value="Ouvrir les données"' in page
    said = words(
        article_title_fr="Ouvrir et partager", article_title_en="Open and share", version=2, wording=1, note=""
    )
    assert "Vos changements" in client.post(f"{ONE}reprendre/", {**said, "do": "preview"}).content.decode()
    assert client.post(f"{ONE}reprendre/", said).status_code == 302
    settled = again(Amendment.objects.get(number=1))
    assert (settled.article_title_fr, settled.needs_rebase) == ("Ouvrir et partager", False)


def test_an_organiser_reviews_the_title_and_may_adopt_another(browse: Browse, world: World) -> None:
    rename(world)
    client = browse(world.organiser)
    page = client.get(f"{ONE}adopter/").content.decode()
    assert redrawn(page) and f'value="{FR}"' in page
    said = {
        "modified_title_fr": "Les données en partage", "modified_title_en": EN, "modified_fr": SAME["text_fr"],
        "modified_en": SAME["text_en"], "seen_version": 1, "seen_wording": 1, "motive": MOTIVE,
    }  # fmt: skip
    review = client.post(f"{ONE}adopter/", {**said, "do": "review"}).content.decode()
    assert "Les données en partage" in re.sub(r"<[^>]*>", "", review)
    assert client.post(f"{ONE}adopter/", {**said, "do": "confirm"}).status_code == 302
    world.charter.refresh_from_db()
    assert world.charter.in_force.articles.get(key="donnees").title_fr == "Les données en partage"
    assert again(Amendment.objects.get()).state == "modified"


def test_the_api_gives_the_new_title(browse: Browse, world: World) -> None:
    rename(world)
    whole = browse(None).get("/api/v1/charter/amendments/1/").json()
    assert whole["article_title"] == {"fr": FR, "en": EN}
