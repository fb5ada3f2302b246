"""The world, put up once for each file of tests and rolled back after it."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import caches
from django.db import transaction
from django.test import override_settings
from django.utils import translation

from coalition.core.subjects import register_subject_source
from tests.access.visitor import Visitor
from tests.discussion.inside import INSIDE, KIND
from tests.standing import Standing
from tests.world import ACCOUNTS, World, build_world

# the outbox in front of Django's test mailbox, and the memory for pages that other tests do without: as in production
AS_IN_PRODUCTION = {
    "EMAIL_BACKEND": "coalition.notifications.backends.OutboxBackend",
    "CACHES": {**settings.CACHES, "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
}


def open_session(world: World, role: str) -> str:
    """A session of this account as if it had just given its password; the key of its cookie."""
    account = world.accounts[role]
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session["account_authentication_methods_user"] = str(account.pk)
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time() + 86_400, "email": account.email, "reauthenticated": True}
    ]
    session.save()
    return str(session.session_key)


def build_with_sessions() -> World:
    """The world, and a session for each account."""
    with translation.override("fr"):
        built = build_world()
    built.secrets |= {f"session {role}": open_session(built, role) for role in ACCOUNTS}
    return built


STANDING = Standing(build_with_sessions)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Everything of tests/world.py, and a session for each account."""
    with django_db_blocker.unblock(), override_settings(**AS_IN_PRODUCTION), transaction.atomic():
        register_subject_source(KIND, INSIDE)
        yield STANDING.put_up()
        transaction.set_rollback(True)


@pytest.fixture
def on_paper(world: World) -> Iterator[World]:
    """The world in a savepoint: whatever the test does is undone, and no kept page outlives it."""
    caches["pages"].clear()
    with transaction.atomic(), translation.override("fr"):
        yield world
        transaction.set_rollback(True)
    caches["pages"].clear()


@pytest.fixture
def visit(on_paper: World) -> Any:
    """`visit(role)`: a browser signed in as that role."""
    return lambda role: Visitor(on_paper, role)
