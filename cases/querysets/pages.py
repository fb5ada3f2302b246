"""Reading case pages: what an account may see behind the catalogue, and what waits for whom."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Prefetch, Q
from django.db.models.functions import JSONObject
from wagtail.models import PageQuerySet, PageViewRestriction, Revision, WorkflowState

from cases.enums import PARTS
from coalition.core.access import is_known, is_organiser
from members.enums import OrganisationState, Role
from members.models import Organisation


def writable_organisations(account: Any) -> Any:
    """The confirmed organisations the account may document cases for: where it holds the editor's role, or all of
    them for an organiser."""
    confirmed = Organisation.objects.confirmed()
    if is_organiser(account):
        return confirmed
    return confirmed.of_account(account, Role.EDITOR) if is_known(account) else confirmed.none()


def _rows(model: Any, names: tuple[str, ...]) -> ArraySubquery:
    """The rows of one part, each as JSON, in order."""
    keys: dict[str, Any] = {name: f"{name}__pk" if name == "picture" else name for name in names}
    if "picture" in names:
        keys |= {"width": "picture__width", "height": "picture__height"}
    rows = model.objects.filter(page=OuterRef("pk")).order_by("sort_order", "pk")
    return ArraySubquery(rows.values(row=JSONObject(**keys)))


def kept_apart() -> Exists:
    """Whether a page, or one above it, is kept from the public; read with the page instead of after it."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    return Exists(PageViewRestriction.objects.annotate(below=path).filter(below__startswith=F("page__path")))


class CaseQuerySet(PageQuerySet):
    def with_parts(self) -> "CaseQuerySet":
        """With the rows of every part in the same query, as JSON (`parts_<name>`); `fill_parts` reads them."""
        models = {name: self.model._meta.get_field(name).related_model for name in PARTS}
        return self.annotate(**{f"parts_{name}": _rows(models[name], names) for name, names in PARTS.items()})

    def written_by(self, account: Any) -> "CaseQuerySet":
        """Cases of the organisations the account edits for, published or not."""
        if not is_known(account):
            return self.none()
        edited = Organisation.objects.of_account(account, Role.EDITOR).filter(state=OrganisationState.CONFIRMED)
        return self.filter(organisation__in=edited)

    def visible_to(self, account: Any) -> "CaseQuerySet":
        """Published ones nobody restricted, for everybody; drafts for their editors; all for organisers."""
        if is_organiser(account):
            return self.all()
        public = Q(live=True, entry__isnull=False)
        if not is_known(account):
            return self.filter(public)
        edited = account.affiliations.active().filter(role=Role.EDITOR).values("organisation")
        member = account.affiliations.active().values("organisation")
        return self.filter(public | Q(organisation__in=edited) | Q(live=True, organisation__in=member))

    def drafts_of(self, account: Any) -> "CaseQuerySet":
        """What an editor still has on the desk: unpublished cases and unpublished changes, last touched first."""
        return (
            self.written_by(account)
            .filter(Q(live=False) | Q(has_unpublished_changes=True))
            .select_related("organisation", "locale", "latest_revision")
            .order_by("-latest_revision__created_at", "pk")
        )

    def drafts_for(self, organisation: Any) -> "CaseQuerySet":
        """What an organisation has on the desk: unpublished cases and unpublished changes, last touched first."""
        return (
            self.filter(Q(live=False) | Q(has_unpublished_changes=True), organisation=organisation)
            .select_related("organisation", "locale", "latest_revision")
            .order_by("-latest_revision__created_at", "pk")
        )

    def in_review(self) -> "CaseQuerySet":
        """What waits for the organisers, oldest first."""
        waiting = {"_specific_workflow_states__status": WorkflowState.STATUS_IN_PROGRESS}
        return (
            self.filter(**waiting)
            .select_related("organisation", "locale", "latest_revision")
            .order_by("_specific_workflow_states__created_at", "pk")
        )

    def with_reviews(self) -> "CaseQuerySet":
        """With the review each one is in, in one query. Wagtail's own method looks for plain pages and finds none."""
        active = WorkflowState.objects.active().select_related("current_task_state__task")
        return self.prefetch_related(
            Prefetch("_specific_workflow_states", queryset=active, to_attr="_current_workflow_states")
        )

    def due(self, now: Any) -> "CaseQuerySet":
        """Cases with words planned for this moment or an earlier one."""
        planned = Revision.page_revisions.filter(approved_go_live_at__lte=now)
        keys = [int(key) for key in planned.values_list("object_id", flat=True)]
        return self.filter(pk__in=keys)

    def in_language(self, language: str) -> "CaseQuerySet":
        return self.filter(locale__language_code=language)
