"""An act of co-sponsorship as a sheet: the same rows before it is signed, in the mail link's page, and ever after."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coalition.core.access import can
from coalition.core.documents import document_by_hash
from coalition.core.templatetags.bilingual import tr
from members.enums import CosponsorshipState
from members.models import Cosponsorship


def may_name_signatory(account: Any, act: Cosponsorship) -> bool:
    """Everybody may read a name its owner made public with an official act; else representatives and organisers."""
    if act.state == CosponsorshipState.OFFICIAL and act.name_is_public:
        return True
    return bool(can(account, "cosponsorship.view_signatory", act))


def act_rows(act: Cosponsorship, *, named: bool) -> list[dict[str, Any]]:
    """What the act says, row by row, for `components/rows.html`; `named` shows who signed under which mandate."""
    organisation = act.organisation
    rows: list[dict[str, Any]] = [
        {
            "label": _("Au nom de"),
            "value": organisation.name,
            "note": f"{organisation.get_kind_display()}, {organisation.country.name}",
        }
    ]
    if named:
        rows.append({"label": _("Signataire"), "value": act.signatory_name, "note": act.signatory_function})
        rows.append({"label": _("Mandat"), "value": act.mandate_reference, "note": _day(act.mandate_date)})
    document = document_by_hash(act.document_sha256)
    rows.append(
        {
            "label": _("Texte signé"),
            "value": _("%(title)s, version %(version)s")
            % {"title": act.document_title, "version": act.document_version},
            "url": document.url if document else "",
            "note": _("Empreinte SHA-256 du texte"),
            "hash": act.document_sha256,
        }
    )
    rows.append({"label": _("Engagements"), "lines": act.commitment_labels})
    rows.append({"label": _("Ce que nous ferons"), "value": act.statement, "serif": True})
    if act.pk:
        rows.append({"label": _("Signé le"), "value": _day(act.signed_at)})
    return [row for row in rows if row.get("value") or row.get("lines")]


def _day(moment: Any) -> str:
    return str(date_format(moment, "j F Y")) if moment else ""


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
    """What happens next, who acts, by when, from where the act stands."""
    steps = {
        CosponsorshipState.AWAITING: (
            _("Maintenant : vous"),
            _("Ouvrez le courriel que nous venons de vous envoyer et confirmez la signature. Le lien vaut sept jours."),
        ),
        CosponsorshipState.SUBMITTED: (
            _("Maintenant : l’équipe d’organisation"),
            _("Elle vérifie le mandat, d’ordinaire sous trois jours ouvrés, et vous écrit sa réponse."),
        ),
        CosponsorshipState.OFFICIAL: (
            _("Votre organisation est co-porteuse"),
            _("Elle paraît dans la liste publique. Cet acte peut être imprimé et cité."),
        ),
        CosponsorshipState.DECLINED: (
            _("Cette signature n’est pas retenue"),
            _("Lisez le motif ci-contre. Vous pouvez signer de nouveau."),
        ),
        CosponsorshipState.WITHDRAWN: (
            _("Cette signature est retirée"),
            _("L’acte reste au registre. Vous pouvez signer de nouveau."),
        ),
    }
    title, text = steps[CosponsorshipState(act.state)]
    first = {"title": title, "text": text}
    if act.state in (CosponsorshipState.DECLINED, CosponsorshipState.WITHDRAWN):
        return [first]
    return [first, *later_steps()]


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
