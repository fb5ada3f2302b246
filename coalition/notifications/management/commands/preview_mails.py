"""`manage.py preview_mails --out DIR`: every mail in both languages, HTML and text, with examples; nothing is sent."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from coalition.notifications.previews.composing import preview, previewed_kinds


class Command(BaseCommand):
    """Writes the files; fails when a mail is too big."""

    help = "Write every mail in both languages, as HTML and text, into a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", required=True, type=Path, help="the folder, made when it is not there")

    def handle(self, *args: Any, **options: Any) -> None:
        """One file for each part: `case.published.fr.html`, `case.published.fr.txt`."""
        folder: Path = options["out"]
        folder.mkdir(parents=True, exist_ok=True)
        kinds, heavy = previewed_kinds(), []
        for kind in kinds:
            for language, _label in settings.LANGUAGES:
                mail = preview(kind, language)
                name = f"{kind.name}.{language}"
                (folder / f"{name}.html").write_text(mail.html, encoding="utf-8")
                (folder / f"{name}.txt").write_text(f"{mail.subject}\n\n{mail.text}", encoding="utf-8")
                heavy += [f"{name} ({mail.kilobytes:.1f} kB)"] if mail.too_big else []
        self.stdout.write(f"{len(kinds)} kinds, {len(settings.LANGUAGES)} languages, in {folder}")
        if heavy:
            raise CommandError(f"Too big: {', '.join(heavy)}")
