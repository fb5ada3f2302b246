from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from coalition.core import access
from coalition.core.agenda import register_personal_deadlines, register_public_deadlines
from coalition.core.following import register_target_source
from coalition.core.profiles import register_account_section, register_profile_section


class ChallengesConfig(AppConfig):
    name = "coalition.challenges"
    label = "challenges"
    verbose_name = _("Défis")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        access.load_rules(self.name)
        import_module(f"{self.name}.actions.moving").register()
        adapters = import_module(f"{self.name}.adapters")
        register_target_source("challenge", adapters.challenge_targets)
        register_target_source("response", adapters.response_targets)
        adapters.register_public_kinds()
        agenda = import_module(f"{self.name}.views.agenda")
        register_public_deadlines(agenda.public_deadlines)
        register_personal_deadlines(agenda.personal_deadlines)
        profile = import_module(f"{self.name}.views.profile")
        register_profile_section(profile.organisation_challenges)
        register_account_section(profile.own_challenges)
        register_account_section(profile.own_responses)
