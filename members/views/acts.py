"""An act of co-sponsorship as a sheet: the same rows before it is signed, in the mail link's page, and ever after."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coalition.core.access import can
from coalition.core.consents import consent_text
from coalition.core.documents import document_by_hash
from coalition.core.models import Consent
from coalition.core.templatetags.bilingual import tr
from members.enums import PUBLIC, CosponsorshipState
from members.models import Cosponsorship, CosponsorshipChange
from members.notifications import ANSWER_DAYS, CONFIRM_LIFETIME, DOCUMENT_DAYS, working_days_later
from members.rules.consents import NAME_PURPOSE, consent_proof


def may_name_signatory(account: Any, act: Cosponsorship) -> bool:
    """Everybody may read a name its owner made public with a public act; else representatives and organisers."""
    if act.state in PUBLIC and act.name_is_public:
        return True
    return bool(can(account, "cosponsorship.view_signatory", act))


def act_rows(
    act: Cosponsorship, *, named: bool, mandate: bool = True, reservations: Any = None
) -> list[dict[str, Any]]:
    """What the act says, row by row, for `components/rows.html`.

    `named` shows who signed, and under which mandate unless `mandate` is False: a public name is no more than that.
    `reservations` ({article_title, text} each) stand for those of an act that is not written yet.
    """
    organisation = act.organisation
    rows: list[dict[str, Any]] = [
        {
            "label": _("Au nom de"),
            "value": organisation.name,
            "note": f"{organisation.get_kind_display()}, {organisation.country.name}",
        }
    ]
    if named:
        rows += _who(act, mandate)
    if act.document_sha256:
        rows.append(_text_row(act))
    rows.append({"label": _("Engagements"), "pairs": act.promises})
    rows.append({"label": _("Ce que nous ferons"), "value": act.statement, "serif": True})
    standing = reservations if reservations is not None else act.standing_reservations
    rows.append({"label": _("Réserves"), "pairs": [_reservation(one, act) for one in standing]})
    if act.pk:
        rows.append({"label": _("Signé le"), "value": _day(act.signed_at), "note": _on_paper(act)})
    return [row for row in rows if row.get("value") or row.get("pairs")]


def _who(act: Cosponsorship, mandate: bool) -> list[dict[str, Any]]:
    signatory = {"label": _("Signataire"), "value": act.signatory_name, "note": act.signatory_function}
    under = {"label": _("Mandat"), "value": act.mandate_reference, "note": _day(act.mandate_date)}
    return [signatory, under] if mandate else [signatory]


def _on_paper(act: Cosponsorship) -> str:
    return _("Sur papier, enregistrée par l’équipe d’organisation") if act.is_paper else ""


def _text_row(act: Cosponsorship) -> dict[str, Any]:
    document = document_by_hash(act.document_sha256)
    return {
        "label": _("Texte signé"),
        "value": _("%(title)s, version %(version)s") % {"title": act.document_title, "version": act.document_version},
        "url": document.url if document else "",
        "note": _("Empreinte SHA-256 du texte"),
        "hash": act.document_sha256,
    }


def _reservation(one: Any, act: Cosponsorship) -> dict[str, Any]:
    """A reservation under its article's title; the version it was made on is said when the act holds another."""
    term = one["article_title"] if isinstance(one, dict) else one.article_title
    text = one["text"] if isinstance(one, dict) else one.text
    version = "" if isinstance(one, dict) else one.document_version
    if version and version != act.document_version:
        term = _("%(article)s (version %(version)s)") % {"article": term, "version": version}
    return {"term": term, "text": text}


def _day(moment: Any) -> str:
    return str(date_format(moment, "j F Y")) if moment else ""


def consent_rows(act: Cosponsorship) -> list[dict[str, Any]]:
    """The latest record of consent to publish the signatory's name, row by row; none when nobody ever agreed."""
    given = Consent.objects.filter(purpose=NAME_PURPOSE, proof=consent_proof(act)).order_by("-given_at").first()
    if given is None:
        return []
    rows = [
        {"label": _("Ce qui a été accepté"), "value": consent_text(given.purpose, given.language, given.text_version)},
        {
            "label": _("Version de ces mots"),
            "value": given.text_version,
            "note": _("Empreinte SHA-256, langue : %(language)s") % {"language": given.language},
            "hash": given.text_sha256,
        },
        {"label": _("Donné le"), "value": _moment(given.given_at)},
        {"label": _("Preuve"), "value": given.proof, "note": given.method},
        {"label": _("Repris le"), "value": _moment(given.withdrawn_at)},
    ]
    return [row for row in rows if row["value"]]


def _moment(moment: Any) -> str:
    return str(date_format(timezone.localtime(moment), "j F Y, H:i")) if moment else ""


def act_intro(act: Cosponsorship) -> str:
    """The sentence of the act."""
    return _(
        "%(organisation)s (%(country)s) devient co-porteuse de la coalition nº %(number)d, « %(title)s », "
        "et signe sa charte dans la version ci-dessous."
    ) % {
        "organisation": act.organisation.name,
        "country": act.organisation.country.name,
        "number": act.coalition.number,
        "title": tr(act.coalition, "title"),
    }


def next_steps(act: Cosponsorship) -> list[dict[str, str]]:
    """What happens next, who acts, since when, by when, from where the act stands; {title, text} each."""
    title, text = _NEXT[CosponsorshipState(act.state)](act)
    first = {"title": title, "text": text}
    if act.state in (CosponsorshipState.DECLINED, CosponsorshipState.WITHDRAWN):
        return [first]
    return [first, *later_steps()]


