"""Every setting that varies is documented, and the tables match the models."""

import io
import re

import pytest
from django.core.management import call_command

from coalition.settings import base
from tests.house.tree import ROOT, modules

READS = re.compile(
    r"""\benv\.\w+\(\s*["']([A-Z][A-Z0-9_]*)["']|os\.environ(?:\.get\(|\[)\s*["']([A-Z][A-Z0-9_]*)["']"""
)


def _read_in_settings() -> set[str]:
    sources = [module.source for module in modules() if module.name.startswith("coalition/settings/")]
    return {first or second for source in sources for first, second in READS.findall(source)}


def _documented() -> set[str]:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    return set(re.findall(r"^#?\s?([A-Z][A-Z0-9_]*)=", text, flags=re.MULTILINE))


def test_every_variable_the_settings_read_is_documented() -> None:
    missing = _read_in_settings() - _documented()
    assert not missing, f"add to .env.example: {', '.join(sorted(missing))}"


def test_every_documented_variable_is_read_by_somebody() -> None:
    sources = "\n".join(module.source for module in modules())
    sources += "\n".join(
        (ROOT / name).read_text() for name in ("Makefile", "docker-compose.yml", "Dockerfile") if (ROOT / name).exists()
    )
    unread = {name for name in _documented() if not re.search(rf"\b{name}\b", sources)}
    assert not unread, f"nothing reads: {', '.join(sorted(unread))}"


@pytest.mark.django_db
def test_no_model_has_changed_without_its_migration() -> None:
    said = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, interactive=False, stdout=said)
    except SystemExit:
        pytest.fail(f"run makemigrations:\n{said.getvalue()}")


def test_mail_leaves_by_the_outbox_only() -> None:
    """Read from the module, because Django's test environment puts its own backend in front."""
    assert base.EMAIL_BACKEND == "coalition.notifications.backends.OutboxBackend"
