from importlib import import_module
from types import ModuleType

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from coalition.core import access
from coalition.core.agenda import register_personal_deadlines, register_public_deadlines
from coalition.core.documents import register_document_source
from coalition.core.following import register_target_source
from coalition.core.merging import plain_move, register_move
from coalition.core.privacy import register_erasure_step
from coalition.core.profiles import register_profile_section
from coalition.core.references import register_reference_source
from coalition.core.subjects import register_subject_source
from coalition.notifications.intake.registry import register_answerer


class PrinciplesConfig(AppConfig):
    name = "principles"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Charte")

    def ready(self) -> None:
        """Declare the rules, offer the charter to whoever signs texts, tell what organisations proposed."""
        access.load_rules(self.name)
        adapters = import_module("principles.adapters")
        register_document_source(adapters.charter_source)
        register_reference_source(adapters.article_references)
        self._register_moves()
        self._register_history(adapters)
        register_subject_source(adapters.ARTICLE, adapters.article_subjects)
        register_subject_source(adapters.AMENDMENT, adapters.amendment_subjects)
        register_target_source(adapters.CHARTER, adapters.charter_targets)
        import_module("principles.adapters.changes").register_public_kinds()
        agenda = import_module("principles.adapters.agenda")
        register_public_deadlines(agenda.public_deadlines)
        register_personal_deadlines(agenda.personal_deadlines)
        answer = import_module("principles.actions.answering").answer_amendment
        register_answerer(import_module("principles.enums").AMENDMENT_ANSWERS, answer)
        register_erasure_step(import_module("principles.actions").delete_drafts_of)
        register_erasure_step(import_module("principles.actions").forget_waiting_words)
        import_module("principles.actions.room").register_steps()
        register_profile_section(import_module("principles.views.profile").organisation_amendments)

    def _register_history(self, adapters: ModuleType) -> None:
        """What files, origins and the timeline print besides the text."""
        for opinions in (adapters.refused_wordings, adapters.minority_opinions):
            import_module("principles.exports").register_opinion_source(opinions)
        import_module("principles.history.causes").register_voice_source(adapters.voices_on)
        import_module("principles.history.timeline").register_timeline_source(adapters.phase_moments)

    def _register_moves(self) -> None:
        """What becomes of the charter's keys when two organisations become one."""
        models, moving = import_module("principles.models"), import_module("principles.actions.moving")
        target = "members.Organisation"
        for name, label in (
            ("Amendment", _("amendements")),
            ("Wording", _("rédactions d’amendements")),
            ("PositionEntry", _("lignes de l’historique des positions")),
            ("MinorityOpinion", _("opinions minoritaires")),
        ):
            move = plain_move(getattr(models, name), "organisation")
            register_move(target, f"principles.{name}.organisation", move, label)
        register_move(target, "principles.Position.organisation", moving.merge_positions, _("positions"))
        register_move(
            target, "principles.Endorsement.organisation", moving.merge_endorsements, _("soutiens à l’examen")
        )
        register_move(target, "principles.CoAuthor.organisation", moving.merge_coauthors, _("co-écritures"))
