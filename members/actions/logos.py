"""The logo of an organisation: one picture of ours, erased with its file when it is replaced or taken away."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from coalition.core.models import PictureRendition
from coalition.core.pictures import keep_picture, make_rendition
from members.models import Organisation

LOGO_SHOWN = "max-384x192"
"""The form of a logo that pages show; made when it is kept, so that reading a page writes nothing."""


def with_logos(organisations: Any) -> Any:
    """The same organisations with `logo_shown`: file, width, height and words of their logo, or None. No query more."""
    made = PictureRendition.objects.filter(image=OuterRef("logo_id"), filter_spec=LOGO_SHOWN)
    told = JSONObject(file="file", width="width", height="height", alternative="image__alternative")
    return organisations.annotate(logo_shown=Subquery(made.values(told=told)[:1]))


@dataclass(frozen=True, slots=True)
class LogoChange:
    """What somebody asked for a logo: a new picture, other words for it, or none any more."""

    upload: Any = None
    alternative: str = ""
    remove: bool = False


def change_logo(*, organisation: Organisation, change: LogoChange, account: Any) -> bool:
    """Point `organisation`, which the caller saves, to its new logo; whether anything changed.

    For actions only: no rule is checked here. Call it last: the file of a new logo is on the disk once this returns.
    The one before is erased, with its file, when the transaction is certain. Raises PictureRefused; nothing is left.
    """
    before: Any = organisation.logo
    if change.upload is not None:
        kept = keep_picture(
            upload=change.upload, title=organisation.name, account=account, alternative=change.alternative
        )
        make_rendition(kept, LOGO_SHOWN)
        organisation.logo = kept
    elif before is not None and change.remove:
        organisation.logo = None
    elif before is not None and before.alternative != change.alternative:
        before.alternative = change.alternative
        before.save(update_fields=["alternative"])
        return True
    else:
        return False
    if before is not None:
        transaction.on_commit(before.delete)
    return True
