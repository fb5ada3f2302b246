"""Compile the message catalogues without gettext's own tools (they are not everywhere)."""

from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand

FRENCH_HEADER = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=2; plural=(n > 1);"}


def french_plurals(source: polib.POFile) -> polib.POFile:
    """The French catalogue: texts are French already, it only says that none is singular (« 0 cas trouvé »)."""
    french = polib.POFile()
    french.metadata = FRENCH_HEADER
    for entry in source:
        if entry.msgid_plural:
            forms = {0: entry.msgid, 1: entry.msgid_plural}
            french.append(polib.POEntry(msgid=entry.msgid, msgid_plural=entry.msgid_plural, msgstr_plural=forms))
    return french


class Command(BaseCommand):
    """Write `django.mo` beside each `django.po`, and the French one from the texts themselves."""

    help = "Compile locale/*/LC_MESSAGES/django.po"
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own declaration

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in map(Path, settings.LOCALE_PATHS):
            for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
                catalogue = polib.pofile(str(source))
                catalogue.save_as_mofile(str(source.with_suffix(".mo")))
                french = folder / "fr" / "LC_MESSAGES" / source.with_suffix(".mo").name
                french.parent.mkdir(parents=True, exist_ok=True)
                french_plurals(catalogue).save_as_mofile(str(french))
                self.stdout.write(f"{source.parent.parent.name}: {len(catalogue)} messages")
