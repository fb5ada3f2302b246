"""Fixtures every test may use: one migrated template database, cloned for each test process."""

import gc
import hashlib
import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.utils import translation
from hypothesis import settings as examples

# The same examples each time, so that a change is judged and not the dice; `make faults` looks for new ones.
examples.register_profile("same", derandomize=True, deadline=None)
if not os.environ.get("COALITION_NEW_EXAMPLES"):
    examples.load_profile("same")
# Playwright keeps an event loop in the test process; Django would take our plain code for code inside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
# Python looks for garbage after every 700 new objects and finds next to none: a fifth of the time of a run.
gc.set_threshold(100_000, 20, 20)
ROOT = Path(__file__).resolve().parents[1]
WITHOUT_DATABASE = ("deploy", "embedded")
_numbers = itertools.count(1)
REAL_DATA = Path(os.environ.get("COALITION_REAL_DATA", ROOT.parent / "shared" / "data"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what needs no database: one process migrates the template, and the other has something to do."""
    items.sort(key=lambda item: item.path.parent.name not in WITHOUT_DATABASE)


def pytest_collection_finish() -> None:
    """What is loaded by now stays until the end: never look through it again."""
    gc.collect()
    gc.freeze()


def _migrations_key() -> str:
    """Changes whenever a migration of ours, the set of pinned packages, or the list of apps changes."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes() + repr(settings.INSTALLED_APPS).encode())
    for file in sorted(ROOT.glob("**/migrations/*.py")):
        if ".venv" not in file.parts:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _administer() -> psycopg.Connection[Any]:
    """A connection outside Django and its timeouts, to create and drop databases."""
    database = settings.DATABASES["default"]
    host = database["HOST"] or database["OPTIONS"].get("host")
    parameters = {"host": host, "port": database["PORT"] or None, "password": database["PASSWORD"] or None}
    return psycopg.connect(dbname="postgres", user=database["USER"], autocommit=True, **parameters)


def _use(name: str) -> None:
    connections["default"].close()
    settings.DATABASES["default"]["NAME"] = name
    connections["default"].settings_dict["NAME"] = name


def _make_template(template: str) -> None:
    """Migrate into a scratch name and rename it, so that an interrupted run leaves no half-made template."""
    with _administer() as server:
        server.execute("SELECT pg_advisory_lock(4711)")
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
            return
        scratch = f"{template}_new"
        server.execute(f'DROP DATABASE IF EXISTS "{scratch}"')
        server.execute(f'CREATE DATABASE "{scratch}"')
        _use(scratch)
        call_command("migrate", verbosity=0, interactive=False)
        connections["default"].close()
        server.execute(f'ALTER DATABASE "{scratch}" RENAME TO "{template}"')


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any, worker_id: str) -> Iterator[None]:
    """Clone the template under a name of this process (0.3 s instead of 12), drop it at the end."""
    original = settings.DATABASES["default"]["NAME"]
    template = f"coalition_template_{_migrations_key()}"
    own = f"coalition_test_{worker_id}_{os.getpid()}"
    with django_db_blocker.unblock():
        _make_template(template)
        with _administer() as server:
            server.execute("SELECT pg_advisory_lock(4711)")
            server.execute(f'CREATE DATABASE "{own}" TEMPLATE "{template}"')
        _use(own)
        os.environ["TEST_DATABASE_NAME"] = own
        yield
        _use(original)
        with _administer() as server:
            server.execute(f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)')


@pytest.fixture(scope="session")
def clone_database(worker_id: str) -> Iterator[Callable[[str], str]]:
    """`clone_database("journey")` makes a migrated, empty database of that purpose and returns its DATABASE_URL."""
    template = f"coalition_template_{_migrations_key()}"
    made: list[str] = []

    def clone(purpose: str) -> str:
        name = f"coalition_{purpose}_{worker_id}_{os.getpid()}"
        with _administer() as server:
            server.execute("SELECT pg_advisory_lock(4711)")
            server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        made.append(name)
        url = urlsplit(os.environ["DATABASE_URL"])
        return urlunsplit(url._replace(path=f"/{name}"))

    yield clone
    with _administer() as server:
        for name in made:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def own_database(django_db_setup: None, clone_database: Callable[[str], str], django_db_blocker: Any) -> Iterator[None]:
    """A database of the test's own, where commits are real, for what several connections do at once.

    A file of such tests overrides `db` with it, so that the fixtures of its folder write there too. Nothing has to be
    emptied afterwards, which would take what the migrations wrote with it.
    """
    home = settings.DATABASES["default"]["NAME"]
    name = urlsplit(clone_database(f"own_{next(_numbers)}")).path.strip("/")
    with django_db_blocker.unblock():
        _use(name)
        yield
        connections.close_all()
        _use(home)


@pytest.fixture(autouse=True)
def in_the_language_of_the_site() -> None:
    """Each story begins in French, whatever page the one before it asked for in this process."""
    translation.deactivate()


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """ "gw0".. under xdist, "main" otherwise."""
    return getattr(request.config, "workerinput", {}).get("workerid", "main")


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real input; the test is skipped with a reason where it is absent."""
    if not REAL_DATA.is_dir():
        pytest.skip(f"real data not found (COALITION_REAL_DATA, looked in {REAL_DATA.name})")
    return REAL_DATA
