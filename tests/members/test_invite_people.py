"""The console invites a whole list, after showing what it would do."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from members.models import Invitation, Organisation

pytestmark = pytest.mark.django_db


def said(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("invite_people", path, *options, stdout=out)
    return out.getvalue()


def test_it_shows_then_sends(tmp_path: Path, city: Organisation) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(f"organisation,email\n{city.slug},a@x.example\nAilleurs,b@x.example\n")
    assert "line 2: invite: a@x.example" in said(path)
    assert not Invitation.objects.exists()
    assert "1 sent" in said(path, "--send")
    assert "1 invited" in said(path, "--send")
    assert Invitation.objects.get().invited_by is None


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no such file"):
        said(tmp_path / "absent.csv")
    path = tmp_path / "vide.csv"
    path.write_text("")
    with pytest.raises(CommandError, match="vide"):
        said(path)
