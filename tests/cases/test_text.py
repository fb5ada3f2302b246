"""What a reader's words mean, and that nothing they type is an error."""

import pytest
from django.test import Client

from cases.models import CatalogueEntry
from cases.querysets.text import STOP_WORDS, read_question, text_query
from cases.search import Selection
from coalition.core.synonyms import group_synonyms
from coalition.core.text import search_text
from coalition.glossary.models import Term
from tests.cases.conftest import Make, World

SYNONYMS = group_synonyms(
    [
        ["budget participatif", "budgets participatifs", "participatory budgeting"],
        ["OCB", "organisation de base", "CBO"],
    ]
)


def asked(text: str) -> list[list[str]]:
    return [[" ".join(wanted.words) for wanted in choice] for choice in read_question(text, SYNONYMS).choices]


def refused(text: str) -> list[str]:
    return [" ".join(wanted.words) for wanted in read_question(text).refused]


def titles(words: str) -> list[str]:
    return [entry.title for entry in CatalogueEntry.objects.answer(Selection(q=words), "fr")[:]]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("L’eau d’usage", [["eau"], ["usage"]]),
        ("l'eau de la ville", [["eau"], ["ville"]]),
        ("cœur de bœuf", [["coeur"], ["boeuf"]]),
        ("vélo ou bus Lomé", [["velo", "bus"], ["lome"]]),
        ("vélo OR bus", [["velo", "bus"]]),
        ("où jeter", [["jeter"]]),
        ("ou jeter ou", [["jeter"]]),
        ("«\u202ffile d’attente\u202f» mairie", [["file d attente"], ["mairie"]]),
        ("\u201ctiers lieu\u201d", [["tiers lieu"]]),
        ("tiers-lieux", [["tiers lieux"]]),
        ("data.gouv.fr", [["data gouv fr"]]),
        ("budgets participatifs à Lomé", [["budgets participatifs"], ["lome"]]),
        ("the city's plan", [["city"], ["plan"]]),
        ("le la les", [["le"], ["la"], ["les"]]),
        ("bus - nuit", [["bus"], ["nuit"]]),
        ('file "attente', [["file"], ["attente"]]),
        ("5G", [["5g"]]),
    ],
)
def test_words_are_read_as_they_were_meant(text: str, wanted: list[list[str]]) -> None:
    assert asked(text) == wanted


def test_a_minus_refuses_a_word_or_a_phrase_and_a_hyphen_refuses_nothing() -> None:
    assert refused('bus -nuit -"petit matin" co-voiturage −tram') == ["nuit", "petit matin", "tram"]
    assert asked("bus -nuit") == [["bus"]]


def test_a_phrase_of_the_glossary_brings_its_synonyms_whatever_its_number() -> None:
    (choice,) = read_question("budgets participatif", SYNONYMS).choices
    assert ("participatory", "budgeting") in choice[0].synonyms
    (choice,) = read_question("ocb", SYNONYMS).choices
    assert set(choice[0].synonyms) == {("organisation", "de", "base"), ("cbo",)}
    (choice,) = read_question('"budget participatif"', SYNONYMS).choices
    assert choice[0].synonyms == ()


