"""A picture is judged before it is decoded, re-encoded before it is kept, and its refusal leaves nothing."""

import io
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from coalition.core.models import Picture
from coalition.core.pictures import PictureRefused, clean_picture, keep_picture, make_rendition
from tests.members.pictures import heavy, huge_png, photo_with_place, picture, svg, truncated_jpeg


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """A media folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return Path(settings.MEDIA_ROOT)


@pytest.mark.parametrize("hostile", [truncated_jpeg, huge_png, svg, heavy])
@pytest.mark.django_db
def test_a_hostile_picture_is_refused_in_words_at_once_and_leaves_nothing(hostile: Any, media: Path) -> None:
    upload = hostile()
    start = time.perf_counter()
    with pytest.raises(PictureRefused) as refusal:
        keep_picture(upload=upload, title="Logo", account=None)
    assert time.perf_counter() - start < 1
    assert "image" in str(refusal.value.message)
    assert not [file for file in media.rglob("*") if file.is_file()]
    assert not Picture.objects.exists()


def test_where_a_photo_was_taken_is_not_kept() -> None:
    upload = photo_with_place()
    assert Image.open(upload).getexif().get_ifd(0x8825)
    clean = clean_picture(upload)
    kept = Image.open(io.BytesIO(clean.data))
    assert not kept.getexif()
    assert b"Appareil" not in clean.data


def test_a_photo_on_its_side_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.new("RGB", (80, 40)).save(out, "JPEG", exif=exif)
    clean = clean_picture(SimpleUploadedFile("photo.jpg", out.getvalue()))
    assert (clean.width, clean.height) == (40, 80)


def test_a_large_picture_is_made_smaller_and_a_transparent_one_stays_so() -> None:
    assert clean_picture(picture(size=(3000, 1500))).width == 2400
    assert clean_picture(picture(size=(900, 300)), longest_side=480).height == 160
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    assert clean_picture(SimpleUploadedFile("logo.png", out.getvalue())).content_type == "image/png"


@pytest.mark.django_db
def test_a_kept_picture_has_a_name_nobody_guesses_and_its_own_measures(media: Path) -> None:
    first = keep_picture(upload=picture(), title="Logo", account=None, alternative="Un bateau")
    second = keep_picture(upload=picture(), title="Logo", account=None)
    assert (first.width, first.height, first.alternative) == (600, 300, "Un bateau")
    assert "logo" not in first.file.name
    assert Path(first.file.name).stem != Path(second.file.name).stem
    assert len(Path(first.file.name).stem) >= 32


@pytest.mark.django_db
def test_a_resized_form_is_made_before_anybody_asks(media: Path) -> None:
    kept = keep_picture(upload=picture(), title="Logo", account=None)
    make_rendition(kept, "max-100x100")
    made = kept.renditions.get()
    assert (made.width, made.height) == (100, 50)
    assert kept.get_rendition("max-100x100") == made
