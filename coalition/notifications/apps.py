"""The app of events, deliveries and mail."""

from importlib import import_module

from django.apps import AppConfig
from django.core import checks
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from coalition.core import access
from coalition.notifications.checks import check_kinds


class NotificationsConfig(AppConfig):
    name = "coalition.notifications"
    label = "notifications"
    verbose_name = _("Courrier")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the rules; collect the kinds of every `notifications.py`, then let the system check judge them."""
        access.load_rules(self.name)
        autodiscover_modules("notifications")
        import_module("coalition.notifications.signal_handlers").connect()
        import_module("coalition.notifications.retention").register_steps()
        import_module("coalition.notifications.announcements.letters").register()
        checks.register(check_kinds, checks.Tags.templates)
