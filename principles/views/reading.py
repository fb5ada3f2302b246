"""The charter, its versions, what changed between two of them, and its feed."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coalition.core.languages import reader_language
from coalition.core.markdown import to_html
from coalition.core.templatetags.bilingual import tr
from coalition.core.templatetags.typography import date_words
from coalition.discussion.views import ArticleTalk, article_talks, marked_html
from members.models import Cosponsorship, LocalAdoption, LocalChange
from members.models.progress import HeldVersion, held_versions
from principles.actions.revisions import subject_key
from principles.history.compare import compare_articles
from principles.merge import diff_words
from principles.models import Amendment, Charter, Decision, MinorityOpinion, Version, VersionArticle
from principles.views.shared import charter_crumb, crumbs, short_hash

SHOWN_AMENDMENTS = 3
SHOWN_ADOPTIONS = 12
FEED_ENTRIES = 50


@dataclass
class ArticleLife:
    """An article beside what happens to it."""

    article: VersionArticle
    html: SafeString
    open_count: int = 0
    latest: list[Amendment] = field(default_factory=list)
    accepted_count: int = 0
    changed_at: datetime | None = None
    local: list[LocalChange] = field(default_factory=list)
    minority: list[MinorityOpinion] = field(default_factory=list)
    talk: ArticleTalk | None = None


@require_safe
def charter(request: HttpRequest) -> HttpResponse:
    """The version in force, article by article, each with its open amendments."""
    found = Charter.objects.main()
    if found is None:
        return render(request, "principles/charter_empty.html", {"crumbs": crumbs(last=_("Charte"))})
    context = _version_context(found, found.current_version)
    return render(request, "principles/charter.html", {**context, "crumbs": crumbs(last=_("Charte"))})


@require_safe
def charter_version(request: HttpRequest, number: int) -> HttpResponse:
    """One version, for ever at this address, in force or superseded."""
    found = Charter.objects.main_or_404()
    version = get_object_or_404(found.versions.select_related("previous", "next", "draft"), number=number)
    context = _version_context(found, version)
    last = _("Version %(number)d") % {"number": number}
    return render(
        request, "principles/charter.html", {**context, "permanent": True, "crumbs": crumbs(charter_crumb(), last=last)}
    )


def _version_context(found: Charter, version: Version) -> dict[str, Any]:
    is_current = version.pk == found.current_version_id
    lives = _lives(found, version, with_amendments=is_current)
    adoptions = _adoptions(found, version, lives)
    held = _held(found)
    return {
        "charter": found,
        "version": version,
        "is_current": is_current,
        "phase": found.phase(timezone.now()),
        "lives": lives,
        "preamble": to_html(tr(version, "preamble")),
        "adoptions": adoptions[:SHOWN_ADOPTIONS],
        "held": held,
        "facts": _facts(version, lives, held),
        "numbers": range(1, found.in_force.number + 1),
        "json_ld": _json_ld(found, version, lives),
    }


def _lives(found: Charter, version: Version, *, with_amendments: bool) -> list[ArticleLife]:
    lives = {article.key: ArticleLife(article, to_html(tr(article, "text"))) for article in version.articles.all()}
    changed = Decision.objects.accepted_until(version).order_by().values("amendment__article_key")
    for row in changed.annotate(last=Max("decided_at"), total=Count("pk")):
        if life := lives.get(row["amendment__article_key"]):
            life.accepted_count, life.changed_at = row["total"], row["last"]
    latest = Amendment.objects.filter(charter=found).latest_per_article(SHOWN_AMENDMENTS) if with_amendments else ()
    for amendment in latest:
        if life := lives.get(amendment.article_key):
            life.open_count = amendment.open_count
            life.latest.append(amendment)
    for opinion in MinorityOpinion.objects.printed_with(version):
        if life := lives.get(opinion.decision.amendment.article_key):
            life.minority.append(opinion)
    _join_talk(found, version, lives)
    return list(lives.values())


def _join_talk(found: Charter, version: Version, lives: dict[str, ArticleLife]) -> None:
    """What is said of each article, with the passages remarked on in this version marked in its text."""
    keys = {subject_key(found.slug, key): life for key, life in lives.items()}
    for key, talk in article_talks("article", list(keys), version.number).items():
        life = keys[key]
        life.talk = talk
        if talk.remarks:
            life.html = marked_html(tr(life.article, "text"), talk.remarks)


def _adoptions(found: Charter, version: Version, lives: list[ArticleLife]) -> list[LocalAdoption]:
    """The standing local adoptions of this version, latest first; what each changes is set beside its article."""
    adopted = LocalAdoption.objects.published().filter(coalition=found.coalition_id, document_sha256=version.sha256)
    adoptions = list(adopted.select_related("organisation").prefetch_related("changes"))
    by_key = {life.article.key: life for life in lives}
    for adoption in adoptions:
        for change in adoption.changes.all():
            if life := by_key.get(change.article_key):
                change.adoption = adoption
                life.local.append(change)
    return adoptions


def _held(found: Charter) -> list[HeldVersion]:
    """How many co-sponsors hold each version."""
    newest = found.in_force
    urls = {str(number): reverse("charter_version", args=[number]) for number in range(1, newest.number + 1)}
    rows = Cosponsorship.objects.filter(coalition=found.coalition_id).by_version()
    return held_versions(rows, urls, str(newest.number), newest.sha256)


def _facts(version: Version, lives: list[ArticleLife], held: list[HeldVersion]) -> list[dict[str, Any]]:
    signed = sum(row.count for row in held if row.version == str(version.number))
    debated = sum(bool(life.open_count) for life in lives)
    articles = str(len(lives))
    if debated:
        articles = _("%(n)d, dont %(debated)d en débat") % {"n": len(lives), "debated": debated}
    return [
        {"label": _("Version"), "value": version.number, "big": True},
        {"label": _("Adoptée le"), "value": date_words(version.adopted_at)},
        {"label": _("Articles"), "value": articles},
        {"label": _("Signatures de cette version"), "value": signed},
        {"label": _("Empreinte"), "value": short_hash(version.sha256)},
    ]


def _json_ld(found: Charter, version: Version, lives: list[ArticleLife]) -> dict[str, Any]:
    """The version as schema.org data, safe inside a script element."""
    address = f"{settings.BASE_URL}{version.get_absolute_url()}"
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": address,
        "url": address,
        "name": tr(version, "title"),
        "version": str(version.number),
        "inLanguage": reader_language(),
        "datePublished": version.adopted_at.date().isoformat(),
        "abstract": tr(version, "preamble"),
        "identifier": {"@type": "PropertyValue", "propertyID": "sha256", "value": version.sha256},
        "hasPart": [
            {
                "@type": "CreativeWork",
                "@id": f"{address}#{life.article.key}",
                "position": life.article.position,
                "name": tr(life.article, "title"),
                "text": tr(life.article, "text"),
            }
            for life in lives
        ],
    }
    if version.previous:
        data["isBasedOn"] = f"{settings.BASE_URL}{version.previous.get_absolute_url()}"
    return data


@require_safe
def charter_compare_choose(request: HttpRequest) -> HttpResponse:
    """Which two versions to compare; with both chosen, leads to their comparison."""
    found = Charter.objects.main_or_404()
    old, new = (request.GET.get(name, "") for name in ("old", "new"))
    last = found.in_force.number
    chosen = [int(text) for text in (old, new) if text.isascii() and text.isdigit() and 0 < int(text[:9]) <= last]
    if len(chosen) == 2 and chosen[0] != chosen[1]:
        return redirect("charter_compare", *chosen)
    context = {
        "charter": found,
        "numbers": range(1, last + 1),
        "old": chosen[0] if chosen else max(last - 1, 1),
        "new": last,
        "is_same": len(chosen) == 2,
        "crumbs": crumbs(charter_crumb(), last=_("Comparer deux versions")),
    }
    return render(request, "principles/compare_choose.html", context)


@require_safe
def charter_compare(request: HttpRequest, old: int, new: int) -> HttpResponse:
    """What changed from one version to another, the whole text word by word, article by article."""
    found = Charter.objects.main_or_404()
    versions = {version.number: version for version in found.versions.filter(number__in=(old, new))}
    if old == new or len(versions) != 2:
        raise Http404
    before, after = versions[old], versions[new]
    rows = list(VersionArticle.objects.filter(version__in=(before, after)))
    olds, news = ([row for row in rows if row.version_id == version.pk] for version in (before, after))
    changes = compare_articles(olds, news, reader_language())
    made_by = Decision.objects.filter(
        version__charter=found, version__number__gt=min(old, new), version__number__lte=max(old, new)
    )
    context = {
        "charter": found,
        "before": before,
        "after": after,
        "old": old,
        "new": new,
        "numbers": range(1, found.in_force.number + 1),
        "changes": [(change, to_html(change.text)) for change in changes],
        "changed": [change for change in changes if change.is_change],
        "preamble": diff_words(tr(before, "preamble"), tr(after, "preamble")),
        "preamble_changed": tr(before, "preamble") != tr(after, "preamble"),
        "made_by": made_by.select_related("amendment", "version").order_by("version__number"),
        "crumbs": crumbs(charter_crumb(), last=_("Versions %(old)d et %(new)d") % {"old": old, "new": new}),
    }
    return render(request, "principles/compare.html", context)


@require_safe
def charter_feed(request: HttpRequest) -> HttpResponse:
    """Versions adopted and amendments decided, latest first, as Atom."""
    found = Charter.objects.main_or_404()
    base = settings.BASE_URL
    feed = Atom1Feed(
        title=tr(found, "title"),
        link=f"{base}{reverse('charter')}",
        description="",
        subtitle=_("Versions adoptées et amendements décidés"),
        language=reader_language(),
        feed_url=f"{base}{reverse('charter_feed')}",
        feed_guid=f"{base}{reverse('charter_feed')}",
    )
    for moment, title, link, text in _feed_entries(found):
        address = f"{base}{link}"
        feed.add_item(title, address, text, unique_id=address, pubdate=moment, updateddate=moment)
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _feed_entries(found: Charter) -> list[tuple[datetime, str, str, str]]:
    versions = found.versions.newest_first()[:FEED_ENTRIES]
    decided = Decision.objects.filter(amendment__charter=found).select_related("amendment")
    entries = [
        (
            version.adopted_at,
            _("Version %(number)d de la charte") % {"number": version.number},
            version.get_absolute_url(),
            _("Empreinte : %(sha256)s") % {"sha256": version.sha256},
        )
        for version in versions
    ]
    for decision in decided.order_by("-decided_at")[:FEED_ENTRIES]:
        about = decision.amendment
        words = {"number": about.number, "outcome": decision.get_outcome_display(), "title": about.heading}
        title = _("Amendement nº %(number)d, %(title)s : %(outcome)s") % words
        entries.append((decision.decided_at, title, about.get_absolute_url(), decision.motive))
    return sorted(entries, key=lambda entry: entry[0], reverse=True)[:FEED_ENTRIES]
