"""The cases of an organisation follow it when it becomes one with another."""

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from cases.actions.projection import project_case
from cases.models import CasePage, SentPicture
from coalition.core.merging import Moved, plain_move, register_move

CHUNK = 200


def move_cases(kept: Any, gone: Any, _now: datetime) -> Moved:
    """Published words, drafts and every earlier wording name the one that stays; the catalogue is written anew.

    An earlier wording that is restored must not bring the other back, so the revisions are rewritten too.
    """
    lines = CasePage.objects.filter(organisation=gone).update(organisation=kept)
    kind = ContentType.objects.get_for_model(CasePage)
    revisions = Revision.objects.filter(content_type=kind, content__organisation=gone.pk)
    for revision in revisions.iterator(chunk_size=CHUNK):
        revision.content["organisation"] = kept.pk
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)
    live = CasePage.objects.filter(organisation=kept, live=True).select_related("organisation", "locale")
    for page in live.iterator(chunk_size=CHUNK):
        project_case(page=page)
    return Moved(lines)


def register() -> None:
    """Called once, when the app is ready."""
    register_move("members.Organisation", "cases.CasePage.organisation", move_cases, _("cas"))
    pictures = plain_move(SentPicture, "organisation")
    register_move("members.Organisation", "cases.SentPicture.organisation", pictures, _("images"))
