"""Rows of what repeats, as tables know them."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from cases.enums import PARTS
from cases.models import CaseEvidence, CaseIndicator, CasePartner, CasePicture, CaseUpdate
from cases.models.parts import PART_MODELS


def test_each_part_has_its_model_and_its_fields() -> None:
    assert set(PART_MODELS) == set(PARTS)
    for part, model in PART_MODELS.items():
        assert {field.name for field in model._meta.fields} >= set(PARTS[part])


def test_a_row_says_itself_in_lists() -> None:
    assert str(CasePartner(name="Union")) == "Union"
    assert str(CaseIndicator(label="Attente")) == "Attente"
    assert str(CaseEvidence(title="Rapport")) == "Rapport"
    assert str(CasePicture(alternative="Une place")) == "Une place"
    assert str(CaseUpdate(happened_on=date(2026, 1, 2))) == "2026-01-02"


def test_a_measure_is_not_before_its_starting_point() -> None:
    row = CaseIndicator(label="Attente", value=Decimal(1), baseline_on=date(2026, 1, 1), measured_on=date(2025, 1, 1))
    with pytest.raises(ValidationError):
        row.clean()
