"""Reading: which charter, which amendments, for whom."""

from typing import Any

from django.db import models
from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.http import Http404

from coalition.core.access import is_known, is_organiser
from principles.enums import DECIDED, AmendmentState, Outcome


class CharterQuerySet(models.QuerySet[Any]):
    def published(self) -> "CharterQuerySet":
        """Those with an adopted version, by number of coalition, with that version and the coalition."""
        return (
            self.exclude(current_version=None)
            .select_related("current_version__previous", "coalition")
            .order_by("coalition__number", "pk")
        )

    def main(self) -> Any:
        """The charter of the site's addresses: the published one of the first coalition, or None."""
        return self.published().first()

    def main_or_404(self) -> Any:
        """As `main`; Http404 while no charter is adopted."""
        found = self.main()
        if found is None:
            raise Http404("no charter is adopted yet")
        return found


class VersionQuerySet(models.QuerySet[Any]):
    def newest_first(self) -> "VersionQuerySet":
        return self.order_by("-number")

    def chain_until(self, version: Any) -> "VersionQuerySet":
        """The versions of its charter up to this one, oldest first, each with the decision and amendment that made it.

        A version published by the organisers without an amendment has its `draft` instead.
        """
        return (
            self.filter(charter=version.charter_id, number__lte=version.number)
            .select_related("decision__amendment__organisation", "decision__decided_by", "draft__created_by")
            .order_by("number")
        )


class DraftVersionQuerySet(models.QuerySet[Any]):
    def unpublished(self) -> "DraftVersionQuerySet":
        return self.filter(version=None).select_related("charter__current_version", "base_version", "created_by")

    def visible_to(self, account: Any) -> "DraftVersionQuerySet":
        """Organisers see them all; for everybody else there is none."""
        return self.unpublished() if is_organiser(account) else self.none()


class AmendmentQuerySet(models.QuerySet[Any]):
    def public(self) -> "AmendmentQuerySet":
        """Those once proposed, whatever became of them: never a draft."""
        return self.exclude(state=AmendmentState.DRAFT)

    def open(self) -> "AmendmentQuerySet":
        return self.filter(state=AmendmentState.OPEN)

    def decided(self) -> "AmendmentQuerySet":
        return self.filter(state__in=DECIDED)

    def visible_to(self, account: Any) -> "AmendmentQuerySet":
        """Public ones for everybody; one's own drafts for their author; organisers do not read drafts."""
        if not is_known(account):
            return self.public()
        return self.filter(~Q(state=AmendmentState.DRAFT) | Q(author=account))

    def drafts_of(self, account: Any) -> "AmendmentQuerySet":
        """The account's own drafts, last begun first."""
        if not is_known(account):
            return self.none()
        return self.filter(state=AmendmentState.DRAFT, author=account).order_by("-created_at", "-pk")

    def whole(self) -> "AmendmentQuerySet":
        """With everything a page about one amendment reads."""
        return self.select_related(
            "charter__current_version", "charter__coalition", "base_version", "author", "organisation",
            "decision__decided_by", "decision__version",
        )  # fmt: skip

    def latest_per_article(self, limit: int) -> "AmendmentQuerySet":
        """Open ones, the `limit` latest of each article, each with `open_count`: how many its article has."""
        latest_first = [F("opened_at").desc(), F("pk").desc()]
        return (
            self.open()
            .select_related("organisation")
            .annotate(
                rank=Window(RowNumber(), partition_by=F("article_key"), order_by=latest_first),
                open_count=Window(Count("pk"), partition_by=F("article_key")),
            )
            .filter(rank__lte=limit)
            .order_by("article_key", "rank")
        )


class DecisionQuerySet(models.QuerySet[Any]):
    def accepted_until(self, version: Any) -> "DecisionQuerySet":
        """The acceptances that made the charter what it is in `version`, oldest first."""
        return self.filter(
            outcome=Outcome.ACCEPTED, version__charter=version.charter_id, version__number__lte=version.number
        ).order_by("version__number")
