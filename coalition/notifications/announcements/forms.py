"""What is asked of whoever writes to many people."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _, ngettext

from coalition.notifications.announced import LONGEST_SUBJECT, LONGEST_TEXT
from coalition.notifications.announcements.actions import Letter
from coalition.notifications.announcements.crowds import followed_targets
from coalition.notifications.enums import Audience
from coalition.notifications.models import Announcement


def _text(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST_TEXT, help_text=help_text, widget=forms.Textarea(attrs={"rows": 8})
    )


class AnnouncementForm(forms.Form):
    """Whom it is for, then the words in each language."""

    target = forms.ChoiceField(label=_("Pour qui"))
    subject_fr = forms.CharField(label=_("Objet, en français"), max_length=LONGEST_SUBJECT)
    text_fr = _text(_("Texte, en français"), _("Du texte simple ; une ligne vide sépare deux paragraphes."))
    subject_en = forms.CharField(label=_("Objet, en anglais"), max_length=LONGEST_SUBJECT)
    text_en = _text(_("Texte, en anglais"))

    def __init__(self, *args: Any, account: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = self._choices(account)  # type: ignore[attr-defined]

    def _choices(self, account: Any) -> list[tuple[str, Any]]:
        followed = []
        for target, count in followed_targets(account):
            people = ngettext("%(n)s personne", "%(n)s personnes", count) % {"n": count}
            followed.append((f"{target.kind}/{target.key}", f"{target.title} ({people})"))
        chosen: list[tuple[str, Any]] = [(Audience.REPRESENTATIVES.value, Audience.REPRESENTATIVES.label)]
        return [*chosen, (gettext("Ceux qui suivent"), followed)] if followed else chosen

    def letter(self) -> Letter:
        """What was written; call it once the form is valid."""
        data = dict(self.cleaned_data)
        kind, _slash, key = data.pop("target").partition("/")
        return Letter(**data, target=(kind, key) if key else None)


def words_of(announcement: Announcement) -> dict[str, str]:
    """What the form shows of a draft."""
    names = ("subject_fr", "text_fr", "subject_en", "text_en")
    target = announcement.target
    chosen = "/".join(target) if target else Audience.REPRESENTATIVES.value
    return {**{name: getattr(announcement, name) for name in names}, "target": chosen}
