"""Zipped XML, the same bytes each time: no clock, no order of a dictionary, no name of a machine."""

from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

LONG_AGO = (1980, 1, 1, 0, 0, 0)

__all__ = ["attribute", "escape", "zip_bytes"]


def attribute(value: str) -> str:
    """A value with its quotes, safe inside a tag."""
    return quoteattr(value)


def zip_bytes(members: Sequence[tuple[str, str]], *, stored: Sequence[str] = ()) -> bytes:
    """An archive of (name, text) in this order; those named in `stored` are not compressed (ODF asks for one)."""
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, text in members:
            info = ZipInfo(name, LONG_AGO)
            info.compress_type = ZIP_STORED if name in stored else ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, text.encode())
    return target.getvalue()
