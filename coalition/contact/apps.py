from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from coalition.core import access
from coalition.core.privacy import register_erasure_step


class ContactConfig(AppConfig):
    name = "coalition.contact"
    label = "contact"
    verbose_name = _("Contact")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        access.load_rules(self.name)
        actions = import_module("coalition.contact.actions")
        actions.register_steps()
        register_erasure_step(actions.forget_sender)
