"""The world of tests/world.py, built once for each file."""

from tests.access.conftest import on_paper, world

__all__ = ["on_paper", "world"]
