from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from coalition.core import access
from coalition.core.following import register_target_source
from coalition.core.merging import plain_move, register_move
from coalition.core.privacy import register_erasure_step
from coalition.core.subjects import register_revision_listener
from coalition.notifications.intake.registry import register_answerer


class DiscussionConfig(AppConfig):
    name = "coalition.discussion"
    label = "discussion"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Discussions")

    def ready(self) -> None:
        """Declare the rules; follow new versions of texts; go with an account that goes."""
        access.load_rules(self.name)
        models, actions = import_module("coalition.discussion.models"), import_module("coalition.discussion.actions")
        register_target_source("thread", import_module("coalition.discussion.adapters").thread_targets)
        register_revision_listener(actions.reanchor_passages)
        said = plain_move(models.Comment, "organisation")
        register_move("members.Organisation", "discussion.Comment.organisation", said, _("commentaires"))
        register_erasure_step(actions.retire_personal_comments)
        register_answerer(import_module("coalition.discussion.enums").ANSWERS, actions.answer_comment)
        import_module("coalition.discussion.actions.retention").register_steps()
