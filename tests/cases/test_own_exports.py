"""The downloads of « Vos cas »: for those who write, and for nobody else."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from members.models import User
from tests.cases.conftest import Make, World


@pytest.mark.parametrize("kind", ["jsonl", "csv", "xlsx"])
def test_editors_download_their_drafts_and_nobody_else_does(
    world: World, draft: Make, signed_in: Callable[[User], Client], kind: str
) -> None:
    draft("Un tour")
    address = reverse("case_export", args=[world.city.slug, kind])
    answer = signed_in(world.editor).get(address)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert "no-store" in answer["Cache-Control"]
    theirs = signed_in(world.organiser).get(address)
    assert b"".join(theirs.streaming_content)  # type: ignore[attr-defined]
    for account in (world.stranger, world.member, world.representative):
        assert signed_in(account).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_another_format_is_not_there(world: World, signed_in: Callable[[User], Client]) -> None:
    assert signed_in(world.editor).get(reverse("case_export", args=[world.city.slug, "exe"])).status_code == 404
