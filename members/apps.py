from importlib import import_module

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig

from coalition.core import access
from coalition.core.agenda import register_personal_deadlines
from coalition.core.following import register_target_source
from coalition.core.profiles import register_account_section, register_profile_section


class MembersConfig(AppConfig):
    name = "members"
    default_auto_field = "django.db.models.BigAutoField"
    default = True

    def ready(self) -> None:
        access.load_rules(self.name)
        import_module("members.signal_handlers").connect()
        import_module("members.actions.retention").register_steps()
        import_module("members.actions.moving").register()
        versions, adoptions = (import_module(f"members.views.{name}") for name in ("versions", "adoptions"))
        register_profile_section(versions.versions_of_profile)
        register_profile_section(adoptions.adoptions_of_profile)
        targets = import_module("members.views.targets")
        register_target_source(targets.ORGANISATION, targets.organisation_targets)
        register_target_source(targets.COALITION, targets.coalition_targets)
        register_target_source(targets.ACT, targets.act_targets)
        register_target_source(targets.ADOPTION, targets.adoption_targets)
        import_module("members.views.changes").register_public_kinds()
        register_personal_deadlines(import_module("members.views.agenda").personal_deadlines)
        ways_out = import_module("coalition.notifications.ways_out")
        ways_out.register_way_out(import_module("members.notifications.mailrooms").way_out_of_mailbox)
        crowds = import_module("coalition.notifications.announcements.crowds")
        crowds.register_crowd("representatives", import_module("members.notifications.recipients").all_representatives)
        supports = import_module("members.views.supports")
        register_profile_section(supports.supports_of_profile)
        register_account_section(supports.supports_of_account)


class AccountsAdminConfig(WagtailUsersAppConfig):
    """Wagtail's own app of accounts, with our screens."""

    user_viewset = "members.viewsets.AccountViewSet"
