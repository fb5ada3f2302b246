from collections.abc import Callable

from django.test import Client

from members.models import User
from principles.actions import accept_amendment, revise_amendment, set_decision_rule, take_position
from principles.models import Charter, Decision
from tests.principles.conftest import MOTIVE, NOW, World, make_organisation, make_speaker

Browse = Callable[[User | None], Client]
WHY = "Chaque mois est trop pour nos petits opérateurs."


def objected(world: World, number: int = 1) -> None:
    other = make_organisation("Ville de Cotonou")
    amendment = world.charter.amendments.get(number=number)
    said = {"organisation": other, "choice": "objection", "reason": WHY, "now": NOW}
    take_position(actor=make_speaker(other), amendment=amendment, **said)


def test_what_was_reviewed_on_an_older_version_is_not_adopted_unseen(browse: Browse, world: World) -> None:
    first, second = world.opened("guichet"), world.opened()
    client, address = browse(world.organiser), f"/fr/charte/amendement/{second.number}/adopter/"
    assert 'name="seen_version" value="1"' in client.get(address).content.decode()
    accept_amendment(actor=world.organiser, amendment=first, motive=MOTIVE, now=NOW)
    reviewed = {"motive": MOTIVE, "do": "confirm", "seen_version": 1, "seen_wording": 1}
    told = client.post(address, reviewed)
    assert told.status_code == 409 and "Relire le texte qui en résulte" in told.content.decode()
    assert client.post(address, {**reviewed, "seen_version": 2}).status_code == 302


def test_what_was_reworded_since_it_was_reviewed_is_not_adopted_unseen(browse: Browse, world: World) -> None:
    amendment = world.opened()
    said = {"text_fr": "X.", "text_en": "X.", "note": "Autre.", "seen_wording": 1, "now": NOW}
    revise_amendment(actor=world.member, amendment=amendment, **said)
    address = f"/fr/charte/amendement/{amendment.number}/adopter/"
    reviewed = {"motive": MOTIVE, "do": "confirm", "seen_version": 1, "seen_wording": 1}
    assert browse(world.organiser).post(address, reviewed).status_code == 409
    assert not Decision.objects.exists()


def test_an_organiser_adopts_other_words_and_everybody_sees_that_they_are_other(browse: Browse, world: World) -> None:
    number = world.opened().number
    client, address = browse(world.organiser), f"/fr/charte/amendement/{number}/adopter/"
    words = {"modified_fr": "Remises chaque trimestre.", "modified_en": "Handed over each quarter.", "motive": MOTIVE}
    review = client.post(address, {**words, "do": "review"}).content.decode()
    assert "chaque trimestre" in review and 'name="modified_fr"' in review
    client.post(address, {**words, "do": "confirm"})
    assert Charter.objects.get().in_force.articles.get(key="donnees").text_fr == "Remises chaque trimestre."
    html = client.get(f"/fr/charte/amendement/{number}/").content.decode()
    assert "Adopté avec modifications" in html and "chaque trimestre" in html


def test_deciding_against_the_rule_is_asked_for_and_shown(browse: Browse, world: World) -> None:
    number = world.opened().number
    objected(world)
    client, address = browse(world.organiser), f"/fr/charte/amendement/{number}/adopter/"
    html = client.get(address).content.decode()
    assert 'name="departs"' in html and "La règle n’est pas remplie" in html
    assert 'role="alert"' in client.post(address, {"motive": MOTIVE, "do": "confirm"}).content.decode()
    client.post(address, {"motive": MOTIVE, "departs": "on", "do": "confirm"})
    page = client.get(f"/fr/charte/amendement/{number}/").content.decode()
    assert "s’écarte du résultat de la règle" in page and "Opinions minoritaires" in page


def test_the_minority_opinion_is_printed_with_the_article(browse: Browse, world: World) -> None:
    amendment = world.opened()
    objected(world)
    said = {"motive": MOTIVE, "departs": True, "now": NOW}
    accept_amendment(actor=world.organiser, amendment=amendment, **said)
    html = browse(None).get("/fr/charte/").content.decode()
    assert WHY in html and "Ville de Cotonou" in html
    assert WHY not in browse(None).get("/fr/charte/version/1/").content.decode()


def test_a_refusal_says_what_the_rule_gives(browse: Browse, world: World) -> None:
    said = {"decision_rule": "majority", "voters": "members", "quorum_percent": 50, "decision_days": 0}
    set_decision_rule(actor=world.organiser, charter=world.charter, supporters_needed=0, now=NOW, **said)
    html = browse(world.organiser).get(f"/fr/charte/amendement/{world.opened().number}/refuser/").content.decode()
    assert "Majorité simple" in html and "quorum de 50 pour cent" in html
