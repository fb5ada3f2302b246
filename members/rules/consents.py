"""What people agree to when they act for an organisation; each purpose registers itself when this is imported."""

from django.utils.translation import gettext_lazy as _

from coalition.core.consents import Purpose, register_purpose
from members.models import Cosponsorship

NAME_PURPOSE = "cosponsorship.name"
"""The signatory's name and function appear with the public act."""

register_purpose(
    Purpose(
        name=NAME_PURPOSE,
        version="2026-11",
        text=_("J’accepte que mon nom et ma fonction soient publiés avec cet acte."),
    )
)


def consent_proof(act: Cosponsorship) -> str:
    """What the record of consent names as its proof."""
    return f"cosponsorship {act.pk}"
