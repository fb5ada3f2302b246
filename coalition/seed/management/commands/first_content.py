"""What a new installation starts with: the page tree, the coalition, and the first version of its charter."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from coalition.core.access import is_organiser
from coalition.seed.commitments import load_charter, load_coalition
from coalition.seed.site_tree import load_site_tree
from members.models import User


class Command(BaseCommand):
    """Safe to repeat. Without `--organiser` the charter waits: publishing a version is an organiser's act."""

    help = "Create pages and coalition; with --organiser EMAIL also publish the first version of the charter"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organiser", help="e-mail of an organiser whose second factor is active")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        load_site_tree(now)
        coalition = load_coalition(now)
        self.stdout.write(f"Pages and coalition {coalition.number} are there.")
        if not options["organiser"]:
            self.stdout.write("The charter waits for: first_content --organiser EMAIL")
            return
        organiser = User.objects.filter(email__iexact=options["organiser"]).first()
        if not is_organiser(organiser):
            raise CommandError("This account is not an organiser with an active second factor.")
        charter = load_charter(coalition, organiser)
        self.stdout.write(f"Charter: version {charter.versions.count()} is current.")
