from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from members.models import User
from principles.models import Amendment
from tests.principles.conftest import ARTICLES, MOTIVE, World

Browse = Callable[[User | None], Client]
INSERT = "/fr/charte/article/ajouter/"


def answers(**fields: Any) -> dict[str, Any]:
    return {"title": "Une ligne", "motive": MOTIVE, "base": "1", "do": "open", **fields}


NEW = {"article_title_fr": "Réparer", "text_fr": "Nous réparons.", "after_key": "guichet"}


def test_an_article_more_is_proposed_with_its_place(browse: Browse, world: World) -> None:
    client = browse(world.member)
    assert "Après l’article 2" in client.get(INSERT).content.decode()
    response = client.post(INSERT, answers(**NEW), follow=True)
    amendment = Amendment.objects.get()
    assert (amendment.kind, amendment.article_key, amendment.after_key) == ("insert", "reparer", "guichet")
    html = response.content.decode()
    assert "après l’article 2, Garder un guichet humain" in html and "Nous réparons." in html
    assert "Écrire le texte en anglais" in html


def test_removing_and_moving_are_proposed_from_the_article(browse: Browse, world: World) -> None:
    client = browse(world.member)
    assert ARTICLES[1].text_fr in client.get("/fr/charte/article/guichet/enlever/").content.decode()
    client.post("/fr/charte/article/guichet/enlever/", answers())
    client.post("/fr/charte/article/guichet/deplacer/", answers(after_key=""))
    assert sorted(Amendment.objects.values_list("kind", "state")) == [("move", "open"), ("remove", "open")]
    moved = client.get("/fr/charte/amendement/2/").content.decode()
    assert "au début de la charte" in moved


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        (INSERT, {"article_title_fr": "Sans texte"}),
        (INSERT, {**NEW, "after_key": "nulle-part"}),
        (INSERT, {**NEW, "text_fr": "nul \x00 ici"}),
        ("/fr/charte/article/guichet/deplacer/", {"after_key": "decider"}),
        ("/fr/charte/article/guichet/enlever/", {"motive": "court"}),
    ],
)
def test_what_cannot_stand_is_said_and_nothing_is_kept(
    browse: Browse, world: World, address: str, fields: dict[str, str]
) -> None:
    html = browse(world.member).post(address, answers(**fields)).content.decode()
    assert 'role="alert"' in html and not Amendment.objects.exists()


def test_a_draft_is_kept_and_gone_on_with(browse: Browse, world: World) -> None:
    client = browse(world.member)
    draft = client.post(INSERT, answers(**NEW, do="save"))["Location"]
    assert "Nous réparons." in client.get(draft).content.decode()
    client.post(draft, answers(**{**NEW, "text_fr": "Nous réparons tout."}))
    assert Amendment.objects.get().text_fr == "Nous réparons tout."
