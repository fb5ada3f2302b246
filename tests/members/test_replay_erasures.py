"""The command to run after a backup was restored."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_it_says_how_many_came_back(tmp_path: Path, settings: Any) -> None:
    settings.PRIVATE_ROOT = tmp_path
    out = StringIO()
    call_command("replay_erasures", stdout=out)
    assert out.getvalue() == "0 accounts erased again\n"
