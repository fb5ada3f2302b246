"""The world of tests/world.py."""

from tests.access.conftest import on_paper, world

__all__ = ["on_paper", "world"]
