from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from coalition.core import access
from coalition.core.documents import register_document_source
from coalition.core.references import register_reference_source


class PrinciplesConfig(AppConfig):
    name = "principles"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Charte")

    def ready(self) -> None:
        """Declare the rules, and offer the charter to whoever signs texts."""
        access.load_rules(self.name)
        adapters = import_module("principles.adapters")
        register_document_source(adapters.charter_source)
        register_reference_source(adapters.article_references)
