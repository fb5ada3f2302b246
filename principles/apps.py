from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from coalition.core import access
from coalition.core.documents import register_document_source
from coalition.core.merging import plain_move, register_move
from coalition.core.privacy import register_erasure_step
from coalition.core.profiles import register_profile_section
from coalition.core.references import register_reference_source
from coalition.core.subjects import register_subject_source


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
        register_subject_source(adapters.ARTICLE, adapters.article_subjects)
        register_subject_source(adapters.AMENDMENT, adapters.amendment_subjects)
        amendments = plain_move(import_module("principles.models").Amendment, "organisation")
        register_move("members.Organisation", "principles.Amendment.organisation", amendments, _("amendements"))
        register_erasure_step(import_module("principles.actions").delete_drafts_of)
        register_profile_section(import_module("principles.views.profile").organisation_amendments)
