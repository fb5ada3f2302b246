"""The logo of an organisation: kept small and clean, erased when it is replaced."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coalition.core.models import Picture
from coalition.core.pictures import PictureRefused
from members.actions import LogoChange, edit_organisation
from members.models import Organisation, User
from tests.members.conftest import NOW
from tests.members.pictures import picture, svg

pytestmark = pytest.mark.django_db


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return Path(settings.MEDIA_ROOT)


def files(media: Path) -> list[Path]:
    return [file for file in media.rglob("*") if file.is_file()]


def change(organisation: Organisation, actor: User, **logo: Any) -> Organisation:
    return edit_organisation(organisation=organisation, actor=actor, now=NOW, logo=LogoChange(**logo))


def test_a_logo_that_is_replaced_or_taken_away_leaves_the_disk(
    media: Path, city: Organisation, chief: User, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    first: Any = change(city, chief, upload=picture(), alternative="Un pont").logo
    assert first.alternative == "Un pont"
    with django_capture_on_commit_callbacks(execute=True):
        second: Any = change(city, chief, upload=picture(size=(40, 40))).logo
    assert second.width == 40
    stem = Path(second.file.name).stem
    assert {file.name.split(".")[0] for file in files(media)} == {stem}
    assert len(files(media)) == 2
    with django_capture_on_commit_callbacks(execute=True):
        assert change(city, chief, remove=True).logo is None
    assert not files(media)
    assert not Picture.objects.exists()


def test_its_words_alone_may_change(media: Path, city: Organisation, chief: User) -> None:
    kept: Any = change(city, chief, upload=picture()).logo
    changed: Any = change(city, chief, alternative="Le pont Faidherbe").logo
    assert (changed.pk, changed.alternative) == (kept.pk, "Le pont Faidherbe")


def test_a_refused_logo_changes_nothing(media: Path, city: Organisation, chief: User) -> None:
    with pytest.raises(PictureRefused):
        change(city, chief, upload=svg())
    assert Organisation.objects.get(pk=city.pk).logo_id is None
    assert not files(media)
