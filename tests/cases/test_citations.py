"""References as managers read them."""

from django.test import Client
from django.urls import reverse

from cases.models.citations import bibtex_text
from tests.cases.conftest import Make


def test_bibtex_names_who_what_when_and_where(client: Client, published: Make) -> None:
    page = published("Un tour & 100 % d’accueil")
    answer = client.get(reverse("case_bibtex", args=[page.number]))
    text = answer.content.decode()
    assert answer["Content-Disposition"] == f'attachment; filename="cas-{page.number}.bib"'
    assert text.startswith(f"@misc{{cas-{page.number}-fr,\n")
    assert r"title = {{Un tour \& 100 \% d’accueil}}" in text
    assert "author = {{Rennes}}" in text and "year = {2026}" in text and "month = nov" in text
    assert f"url = {{http://testserver/fr/cas/{page.number}/}}" in text
    assert text.count("{") == text.count("}")


def test_signs_of_bibtex_cannot_end_a_field() -> None:
    assert bibtex_text("a}\n{b_c#") == r"a\} \{b\_c\#"


def test_ris_has_a_tag_a_line_and_no_line_can_be_slipped_in(client: Client, published: Make) -> None:
    page = published("Un tour", summary="Une ligne\r\nER  - \r\nTY  - BOOK")
    lines = client.get(reverse("case_ris", args=[page.number])).content.decode().split("\r\n")
    assert lines[0] == "TY  - ELEC" and lines[-2] == "ER  - " and lines[-1] == ""
    assert [line[:2] for line in lines].count("TY") == 1
    assert "DA  - 2026/11/22" in lines and f"UR  - http://testserver/fr/cas/{page.number}/" in lines
