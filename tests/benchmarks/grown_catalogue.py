"""A catalogue of any size, grown from real records: words, lengths and languages are theirs, the rest is shuffled.

A few thousand records are imported as cities import theirs. The others are copies written straight into the tables:
each takes the words of one record, the stage and organisation of another, the place of a town of the gazetteer and the
terms of its rank, so that every facet, sort and place has its share at any size.
"""

from collections.abc import Iterator
from itertools import chain, zip_longest
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from cases.enums import Vocabulary
from cases.models import CatalogueEntry, Term
from coalition.core.gazetteer.places import Place, places_of
from coalition.core.geo import cell, project, square
from coalition.core.text import fold
from coalition.seed.site_tree import load_site_tree
from members.enums import Kind

FILES = ("beta_gouv.jsonl", "ips_x.jsonl", "dpg.jsonl", "dataportals.jsonl")
COUNTRIES = "FR DE IT ES PL GB NL BE PT RO SE SN CI TG BJ CM MA TN NG KE UG GH ZA ET EG DZ ML BF MG RW CA US BR IN JP"
TOWNS = 80
"""Towns of each country, at most."""
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def real_lines(real_data: Path) -> list[str]:
    """The real records, one file after the other in turn."""
    files = [(real_data / "cases" / name).read_text().splitlines(keepends=True) for name in FILES]
    return [line for line in chain.from_iterable(zip_longest(*files)) if line]


def import_lines(lines: list[str], folder: Path, name: str) -> None:
    """Import records by the command that operators use."""
    file = folder / f"{name}.jsonl"
    file.write_text("".join(lines))
    call_command("import_cases", str(file), "--organisation-from-row", "--reject", str(folder / f"{name}.rejected"))


def plant(real_data: Path, folder: Path, records: int) -> None:
    """The site and its first cases, imported."""
    load_site_tree(timezone.now())
    import_lines(real_lines(real_data)[:records], folder, "planted")


def grow(size: int) -> None:
    """Copies until the catalogue has `size` rows, then what a nightly maintenance does."""
    missing = size - CatalogueEntry.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        if missing > 0:
            rows = list(_copies(missing))
            cursor.execute("DROP TABLE IF EXISTS copies")
            cursor.execute(COPIES)
            with cursor.copy("COPY copies FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute("SET session_replication_role = replica")
            for statement in (_pages(), _case_pages(), _entries(), *WORDS, CHANGES, CHILDREN, *NUMBERS):
                cursor.execute(statement)
            cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")


COPIES = """
CREATE TEMPORARY TABLE copies (
    id bigint PRIMARY KEY, number int, base bigint, other bigint, path text, rank int,
    country text, city text, folded_city text, latitude float8, longitude float8, x float8, y float8, square text,
    cell text, priorities text[], instruments text[], organisation_kind text, cost_band text, domain text
)
"""


def _copies(missing: int) -> Iterator[tuple[object, ...]]:
    bases = list(CatalogueEntry.objects.order_by("page_id").values_list("page_id", flat=True)[:2_000])
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM wagtailcore_page")
        last = cursor.fetchone()[0]
        cursor.execute("SELECT max(number) FROM cases_casepage")
        number = cursor.fetchone()[0]
    towns = [_town(place) for country in COUNTRIES.split() for place in places_of(country)[:TOWNS]]
    terms = {
        name: list(Term.objects.filter(vocabulary=name).values_list("key", flat=True)) for name in Vocabulary.values
    }
    for rank in range(missing):
        seed = last + rank
        pick = {name: keys[seed * 7 % len(keys)] for name, keys in terms.items()}
        town = towns[(seed * seed) % 2_999 % len(towns)] if seed % 5 else NOWHERE
        yield (
            last + 1 + rank, number + 1 + rank, bases[seed % len(bases)], bases[seed * 13 % len(bases)],
            _base36(500_000 + seed), rank, *town,
            [pick["priority"], terms["priority"][seed % len(terms["priority"])]][: seed % 3],
            [pick["instrument"]], Kind.values[seed * 5 % len(Kind.values)], pick["cost_band"], pick["domain"],
        )  # fmt: skip


NOWHERE = ("", "", "", None, None, None, None, "", "")


def _town(place: Place) -> tuple[object, ...]:
    point = project(place.latitude, place.longitude)
    return (
        place.country, place.name, fold(place.name), place.latitude, place.longitude, point.x, point.y, square(point),
        cell(place.latitude, place.longitude),
    )  # fmt: skip


def _base36(number: int) -> str:
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
    return text.rjust(4, "0")


def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def _insert(table: str, key: str, own: dict[str, str], joins: str = "") -> str:
    """Copies of the rows of a table, with other values in some columns."""
    values = [own.get(name, f'base."{name}"') for name in _columns(table)]
    names = ", ".join(f'"{name}"' for name in _columns(table))
    return (
        f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} FROM copies JOIN {table} AS base "
        f"ON base.{key} = copies.base {joins}"
    )


