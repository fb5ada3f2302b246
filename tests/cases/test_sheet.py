"""The public sheet of a case, for eyes and for machines."""

import json
import re
from datetime import date

from django.test import Client

from cases.models.sheet import phases
from tests.cases.conftest import Make


def page_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_failures_and_lessons_stand_on_their_own(client: Client, published: Make) -> None:
    page = published(context="Le contexte.", failed="Le bus ne passait **pas**.", lessons="Demander avant.")
    text = page_of(client, page.url)
    assert 'id="failed"' in text
    assert "<strong>pas</strong>" in text
    assert text.index("Le contexte.") < text.index("Ce qui n’a pas marché") < text.index("Demander avant.")


def test_empty_sections_are_not_announced(client: Client, published: Make) -> None:
    text = page_of(client, published(context="Seul.").url)
    assert "Qui restait à l’écart" not in text
    assert "Ce qui n’a pas marché" not in text


def test_the_line_of_life_says_where_it_stands(published: Make) -> None:
    pilot = phases(published("Un", stage="pilot", started_on=date(2025, 3, 1)))
    assert [(phase["label"], phase["when"]) for phase in pilot][:3] == [
        ("Idée", "was"),
        ("Pilote", "now"),
        ("En évaluation", ""),
    ]
    assert pilot[1]["date"] == date(2025, 3, 1)
    stopped = phases(published("Deux", stage="stopped", ended_on=date(2026, 2, 1)))
    assert (stopped[-1]["label"], stopped[-1]["when"], stopped[-1]["date"]) == ("Arrêté", "now", date(2026, 2, 1))


def test_machines_read_what_people_read_and_no_script_gets_out(client: Client, published: Make) -> None:
    page = published(
        "</script><script>alert(1)</script>", latitude=48.1, longitude=-1.6, source_url="https://example.org/r"
    )
    text = page_of(client, page.url)
    assert "<script>alert(1)" not in text
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    data = json.loads(found[1])
    assert data["headline"] == "</script><script>alert(1)</script>"
    assert data["isBasedOn"][0]["url"] == "https://example.org/r"
    assert data["contentLocation"]["geo"]["latitude"] == 48.1
    assert data["@id"].endswith(f"/fr/cas/{page.number}/")


def test_the_citation_names_organisation_title_number_date_and_address(client: Client, published: Make) -> None:
    page = published("Un tour")
    cited = client.get(page.url).context["citation"]
    assert "Rennes" in cited
    assert "Un tour" in cited
    assert "22 novembre 2026" in cited
    assert cited.endswith(f"/fr/cas/{page.number}/")


def test_the_source_and_its_licence_are_named(client: Client, published: Make) -> None:
    page = published(source_title="Rapport 2025", source_url="https://example.org/r", source_licence="CC BY 4.0")
    text = page_of(client, page.url)
    assert 'href="https://example.org/r"' in text
    assert "CC BY 4.0" in text


def test_a_place_is_drawn_with_its_square_and_without_one_nothing_is(client: Client, published: Make) -> None:
    placed = published("Un", latitude=6.13, longitude=1.22, city="Lomé", country="TG")
    assert "carré" in page_of(client, placed.url)
    assert '<figure class="atlas"' not in page_of(client, published("Deux", city="Nulle-Part").url)


def test_its_editors_find_the_way_to_change_it(
    client: Client, published: Make, world: object, signed_in: object
) -> None:
    page = published()
    assert "Modifier ce cas" not in page_of(client, page.url)
    assert "Modifier ce cas" in page_of(signed_in(world.editor), page.url)  # type: ignore[operator, attr-defined]
