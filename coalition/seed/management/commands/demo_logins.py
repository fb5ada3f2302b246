"""Print the demo's accounts, with the organisers' second-factor code of this very moment."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from coalition.seed.people import demo_logins


class Command(BaseCommand):
    """One line an account; the codes live 30 seconds, the page under /fr/demo/ always shows fresh ones."""

    help = "Print the demo accounts"

    def handle(self, *args: Any, **options: Any) -> None:
        rows = demo_logins()
        if not rows:
            self.stderr.write("No demo accounts: run load_demo first.")
            return
        self.stdout.write(f"mot de passe · password: {rows[0]['password']}")
        for row in rows:
            code = f"  code {row['code']}" if row["code"] else ""
            where = f" — {row['organisation']}" if row["organisation"] else ""
            self.stdout.write(f"{row['email']:<34} {row['role']}{where}{code}")
        self.stdout.write(f"codes frais · fresh codes: {settings.BASE_URL}/fr/demo/")
