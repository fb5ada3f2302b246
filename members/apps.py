from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig

from coalition.core import access


class MembersConfig(AppConfig):
    name = "members"
    default_auto_field = "django.db.models.BigAutoField"
    default = True

    def ready(self) -> None:
        access.load_rules(self.name)


class AccountsAdminConfig(WagtailUsersAppConfig):
    """Wagtail's own app of accounts, with our screens."""

    user_viewset = "members.viewsets.AccountViewSet"
