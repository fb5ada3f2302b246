"""The first organiser of an installation; the others are invited from the administration."""

from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from cases.actions import ensure_review_workflow
from coalition.core.access import ORGANISERS
from members.models import User


class Command(BaseCommand):
    """An account with a verified address in the organisers' group; `--superuser` also manages accounts and settings."""

    help = "Create the first organiser: create_organiser you@city.example --name 'Your name' [--superuser]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")
        parser.add_argument("--superuser", action="store_true")
        parser.add_argument("--no-password", action="store_true", help="sign in by mailed code only")

    def handle(self, *args: Any, **options: Any) -> None:
        email = str(options["email"]).lower()
        try:
            validate_email(email)
            password = None if options["no_password"] else self._password()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if User.objects.filter(email=email).exists():
            raise CommandError(f"{email} already has an account.")
        with transaction.atomic():
            make = User.objects.create_superuser if options["superuser"] else User.objects.create_user
            account = make(email, password, name=options["name"])
            EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
            ensure_review_workflow()  # gives the group its place in the administration
            account.groups.add(Group.objects.get(name=ORGANISERS))
        self.stdout.write(f"{email}: sign in, then activate the second factor; organisers have no rights before.")

    def _password(self) -> str:
        """Asked twice on the terminal and checked like any other. Raises ValidationError."""
        first = getpass("Password: ")
        if first != getpass("Again: "):
            raise ValidationError("The two passwords differ.")
        validate_password(first)
        return first