def _next_for_draft(act: Cosponsorship) -> tuple[str, str]:
    text = _("Terminez l’acte commencé le %(since)s, puis relisez-le avant de signer.") % {
        "since": _day(act.drafted_at)
    }
    return _("Maintenant : vous"), text


def _next_for_mailbox(act: Cosponsorship) -> tuple[str, str]:
    since, until = act.signed_at, act.signed_at and act.signed_at + CONFIRM_LIFETIME
    text = _(
        "Ouvrez le courriel parti le %(since)s et confirmez la signature. Le lien vaut sept jours, jusqu’au %(until)s."
    )
    return _("Maintenant : vous"), text % {"since": _day(since), "until": _day(until)}


def _next_for_organisers(act: Cosponsorship) -> tuple[str, str]:
    if act.asked_at is not None:
        text = _("L’équipe d’organisation a demandé une pièce le %(since)s : %(wanted)s Joignez-la d’ici le %(until)s.")
        until = act.asked_at + timedelta(days=DOCUMENT_DAYS)
        wanted = act.asked_for if act.asked_for.endswith((".", "!", "?")) else f"{act.asked_for}."
        facts = {"since": _day(act.asked_at), "wanted": wanted, "until": _day(until)}
        return _("Maintenant : votre organisation"), text % facts
    received = act.mandate_document.created_at if act.mandate_document else None
    since = max(moment for moment in (act.confirmed_at, received, act.signed_at) if moment)
    text = _(
        "Depuis le %(since)s, elle vérifie le mandat. Elle vous écrit sa réponse, d’ordinaire d’ici le %(until)s "
        "(trois jours ouvrés)."
    )
    facts = {"since": _day(since), "until": _day(working_days_later(since, ANSWER_DAYS))}
    return _("Maintenant : l’équipe d’organisation"), text % facts


def _next_for_official(act: Cosponsorship) -> tuple[str, str]:
    text = _("Elle paraît dans la liste publique. Cet acte peut être imprimé et cité.")
    if act.renew_on:
        renewal = _("Nous vous demanderons de le renouveler le %(day)s.") % {"day": _day(act.renew_on)}
        text = f"{text} {renewal}"
    return _("Votre organisation est co-porteuse"), text


def _next_for_renewal(act: Cosponsorship) -> tuple[str, str]:
    text = _("Depuis le %(since)s, nous attendons que vous disiez si votre organisation reste co-porteuse.")
    return _("Maintenant : votre organisation"), text % {"since": _day(act.renewal_asked_at or act.renew_on)}


def _next_after_refusal(_act: Cosponsorship) -> tuple[str, str]:
    return _("Cette signature n’est pas retenue"), _("Lisez le motif ci-contre. Vous pouvez signer de nouveau.")


def _next_after_withdrawal(_act: Cosponsorship) -> tuple[str, str]:
    return _("Cette signature est retirée"), _("L’acte reste au registre. Vous pouvez signer de nouveau.")


_NEXT: dict[CosponsorshipState, Callable[[Cosponsorship], tuple[str, str]]] = {
    CosponsorshipState.DRAFT: _next_for_draft,
    CosponsorshipState.AWAITING: _next_for_mailbox,
    CosponsorshipState.SUBMITTED: _next_for_organisers,
    CosponsorshipState.OFFICIAL: _next_for_official,
    CosponsorshipState.TO_RENEW: _next_for_renewal,
    CosponsorshipState.DECLINED: _next_after_refusal,
    CosponsorshipState.WITHDRAWN: _next_after_withdrawal,
}


def later_steps() -> list[dict[str, str]]:
    """What holds for every signature."""
    return [
        {
            "title": _("Si la charte change"),
            "text": _(
                "La signature reste attachée à la version signée. On vous propose de signer la suivante ; "
                "vous pouvez dire non."
            ),
        },
        {
            "title": _("Si vous changez d’avis"),
            "text": _(
                "Votre organisation peut se retirer à tout moment, en disant pourquoi. L’acte reste au registre."
            ),
        },
    ]


def first_steps() -> list[dict[str, str]]:
    """What follows the last button of the review."""
    return [
        {
            "title": _("Tout de suite"),
            "text": _(
                "Vous recevez un courriel : un lien y demande de confirmer, pour prouver que l’adresse est la vôtre."
            ),
        },
        {
            "title": _("Sous trois jours ouvrés"),
            "text": _(
                "L’équipe d’organisation vérifie le mandat. Votre organisation paraît alors parmi les co-porteurs."
            ),
        },
        *later_steps(),
    ]


def change_rows(act: Cosponsorship, change: CosponsorshipChange) -> list[dict[str, Any]]:
    """What a proposed change would say instead, row by row; only what differs."""
    rows: list[dict[str, Any]] = []
    proposed = Cosponsorship(commitments=change.commitments, sentences=change.sentences)
    if (act.commitments, act.sentences) != (change.commitments, change.sentences):
        rows.append({"label": _("Engagements"), "pairs": proposed.promises})
    if act.statement != change.statement:
        rows.append({"label": _("Ce que nous ferons"), "value": change.statement or _("(retiré)"), "serif": True})
    if act.name_is_public != change.name_is_public:
        rows.append({"label": _("Signataire"), "value": _("Son nom et sa fonction paraîtront avec l’acte.")})
    return rows
