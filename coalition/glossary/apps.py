"""The app of the words of the site: one term, one definition, in both languages."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from coalition.core.synonyms import register_synonym_source


class GlossaryConfig(AppConfig):
    name = "coalition.glossary"
    label = "glossary"
    verbose_name = _("Glossaire")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What the terms say widens the searches of the apps above."""
        register_synonym_source(import_module(f"{self.name}.models").synonym_groups)
