"""The origin of each sentence of a version, computed once and kept under the hash of the version."""

from collections.abc import Iterable
from typing import Any

from django.core.cache import caches

from principles.history.blame import Traced, step

ENGINE = 1
"""Counts the ways of tracing: with another one, what was kept is computed again."""
PREAMBLE = "preamble"


def origins_in(version: Any, language: str) -> Traced:
    """The sentences of every text of `version` in a language, each with the versions it comes from.

    Places are "preamble", "title:<key>" and "text:<key>". Versions never change, so what is kept never goes stale; only
    the versions after the last one kept are read. Three queries at most, whatever the number of versions and articles.
    """
    cache = caches["pages"]
    chain = list(version.charter.versions.filter(number__lte=version.number).order_by("number"))
    traced: Traced = {}
    rest: list[Any] = []
    for one in reversed(chain):
        if kept := cache.get(_name(one.sha256, language)):
            traced = kept
            break
        rest.insert(0, one)
    rows: dict[int, list[Any]] = {}
    for row in _articles(rest) if rest else ():
        rows.setdefault(row.version_id, []).append(row)
    for one in rest:
        traced = step(traced, one.number, _texts(one, rows.get(one.pk, []), language))
    if rest:
        cache.set(_name(version.sha256, language), traced, None)
    return traced


def _name(sha256: str, language: str) -> str:
    return f"origins:{ENGINE}:{language}:{sha256}"


def _articles(versions: list[Any]) -> Iterable[Any]:
    """The articles of all of them, in one query."""
    model = type(versions[0])._meta.get_field("articles").related_model
    rows: Iterable[Any] = model.objects.filter(version__in=versions).order_by("position")
    return rows


def _texts(version: Any, articles: list[Any], language: str) -> dict[str, str]:
    texts = {PREAMBLE: str(getattr(version, f"preamble_{language}"))}
    for row in articles:
        texts[f"title:{row.key}"] = getattr(row, f"title_{language}")
        texts[f"text:{row.key}"] = getattr(row, f"text_{language}")
    return texts
