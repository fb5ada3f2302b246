"""Which challenges are listed, in which order, and with which figures."""

from datetime import timedelta

from coalition.challenges.actions import close_challenge
from coalition.challenges.models import Challenge
from coalition.challenges.search import Selection
from members.models import Organisation
from tests.challenges.conftest import LATER, NOW, Make, World


def test_figures_count_what_each_value_would_give_under_the_other_filters(world: World, published: Make) -> None:
    published("Un", sought=["data", "trial"], city="Rennes")
    published("Deux", sought=["data"], country="TG", city="Lomé", themes=["services"])
    figures = Challenge.objects.figures(Selection(country=("TG",)), NOW)
    assert (sum(figures["total"].values()), sum(figures["found"].values())) == (2, 1)
    assert figures["sought"] == {"data": 1}
    assert figures["country"] == {"FR": 1, "TG": 1}
    assert figures["city"] == {"TG:Lomé": 1}
    assert figures["theme"] == {"services": 1}
    assert figures["phase"] == {"open": 1}


def test_words_are_found_whatever_their_accents_in_titles_texts_names_and_cities(world: World, published: Make) -> None:
    published("L’eau du marché", problem="Des **bornes**.")
    for words in ("EAU", "marche", "bornes rennes", "rennes"):
        assert Challenge.objects.matching(words).count() == 1, words
    assert not Challenge.objects.matching("eau absente").exists()
    assert not Challenge.objects.matching("!!!").exists()


def test_the_order_is_open_then_being_read_then_concluded(world: World, published: Make) -> None:
    late = LATER + timedelta(days=1)
    closed = published("Conclu")
    close_challenge(actor=world.editor, challenge=closed, outcome="Décidé.", now=NOW)
    published("Lu")
    published("Ouvert", closes_at=late + timedelta(days=1))
    published("Sans fin", closes_at=None)
    titles = [one.title for one in Challenge.objects.public().in_order(late)]
    assert titles == ["Ouvert", "Sans fin", "Lu", "Conclu"]


def test_what_an_organisation_outside_the_network_stated_is_nowhere(world: World, published: Make) -> None:
    published()
    Organisation.objects.filter(pk=world.city.pk).update(state="removed")
    assert not Challenge.objects.public().exists()
    assert not Challenge.objects.open(NOW).exists()
    assert Challenge.objects.visible_to(world.editor).exists()
    assert not Challenge.objects.visible_to(world.stranger).exists()
