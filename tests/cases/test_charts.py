"""Indicators drawn: bars to one scale, and a title that says what they show."""

from datetime import date
from decimal import Decimal

from django.test import Client

from cases.models import CaseIndicator, Terms
from cases.models.charts import charts_of, plain_decimal
from tests.cases.conftest import Make


def indicator(**fields: object) -> CaseIndicator:
    return CaseIndicator(**{"label": "Attente", "unit": "min", "value": Decimal("65"), **fields})


def test_the_title_is_the_conclusion(db: None) -> None:
    (chart,) = charts_of([indicator(baseline=Decimal("112.0000"), family="technical")], Terms.load())
    assert chart.title == "Attente\u00a0: de 112\u00a0min à 65\u00a0min (−42\u202f%)"
    assert chart.family == "Technique et gestion"
    (alone,) = charts_of([indicator()], Terms.load())
    assert alone.title == "Attente\u00a0: 65\u00a0min"


def test_bars_are_to_one_scale_and_below_zero_goes_left(db: None) -> None:
    (chart,) = charts_of([indicator(baseline=Decimal(-50), value=Decimal(100))], Terms.load())
    before, after = chart.bars
    assert abs(before.width * 2 - after.width) < 1
    assert before.left == 0
    assert after.left == before.width and after.latest
    (flat,) = charts_of([indicator(baseline=Decimal(0), value=Decimal(0))], Terms.load())
    assert [bar.width for bar in flat.bars] == [0, 0]


def test_the_same_thing_measured_again_is_one_chart(db: None) -> None:
    rows = [
        indicator(baseline=Decimal(112), measured_on=date(2025, 1, 1), source="Relevés"),
        indicator(value=Decimal(50), measured_on=date(2026, 1, 1), source="Relevés"),
        indicator(label="Coût", unit="€"),
    ]
    charts = charts_of(rows, Terms.load())
    assert [len(chart.bars) for chart in charts] == [3, 1]
    assert charts[0].source == "Relevés"


def test_figures_lose_only_zeros_that_say_nothing() -> None:
    assert [str(plain_decimal(Decimal(text))) for text in ("65.0000", "100", "0.2500", "1200.0")] == [
        "65", "100", "0.25", "1200"
    ]  # fmt: skip


def test_the_page_draws_them_with_their_table_and_source(client: Client, published: Make) -> None:
    row = {"label": "Attente", "unit": "min", "baseline": Decimal("1.5"), "value": Decimal("1"), "source": "Registre"}
    text = client.get(published("Un", indicators=[row]).url).content.decode()
    assert "Ce que l’on a mesuré" in text
    assert 'class="c-c"' in text and "Les chiffres en tableau" in text and "Registre" in text
    assert 'width="290.0"' in text
    assert "Ce que l’on a mesuré" not in client.get(published("Deux").url).content.decode()
