"""Kinds, stages, domains, and where a case stands on its way to the public, as data."""

from enum import StrEnum

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


KIND_WORDS: dict[str, object] = {
    Kind.EXPERIMENT: _("Racontée par ceux qui l’ont faite."),
    Kind.STUDY: _("Racontée par d’autres, à partir de sources."),
}
STAGE_WORDS: dict[str, object] = {
    Stage.IDEA: _("On en parle, rien n’est encore essayé."),
    Stage.PILOT: _("On essaie, en petit et pour un temps."),
    Stage.EVALUATION: _("On mesure ce que l’essai a donné avant de décider."),
    Stage.SCALED: _("C’est devenu ordinaire : le service est ouvert à tous ceux qu’il concerne."),
    Stage.STOPPED: _("On a arrêté, et l’on dit pourquoi."),
}
"""What the two lists mean whose values belong to the code; the codebook shows them with the terms."""


class Domain(StrEnum):
    """The urban domains a new site starts with; their names and definitions are terms (`models/terms.py`)."""

    SERVICES = "services"
    PLANNING = "planning"
    ECONOMY = "economy"
    DEMOCRACY = "democracy"


class Vocabulary(TextChoices):
    """The lists of words organisers keep: each value has a name and a public definition in both languages."""

    DOMAIN = "domain", _("Domaine urbain")
    PRIORITY = "priority", _("Priorité de la vision")
    LAYER = "layer", _("Couche de la ville numérique")
    INSTRUMENT = "instrument", _("Instrument")
    RESPONSIBILITY = "responsibility", _("Faire ou faire faire")
    SCOPE = "scope", _("Échelle")
    COST_BAND = "cost_band", _("Ordre de coût")
    CONNECTIVITY = "connectivity", _("Connexion nécessaire")
    FAMILY = "family", _("Famille d’indicateur")
    SIDE = "side", _("Côté du partenaire")


class EvidenceKind(TextChoices):
    """What a reader can go and check."""

    LINK = "link", _("Lien")
    DATASET = "dataset", _("Jeu de données")


class Depth(TextChoices):
    """How much of the sheet a form asks for; the draft is the same."""

    FIVE = "five", _("5 minutes")
    TWENTY = "twenty", _("20 minutes")
    FULL = "full", _("Fiche complète")


class ReviewState(TextChoices):
    """Where the latest words of a case stand; Wagtail's page and workflow hold it, this names it."""

    DRAFT = "draft", _("Brouillon")
    SUBMITTED = "submitted", _("En relecture")
    RETURNED = "returned", _("À reprendre")
    SCHEDULED = "scheduled", _("Programmé")
    PUBLISHED = "published", _("Publié")


REVIEW_MOVES: dict[str, tuple[str, ...]] = {
    ReviewState.DRAFT: (ReviewState.SUBMITTED, ReviewState.SCHEDULED, ReviewState.PUBLISHED),
    ReviewState.SUBMITTED: (
        ReviewState.DRAFT, ReviewState.RETURNED, ReviewState.SCHEDULED, ReviewState.PUBLISHED,
    ),
    ReviewState.RETURNED: (ReviewState.SUBMITTED, ReviewState.SCHEDULED, ReviewState.PUBLISHED),
    ReviewState.SCHEDULED: (ReviewState.DRAFT, ReviewState.PUBLISHED),
    ReviewState.PUBLISHED: (ReviewState.DRAFT, ReviewState.SUBMITTED),
}  # fmt: skip
"""From a state, the states one act leads to. A published case with newer words is a draft that readers do not see."""

EDITABLE: frozenset[str] = frozenset({ReviewState.DRAFT, ReviewState.RETURNED, ReviewState.PUBLISHED})
"""States in which its editors may write; while it is being read it stays still."""

PHASES: tuple[str, ...] = (Stage.IDEA, Stage.PILOT, Stage.EVALUATION, Stage.SCALED)
"""The line of life of a case that goes on; a stopped one leaves it."""

SECTIONS: tuple[tuple[str, object], ...] = (
    ("context", _("Le contexte")),
    ("problem", _("Le problème")),
    ("tried", _("Ce qui a été tenté")),
    ("participation", _("Comment les habitants ont pris part")),
    ("left_out", _("Qui restait à l’écart")),
    ("included", _("Ce qui a été fait pour eux")),
    ("worked", _("Ce qui a marché")),
    ("failed", _("Ce qui n’a pas marché")),
    ("lessons", _("Ce que nous ferions autrement")),
    ("redo", _("Comment le refaire")),
)
"""The narrative, in reading order: field name and heading."""

TERM_FIELDS: dict[str, str] = {
    "domain": Vocabulary.DOMAIN,
    "layer": Vocabulary.LAYER,
    "responsibility": Vocabulary.RESPONSIBILITY,
    "scope": Vocabulary.SCOPE,
    "cost_band": Vocabulary.COST_BAND,
    "connectivity": Vocabulary.CONNECTIVITY,
}
"""Fields that hold the key of one term, and its vocabulary."""

TERM_LISTS: dict[str, str] = {"priorities": Vocabulary.PRIORITY, "instruments": Vocabulary.INSTRUMENT}
"""Fields that hold the keys of several terms."""

CONTENT_FIELDS: tuple[str, ...] = (
    "title", "summary", "kind", "country", "city", "geoname_id", "latitude", "longitude", "stage", "stage_reason",
    "started_on", "ended_on", "ongoing", *TERM_FIELDS, *TERM_LISTS, "figure_value", "figure_label",
    *(name for name, _heading in SECTIONS), "person_days", "licences", "principles",
    "source_title", "source_url", "source_date", "source_licence", "website",
)  # fmt: skip
"""What its authors write; everything else of a page is the site's business."""

