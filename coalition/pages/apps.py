from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from coalition.core import access
from coalition.core.agenda import register_personal_deadlines, register_public_deadlines
from coalition.core.following import register_target_source
from coalition.core.merging import plain_move, register_move
from coalition.core.profiles import register_account_section, register_profile_section


class PagesConfig(AppConfig):
    name = "coalition.pages"
    label = "pages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the rules of events; let them be followed, put into calendars and shown on other pages."""
        access.load_rules(self.name)
        targets = import_module("coalition.pages.views.targets")
        register_target_source("event", targets.event_targets)
        targets.register_public_kinds()
        agenda = import_module("coalition.pages.views.agenda")
        register_public_deadlines(agenda.public_deadlines)
        register_personal_deadlines(agenda.personal_deadlines)
        profile = import_module("coalition.pages.views.event_profile")
        register_profile_section(profile.organisation_events)
        register_account_section(profile.own_events)
        move = plain_move(import_module("coalition.pages.models").Event, "organisation")
        register_move("members.Organisation", "pages.Event.organisation", move, _("rendez-vous"))
