"""What is asked of whoever chooses how they are told."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coalition.notifications.enums import Category, Rhythm
from coalition.notifications.preferences import Wishes, preferences_of, rhythms_of

HOURS = [("", _("aucune"))] + [(str(hour), f"{hour:02d}:00") for hour in range(24)]
ZONES = sorted(
    name for name in available_timezones() if name.startswith(("Africa/", "Europe/", "Indian/", "Atlantic/"))
)


def _hour(value: str) -> int | None:
    return int(value) if value else None


class PreferencesForm(forms.Form):
    """One question for each category, then the person's own times."""

    following = forms.ChoiceField(label=Category.FOLLOWING.label, choices=Rhythm.choices)
    discussion = forms.ChoiceField(label=Category.DISCUSSION.label, choices=Rhythm.choices)
    charter = forms.ChoiceField(label=Category.CHARTER.label, choices=Rhythm.choices)
    own_case = forms.ChoiceField(label=Category.OWN_CASE.label, choices=Rhythm.choices)
    announcement = forms.ChoiceField(label=Category.ANNOUNCEMENT.label, choices=Rhythm.choices)
    event = forms.ChoiceField(label=Category.EVENT.label, choices=Rhythm.choices)
    auto_follow = forms.BooleanField(
        label=_("Suivre ce que j’écris, commente ou signe"),
        required=False,
        help_text=_("Un fil où vous avez parlé, un amendement que vous avez proposé."),
    )
    language = forms.ChoiceField(label=_("Langue des courriels"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Fuseau horaire"), choices=[(name, name) for name in ZONES])
    quiet_from = forms.ChoiceField(
        label=_("Heures calmes, à partir de"),
        choices=HOURS,
        required=False,
        help_text=_("Les courriels attendent la fin des heures calmes, chez vous."),
    )
    quiet_to = forms.ChoiceField(label=_("Heures calmes, jusqu’à"), choices=HOURS, required=False)
    paused_until = forms.DateField(
        label=_("En pause jusqu’au"),
        required=False,
        help_text=_("Jusqu’à ce jour, rien ne part ; tout vous attend dans un seul résumé."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def wishes(self) -> Wishes:
        """What was answered; call it once the form is valid."""
        data = self.cleaned_data
        return Wishes(
            rhythms={category: data[category] for category in Category.values},
            language=data["language"],
            time_zone=data["time_zone"],
            quiet_from=_hour(data["quiet_from"]),
            quiet_to=_hour(data["quiet_to"]),
            paused_until=data["paused_until"],
            auto_follow=data["auto_follow"],
        )


def answers_of(account: Any) -> dict[str, Any]:
    """What the form shows of an account before anything is changed."""
    kept = preferences_of(account)
    return {
        **rhythms_of(account),
        "auto_follow": kept.auto_follow,
        "language": account.language,
        "time_zone": account.time_zone,
        "quiet_from": "" if kept.quiet_from is None else str(kept.quiet_from),
        "quiet_to": "" if kept.quiet_to is None else str(kept.quiet_to),
        "paused_until": kept.paused_until,
    }
