"""The words of a hidden amendment are not in its row, and are given back to whoever may read them."""

import pytest
from django.db import IntegrityError, transaction

from principles.enums import AmendmentKind
from principles.models import Amendment, HiddenWords, columns_with_words, columns_without_words, uncover, words_of
from tests.principles.conftest import NOW, World


def _hide(world: World, amendment: Amendment) -> Amendment:
    words_of(amendment).save()
    Amendment.objects.filter(pk=amendment.pk).update(
        hidden_at=NOW, hidden_reason="Hors sujet.", hidden_by=world.organiser, **columns_without_words(amendment)
    )
    return Amendment.objects.whole().get(pk=amendment.pk)


def test_a_hidden_row_holds_no_word_and_is_called_so(world: World) -> None:
    hidden = _hide(world, world.opened())
    assert (hidden.title, hidden.motive, hidden.text_fr, hidden.text_en) == ("", "", "", "")
    assert hidden.heading == "texte masqué" and str(hidden) == "1. texte masqué"


def test_the_database_refuses_a_hidden_amendment_that_still_says_something(world: World) -> None:
    amendment = world.opened()
    with pytest.raises(IntegrityError), transaction.atomic():
        Amendment.objects.filter(pk=amendment.pk).update(
            hidden_at=NOW, hidden_reason="Hors sujet.", hidden_by=world.organiser
        )


def test_who_may_read_gets_the_words_in_memory_and_the_row_stays_empty(world: World) -> None:
    amendment = world.opened()
    hidden = _hide(world, amendment)
    assert uncover(hidden).title == amendment.title and hidden.text_fr == amendment.text_fr
    assert Amendment.objects.get(pk=hidden.pk).title == ""


def test_one_that_is_not_hidden_is_left_alone(world: World) -> None:
    amendment = world.opened()
    assert uncover(amendment).title == amendment.title and not HiddenWords.objects.exists()


def test_the_key_of_an_article_to_add_tells_its_title_and_is_hidden_too(world: World) -> None:
    amendment = world.opened(
        "", kind=AmendmentKind.INSERT, article_title_fr="Dire du mal", article_title_en="Speak ill"
    )
    hidden = _hide(world, amendment)
    assert hidden.article_key == "masque-1" and "mal" not in hidden.base_article.title_fr
    assert columns_with_words(HiddenWords.objects.get())["article_key"] == "dire-du-mal"
