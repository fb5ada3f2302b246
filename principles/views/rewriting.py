"""Another wording for a proposed amendment: revision, missing language, new version of the charter; and all it had."""

from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coalition.core.access import require
from coalition.core.errors import DomainError
from principles.actions import require_readable, resolve_rebase, revise_amendment, write_leg
from principles.enums import REWORDED, AmendmentKind, Language
from principles.forms import WRITTEN, LegForm, ResolveForm, RevisionForm, places
from principles.merge import diff_words
from principles.models import Amendment, Rebase, VersionArticle, rebase, uncover
from principles.views.shared import (
    Leg,
    amendment_crumbs,
    amendment_legs,
    amendment_or_404,
    article_label,
    article_pair,
    changes_in_words,
    has_text,
    leg,
)


def _articles(version: int | None) -> list[VersionArticle]:
    return list(VersionArticle.objects.filter(version=version))


@require_safe
def amendment_wordings(request: HttpRequest, number: int) -> HttpResponse:
    """Every wording an amendment had, latest first, each with what it changed in the one before."""
    found = amendment_or_404(request, number)
    require(request.user, "amendment.view_text", found)
    uncover(found)
    rows = list(found.wordings.select_related("author", "organisation", "base_version"))
    steps = [{"wording": after, "legs": _between(before, after)} for before, after in pairwise([None, *rows])]
    context = {
        "amendment": found,
        "steps": steps[::-1],
        "reworded": [str(one.value) for one in REWORDED],
        "crumbs": amendment_crumbs(found, _("Rédactions")),
    }
    return render(request, "principles/amendment_wordings.html", context)


def _between(before: Any, after: Any) -> list[Leg]:
    """The legs that differ between two wordings; the first has none to compare with."""
    if before is None:
        return []
    both = [leg(one, *_wordings(before, after, one)) for one in Language.values]
    return [one for one in both if one.changes]


def _wordings(before: Any, after: Any, language: str) -> tuple[str, str]:
    """Two wordings in one language; the titles they give the article stand above where they differ."""
    said = [(getattr(one, f"article_title_{language}"), getattr(one, f"text_{language}")) for one in (before, after)]
    (was, old), (becomes, new) = said
    if was == becomes:
        return old, new
    shown = [title or _("(titre inchangé)") for title in (was, becomes)]
    return f"{shown[0]}\n\n{old}", f"{shown[1]}\n\n{new}"


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_revise(request: HttpRequest, number: int) -> HttpResponse:
    """Give one's amendment another wording."""
    found = amendment_or_404(request, number)
    require_readable(actor=request.user, action="amendment.revise", amendment=found)
    if found.needs_rebase:
        return redirect("amendment_resolve", number=number)
    form = _revision_form(found, request.POST if request.method == "POST" else None)
    drawn = _drawn(found, form) if _read(form) else None
    if _is_preview(request):
        if _is_live(request):
            return render(request, "principles/changes_live.html", drawn)
        form = _revision_form(found, None, _typed(form))
    elif form.is_bound and form.is_valid() and _revised(request, found, form):
        said = _("La nouvelle rédaction est publique. Celles et ceux qui avaient pris position sont prévenus.")
        messages.success(request, said)
        return redirect(found)
    context = {
        "amendment": found,
        "article_label": article_label(found.base_article),
        "form": form,
        "drawn": drawn,
        "crumbs": amendment_crumbs(found, _("Nouvelle rédaction")),
    }
    return render(request, "principles/amendment_revise.html", context)


def _revision_form(found: Amendment, data: Any, initial: dict[str, Any] | None = None) -> RevisionForm:
    names = ("article_title_fr", "text_fr", "article_title_en", "text_en", "after_key")
    said = {name: getattr(found, name) for name in names} | {"wording": found.wording}
    said |= {f"article_title_{one}": found.result_title(one) for one in Language.values}
    choices = places(_articles(found.base_version_id), found.article_key)
    return RevisionForm(data, initial=initial or said, amendment=found, place_choices=choices)


def _revised(request: HttpRequest, found: Amendment, form: RevisionForm) -> bool:
    """Give the wording; False, with the reason in the form, when it is refused."""
    seen = {"seen_wording": form.cleaned_data["wording"], "now": timezone.now()}
    try:
        revise_amendment(actor=request.user, amendment=found, **seen, **form.content())
    except DomainError as error:
        form.refuse(error)
        return False
    return True


def _read(form: Any) -> bool:
    """The form was sent, and what it says can be drawn, right or not."""
    form.is_valid()
    return bool(form.is_bound)


