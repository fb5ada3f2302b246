"""The world of cases: a message is about one of them or about nothing."""

import pytest
from django.core.cache import cache

from tests.cases.conftest import draft, empty_caches, published, signed_in, world

__all__ = ["draft", "empty_caches", "published", "signed_in", "world"]


@pytest.fixture(autouse=True)
def fresh_limits(db: None) -> None:
    cache.clear()
