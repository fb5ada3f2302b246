"""Private files: what is taken, what is turned away, and that nothing is left of what failed."""

import errno
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from coalition.core.attachments import (
    LARGEST,
    PDF,
    AttachmentRefused,
    attachment_response,
    delete_attachment,
    keep_upload,
    store_attachment,
)
from coalition.core.models import Attachment

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def private_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files of the test lie in a folder of its own."""
    storage = FileSystemStorage(location=tmp_path)
    monkeypatch.setattr(Attachment._meta.get_field("file"), "storage", storage)
    return tmp_path


def files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def keep(name: str, data: bytes) -> Attachment:
    return keep_upload(upload=SimpleUploadedFile(name, data), account=None, now=NOW)


def photo(**options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "teal").save(out, "JPEG", **options)
    return out.getvalue()


def test_a_pdf_is_kept_as_it_is_under_a_name_of_ours(private_root: Path) -> None:
    kept = keep("../../délibération\r\n.pdf", b"%PDF-1.7 texte")
    assert (kept.content_type, kept.size) == (PDF, 14)
    [path] = files(private_root)
    assert path.read_bytes() == b"%PDF-1.7 texte"
    assert path.name == str(kept.key)
    assert "\n" not in kept.name


def test_a_photo_loses_what_its_camera_wrote_in_it(private_root: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "ZORGLUBCAMERA"
    kept = keep("photo.pdf", photo(exif=exif.tobytes()))
    assert kept.content_type == "image/jpeg"
    assert b"ZORGLUBCAMERA" not in files(private_root)[0].read_bytes()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("vide.pdf", b""),
        ("page.pdf", b"<html><script>alert(1)</script></html>"),
        ("dessin.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"),
        ("coupe.jpg", photo()[:60]),
        ("programme.exe", b"MZ\x90\x00"),
        ("lourd.pdf", b"%PDF-" + b"0" * LARGEST),
    ],
)
def test_what_is_neither_pdf_nor_picture_leaves_nothing(private_root: Path, name: str, data: bytes) -> None:
    with pytest.raises(AttachmentRefused) as refused:
        keep(name, data)
    assert str(refused.value.message)
    assert (refused.value.field, files(private_root), Attachment.objects.count()) == ("document", [], 0)


def test_a_full_disk_leaves_neither_a_line_nor_half_a_file(private_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = Attachment._meta.get_field("file").storage  # type: ignore[union-attr]
    whole = storage._save

    def half(name: str, content: Any) -> str:
        whole(name, content)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storage, "_save", half)
    with pytest.raises(AttachmentRefused):
        keep("acte.pdf", b"%PDF-1.7")
    assert (files(private_root), Attachment.objects.count()) == ([], 0)


def test_it_goes_out_as_a_download_that_no_browser_runs_and_no_cache_keeps() -> None:
    kept = store_attachment(name="Délibération 12.pdf", content_type=PDF, data=b"%PDF-1", account=None, now=NOW)
    response = attachment_response(kept)
    assert b"".join(response) == b"%PDF-1"  # type: ignore[arg-type]
    response.file_to_stream.close()
    assert response["Content-Disposition"].startswith("attachment")
    assert (response["Content-Type"], response["Cache-Control"]) == (PDF, "private, no-store")
    assert "sandbox" in response["Content-Security-Policy"]


def test_what_is_deleted_is_gone_from_the_disk(private_root: Path) -> None:
    delete_attachment(keep("acte.pdf", b"%PDF-1.7"))
    assert (files(private_root), Attachment.objects.count()) == ([], 0)
