"""What cases tell on pages the members app draws: an organisation's profile, one's own account."""

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from cases.models import CasePage, CatalogueEntry
from cases.querysets.pages import writable_organisations
from coalition.core.access import can
from coalition.core.languages import reader_language
from coalition.core.profiles import ProfileFact, ProfileItem, ProfileSection

SHOWN = 10


def organisation_cases(organisation: Any, account: Any) -> ProfileSection | None:
    """The organisation's published cases, latest first, as the public reads them: the same for every account."""
    found = CatalogueEntry.objects.shown_in(reader_language()).of_organisation(organisation.pk)
    entries = list(found.light()[: SHOWN + 1])
    if not entries:
        return None
    count = len(entries) if len(entries) <= SHOWN else found.count()
    label = ngettext("Cas publié", "Cas publiés", count)
    return ProfileSection(
        title=_("Ses cas"),
        items=[_published(entry) for entry in entries[:SHOWN]],
        facts=[ProfileFact(label=label, value=count)],
    )


def _published(entry: CatalogueEntry) -> ProfileItem:
    return ProfileItem(
        title=entry.title,
        url=entry.url,
        text=entry.city,
        date=entry.updated_at.date(),
        state=entry.stage,
        word=entry.stage_label,
        figure=entry.figure_value,
        figure_label=entry.figure_label,
    )


def count_of_cases() -> Any:
    """How many published cases an organisation has, each counted once whatever its languages, as a query expression."""
    published = CatalogueEntry.objects.of_organisation(OuterRef("pk")).order_by()
    counted = published.values("organisation_id").annotate(n=Count("number", distinct=True)).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def own_cases(account: Any) -> ProfileSection | None:
    """« Vos cas »: what an editor still has on the desk. None for accounts that write for no organisation."""
    if not can(account, "case.create") or not writable_organisations(account).exists():
        return None
    drafts = CasePage.objects.drafts_of(account).with_reviews()[:SHOWN]
    return ProfileSection(
        title=_("Vos cas"),
        items=[_draft(page) for page in drafts],
        empty=_("Vos brouillons vous attendront ici."),
        more_url=reverse("case_drafts"),
        more_label=_("Tous vos cas"),
    )


def _draft(page: CasePage) -> ProfileItem:
    state = page.review_state
    return ProfileItem(
        title=str(page),
        url=reverse("case_edit", args=[page.pk]),
        text=page.organisation.name,
        date=page.latest_revision_created_at.date(),
        state=state.value,
        word=str(state.label),
    )
