"""A throwaway project for each test, with its state under /var/tmp so that every account can reach it."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.embedded.site import CELERY, MANAGE, PROJECT, WSGI, FakeProject


@pytest.fixture
def state() -> Iterator[Path]:
    """A short folder open to the accounts that servers drop to."""
    folder = Path(tempfile.mkdtemp(prefix="cs-", dir="/var/tmp"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def project(tmp_path: Path, state: Path) -> Iterator[FakeProject]:
    """A project that holds the launcher and a tiny site."""
    package = tmp_path / "coalition"
    shutil.copytree(PROJECT / "coalition" / "embedded", package / "embedded")
    (package / "__init__.py").touch()
    (package / "wsgi.py").write_text(WSGI)
    (package / "celery.py").write_text(CELERY)
    (tmp_path / "manage.py").write_text(MANAGE)
    (tmp_path / "requirements.txt").touch()
    fake = FakeProject(tmp_path, state)
    yield fake
    fake.end()
