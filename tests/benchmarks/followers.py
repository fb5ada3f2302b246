"""Ten thousand accounts that follow one case, and workers in processes of their own whose cost can be read."""

import resource
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection
from wagtail.models import Locale, Page, Site

from cases.actions import create_case, ensure_case_index, publish_case
from cases.models import CasePage
from coalition.notifications.models import Choice, Follow
from members.models import User
from tests.cases.conftest import make_organisation
from tests.notifications.sink import SmtpSink, worker_environment
from tests.notifications.worker import ROOT

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def make_case() -> CasePage:
    """One public case of Rennes."""
    french, _made = Locale.objects.get_or_create(language_code="fr")
    root = Page.objects.filter(depth=1).first() or Page.add_root(
        instance=Page(title="Root", slug="root", locale=french)
    )
    home = root.add_child(instance=Page(title="Accueil", slug="accueil", locale=french))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "testserver", "root_page": home})
    ensure_case_index(home=home, now=NOW)
    words = {"title": "Prendre son tour par SMS", "summary": "Un message remplace la file.", "country": "FR"}
    page = create_case(actor=None, organisation=make_organisation("Rennes"), language="fr", content=words, now=NOW)
    return publish_case(actor=None, page=page, now=NOW, announce=False)


def make_followers(number: int, target: tuple[str, str], *, first: int = 0) -> list[User]:
    """Accounts, half of them reading English, that follow `target` and are told at once; numbered from `first`."""
    people = [
        User(email=f"abonne{rank}@ville{rank % 50}.example", name=f"Abonné {rank}", language="en" if rank % 2 else "fr")
        for rank in range(first, first + number)
    ]
    accounts = User.objects.bulk_create(people, batch_size=1_000)
    kind, key = target
    Follow.objects.bulk_create(
        [Follow(account=account, target_kind=kind, target_key=key, created_at=NOW) for account in accounts],
        batch_size=1_000,
    )
    Choice.objects.bulk_create(
        [Choice(account=account, category="following", rhythm="now") for account in accounts], batch_size=1_000
    )
    return accounts


def start_worker(sink: SmtpSink, log: Path, *, seconds: float = 600, lease: float = 12) -> "subprocess.Popen[bytes]":
    """A process that empties the outbox once."""
    command = ["manage.py", "deliver_mail", "--seconds", str(seconds), "--lease-seconds", str(lease)]
    with log.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=worker_environment(sink, str(connection.settings_dict["NAME"])),
            stdout=output,
            stderr=output,
            start_new_session=True,
        )


def children() -> tuple[float, float]:
    """Seconds of processor of the children that ended, and the most memory one of them held (MB)."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
