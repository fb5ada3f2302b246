from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "coalition.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what changes pages; read the register of personal data: the floor's, then each app's."""
        import_module("coalition.core.signal_handlers").connect()
        import_module("coalition.core.personal").declare_floor()
        autodiscover_modules("privacy")
        import_module("coalition.core.retention").register_steps()