def _pages() -> str:
    return _insert("wagtailcore_page", "id", {
        "id": "copies.id", "path": "left(base.path, -4) || copies.path", "slug": "copies.number || '-copie'",
        "translation_key": "gen_random_uuid()", "title": "base.title || ' ' || copies.rank",
        "url_path": "regexp_replace(base.url_path, '[^/]*/$', copies.number || '-copie/')",
        "latest_revision_id": "NULL", "live_revision_id": "NULL", "numchild": "0",
    })  # fmt: skip


def _case_pages() -> str:
    own = {name: f"copies.{name}" for name in ("country", "city", "latitude", "longitude", "priorities", "instruments",
           "cost_band", "domain", "number")}  # fmt: skip
    return _insert("cases_casepage", "page_ptr_id", {
        **own, "page_ptr_id": "copies.id", "external_id": "''", "stage": "other.stage",
        "organisation_id": "other.organisation_id",
    }, "JOIN cases_casepage AS other ON other.page_ptr_id = copies.other")  # fmt: skip


def _entries() -> str:
    own = {name: f"copies.{name}" for name in ("number", "country", "city", "folded_city", "latitude", "longitude", "x",
           "y", "square", "cell", "priorities", "instruments", "organisation_kind", "cost_band", "domain")}  # fmt: skip
    others = {name: f"other.{name}" for name in ("stage", "organisation_id", "organisation_name", "organisation_slug",
              "has_indicators")}  # fmt: skip
    return _insert("cases_catalogueentry", "page_id", {
        **own, **others, "page_id": "copies.id", "translation_key": "gen_random_uuid()",
        "title": "base.title || ' ' || copies.rank", "folded_title": "base.folded_title || ' ' || copies.rank",
        "path": "regexp_replace(base.path, '[^/]*/$', copies.number || '-copie/')",
        "is_failed_or_stopped": "other.stage = 'stopped' OR copies.rank % 9 = 0",
        "updated_at": "base.updated_at - copies.rank * interval '7 minutes'",
    }, "JOIN cases_catalogueentry AS other ON other.page_id = copies.other")  # fmt: skip


WORDS = (
    "SET maintenance_work_mem = '512MB'",
    "DROP INDEX catalogue_words",
    "DROP INDEX catalogue_title_words",
    """
INSERT INTO cases_cataloguewords (page_id, title, words)
SELECT copies.id, base.title || setweight(to_tsvector('simple', copies.rank::text), 'A'),
       base.words || setweight(to_tsvector('simple', copies.rank::text), 'A')
FROM copies JOIN cases_cataloguewords AS base ON base.page_id = copies.base
""",
    "CREATE INDEX catalogue_words ON cases_cataloguewords USING gin (words) WITH (fastupdate = off)",
    "CREATE INDEX catalogue_title_words ON cases_cataloguewords USING gin (title) WITH (fastupdate = off)",
)
CHANGES = """
INSERT INTO cases_cataloguechange (page_id, transaction) VALUES (NULL, pg_current_xact_id()::text::bigint)
"""
CHILDREN = """
UPDATE wagtailcore_page AS parent SET numchild = (
    SELECT count(*) FROM wagtailcore_page AS child
    WHERE child.path LIKE parent.path || '____' AND child.depth = parent.depth + 1
)
WHERE parent.id IN (SELECT page_ptr_id FROM cases_caseindexpage)
"""
NUMBERS = (
    "SELECT setval('cases_number', (SELECT max(number) FROM cases_casepage))",
    "SELECT setval(pg_get_serial_sequence('wagtailcore_page', 'id'), (SELECT max(id) FROM wagtailcore_page))",
)
