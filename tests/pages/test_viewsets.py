"""The queue as a report in the admin: sorted by age, with downloads that compute nothing."""

import io
from typing import Any

import openpyxl
import pytest

from coalition.pages.viewsets import waiting_lines
from members.models import Organisation
from tests.world import World

REPORT = "/admin/file-d-attente/"


@pytest.fixture
def desk(on_paper: World, client: Any) -> Any:
    client.force_login(on_paper.account("organiser"))
    return client


def test_the_longest_wait_stands_first_and_the_filter_narrows(on_paper: World) -> None:
    days = [line.days for line in waiting_lines()]
    assert days == sorted(days, reverse=True) and days
    assert {line.side for line in waiting_lines("them")} == {"them"}


def test_an_organiser_reads_the_report(desk: Any) -> None:
    page = desk.get(REPORT).content.decode()
    assert "Signatures à vérifier" in page and "zorglubsubmittedcase" in page
    assert desk.get(f"{REPORT}results/?for=us").status_code == 200


def test_the_downloads_hold_every_line_and_no_formula(desk: Any) -> None:
    Organisation.objects.filter(state="pending").update(name="=cmd|A1")
    text = desk.get(f"{REPORT}?export=csv").content.decode("utf-8-sig")
    assert text.startswith("queue,side,since,days") and "'=cmd|A1" in text
    book = openpyxl.load_workbook(io.BytesIO(desk.get(f"{REPORT}?export=xlsx").content))
    assert book.active is not None
    assert "f" not in {cell.data_type for row in book.active.iter_rows() for cell in row}


def test_nobody_else_reads_it(on_paper: World, client: Any) -> None:
    assert client.get(REPORT).status_code == 302
    client.force_login(on_paper.account("rep_own"))
    assert client.get(REPORT).status_code == 403
