from importlib import import_module

from django.apps import AppConfig

from coalition.core import access
from coalition.core.agenda import register_personal_deadlines
from coalition.core.contacts import register_contact_source
from coalition.core.following import register_own_follows, register_target_source
from coalition.core.profiles import register_account_section, register_organisation_count, register_profile_section
from coalition.core.vocabularies import DOMAIN, register_vocabulary


class CasesConfig(AppConfig):
    name = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        access.load_rules(self.name)
        import_module(f"{self.name}.signal_handlers").connect()
        import_module(f"{self.name}.actions.moving").register()
        import_module(f"{self.name}.actions.imports").register_steps()
        import_module(f"{self.name}.actions.alerts").register_steps()
        profile = import_module(f"{self.name}.views.profile")
        adapters = import_module(f"{self.name}.adapters")
        register_target_source("case", adapters.case_targets)
        adapters.register_public_kinds()
        register_personal_deadlines(import_module(f"{self.name}.views.agenda").personal_deadlines)
        register_target_source("search", adapters.search_targets)
        register_own_follows(adapters.own_searches)
        register_vocabulary(DOMAIN, adapters.domain_words)
        register_contact_source("case", import_module(f"{self.name}.views.contact").CaseContacts())
        register_profile_section(profile.organisation_cases)
        register_account_section(profile.own_cases)
        register_account_section(import_module(f"{self.name}.views.alerts").own_alerts)
        register_organisation_count("case_count", profile.count_of_cases)
