"""Pictures people send: checked before they are decoded, re-encoded before they are kept."""

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps
from wagtail.images.models import Filter

from coalition.core.errors import DomainError
from coalition.core.models import Picture

LARGEST = 10 * 1024 * 1024
MOST_PIXELS = 25_000_000
LONGEST_SIDE = 2_400
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class PictureRefused(DomainError):
    """The file is too heavy, too large to decode safely, damaged, or no picture at all."""


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture of our own making: `data` holds no metadata of the one it came from."""

    data: bytes
    content_type: str
    extension: str
    width: int
    height: int


def clean_picture(upload: Any, *, longest_side: int = LONGEST_SIDE) -> CleanPicture:
    """Re-encode an uploaded picture: upright, without metadata, no side above `longest_side` pixels.

    Rule: JPEG, PNG, WebP or GIF (its first image) by content, at most LARGEST bytes and MOST_PIXELS pixels, both known
    before anything is decoded. Pictures with transparency come out as PNG, others as JPEG. Raises PictureRefused.
    """
    if upload.size > LARGEST:
        raise PictureRefused(_("Cette image dépasse 10 Mo : envoyez-en une plus légère."), field="picture")
    upload.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(upload, formats=FORMATS)
        if image.width * image.height > MOST_PIXELS:
            raise PictureRefused(_("Cette image a plus de 25 millions de points : réduisez-la."), field="picture")
        image.load()
        upright = ImageOps.exif_transpose(image)
    except PictureRefused:
        raise
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise PictureRefused(
            _("Cette image ne peut pas être lue : envoyez un JPEG, un PNG ou un WebP entier."), field="picture"
        ) from error
    upright.thumbnail((longest_side, longest_side))
    return _encode(upright)


def _encode(image: Image.Image) -> CleanPicture:
    transparent = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    pixels = image.convert("RGBA" if transparent else "RGB")
    pixels.info.clear()
    out = BytesIO()
    if transparent:
        pixels.save(out, "PNG", optimize=True)
        return CleanPicture(out.getvalue(), "image/png", "png", *pixels.size)
    pixels.save(out, "JPEG", quality=85, optimize=True)
    return CleanPicture(out.getvalue(), "image/jpeg", "jpg", *pixels.size)


def keep_picture(*, upload: Any, title: str, account: Any, alternative: str = "", credit: str = "") -> Picture:
    """Keep an uploaded picture, re-encoded, under a generated name. Raises PictureRefused; nothing is left then."""
    clean = clean_picture(upload)
    picture = Picture(title=title[:255], alternative=alternative, credit=credit, uploaded_by_user=account)
    picture.file.save(f"{uuid4().hex}.{clean.extension}", ContentFile(clean.data), save=False)
    picture.width, picture.height = clean.width, clean.height
    picture.file_size = len(clean.data)
    picture.save()
    return picture


def make_rendition(picture: Picture, spec: str) -> None:
    """Make the resized form `spec` of a picture ("max-384x192") now rather than when a page first shows it."""
    form = Filter(spec=spec)
    made = picture.generate_rendition_file(form)
    try:
        picture.renditions.create(filter_spec=spec, focal_point_key=form.get_cache_key(picture), file=made)
    finally:
        made.close()