def _typed(form: Any) -> dict[str, Any]:
    """The answers as they were sent, to show them again without holding anything against anybody."""
    return {name: form.data.get(name, "") for name in form.fields}


def _is_preview(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("do") == "preview"


def _is_live(request: HttpRequest) -> bool:
    """Asked by htmx while one writes: the changes alone are wanted, not the page."""
    return "HX-Request" in request.headers


def _drawn(found: Amendment, form: Any) -> dict[str, Any]:
    """What the texts of a form change in the article as the amendment's version has it."""
    data = getattr(form, "cleaned_data", {})
    texts = {one: data[f"text_{one}"] for one in Language.values if data.get(f"text_{one}")}
    texts |= {f"title_{one}": data.get(f"article_title_{one}") or _kept_title(found, one) for one in Language.values}
    drawn = amendment_legs(found, texts=texts) if has_text(found) else []
    said = [f"{one.label}\u00a0: {changes_in_words(one.operations)}" for one in drawn if one.changes]
    return {"legs": drawn, "changed": bool(said), "in_words": said, "charter": found.charter}


def _kept_title(found: Amendment, language: str) -> str:
    """The title of the article it changes, which an empty field leaves as it is."""
    return getattr(found.base_article, f"title_{language}") if found.kind == AmendmentKind.EDIT else ""


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_leg(request: HttpRequest, number: int, language: str) -> HttpResponse:
    """Write the language an amendment lacks, beside the one it has."""
    found = amendment_or_404(request, number)
    if language not in Language.values:
        raise Http404
    require_readable(actor=request.user, action="amendment.write_leg", amendment=found)
    form = _leg_form(request, found, language, _leg_initial(found, language), bound=request.method == "POST")
    drawn = _drawn_leg(found, form, language) if _read(form) else None
    if _is_preview(request):
        if _is_live(request):
            return render(request, "principles/changes_live.html", drawn)
        form = _leg_form(request, found, language, _typed(form), bound=False)
    elif form.is_bound and form.is_valid() and _leg_given(request, found, form, language):
        messages.success(request, _("Merci : l’amendement a son texte dans cette langue, et votre nom y est."))
        return redirect(found)
    context = {
        "amendment": found,
        "language": Language(language),
        **_beside(found, language),
        "form": form,
        "drawn": drawn,
        "crumbs": amendment_crumbs(found, _("Écrire l’autre langue")),
    }
    return render(request, "principles/amendment_leg.html", context)


def _beside(found: Amendment, language: str) -> dict[str, Any]:
    """What one reads while writing a language: what changes in the other, and the article as it is in this one."""
    other = Language.ENGLISH if language == Language.FRENCH else Language.FRENCH
    model = next((one for one in amendment_legs(found) if one.language == other), None)
    return {"other": other, "model": model, "today": getattr(found.base_article, f"text_{language}")}


def _leg_form(
    request: HttpRequest, found: Amendment, language: str, initial: dict[str, Any], *, bound: bool
) -> LegForm:
    with_title = found.kind == AmendmentKind.INSERT or found.renames
    data = request.POST if bound else None
    return LegForm(data, initial=initial, account=request.user, with_title=with_title, language=language)


def _drawn_leg(found: Amendment, form: LegForm, language: str) -> dict[str, Any]:
    """What the leg being written changes in the article."""
    texts = {language: form.cleaned_data.get("text", "")}
    if title := form.cleaned_data.get("article_title", ""):
        texts[f"title_{language}"] = title
    drawn = [one for one in amendment_legs(found, texts=texts) if one.language == language]
    said = [changes_in_words(one.operations) for one in drawn if one.changes]
    return {"legs": drawn, "changed": bool(said), "in_words": said, "charter": found.charter}


def _leg_given(request: HttpRequest, found: Amendment, form: LegForm, language: str) -> bool:
    """Write the leg; False, with the reason in the form, when it is refused."""
    try:
        write_leg(actor=request.user, amendment=found, language=language, now=timezone.now(), **_leg_answers(form))
    except DomainError as error:
        form.refuse(DomainError(str(error.message), field=error.field.replace(f"_{language}", "")))
        return False
    return True


def _leg_initial(found: Amendment, language: str) -> dict[str, Any]:
    """What there is already: the leg left behind, or the article as it reads today."""
    text = found.text_in(language) or getattr(found.base_article, f"text_{language}")
    title = found.result_title(language)
    return {"text": text, "article_title": title, "wording": found.wording}


def _leg_answers(form: LegForm) -> dict[str, Any]:
    answers = form.cleaned_data
    return {
        "organisation": answers["organisation"],
        "text": answers["text"],
        "article_title": answers.get("article_title", ""),
        "seen_wording": answers["wording"],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_resolve(request: HttpRequest, number: int) -> HttpResponse:
    """Bring one's amendment to the version in force: the three readings, and the whole text to settle."""
    found = amendment_or_404(request, number)
    require_readable(actor=request.user, action="amendment.resolve", amendment=found)
    current = _articles(found.charter.current_version_id)
    laid = rebase(found, _articles(found.base_version_id), current)
    posted = request.POST if request.method == "POST" else None
    today = {one.key: one for one in current}.get(found.article_key)
    form = ResolveForm(posted, initial=_resolve_initial(found, laid, today), with_text=has_text(found))
    drawn = _drawn_today(found, form, today) if _read(form) else None
    if _is_preview(request):
        if _is_live(request):
            return render(request, "principles/changes_live.html", drawn)
        form = ResolveForm(initial=_typed(form), with_text=has_text(found))
    elif form.is_bound and form.is_valid() and _resolved(request, found, form):
        messages.success(request, _("L’amendement est repris sur la nouvelle version."))
        return redirect(found)
    context = {
        "amendment": found,
        "base": found.base_article,
        "today": today,
        "problem": laid.problem,
        "readings": _title_readings(found, laid, today) + _readings(laid.merges),
        "form": form,
        "drawn": drawn,
        "crumbs": amendment_crumbs(found, _("Reprendre")),
    }
    return render(request, "principles/amendment_resolve.html", context)


def _resolved(request: HttpRequest, found: Amendment, form: ResolveForm) -> bool:
    """Bring it to the version in force; False, with the reason in the form, when it is refused."""
    answers = form.cleaned_data
    seen = {"seen_version": answers["version"], "seen_wording": answers["wording"], "note": answers["note"]}
    words = {name: answers.get(name, "") for name in WRITTEN}
    try:
        resolve_rebase(actor=request.user, amendment=found, now=timezone.now(), **seen, **words)
    except DomainError as error:
        form.refuse(error)
        return False
    return True


def _resolve_initial(found: Amendment, laid: Rebase, today: VersionArticle | None) -> dict[str, Any]:
    """The merged texts with the author's reading wherever the two meet; the author chooses from there."""
    initial: dict[str, Any] = {"version": found.charter.in_force.number, "wording": found.wording}
    for language in Language.values:
        merged = laid.merges.get(language)
        kept = getattr(today or found.base_article, f"title_{language}")
        initial[f"article_title_{language}"] = laid.titles.get(language) or kept
        text = found.text_in(language)
        if merged is not None:
            text = merged.resolved([one.proposed for one in merged.conflicts])
        initial[f"text_{language}"] = text
    return initial


def _title_readings(found: Amendment, laid: Rebase, today: VersionArticle | None) -> list[dict[str, Any]]:
    """The titles both the charter and the amendment changed, as passages."""
    return [
        _reading(one, getattr(found.base_article, f"title_{one}"), getattr(today, f"title_{one}"), found.title_in(one))
        for one in laid.disputed
    ]


def _reading(language: str, base: str, today: str, mine: str) -> dict[str, Any]:
    return {
        "language": language,
        "label": Language(language).label,
        "base": base,
        "today": today,
        "mine": mine,
        "changes": diff_words(today, mine),
    }


def _readings(merges: dict[str, Any]) -> list[dict[str, Any]]:
    """Each passage where the two meet: what it was, what the charter says today, what the amendment says."""
    return [
        _reading(language, conflict.base, conflict.current, conflict.proposed)
        for language, merged in merges.items()
        for conflict in merged.conflicts
    ]


def _drawn_today(found: Amendment, form: Any, today: VersionArticle | None) -> dict[str, Any]:
    """What the text being written changes in the article as it reads today."""
    texts = {one: form.cleaned_data.get(f"text_{one}", "") for one in Language.values}
    titles = {one: form.cleaned_data.get(f"article_title_{one}", "") for one in Language.values}
    pairs = {
        one: article_pair(today, one, text or getattr(today, f"text_{one}", ""), titles[one])
        for one, text in texts.items()
        if text or titles[one]
    }
    drawn = [leg(one, *pair) for one, pair in pairs.items()]
    said = [f"{one.label}\u00a0: {changes_in_words(one.operations)}" for one in drawn if one.changes]
    return {"legs": drawn, "changed": bool(said), "in_words": said, "charter": found.charter}
