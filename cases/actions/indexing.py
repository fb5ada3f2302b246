"""The search of Wagtail's admin knows every case. The public's search is the catalogue: it needs none of this."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from wagtail.search import index
from wagtail.search.backends import get_search_backend

from cases.models import CasePage

BATCH = 200
_put_off: ContextVar[list[int] | None] = ContextVar("cases_put_off", default=None)


def index_case(*, page: CasePage) -> None:
    """Put the case into the admin's index now, or with the others at the end of `indexing_together`."""
    waiting = _put_off.get()
    if waiting is None:
        index.insert_or_update_object(page)
    else:
        waiting.append(page.pk)


@contextmanager
def indexing_together() -> Iterator[None]:
    """Index the cases written inside in batches when leaving, whatever the reason for leaving."""
    waiting: list[int] = []
    token = _put_off.set(waiting)
    try:
        yield
    finally:
        _put_off.reset(token)
        keys = sorted(set(waiting))
        for start in range(0, len(keys), BATCH):
            batch = list(CasePage.objects.filter(pk__in=keys[start : start + BATCH]))
            get_search_backend().add_bulk(CasePage, batch)
