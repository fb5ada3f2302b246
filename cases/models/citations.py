"""A published case as reference managers read it: BibTeX and RIS."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from coalition.core.text import one_line

if TYPE_CHECKING:
    from cases.models.catalogue import CatalogueEntry

BIBTEX_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
BIBTEX_LANGUAGES = {"fr": "french", "en": "english"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def bibtex_text(text: str) -> str:
    """`text` on one line, its signs written so that BibTeX prints them; letters stay as they are (UTF-8)."""
    return "".join(BIBTEX_SIGNS.get(sign, sign) for sign in one_line(text))


def bibtex(entry: "CatalogueEntry") -> str:
    """One `@misc` record: organisation, title, date of the version, permanent address."""
    day = entry.updated_at
    fields = {
        "author": f"{{{bibtex_text(entry.organisation_name)}}}",
        "title": f"{{{bibtex_text(entry.title)}}}",
        "year": str(day.year),
        "howpublished": bibtex_text(str(_(settings.WAGTAIL_SITE_NAME))),
        "note": bibtex_text(_note(entry)),
        "url": settings.BASE_URL + entry.permanent_url,
        "language": BIBTEX_LANGUAGES.get(entry.language, entry.language),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items()]
    return f"@misc{{cas-{entry.number}-{entry.language},\n{''.join(lines)}  month = {MONTHS[day.month - 1]}\n}}\n"


def _note(entry: "CatalogueEntry") -> str:
    """« Cas nº 12, version du 22 novembre 2026 »."""
    words = _("Cas nº %(number)d, version du %(date)s")
    return words % {"number": entry.number, "date": format_date(entry.updated_at, "j F Y")}


def ris(entry: "CatalogueEntry") -> str:
    """One record of the RIS format: a tag of two letters a line, CRLF."""
    day = entry.updated_at
    tags = (
        ("TY", "ELEC"),
        ("ID", f"cas-{entry.number}-{entry.language}"),
        ("AU", entry.organisation_name),
        ("TI", entry.title),
        ("AB", entry.summary),
        ("PB", str(_(settings.WAGTAIL_SITE_NAME))),
        ("PY", f"{day:%Y}"),
        ("DA", f"{day:%Y/%m/%d}"),
        ("LA", entry.language),
        ("N1", _note(entry)),
        ("UR", settings.BASE_URL + entry.permanent_url),
        ("ER", ""),
    )
    return "".join(f"{tag}  - {one_line(value)}\r\n" for tag, value in tags)
