"""What becomes of a proposed amendment: withdrawn by those who proposed it, accepted or refused by an organiser."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.core.text import one_line
from members.actions import acting_for
from principles.actions.charter import lock_charter, publish_version
from principles.actions.positions import standing_now
from principles.actions.rebasing import REBASED, apply_rebase, wording_row
from principles.actions.telling import tell_of_amendment
from principles.actions.wording import (
    DepartureUnsaid,
    EnglishMissing,
    FrenchMissing,
    NothingChanged,
    UnreadableText,
    motive_of,
    readable,
    require_readable,
)
from principles.enums import WITH_TEXT, AmendmentState, Language, Outcome, Phase, WordingCause, sources_of
from principles.models import (
    MAX_TEXT,
    MAX_TITLE,
    Amendment,
    ArticleText,
    Charter,
    CharterText,
    Decision,
    MinorityOpinion,
    Position,
    Version,
    VersionArticle,
    outcome_text,
)

Texts = dict[str, str]


@transaction.atomic
def withdraw_amendment(*, actor: Any, amendment: Amendment, now: datetime) -> Amendment:
    """Take a proposed amendment back; it stays readable. Its author, or a representative of the author's organisation.

    Raises WrongState when it is no longer open.
    """
    require(actor, "amendment.withdraw", amendment)
    _move(amendment, AmendmentState.WITHDRAWN, withdrawn_at=now)
    amendment = Amendment.objects.whole().get(pk=amendment.pk)
    facts = acting_for(account=actor, organisation=amendment.organisation)
    record(actor=actor, action="amendment.withdraw", obj=amendment, now=now, number=amendment.number, **facts)
    return amendment


@transaction.atomic
def accept_amendment(
    *,
    actor: Any,
    amendment: Amendment,
    motive: str,
    now: datetime,
    text_en: str = "",
    modified: Texts | None = None,
    departs: bool = False,
    seen_version: int | None = None,
    seen_wording: int | None = None,
) -> Decision:
    """Adopt an open amendment: the next version of the charter, with the reason everybody may read.

    Organisers, never on an amendment they wrote. `text_en` completes an English leg that is missing or stale, and only
    that; without both legs FrenchMissing or EnglishMissing. `modified` ({"fr", "en", "title_fr", "title_en"}, some
    of them) adopts other words.
    What the charter's rule does not give needs `departs` (DepartureUnsaid). `seen_version`, `seen_wording`: what it was
    reviewed on; WrongState when either moved. One written on an older version is merged first, WrongState where that
    asks a person. Acceptances of one charter queue on its row: of those at once on one sentence one goes through.
    """
    charter = lock_charter(pk=amendment.charter_id)
    amendment = Amendment.objects.whole().get(pk=amendment.pk)
    require_readable(actor=actor, action="amendment.accept", amendment=amendment)
    _check_review(charter, amendment, now, seen_version, seen_wording)
    reason = motive_of(text=motive)
    _bring_up_to_date(charter, amendment, actor, now)
    texts = _whole(amendment, text_en)
    outcome = Outcome.ACCEPTED
    if modified is not None:
        texts, outcome = _modified(amendment, texts, modified)
    _move(amendment, AmendmentState(outcome.value), decided_at=now)
    decision = _decision(amendment, outcome, reason, departs=departs, actor=actor, now=now)
    text = _resulting_text(charter, amendment, texts)
    version = publish_version(charter=charter, text=text, previous=charter.in_force, actor=actor, now=now)
    return _decide(decision, version=version, actor=actor, now=now)


@transaction.atomic
def refuse_amendment(
    *, actor: Any, amendment: Amendment, motive: str, now: datetime, departs: bool = False
) -> Decision:
    """Refuse an open amendment with a public reason. Organisers, never on one they wrote. WrongState when it is closed.

    A refusal the charter's rule does not give needs `departs` (DepartureUnsaid).
    """
    amendment = Amendment.objects.whole().get(pk=amendment.pk)
    require_readable(actor=actor, action="amendment.refuse", amendment=amendment)
    reason = motive_of(text=motive)
    _move(amendment, AmendmentState.REFUSED, decided_at=now)
    decision = _decision(amendment, Outcome.REFUSED, reason, departs=departs, actor=actor, now=now)
    return _decide(decision, version=None, actor=actor, now=now)


def _resulting_text(charter: Charter, amendment: Amendment, texts: Texts) -> CharterText:
    """The charter with the amendment in it. NothingChanged for one that would leave no article."""
    article = ArticleText(amendment.article_key, *(texts[name] for name in ("title_fr", "title_en", "fr", "en")))
    kind, key, after = amendment.kind, amendment.article_key, amendment.after_key
    text = outcome_text(kind=kind, key=key, after=after, article=article, text=charter.in_force.text())
    if not text.articles:
        raise NothingChanged(_("C’est le seul article de la charte : il ne peut pas être retiré."))
    return text


def _check_review(
    charter: Charter, amendment: Amendment, now: datetime, seen_version: int | None, seen_wording: int | None
) -> None:
    if charter.phase(now) == Phase.ADOPTED:
        raise WrongState(_("La charte est arrêtée : plus aucun amendement n’y entre."))
    if seen_version not in (None, charter.in_force.number):
        raise WrongState(_("Une autre version vient de paraître. Relisez le texte qui en résulte avant de décider."))
    if seen_wording not in (None, amendment.wording):
        raise WrongState(_("L’amendement a une nouvelle rédaction. Relisez-la avant de décider."))


def _bring_up_to_date(charter: Charter, amendment: Amendment, actor: Any, now: datetime) -> None:
    """Merge one that a large acceptance left behind."""
    if amendment.base_version_id == charter.current_version_id:
        return
    rows = list(VersionArticle.objects.filter(version__in=(amendment.base_version_id, charter.current_version_id)))
    base = [one for one in rows if one.version_id == amendment.base_version_id]
    current = [one for one in rows if one.version_id == charter.current_version_id]
    if not apply_rebase(amendment=amendment, base=base, current=current, charter=charter):
        raise WrongState(_("L’amendement ne va plus avec la version en vigueur : ses auteurs doivent le reprendre."))
    amendment.wording += 1
    amendment.save(update_fields=REBASED)
    wording_row(amendment=amendment, cause=WordingCause.REBASE, actor=actor, now=now).save()
    amendment.__dict__.pop("base_article", None)


def _whole(amendment: Amendment, text_en: str) -> Texts:
    """Both legs and titles as they would be adopted; the English text completed when it is missing."""
    settled = readable(text=text_en, field="text_en", longest=MAX_TEXT, shortest=0)
    titles = {f"title_{one}": amendment.result_title(one) for one in Language.values}
    if amendment.lacks(Language.FRENCH):
        raise FrenchMissing(
            _("Le texte français n’est pas encore écrit, ou ne suit pas l’anglais : il manque pour adopter.")
        )
    if not amendment.lacks_english:
        if settled:
            raise UnreadableText(_("Le texte anglais est déjà proposé par l’amendement."), field="text_en")
        return {"fr": amendment.result_fr, "en": amendment.result_en, **titles}
    if not settled or amendment.lacks_title(Language.ENGLISH):
        raise EnglishMissing(
            _("Le texte anglais ne suit pas encore le texte français : complétez-le avant d’adopter."), field="text_en"
        )
    return {"fr": amendment.result_fr, "en": settled, **titles}


def _modified(amendment: Amendment, texts: Texts, modified: Texts) -> tuple[Texts, Outcome]:
    """Other words than those proposed; the same words make a plain acceptance."""
    if amendment.kind not in WITH_TEXT:
        raise UnreadableText(_("Seul un texte s’adopte avec des modifications."))
    changed = {
        language: readable(text=modified.get(language, texts[language]), field=f"text_{language}", longest=MAX_TEXT)
        for language in Language.values
    }
    for name in ("title_fr", "title_en"):
        given = readable(text=modified.get(name) or texts[name], field=name, longest=MAX_TITLE)
        changed[name] = one_line(given)
    if changed == texts:
        return texts, Outcome.ACCEPTED
    base = amendment.base_article
    if (changed["title_fr"], changed["title_en"], changed["fr"], changed["en"]) == base.words:
        raise NothingChanged(_("Ce texte est celui de l’article : c’est un refus."), field="text_fr")
    return changed, Outcome.MODIFIED


def _move(amendment: Amendment, state: AmendmentState, **dates: datetime) -> None:
    """Compare-and-swap of the state, and of whether its words can be read; WrongState when somebody was faster."""
    as_read = Amendment.objects.filter(pk=amendment.pk, state__in=sources_of(state), hidden_at=amendment.hidden_at)
    if not as_read.update(state=state, **dates):
        raise WrongState(_("Cet amendement n’est plus ouvert : il a été décidé ou retiré entre-temps."))


def _decision(
    amendment: Amendment, outcome: Outcome, motive: str, *, departs: bool, actor: Any, now: datetime
) -> Decision:
    """The unsaved decision with what the positions said; its amendment's row is held by `_move`, so none comes now."""
    standing = standing_now(amendment=amendment, now=now)
    if standing.departs(outcome) and not departs:
        raise DepartureUnsaid(
            _("La règle de la charte donne autre chose. Dites-le, et que le motif l’explique."), field="departs"
        )
    return Decision(
        amendment=amendment, outcome=outcome, motive=motive, decided_by=actor, decided_at=now,
        departs=standing.departs(outcome), standing=standing.frozen(),
    )  # fmt: skip


def _decide(decision: Decision, *, version: Version | None, actor: Any, now: datetime) -> Decision:
    decision.version = version
    decision.save(force_insert=True)
    decision.amendment = Amendment.objects.whole().get(pk=decision.amendment_id)
    _keep_minority(decision)
    number, outcome = decision.amendment.number, decision.outcome
    facts: dict[str, Any] = {"number": number, "version": version.number if version else None}
    verb = "refuse" if outcome == Outcome.REFUSED else "accept"
    record(actor=actor, action=f"amendment.{verb}", obj=decision.amendment, now=now, **facts)
    tell_of_amendment(kind=f"amendment.{outcome}", amendment=decision.amendment, actor=actor, now=now)
    return decision


def _keep_minority(decision: Decision) -> None:
    """Objections and reservations as they stand, copied: what is said of them later changes nothing."""
    amendment = decision.amendment
    said = Position.objects.filter(amendment=amendment).minority().select_related("organisation")
    MinorityOpinion.objects.bulk_create(
        MinorityOpinion(
            decision=decision,
            organisation=one.organisation,
            organisation_name=one.organisation.name,
            choice=one.choice,
            reason=one.reason,
            before_revision=one.wording < amendment.reworded,
        )
        for one in said
    )
