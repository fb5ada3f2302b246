"""Demo accounts, real and fictional organisations, and who acts for whom."""

import base64
import hashlib
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.contrib.auth.models import Group
from django.db.models import QuerySet

from coalition.core.access import ORGANISERS
from coalition.seed.content import bilingual, read
from members.actions import add_affiliation, import_organisation, request_organisation
from members.models import Organisation, User

ORGANISER_ROLES = ("organiser", "second_organiser")
ROLE_WORDS = {
    "organiser": "organisation · organiser",
    "second_organiser": "organisation (2) · second organiser",
    "representative": "représentation · representative",
    "editor": "rédaction · editor",
    "member": "membre · member",
    "registered": "sans organisation · no organisation",
}


def _secret(email: str) -> str:
    """A second-factor secret that only this installation can compute."""
    digest = hashlib.sha256(f"{settings.SECRET_KEY} {email}".encode()).digest()
    return base64.b32encode(digest[:20]).decode()


def make_account(entry: dict[str, Any]) -> User:
    """The demo account of this entry, with a verified address; organisers get their group and a second factor."""
    account = User.objects.filter(email=entry["email"]).first()
    if account is None:
        account = User.objects.create_user(
            entry["email"], entry["password"], name=entry["name"], language=entry["language"]
        )
        EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    if entry["role"] in ORGANISER_ROLES:
        account.groups.add(Group.objects.get_or_create(name=ORGANISERS)[0])
        if not Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists():
            TOTP.activate(account, _secret(account.email))
    return User.objects.get(pk=account.pk)


def make_organisation(entry: dict[str, Any], now: datetime) -> Organisation:
    """A confirmed organisation, from its public facts."""
    organisation, _created = import_organisation(
        name=entry["name"],
        acronym=entry.get("acronym", ""),
        country=entry["country"],
        city=entry["city"],
        latitude=entry["latitude"],
        longitude=entry["longitude"],
        kind=entry["kind"],
        side=entry["side"],
        website=entry.get("website", ""),
        fictional=entry["fictional"],
        now=now,
        **bilingual(entry, "summary"),
    )
    return organisation


def load_people(now: datetime) -> tuple[dict[str, User], dict[str, Organisation]]:
    """Accounts by e-mail and organisations by the slug of the content file; safe to repeat."""
    content = read("organisations")
    accounts = {entry["email"]: make_account(entry) for entry in content["account"]}
    confirmed = [entry for entry in content["organisation"] if entry["state"] == "confirmed"]
    organisations = {entry["slug"]: make_organisation(entry, now) for entry in confirmed}
    for entry in content["account"]:
        organisation = organisations.get(entry.get("organisation", ""))
        if organisation is not None:
            add_affiliation(
                account=accounts[entry["email"]],
                organisation=organisation,
                role=entry["role"],
                function=entry["function"],
                mandate_reference=entry.get("mandate_reference", ""),
                mandate_date=entry.get("mandate_date"),
                now=now,
            )
    return accounts, organisations


def request_pending(accounts: dict[str, User], now: datetime) -> None:
    """Organisations that wait for the organisers, asked for by their own representative."""
    content = read("organisations")
    for entry in content["organisation"]:
        if entry["state"] != "pending" or Organisation.objects.filter(name=entry["name"]).exists():
            continue
        asker = next(person for person in content["account"] if person.get("organisation") == entry["slug"])
        profile: dict[str, Any] = bilingual(entry, "summary")
        request_organisation(
            actor=accounts[asker["email"]],
            name=entry["name"],
            country=entry["country"],
            city=entry["city"],
            kind=entry["kind"],
            side=entry["side"],
            function=asker["function"],
            now=now,
            **profile,
        )


def second_factor_code(account: User) -> str:
    """The six digits that the account's authenticator application would show now; "" without one."""
    authenticator = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).first()
    if authenticator is None:
        return ""
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(decrypt(authenticator.data["secret"]), counter))


def demo_logins() -> list[dict[str, str]]:
    """Rows {email, password, role, organisation, code} of the demo accounts, organisers first."""
    content = read("organisations")
    names = {entry["slug"]: entry["name"] for entry in content["organisation"]}
    people: QuerySet[User] = User.objects.filter(email__in=[entry["email"] for entry in content["account"]])
    accounts = {account.email: account for account in people}
    return [
        {
            "email": entry["email"],
            "password": entry["password"],
            "role": ROLE_WORDS[entry["role"]],
            "organisation": names.get(entry.get("organisation", ""), ""),
            "code": second_factor_code(accounts[entry["email"]]),
        }
        for entry in content["account"]
        if entry["email"] in accounts
    ]
