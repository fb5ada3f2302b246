"""The command and the nightly task run the same purge."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from coalition.core.models import PurgeRun

pytestmark = pytest.mark.django_db


def test_a_rehearsal_says_what_would_go_and_keeps_it() -> None:
    Session.objects.create(session_key="a" * 32, session_data="", expire_date=timezone.now() - timedelta(days=1))
    out = StringIO()
    call_command("purge_personal_data", "--dry-run", stdout=out)
    line = next(line for line in out.getvalue().splitlines() if line.startswith("sessions"))
    assert line.split()[1] == "1"
    assert Session.objects.count() == 1
    assert PurgeRun.objects.filter(dry_run=True).exists()


def test_without_dry_run_it_goes() -> None:
    Session.objects.create(session_key="a" * 32, session_data="", expire_date=timezone.now() - timedelta(days=1))
    call_command("purge_personal_data", stdout=StringIO())
    assert not Session.objects.exists()
