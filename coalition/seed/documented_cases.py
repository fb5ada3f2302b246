"""Documented experiments: real ones, each with its public source, and two fictional drafts of a fictional city."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from cases.actions import create_case, publish_case, save_case, submit_case, translate_case
from cases.enums import SECTIONS
from cases.models import CasePage
from coalition.seed.commitments import at
from coalition.seed.content import cases, read, text
from members.models import Organisation, User

PLAIN = (
    "kind",
    "stage",
    "domain",
    "country",
    "city",
    "latitude",
    "longitude",
    "started_on",
    "ended_on",
    "figure_value",
    "source_title",
    "source_url",
    "source_date",
    "ongoing",
    "scope",
    "layer",
    "responsibility",
    "connectivity",
    "cost_band",
    "priorities",
    "instruments",
    "principles",
)
SPOKEN = ("title", "summary", "stage_reason", "figure_label", *(name for name, _heading in SECTIONS))
ROWS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "partners": (("name", "side", "url"), ("role",)),
    "indicators": (
        ("family", "baseline", "baseline_on", "value", "measured_on", "source"),
        ("label", "unit"),
    ),
    "evidence": (("kind", "title", "url", "published_on", "licence", "format"), ()),
}
"""What repeats in a file: the fields written once, and those written in each language."""
PACE = timedelta(days=2)


def words(entry: dict[str, Any], language: str) -> dict[str, Any]:
    """The case's fields in one language, as `create_case` takes them."""
    plain = {name: entry[name] for name in PLAIN if name in entry}
    parts = {part: [_row(row, part, language) for row in entry[part]] for part in ROWS if part in entry}
    return plain | {name: text(entry, name, language) for name in SPOKEN} | parts


def _row(row: dict[str, Any], part: str, language: str) -> dict[str, Any]:
    """A row in one language; in French where the file does not say it in the other. Figures are exact decimals."""
    written, spoken = ROWS[part]
    plain = {name: _exact(row[name]) for name in written if name in row}
    said = {name: text(row, name, language) or text(row, name, "fr") for name in spoken}
    return plain | {name: value for name, value in said.items() if value}


def _exact(value: Any) -> Any:
    return Decimal(str(value)) if isinstance(value, int | float) else value


def load_case(entry: dict[str, Any], organisation: Organisation, organiser: User, when: datetime) -> None:
    """One case and, when the file has it, its English translation; nothing when it is there."""
    external_id = f"contenu:{entry['slug']}"
    if CasePage.objects.filter(external_id=external_id).exists():
        return
    page = create_case(
        actor=organiser,
        organisation=organisation,
        language="fr",
        content=words(entry, "fr"),
        external_id=external_id,
        now=when,
    )
    page = publish_case(actor=organiser, page=page, now=when, announce=False)
    if not text(entry, "title", "en"):
        return
    copy = translate_case(actor=organiser, page=page, language="en", now=when)
    copy = save_case(actor=organiser, page=copy, content=words(entry, "en"), based_on=copy.latest_revision_id, now=when)
    publish_case(actor=organiser, page=copy, now=when, announce=False)


def load_cases(organisations: dict[str, Organisation], organiser: User, since: date) -> None:
    """Every case of the content folder, one every other day from `since` on, in the order of their numbers."""
    for rank, entry in enumerate(cases()):
        load_case(entry, organisations[entry["organisation"]], organiser, at(since) + rank * PACE)


def load_drafts(organisations: dict[str, Organisation], accounts: dict[str, User], now: datetime) -> None:
    """What a fictional city is writing: one case sent to the organisers, one still on the desk."""
    for entry in read("drafts")["case"]:
        external_id = f"contenu:{entry['slug']}"
        if CasePage.objects.filter(external_id=external_id).exists():
            continue
        author = accounts[entry["author"]]
        page = create_case(
            actor=author,
            organisation=organisations[entry["organisation"]],
            language="fr",
            content=words(entry, "fr"),
            external_id=external_id,
            now=now,
        )
        if entry["state"] == "submitted":
            submit_case(actor=author, page=page, now=now)