HOSTILE = [
    "\x00", "a\x00b", "x" * 10_000, "mot " * 3_000, "!?…", "& | ! ( ) : * <-> \\", "':*", "a:*b", "🚲", "vélo 🚲",
    "مدينة", "עיר",
    "\u202etramway\u202c", "'; DROP TABLE cases_catalogueentry; --", '"', '""', '-"', '-""', "-", "--", "- -", "ou",
    "or or or",
    "ou -ou", "<script>", "%", "%s %(x)s", "\\'", "œ", "\ud7ff", "-- -a -b", "1e5 1.5 -3 0x10", "a-b-c-d.e/f@g.h",
    " ".join(f"mot{n}" for n in range(60)), " ".join(f"-mot{n}" for n in range(60)),
    "ou ".join("abc" for _ in range(80)),
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_typed_is_an_error(published: Make, text: str) -> None:
    published("Le tramway de Lomé")
    titles(text)


def test_marks_alone_ask_nothing() -> None:
    assert text_query("!?…") is None
    assert text_query("mot") is not None
    assert read_question("!?…").rank() is None


@pytest.mark.parametrize(
    "words",
    ["eau", "l’eau", "L'EAU", "l'eaux", "coeur", "cœur", "covoiturage", "co-voiturage", "co voiturage", "covoit",
    "hopital",
     "hôpitaux", "hopitâl", "services publics", "d’usage", "œuvre", "oeuvres", "service-public.fr", "voiturage",
     "mobilites",
     "eau ou zzz", '"l’eau d’usage"', "hopital -zzz"],
)  # fmt: skip
def test_a_case_is_found_however_its_words_are_written(published: Make, words: str) -> None:
    published(
        "L’eau d’usage au cœur du co-voiturage",
        summary="Les mobilités vers l’hôpital, une œuvre de service public : service-public.fr",
    )
    published("Un marché de nuit", summary="Rien à voir.")
    assert titles(words) == ["L’eau d’usage au cœur du co-voiturage"]


def test_a_known_phrase_counts_more_side_by_side_than_apart_and_a_plural_in_x_is_a_plural(published: Make) -> None:
    Term.objects.create(term_fr="tiers-lieu", term_en="third place", definition_fr="Un lieu.", definition_en="A place.")
    published("Les lieux d’un tiers", summary="Des lieux, un tiers, un lieu.")
    published("Parcours au sein des tiers-lieux", summary="Rien.")
    published("A third place downtown", summary="Nothing.", language="en")
    assert titles("tiers lieu")[0] == "Parcours au sein des tiers-lieux"
    assert set(titles("tiers-lieux")) >= {"Parcours au sein des tiers-lieux", "A third place downtown"}
    assert titles("parcours -lieu") == []


def test_the_title_comes_before_the_summary_and_the_summary_before_the_story(published: Make) -> None:
    published("Autre", summary="Rien.", context="On y parle de vélo. " + "Beaucoup de mots ensuite. " * 30)
    published("Encore", summary="Le vélo des agents.")
    published("Le vélo", summary="Rien.")
    assert titles("velo") == ["Le vélo", "Encore", "Autre"]


def test_a_word_comes_before_the_longer_words_it_begins(published: Make) -> None:
    published("Cartes et cartons", summary="Des cartons.")
    published("Un car", summary="Un autocar.")
    assert titles("car") == ["Un car", "Cartes et cartons"]


def test_the_readers_language_comes_a_little_before(world: World, published: Make) -> None:
    published("Transport urban mobility", summary="Transport.", language="en")
    published("Transport urbain mobile", summary="Transport.")
    assert titles("transport")[0] == "Transport urbain mobile"


def test_when_no_case_says_all_words_those_that_say_most_are_shown_with_a_sentence(
    client: Client, published: Make
) -> None:
    published("Le vélo des agents", summary="À Rennes.")
    published("Le vélo en libre-service", summary="Rien.")
    published("Un marché", summary="Rien.")
    answer = client.get("/fr/cas/?q=vélo+agents+girafe")
    assert [entry.title for entry in answer.context["results"]] == ["Le vélo des agents"]
    sentence = "Aucun cas ne dit tout cela\u202f; voici ceux qui en disent une partie."
    assert sentence in answer.content.decode()
    assert len(client.get("/fr/cas/cas.csv?q=vélo+agents+girafe").getvalue().decode().splitlines()) == 2
    assert sentence not in client.get("/fr/cas/?q=vélo+agents").content.decode()
    assert client.get("/fr/cas/?q=girafe").context["counts"].found == 0


def test_a_filter_that_empties_the_list_is_not_taken_for_words_nobody_says(client: Client, published: Make) -> None:
    published("Le vélo des agents", stage="pilot")
    published("Le vélo", stage="idea")
    answer = client.get("/fr/cas/?q=vélo+agents&stage=idea")
    assert answer.context["counts"].found == 0
    assert answer.context["relax"]


def test_what_is_refused_stays_refused_when_a_part_is_enough(published: Make) -> None:
    published("Le vélo de nuit", summary="Rien.")
    published("Le vélo de jour", summary="Rien.")
    assert titles("vélo girafe -nuit") == ["Le vélo de jour"]


def test_an_index_reads_words_and_compounds_in_one_piece() -> None:
    assert search_text("L’é-mail : voir data.gouv.fr, 2024-25") == "l e mail voir data gouv fr 2024 25 email 202425"
    assert search_text("MonServiceSécurisé, l’API") == "monservicesecurise l api mon service securise"
    assert search_text("OpenSPP") == "openspp open spp"
    assert not {"it", "us", "ai", "faire"} & STOP_WORDS
