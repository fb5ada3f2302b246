"""Pictures as people send them, good and hostile."""

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(name: str = "logo.png", size: tuple[int, int] = (600, 300), kind: str = "PNG") -> SimpleUploadedFile:
    """A plain picture."""
    out = io.BytesIO()
    Image.new("RGB", size, (11, 63, 73)).save(out, kind)
    return SimpleUploadedFile(name, out.getvalue(), content_type=f"image/{kind.lower()}")


def truncated_jpeg() -> SimpleUploadedFile:
    """A photo whose end is missing."""
    data = picture("photo.jpg", kind="JPEG", size=(900, 900)).read()
    return SimpleUploadedFile("photo.jpg", data[: len(data) // 2], content_type="image/jpeg")


def huge_png(side: int = 11_000) -> SimpleUploadedFile:
    """A small file that would fill a gigabyte once decoded."""
    rows = zlib.compressobj(9)
    row = b"\0" + bytes(side)
    data = b"".join(rows.compress(row) for _ in range(side)) + rows.flush()

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    return SimpleUploadedFile("grand.png", png, content_type="image/png")


def svg() -> SimpleUploadedFile:
    """A drawing that could run scripts."""
    return SimpleUploadedFile("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "image/svg+xml")


def heavy() -> SimpleUploadedFile:
    """More than we read."""
    return SimpleUploadedFile("lourd.png", b"\x89PNG\r\n\x1a\n" + bytes(10 * 1024 * 1024 + 1), "image/png")


def photo_with_place() -> SimpleUploadedFile:
    """A photo that says where it was taken."""
    image = Image.new("RGB", (400, 200), "white")
    exif = Image.Exif()
    exif[0x010F] = "Appareil de Awa"
    exif.get_ifd(0x8825).update({1: "N", 2: (14.0, 41.0, 0.0), 3: "W", 4: (17.0, 26.0, 0.0)})
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("photo.jpg", out.getvalue(), content_type="image/jpeg")