UNSPOKEN: frozenset[str] = frozenset({"geoname_id"})
"""Words that stand behind another one (the number of a city behind its name): never shown by themselves."""

PARTS: dict[str, tuple[str, ...]] = {
    "partners": ("name", "role", "side", "url"),
    "indicators": ("label", "family", "unit", "baseline", "baseline_on", "value", "measured_on", "source"),
    "evidence": ("kind", "title", "url", "published_on", "archive_url", "archived_on", "licence", "format"),
    "pictures": ("picture", "alternative", "credit", "caption"),
    "updates": ("happened_on", "text"),
}
"""What repeats in a case: name of the part, and the fields of one of its rows."""

PART_LABELS: dict[str, object] = {
    "partners": _("Partenaires"),
    "indicators": _("Ce que l’on a mesuré"),
    "evidence": _("Preuves et données"),
    "pictures": _("Images"),
    "updates": _("Suites"),
}

LONGEST_SHOWN = 1_600
"""Pixels of the longer side of a picture of a case: enough for a large screen."""

MOST_ROWS = 40
"""Rows of one part of a case, at most."""

WORDS: tuple[str, ...] = (*CONTENT_FIELDS, *PARTS)
"""Everything an author writes, repeated parts too."""


class FileFormat(TextChoices):
    """How a city brings its cases in and takes them out."""

    JSONL = "jsonl", "JSONL"
    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX"


class ImportState(TextChoices):
    """How far a file that was sent has come. The worker has it in two of these states."""

    COLUMNS = "columns", _("Colonnes à relier")
    CHECKING = "checking", _("Vérification en cours")
    CHECKED = "checked", _("Vérifié, à confirmer")
    RUNNING = "running", _("Import en cours")
    DONE = "done", _("Terminé")
    FAILED = "failed", _("Arrêté")


IMPORT_MOVES: dict[str, tuple[str, ...]] = {
    ImportState.COLUMNS: (ImportState.CHECKING,),
    ImportState.CHECKING: (ImportState.CHECKED, ImportState.FAILED),
    ImportState.CHECKED: (ImportState.CHECKING, ImportState.RUNNING),
    ImportState.RUNNING: (ImportState.DONE, ImportState.FAILED),
    ImportState.DONE: (),
    ImportState.FAILED: (),
}
"""From a state, those an act leads to."""


class LineOutcome(TextChoices):
    """What becomes of one line of a file."""

    CREATED = "created", _("Nouveau cas")
    UPDATED = "updated", _("Mis à jour")
    UNCHANGED = "unchanged", _("Déjà là, identique")
    REFUSED = "refused", _("Refusé")


class Sort(TextChoices):
    """Orders of a list; the first is the default, and a text search puts relevance before it."""

    UPDATED = "updated", _("date de mise à jour")
    TITLE = "title", _("titre")
    CITY = "city", _("ville")
    RELEVANCE = "relevance", _("pertinence")


class Facet(StrEnum):
    """By what a reader narrows the catalogue; the names addresses use, in the order of the page."""

    STAGE = "stage"
    DOMAIN = "domain"
    COUNTRY = "country"
    PRIORITY = "priority"
    INSTRUMENT = "instrument"
    ORGANISATION_KIND = "organisation_kind"
    COST_BAND = "cost_band"
    READ_IN = "read_in"
    HAS_INDICATORS = "has_indicators"
    FAILED_OR_STOPPED = "failed_or_stopped"


FACET_VOCABULARIES: dict[str, str] = {
    Facet.DOMAIN: Vocabulary.DOMAIN,
    Facet.PRIORITY: Vocabulary.PRIORITY,
    Facet.INSTRUMENT: Vocabulary.INSTRUMENT,
    Facet.COST_BAND: Vocabulary.COST_BAND,
}
"""Facets whose values are keys of terms."""

SQUARE = "square"
"""Filters as a facet does, and has no list of its own: the map is its list."""

YES = "1"
"""The only value of a facet that is said or not."""


class Frequency(TextChoices):
    """How often a saved search may write."""

    DAILY = "daily", _("chaque jour")
    WEEKLY = "weekly", _("chaque semaine")


class SearchState(TextChoices):
    """A saved search waits for its mailbox, runs, ends."""

    PENDING = "pending", _("à confirmer")
    ACTIVE = "active", _("en cours")
    ENDED = "ended", _("arrêtée")


class SubscriberState(TextChoices):
    """A saved search on the list of who is told: a stopped address counts as stopped, whether it confirmed or not."""

    PENDING = "pending", _("à confirmer")
    ACTIVE = "active", _("en cours")
    STOPPED = "stopped", _("adresse arrêtée")
    LEFT = "left", _("alerte arrêtée")


class RedoOutcome(TextChoices):
    """What came out of redoing a case elsewhere, as those who redid it say."""

    BETTER = "better", _("Mieux qu’à l’origine")
    ALIKE = "alike", _("Comme à l’origine")
    WORSE = "worse", _("Moins bien qu’à l’origine")
    STOPPED = "stopped", _("Arrêté en route")
    EARLY = "early", _("Trop tôt pour le dire")


class RedoState(TextChoices):
    """A link between two cases, until it is taken away with a motive."""

    LINKED = "linked", _("Lié")
    REMOVED = "removed", _("Retiré")
