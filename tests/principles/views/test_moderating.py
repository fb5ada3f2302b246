"""What a person meets where the words of an amendment are hidden, and what an organiser does about them."""

from collections.abc import Callable

import pytest
from django.test import Client

from members.models import User
from principles.actions import accept_amendment, hide_amendment, invite_coauthor, open_amendment
from principles.models import Amendment, Touch
from tests.principles.conftest import MOTIVE, NOW, World, make_organisation, make_speaker

Browse = Callable[[User | None], Client]
ONE = "/fr/charte/amendement/1/"
WHY = "Ce texte vise une personne."
SAID = ("Remettre chaque mois", "Nos habitants le demandent", "remises à la collectivité chaque mois", "every month")
SURFACES = (
    ONE,
    f"{ONE}positions/",
    "/fr/",
    "/en/",
    "/fr/charte/",
    "/fr/charte/amendements/",
    "/fr/charte/chronologie/",
    "/fr/journal/",
    "/api/v1/charter/amendments/",
    "/api/v1/charter/timeline/",
)


def hide(world: World, amendment: Amendment) -> Amendment:
    return hide_amendment(actor=world.organiser, amendment=amendment, reason=WHY, now=NOW)


def page(browse: Browse, account: User | None, address: str = ONE) -> str:
    return browse(account).get(address).content.decode()


def test_an_organiser_hides_with_a_reason_and_gives_the_words_back(browse: Browse, world: World) -> None:
    world.opened()
    client = browse(world.organiser)
    assert f"{ONE}masquer/" in page(browse, world.organiser)
    refused = client.post(f"{ONE}masquer/", {"reason": "Non"}).content.decode()
    assert 'role="alert"' in refused and Amendment.objects.get().hidden_at is None
    assert client.post(f"{ONE}masquer/", {"reason": WHY}).status_code == 302
    public = page(browse, None)
    assert "Le texte de cet amendement est masqué." in public and WHY in public
    assert browse(world.organiser).post(f"{ONE}rendre-lisible/").status_code == 302
    assert "Remettre chaque mois" in page(browse, None)


@pytest.mark.parametrize("address", [one for one in SURFACES if one not in ("/fr/", "/en/")])
def test_these_surfaces_tell_of_it_while_it_is_shown(browse: Browse, world: World, address: str) -> None:
    world.opened()
    assert "Remettre chaque mois" in page(browse, None, address)


@pytest.mark.parametrize("address", SURFACES)
def test_its_words_are_on_no_surface(browse: Browse, world: World, address: str) -> None:
    hide(world, world.opened())
    answer = browse(None).get(address, follow=True)
    text = answer.content.decode()
    assert answer.status_code == 200 and not [words for words in SAID if words in text]


def test_number_organisation_and_state_stay_in_the_list_and_on_the_page(browse: Browse, world: World) -> None:
    hide(world, world.opened())
    assert "Nº 1, texte masqué" in page(browse, None, "/fr/charte/amendements/")
    public = page(browse, None)
    assert world.city.name in public and "Ouvert" in public and "Rien n’en est décidé" in public


def test_its_authors_and_the_team_still_read_it_and_are_told_that_others_do_not(browse: Browse, world: World) -> None:
    other = make_organisation("Ville de Gand")
    speaker = make_speaker(other, "Lotte")
    draft = world.draft()
    invitation = invite_coauthor(actor=world.member, amendment=draft, organisation=other, now=NOW)
    invitation.__class__.objects.update(account=speaker, accepted_at=NOW)
    hide(world, open_amendment(actor=world.member, amendment=draft, now=NOW))
    for account in (world.member, speaker, world.organiser):
        own = page(browse, account)
        assert "Remettre chaque mois" in own and MOTIVE in own and "les autres n’en voient que la raison" in own
        assert browse(account).get(f"{ONE}redactions/").status_code == 200
    colleague = make_speaker(world.city, "Colette")
    assert "Remettre chaque mois" not in page(browse, colleague)
    assert browse(colleague).get(f"{ONE}redactions/").status_code == 404


def test_nothing_is_decided_meanwhile_and_the_page_says_why(browse: Browse, world: World) -> None:
    hide(world, world.opened())
    client = browse(world.organiser)
    for act in ("adopter", "refuser"):
        answer = client.get(f"{ONE}{act}/")
        assert answer.status_code == 409 and "est masqué" in answer.content.decode()
    assert f"{ONE}adopter/" not in page(browse, world.organiser)


def test_the_api_lists_it_without_its_words_and_does_not_serve_it_whole(browse: Browse, world: World) -> None:
    hide(world, world.opened())
    client = browse(world.organiser)
    listed = client.get("/api/v1/charter/amendments/").json()["results"][0]
    assert (listed["title"], listed["hidden_reason"], listed["number"]) == ("", WHY, 1)
    assert client.get("/api/v1/charter/amendments/1/").status_code == 404


def test_it_still_meets_those_it_collides_with_by_its_number_alone(browse: Browse, world: World) -> None:
    hidden = world.opened()
    rival = world.opened(text_fr="Autre chose.", text_en="Something else.")
    hide(world, hidden)
    assert Touch.objects.filter(amendment=hidden).exists()
    public = page(browse, None, f"/fr/charte/amendement/{rival.number}/")
    assert "Amendement nº 1, texte masqué" in public


def test_origins_and_files_of_the_version_it_made_do_not_name_it(browse: Browse, world: World) -> None:
    amendment = world.opened()
    accept_amendment(actor=world.organiser, amendment=amendment, motive="Cela va de soi.", now=NOW)
    hide(world, amendment)
    client = browse(None)
    version = "/fr/charte/version/2"
    for address in (
        "origines/",
        "fichiers/akoma-ntoso-deux-langues/",
        "fichiers/markdown/avec-opinions/",
        "fichiers/json/",
    ):
        answer = client.get(f"{version}/{address}")
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "Remettre chaque mois" not in text and "Nos habitants" not in text
    assert "nº 1, texte masqué" in page(browse, None, "/fr/charte/fil.atom")
    assert "remises à la collectivité chaque mois" in page(browse, None, "/fr/charte/")
