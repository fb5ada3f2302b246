"""Kinds, stages, domains, and where a case stands on its way to the public, as data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """Written by those who did it, or about what others did."""

    EXPERIMENT = "experiment", _("Expérience")
    STUDY = "study", _("Étude de cas")


class Stage(TextChoices):
    """How far the experiment went; a stopped one counts as much as the others."""

    IDEA = "idea", _("Idée")
    PILOT = "pilot", _("Pilote")
    EVALUATION = "evaluation", _("En évaluation")
    SCALED = "scaled", _("À l’échelle")
    STOPPED = "stopped", _("Arrêté")


class Domain(TextChoices):
    """The part of city life it changes."""

    SERVICES = "services", _("Services et accès aux droits")
    PLANNING = "planning", _("Aménagement et cadre de vie")
    ECONOMY = "economy", _("Économie et emploi")
    DEMOCRACY = "democracy", _("Démocratie et participation")


class ReviewState(TextChoices):
    """Where the latest words of a case stand; Wagtail's page and workflow hold it, this names it."""

    DRAFT = "draft", _("Brouillon")
    SUBMITTED = "submitted", _("En relecture")
    RETURNED = "returned", _("À reprendre")
    PUBLISHED = "published", _("Publié")


REVIEW_MOVES: dict[str, tuple[str, ...]] = {
    ReviewState.DRAFT: (ReviewState.SUBMITTED, ReviewState.PUBLISHED),
    ReviewState.SUBMITTED: (ReviewState.DRAFT, ReviewState.RETURNED, ReviewState.PUBLISHED),
    ReviewState.RETURNED: (ReviewState.SUBMITTED, ReviewState.PUBLISHED),
    ReviewState.PUBLISHED: (ReviewState.DRAFT, ReviewState.SUBMITTED),
}
"""From a state, the states one act leads to. A published case with newer words is a draft that readers do not see."""

EDITABLE: frozenset[str] = frozenset({ReviewState.DRAFT, ReviewState.RETURNED, ReviewState.PUBLISHED})
"""States in which its editors may write; while it is being read it stays still."""

PHASES: tuple[str, ...] = (Stage.IDEA, Stage.PILOT, Stage.EVALUATION, Stage.SCALED)
"""The line of life of a case that goes on; a stopped one leaves it."""

SECTIONS: tuple[tuple[str, object], ...] = (
    ("context", _("Le contexte")),
    ("tried", _("Ce qui a été tenté")),
    ("participation", _("Comment les habitants ont pris part")),
    ("left_out", _("Qui restait à l’écart")),
    ("worked", _("Ce qui a marché")),
    ("failed", _("Ce qui n’a pas marché")),
    ("lessons", _("Ce que nous ferions autrement")),
)
"""The narrative, in reading order: field name and heading."""

CONTENT_FIELDS: tuple[str, ...] = (
    "title", "summary", "kind", "country", "city", "latitude", "longitude", "stage", "stage_reason", "domain",
    "started_on", "ended_on", "figure_value", "figure_label", *(name for name, _heading in SECTIONS),
    "source_title", "source_url", "source_date", "source_licence", "website",
)  # fmt: skip
"""What its authors write; everything else of a page is the site's business."""


class Sort(TextChoices):
    """Orders of a list; the first is the default, and a text search puts relevance before it."""

    UPDATED = "updated", _("date de mise à jour")
    TITLE = "title", _("titre")
    CITY = "city", _("ville")
    RELEVANCE = "relevance", _("pertinence")
