"""Private files: proofs of mandates, scans of signatures, exports. Never under a public address."""

import hashlib
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _

from coalition.core.errors import DomainError
from coalition.core.models import Attachment, private_path
from coalition.core.pictures import clean_picture
from coalition.core.text import one_line

LARGEST = 10 * 1024 * 1024
PDF = "application/pdf"


class AttachmentRefused(DomainError):
    """The file is too large, empty, or neither a PDF nor a picture."""


def store_attachment(*, name: str, content_type: str, data: bytes, account: Any, now: datetime) -> Attachment:
    """Keep `data` as it is under a generated name. For files the site makes itself; uploads go through the next one.

    Raises AttachmentRefused when the disk does not take it; nothing is left of it then.
    """
    attachment = Attachment(
        name=one_line(name)[-150:] or "document",
        content_type=content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        uploaded_by=account,
        created_at=now,
    )
    try:
        attachment.file.save(str(attachment.key), ContentFile(data), save=False)
        attachment.save()
    except Exception as error:
        attachment.file.storage.delete(private_path(attachment, ""))
        if not isinstance(error, OSError):
            raise
        raise AttachmentRefused(
            _("Le site n’a pas pu garder ce fichier. Rien n’est enregistré : réessayez plus tard."), field="document"
        ) from error
    return attachment


def keep_upload(*, upload: Any, account: Any, now: datetime) -> Attachment:
    """Keep an uploaded PDF as it is, or a picture once re-encoded (its metadata is dropped).

    Rule: at most LARGEST bytes; the content decides what it is, never its name. Raises AttachmentRefused; nothing is
    left on the disk.
    """
    if upload.size > LARGEST:
        raise AttachmentRefused(_("Ce fichier dépasse 10 Mo : envoyez-en une version plus légère."), field="document")
    if not upload.size:
        raise AttachmentRefused(_("Ce fichier est vide."), field="document")
    upload.seek(0)
    data = upload.read()
    if data.startswith(b"%PDF-"):
        return store_attachment(name=upload.name, content_type=PDF, data=data, account=account, now=now)
    try:
        picture = clean_picture(upload)
    except DomainError as error:
        raise AttachmentRefused(
            _("Ce fichier n’est ni un PDF ni une photo lisible : envoyez un PDF, un JPEG ou un PNG."), field="document"
        ) from error
    return store_attachment(
        name=upload.name, content_type=picture.content_type, data=picture.data, account=account, now=now
    )


def delete_attachment(attachment: Attachment) -> None:
    """Remove the file and its line; nothing else may point to it."""
    attachment.file.delete(save=False)
    attachment.delete()


def attachment_response(attachment: Attachment) -> FileResponse:
    """The file as a download that no browser interprets and no cache keeps. The caller has checked who asks."""
    response = FileResponse(
        attachment.file.open("rb"), as_attachment=True, filename=attachment.name, content_type=attachment.content_type
    )
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
