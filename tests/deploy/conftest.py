"""The files of a deployment, read once."""

from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def compose() -> dict[str, Any]:
    """docker-compose.yml, anchors resolved."""
    return dict(yaml.safe_load((PROJECT / "docker-compose.yml").read_text()))


@pytest.fixture(scope="session")
def offered() -> set[str]:
    """Names of the variables .env.example shows, commented out or not."""
    lines = (PROJECT / ".env.example").read_text().splitlines()
    names = (line.removeprefix("# ").partition("=")[0] for line in lines if "=" in line)
    return {name for name in names if name.isupper() and name.replace("_", "").isalnum()}
