"""Where an amendment stands under the charter's rule, in the words and shapes of its page."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _, ngettext

from coalition.core.templatetags.typography import date_words
from principles.actions import standing_now
from principles.enums import AmendmentState, DecisionRule, Result
from principles.models import Amendment, Charter, Decision, Position, Standing


def standing_context(found: Amendment, decision: Decision | None, now: datetime) -> dict[str, Any]:
    """Rule, counts, checks and positions; for a decided amendment what the decision kept of them. Two queries."""
    positions = list(Position.objects.filter(amendment=found).select_related("organisation"))
    standing = standing_now(amendment=found, now=now, positions=positions)
    for one in positions:
        one.is_older = one.wording < found.reworded
    return {
        "rule": rule_words(found.charter),
        "standing": standing,
        "checks": checks(standing) if found.state == AmendmentState.OPEN else [],
        "kept": decision.standing if decision and decision.standing else None,
        "kept_result": Result(decision.standing["result"]).label if decision and decision.standing else "",
        "positions": positions,
        "until": standing.until,
    }


def rule_words(charter: Charter) -> str:
    """The rule the charter declares, in one or two sentences."""
    said = [str(DecisionRule(charter.decision_rule).label), str(charter.get_voters_display())]
    if charter.quorum_percent:
        said.append(_("quorum de %(n)d pour cent des voix") % {"n": charter.quorum_percent})
    if charter.decision_days:
        days = ngettext("%(n)d jour pour prendre position", "%(n)d jours pour prendre position", charter.decision_days)
        said.append(days % {"n": charter.decision_days})
    return "\u202f; ".join([said[0], *(words[:1].lower() + words[1:] for words in said[1:])])


def checks(standing: Standing) -> list[dict[str, str]]:
    """What is met, what is not yet, and until when: {state, word, text} for each."""
    found = [_quorum(standing), _rule(standing)]
    if standing.silent:
        text = ngettext(
            "%(n)d organisation n’a pas encore pris position.",
            "%(n)d organisations n’ont pas encore pris position.",
            standing.silent,
        )
        found.append(_line("project", _("À venir"), text % {"n": standing.silent}))
    if standing.unconfirmed:
        text = ngettext(
            "%(n)d position date d’avant la nouvelle rédaction : elle compte tant qu’elle n’est pas changée.",
            "%(n)d positions datent d’avant la nouvelle rédaction : elles comptent tant qu’elles ne sont pas changées.",
            standing.unconfirmed,
        )
        found.append(_line("project", _("À confirmer"), text % {"n": standing.unconfirmed}))
    if standing.until is not None:
        found.append(_deadline(standing.until, closed=standing.closed))
    return [one for one in found if one]


def _line(state: str, word: str, text: str) -> dict[str, str]:
    return {"state": state, "word": word, "text": text}


def _met(met: bool, text: str) -> dict[str, str]:
    return _line("done" if met else "stop", _("Atteint") if met else _("Pas encore"), text)


def _quorum(standing: Standing) -> dict[str, str]:
    if not standing.quorum:
        return {}
    text = ngettext(
        "%(spoken)d organisation s’est exprimée, il en faut %(quorum)d.",
        "%(spoken)d organisations se sont exprimées, il en faut %(quorum)d.",
        standing.spoken,
    )
    return _met(standing.has_quorum, text % {"spoken": standing.spoken, "quorum": standing.quorum})


def _rule(standing: Standing) -> dict[str, str]:
    if not standing.spoken:
        return _line("project", _("À venir"), _("Aucune organisation n’a encore pris position."))
    if standing.rule == DecisionRule.CONSENT:
        text = ngettext("%(n)d objection est maintenue.", "%(n)d objections sont maintenues.", standing.objection)
        words = text % {"n": standing.objection} if standing.objection else _("Aucune objection n’est maintenue.")
        return _met(standing.rule_is_met, words)
    words = _("%(for_it)d pour, %(against)d contre ; les abstentions comptent pour le quorum seul.")
    return _met(standing.rule_is_met, words % {"for_it": standing.for_it, "against": standing.objection})


def _deadline(until: datetime, *, closed: bool) -> dict[str, str]:
    when = date_words(until)
    if closed:
        return _line("done", _("Fermé"), _("Les positions sont fermées depuis le %(date)s.") % {"date": when})
    return _line("project", _("Ouvert"), _("Les positions se prennent jusqu’au %(date)s.") % {"date": when})
