"""Going back: an older revision of a case becomes its newest draft, or the start of another case."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.writing import create_case, lock_case, pass_door, save_case
from cases.models import CasePage
from cases.models.words import words_of
from coalition.core.access import Hidden
from coalition.core.audit import record
from members.models import Organisation


@transaction.atomic
def restore_case(*, actor: Any, page: CasePage, revision_id: int, based_on: int, now: datetime) -> CasePage:
    """Write the words of an older revision of this case as a new revision; nothing of the history is lost.

    Hidden when the revision is not one of this case. Raises EditConflict when `based_on` is no longer the latest
    revision, InvalidCase when a value it holds has since left its vocabulary. Restoring what stands writes nothing.
    """
    current = lock_case(page=page)
    pass_door(actor=actor, action="case.edit", obj=current)
    revision = current.revisions.filter(pk=revision_id).first()
    if revision is None:
        raise Hidden
    words = words_of(revision.as_object())
    restored = save_case(actor=actor, page=current, content=words, based_on=based_on, now=now)
    if restored.latest_revision_id != based_on:
        record(actor=actor, action="case.restore", obj=restored, now=now, revision=revision_id)
    return restored


@transaction.atomic
def copy_case(*, actor: Any, page: CasePage, organisation: Organisation, now: datetime) -> CasePage:
    """A new draft of `organisation` that starts from the words of a case its writer may read unpublished.

    The copy has its own number; pictures, dated news and the key figure stay with the case they tell of. Raises the
    door's refusals: the source must be theirs to read, the organisation theirs to write for.
    """
    pass_door(actor=actor, action="case.preview", obj=page)
    words = words_of(page.latest_words()) | {"pictures": [], "updates": [], "figure_value": "", "figure_label": ""}
    words["title"] = (_("Copie : %(title)s") % {"title": words["title"]})[:255]
    copy = create_case(actor=actor, organisation=organisation, language=page.language, content=words, now=now)
    record(actor=actor, action="case.copy", obj=copy, now=now, source=page.number)
    return copy
