"""Adding a term from the console; organisers add and change them in Wagtail's admin."""

from datetime import datetime
from typing import Any

from django.db import transaction

from coalition.core.audit import record
from coalition.glossary.models import Term


@transaction.atomic
def define_term(*, slug: str, now: datetime, **words: Any) -> tuple[Term, bool]:
    """The term of this address, made with these words (fields of Term) when it is missing; and whether it is new.

    For first content, by the operator at the console. An existing term is returned as it is: what organisers wrote
    stays. Raises ValidationError for words that cannot be kept.
    """
    known = Term.objects.filter(slug=slug).first()
    if known is not None:
        return known, False
    term = Term(slug=slug, **words)
    term.full_clean()
    term.save()
    record(actor=None, action="glossary.define", obj=term, now=now)
    return term, True
