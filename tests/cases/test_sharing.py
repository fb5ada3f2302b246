"""Signed links to one revision."""

import time
from unittest.mock import patch

from cases.models.sharing import LIFETIME, share_words, shared_revision
from tests.cases.conftest import Make


def test_a_link_names_one_revision_for_thirty_days(draft: Make) -> None:
    page = draft()
    revision, fresh = shared_revision(share_words(page))
    assert revision is not None and (revision.pk, fresh) == (page.latest_revision_id, True)
    with patch("django.core.signing.time.time", return_value=time.time() - LIFETIME.total_seconds() - 9):
        old = share_words(page)
    assert shared_revision(old) == (revision, False)


def test_a_forged_link_names_nothing(draft: Make) -> None:
    signed = share_words(draft())
    assert shared_revision(signed + "x") == (None, False)
    assert shared_revision("1:2:3") == (None, False)
