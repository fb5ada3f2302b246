"""What is told of decisions on amendments, of versions and phases, and of words hidden from readers."""

from django.utils.translation import gettext_lazy as _

from coalition.core.access import can
from coalition.notifications.kinds import Kind, register_kind
from members.notifications import organisers
from principles.notifications.audiences import (
    about,
    amendment_context,
    amendment_targets,
    charter_targets,
    decision_context,
    phase_context,
    readable,
    speaking,
    version_context,
    version_targets,
    writers,
    writers_and_heard,
)
from principles.notifications.proposals import AUTHOR

for _name, _label in (
    ("amendment.accepted", _("Amendement adopté")),
    ("amendment.modified", _("Amendement adopté avec modifications")),
    ("amendment.refused", _("Amendement refusé")),
):
    register_kind(
        Kind(
            name=_name,
            category="charter",
            label=_label,
            reason=_("Vous recevez ce message parce que vous avez écrit cet amendement, ou pris position sur lui."),
            recipients=writers_and_heard,
            context=decision_context,
            visible=readable,
            targets=amendment_targets,
            news=_label,
        )
    )
register_kind(
    Kind(
        name="charter.version_adopted",
        category="charter",
        label=_("Nouvelle version de la charte"),
        reason=_("Vous recevez ce message parce que vous faites partie de l’équipe d’organisation."),
        recipients=organisers,
        context=version_context,
        visible=lambda event, recipient: bool(can(None, "charter.view", event.subject)),
        targets=version_targets,
        news=_("Nouvelle version de la charte"),
    )
)
register_kind(
    Kind(
        name="charter.phase",
        category="charter",
        label=_("Nouvelle phase de la charte"),
        reason=_(
            "Vous recevez ce message parce que vous représentez une organisation membre, "
            "ou faites partie de l’équipe d’organisation."
        ),
        recipients=speaking,
        context=phase_context,
        visible=lambda event, recipient: bool(can(None, "charter.view", event.subject)),
        targets=charter_targets,
        news=_("Nouvelle phase de la charte"),
    )
)
register_kind(
    Kind(
        name="amendment.hidden",
        category="charter",
        label=_("Le texte de votre amendement est masqué"),
        reason=AUTHOR,
        recipients=writers,
        context=amendment_context,
        visible=lambda event, recipient: about(event).hidden_at is not None,
    )
)
register_kind(
    Kind(
        name="amendment.restored",
        category="charter",
        label=_("Votre amendement est de nouveau lisible"),
        reason=AUTHOR,
        recipients=writers,
        context=amendment_context,
        visible=readable,
    )
)
