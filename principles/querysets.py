"""Reading: which charter, which amendments, for whom."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber
from django.http import Http404

from coalition.core.access import is_known, is_organiser
from members.enums import SPEAKERS
from principles.enums import DECIDED, MAKES_A_VERSION, PENDING, WITH_REASON, AmendmentKind, AmendmentState

HERE_FOR = timedelta(seconds=20)


class CharterQuerySet(models.QuerySet[Any]):
    def published(self) -> "CharterQuerySet":
        """Those with an adopted version, by number of coalition, with that version and the coalition."""
        return (
            self.exclude(current_version=None)
            .select_related("current_version__previous", "current_version__draft", "coalition")
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


class DraftRevisionQuerySet(models.QuerySet[Any]):
    def line(self) -> "DraftRevisionQuerySet":
        """Those that were the text of the draft, last first."""
        return self.filter(into=F("number")).select_related("saved_by").order_by("-number")

    def pending_of(self, account: Any) -> "DraftRevisionQuerySet":
        """What the account wrote and has still to settle, or what was kept for it when it came too late; last first."""
        if not is_known(account):
            return self.none()
        return self.filter(into=None, saved_by=account).order_by("-number")

    def of_others_since(self, number: int, account: Any) -> "DraftRevisionQuerySet":
        """The texts of the draft that others made after this number."""
        return self.line().filter(number__gt=number).exclude(saved_by=account)

    def spent(self, until: Any) -> "DraftRevisionQuerySet":
        """Those saved before `until` that nobody needs.

        Needed are, while the draft lives, its last text, what waits for somebody, and what that was written on.
        """
        same = self.model._default_manager.filter(amendment=OuterRef("amendment"))
        latest = Q(~Exists(same.filter(into=F("number"), number__gt=OuterRef("number"))))
        needed = Q(into=None) | latest | Q(Exists(same.filter(into=None, base=OuterRef("number"))))
        return self.filter(saved_at__lt=until).exclude(needed, amendment__state=AmendmentState.DRAFT)


class PresenceQuerySet(models.QuerySet[Any]):
    def here(self, now: datetime, *, besides: Any) -> "PresenceQuerySet":
        """Who was heard of in the last seconds, the account itself aside."""
        return self.filter(seen_at__gt=now - HERE_FOR).exclude(account=besides).select_related("account")


class AmendmentQuerySet(models.QuerySet[Any]):
    def public(self) -> "AmendmentQuerySet":
        """Those once opened, whatever became of them: neither a draft nor one that still gathers support."""
        return self.filter(opened_at__isnull=False)

    def proposed(self) -> "AmendmentQuerySet":
        """Those that have a number: public ones, and those the coalition reads before they are examined."""
        return self.exclude(state=AmendmentState.DRAFT)

    def pending(self) -> "AmendmentQuerySet":
        """Proposed and not ended."""
        return self.filter(state__in=PENDING)

    def behind(self) -> "AmendmentQuerySet":
        """Pending ones written on an older version and not yet rebased, oldest first; conflicts wait for people,
        and hidden ones until they are shown again."""
        waiting = (
            self.pending()
            .filter(needs_rebase=False, hidden_at=None)
            .exclude(base_version=F("charter__current_version"))
        )
        return waiting.order_by("number")

    def open(self) -> "AmendmentQuerySet":
        return self.filter(state=AmendmentState.OPEN)

    def decided(self) -> "AmendmentQuerySet":
        return self.filter(state__in=DECIDED)

    def visible_to(self, account: Any, *, inside: bool = False) -> "AmendmentQuerySet":
        """Public ones for everybody; one's own for their authors; those gathering support for the coalition (`inside`).

        Organisers do not read drafts.
        """
        if not is_known(account):
            return self.public()
        seen = Q(opened_at__isnull=False) | Q(author=account)
        if inside:
            seen |= ~Q(state=AmendmentState.DRAFT)
        invited = self.model._default_manager.filter(coauthors__in=self._coauthorships(account))
        return self.filter(seen | Q(pk__in=invited.values("pk")))

    def _coauthorships(self, account: Any) -> Any:
        """The invitations to write together this account accepted, or may answer."""
        coauthors = self.model._meta.get_field("coauthors").related_model._default_manager
        return coauthors.readable_by(account).values("pk")

    def drafts_of(self, account: Any) -> "AmendmentQuerySet":
        """The account's own drafts, last begun first."""
        if not is_known(account):
            return self.none()
        return self.filter(state=AmendmentState.DRAFT, author=account).order_by("-created_at", "-pk")

    def shared_with(self, account: Any) -> "AmendmentQuerySet":
        """Drafts of others the account writes with them, or is invited to."""
        if not is_known(account):
            return self.none()
        shared = self.filter(state=AmendmentState.DRAFT, coauthors__in=self._coauthorships(account))
        return shared.exclude(author=account).distinct().order_by("-created_at", "-pk")

    def colliding_with(self, amendment: Any) -> "AmendmentQuerySet":
        """Open ones that touch a sentence or a place this one touches; one that removes the article meets all on it."""
        touches = self.model._meta.get_field("touches").related_model._default_manager
        shared = touches.filter(amendment=OuterRef("pk"), place__in=touches.filter(amendment=amendment).values("place"))
        meets = Q(Exists(shared))
        same = Q(article_key=amendment.article_key)
        meets |= same & Q(kind=AmendmentKind.REMOVE)
        if amendment.kind == AmendmentKind.REMOVE:
            meets |= same
        rivals = self.open().filter(charter=amendment.charter_id).filter(meets).exclude(pk=amendment.pk)
        return rivals.select_related("organisation").order_by("-number")

    def whole(self) -> "AmendmentQuerySet":
        """With everything a page about one amendment reads."""
        return self.select_related(
            "charter__current_version", "charter__coalition", "base_version", "author", "organisation",
            "decision__decided_by", "decision__version", "hidden_by",
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
            outcome__in=MAKES_A_VERSION, version__charter=version.charter_id, version__number__lte=version.number
        ).order_by("version__number")


class CoAuthorQuerySet(models.QuerySet[Any]):
    def accepted(self) -> "CoAuthorQuerySet":
        return self.filter(accepted_at__isnull=False)

    def waiting(self) -> "CoAuthorQuerySet":
        return self.filter(accepted_at=None, declined_at=None)

    def readable_by(self, account: Any) -> "CoAuthorQuerySet":
        """Those the account accepted, and those waiting for an answer of an organisation it speaks for."""
        speaks = [pk for pk, role in account.roles.items() if role in SPEAKERS]
        return self.filter(
            Q(account=account, accepted_at__isnull=False)
            | Q(organisation__in=speaks, accepted_at=None, declined_at=None)
        )


class PositionQuerySet(models.QuerySet[Any]):
    def minority(self) -> "PositionQuerySet":
        """Objections and reservations: what stays attached to a decision."""
        return self.filter(choice__in=WITH_REASON)


class MinorityQuerySet(models.QuerySet[Any]):
    def printed_with(self, version: Any) -> "MinorityQuerySet":
        """Those attached to the decisions that made the charter what it is in `version`. One query."""
        kept = self.filter(decision__version__charter=version.charter_id, decision__version__number__lte=version.number)
        return kept.select_related("decision__amendment")
