"""The cases of an organisation follow it when it becomes one with another."""

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from cases.actions.projection import project_case
from cases.models import CaseImport, CasePage, KnownColumn, SentPicture
from coalition.core.merging import Moved, plain_move, register_move

CHUNK = 200


def move_cases(kept: Any, gone: Any, _now: datetime) -> Moved:
    """Published words, drafts and every earlier wording name the one that stays; the catalogue is written anew.

    An earlier wording that is restored must not bring the other back, so the revisions are rewritten too.
    """
    moving = CasePage.objects.filter(organisation=gone)
    taken = CasePage.objects.filter(organisation=kept, written_in=OuterRef("written_in"))
    known_there = Exists(taken.filter(external_id=OuterRef("external_id")))
    moving.exclude(external_id="").filter(known_there).update(external_id="")  # two lists used the same identifier
    lines = moving.update(organisation=kept)
    kind = ContentType.objects.get_for_model(CasePage)
    revisions = Revision.objects.filter(content_type=kind, content__organisation=gone.pk)
    for revision in revisions.iterator(chunk_size=CHUNK):
        revision.content["organisation"] = kept.pk
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)
    live = CasePage.objects.filter(organisation=kept, live=True).select_related("organisation", "locale")
    for page in live.iterator(chunk_size=CHUNK):
        project_case(page=page)
    return Moved(lines)


def forget_columns(_kept: Any, gone: Any, _now: datetime) -> Moved:
    """The headings an organisation used to use go with it: they are only a convenience."""
    KnownColumn.objects.filter(organisation=gone).delete()
    return Moved()


def register() -> None:
    """Called once, when the app is ready."""
    imports = plain_move(CaseImport, "organisation")
    register_move("members.Organisation", "cases.CaseImport.organisation", imports, _("imports de cas"))
    register_move("members.Organisation", "cases.KnownColumn.organisation", forget_columns, _("colonnes connues"))
    register_move("members.Organisation", "cases.CasePage.organisation", move_cases, _("cas"))
    pictures = plain_move(SentPicture, "organisation")
    register_move("members.Organisation", "cases.SentPicture.organisation", pictures, _("images"))
