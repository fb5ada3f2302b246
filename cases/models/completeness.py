"""How much of a case is told, and the next question worth answering: for its author, never a mark for the public."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.enums import Depth
from cases.models.words import word_of


@dataclass(frozen=True, slots=True)
class Question:
    """Something a reader will want to know: the word that answers it, the question, and the depth that asks it."""

    name: str
    text: Any
    depth: str


QUESTIONS: tuple[Question, ...] = (
    Question("title", _("Comment s’appelle ce que vous avez fait ?"), Depth.FIVE),
    Question("summary", _("En deux phrases, qu’avez-vous fait et qu’est-ce que cela a changé ?"), Depth.FIVE),
    Question("city", _("Où cela se passe-t-il ?"), Depth.FIVE),
    Question("tried", _("Qu’avez-vous tenté, dans l’ordre ?"), Depth.FIVE),
    Question("failed", _("Qu’est-ce qui n’a pas marché ?"), Depth.FIVE),
    Question("problem", _("Quel problème vouliez-vous régler, et pour qui ?"), Depth.TWENTY),
    Question("worked", _("Qu’est-ce qui a marché ?"), Depth.TWENTY),
    Question("participation", _("Comment les habitants ont-ils pris part ?"), Depth.TWENTY),
    Question("left_out", _("Qui restait à l’écart ?"), Depth.TWENTY),
    Question("included", _("Qu’avez-vous fait pour ceux qui restaient à l’écart ?"), Depth.TWENTY),
    Question("lessons", _("Que feriez-vous autrement ?"), Depth.TWENTY),
    Question("priorities", _("Quelle priorité de votre ville cela sert-il ?"), Depth.TWENTY),
    Question("partners", _("Avec qui l’avez-vous fait ?"), Depth.TWENTY),
    Question("started_on", _("Quand cela a-t-il commencé ?"), Depth.TWENTY),
    Question("cost_band", _("Combien cela a-t-il coûté, à peu près ?"), Depth.TWENTY),
    Question("source_title", _("Où peut-on le vérifier ?"), Depth.TWENTY),
    Question("indicators", _("Qu’avez-vous mesuré, avant et après ?"), Depth.FULL),
    Question("redo", _("Que faut-il pour le refaire ailleurs ?"), Depth.FULL),
    Question("person_days", _("Combien de jours de travail cela a-t-il pris ?"), Depth.FULL),
    Question("connectivity", _("De quelle connexion l’habitant a-t-il besoin ?"), Depth.FULL),
    Question("principles", _("Quels principes de la charte ce cas illustre-t-il ?"), Depth.FULL),
    Question("evidence", _("Quelles données ou quels documents pouvez-vous montrer ?"), Depth.FULL),
)
"""In the order in which they are worth asking."""


@dataclass(frozen=True, slots=True)
class Completeness:
    """Questions answered, of how many, and the next one; by depth too."""

    done: int
    total: int
    next: Question | None
    by_depth: tuple[tuple[Any, int, int], ...]

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means all."""
        return 100 * self.done // self.total


def completeness_of(page: Any) -> Completeness:
    """Of the words this object holds, public or not. Asks the database only for parts that are not in memory."""
    missing = [question for question in QUESTIONS if not _answered(word_of(page, question.name))]
    by_depth = tuple(
        (depth.label, sum(question.depth == depth and question not in missing for question in QUESTIONS), asked)
        for depth in Depth
        if (asked := sum(question.depth == depth for question in QUESTIONS))
    )
    done = len(QUESTIONS) - len(missing)
    return Completeness(done, len(QUESTIONS), missing[0] if missing else None, by_depth)


def _answered(value: Any) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value) or value == 0
