"""Pictures of a case: checked and re-encoded before they are kept, and kept by the organisation that sent them."""

from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from cases.actions.writing import lock_case, pass_door, save_case
from cases.enums import LONGEST_SHOWN
from cases.models import CasePage, SentPicture
from cases.models.words import rows_of
from coalition.core.pictures import clean_picture, keep_picture


def add_picture(
    *, actor: Any, page: CasePage, upload: Any, alternative: str, credit: str, caption: str, now: datetime
) -> CasePage:
    """Put a picture at the end of the case's draft, as a new revision. Returns the case as now drafted.

    The file is judged by its content: JPEG, PNG, WebP or GIF, bounded in bytes and in pixels before it is decoded;
    what is kept is a new encoding without metadata, no side above LONGEST_SHOWN, under a generated name. Raises
    PictureRefused or InvalidCase, and then neither row nor file is left.
    """
    pass_door(actor=actor, action="case.edit", obj=page)
    small = ContentFile(clean_picture(upload, longest_side=LONGEST_SHOWN).data)
    picture = keep_picture(upload=small, title=alternative, account=actor, alternative=alternative, credit=credit)
    row = {"picture": picture.pk, "alternative": alternative, "credit": credit, "caption": caption}
    try:
        with transaction.atomic():
            SentPicture.objects.create(picture=picture, organisation=page.organisation, sent_at=now)
            current = lock_case(page=page)
            rows = [*rows_of(current.latest_words(), "pictures"), row]
            start = current.latest_revision_id
            return save_case(actor=actor, page=current, content={"pictures": rows}, based_on=start, now=now)
    except Exception:
        picture.file.delete(save=False)
        picture.delete()
        raise
