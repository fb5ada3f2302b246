"""Whom a provider's word lets in: what it verified is matched with what we verified, and it gives no role."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from coalition.core.models import AuditLine
from coalition.notifications.models import Delivery, Event
from members.models import Affiliation, User
from tests.identity.provider import IdentityProvider
from tests.members.conftest import PASSWORD
from tests.members.oidc.conftest import ADDRESS, ENGLISH_LOGIN, LOGIN, Sign

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
LINKS = "/fr/compte/3rdparty/"


@pytest.fixture(autouse=True)
def mail_leaves_by_the_outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "coalition.notifications.backends.OutboxBackend"


def signed_in_as(client: Client) -> User | None:
    return User.objects.filter(pk=client.session.get("_auth_user_id")).first()


def told_of_links() -> list[tuple[bool, str]]:
    """What owners are told of ties: made or undone, with which provider."""
    events = Event.objects.filter(kind="security.provider_changed").order_by("pk")
    return [(event.payload["added"], event.payload["provider"]) for event in events]


def link(account: User, provider: str = "agent-pass") -> SocialAccount:
    return SocialAccount.objects.create(user=account, provider=provider, uid="77", extra_data={"email": account.email})


def confirm_password(client: Client) -> None:
    client.post("/fr/compte/reauthenticate/", {"password": PASSWORD})


def test_a_new_person_gets_an_account_with_name_address_and_the_language_of_the_page(
    client: Client, identity: IdentityProvider, sign_in: Sign
) -> None:
    identity.say(email="Awa.Diop@Ville.example", email_verified=True, name="Awa\x00 Diop")
    answer = sign_in(ENGLISH_LOGIN)
    account = User.objects.get()
    assert answer["Location"] == "/en/account/"
    assert signed_in_as(client) == account
    assert (account.email, account.name, account.language) == ("awa.diop@ville.example", "Awa Diop", "en")
    assert account.has_verified_email
    assert not account.has_usable_password()
    assert UserSession.objects.filter(user=account).count() == 1
    line = AuditLine.objects.get(action="account.link_provider")
    assert (line.actor, line.data) == (account, {"provider": "agent-pass"})


def test_the_second_visit_finds_the_same_account_even_with_another_address(
    client: Client, identity: IdentityProvider, sign_in: Sign
) -> None:
    sign_in()
    first = signed_in_as(client)
    identity.say(email="awa.ndiaye@ville.example", email_verified=True, name="Awa Ndiaye")
    other = Client()
    sign_in(browser=other)
    assert signed_in_as(other) == first
    assert User.objects.get().email == ADDRESS


def test_an_account_whose_address_both_sides_verified_is_matched_and_told(
    client: Client, sign_in: Sign, make_account: Make
) -> None:
    account = make_account(email=ADDRESS)
    sign_in()
    assert signed_in_as(client) == account
    assert SocialAccount.objects.get().user == account
    assert User.objects.count() == 1
    assert account.has_usable_password()
    assert told_of_links() == [(True, "AgentPass")]
    assert AuditLine.objects.get(action="account.link_provider").actor == account


@pytest.mark.parametrize(
    ("ours", "theirs"), [(True, False), (False, True), (False, False), (True, "false"), (True, None)]
)
def test_one_unverified_side_takes_nothing_over_and_gets_a_mail_of_ours(
    client: Client, identity: IdentityProvider, sign_in: Sign, make_account: Make, ours: bool, theirs: Any
) -> None:
    make_account(email=ADDRESS, verified=ours)
    identity.say(email=ADDRESS, email_verified=theirs, name="Quelqu’un")
    answer = sign_in()
    assert answer["Location"] == "/fr/compte/confirm-email/"
    assert signed_in_as(client) is None
    assert not SocialAccount.objects.exists()
    assert User.objects.get().name == "Awa"
    assert Delivery.objects.filter(address=ADDRESS).count() == 1


def test_an_unverified_claim_for_a_new_address_waits_for_our_own_mail(
    client: Client, identity: IdentityProvider, sign_in: Sign
) -> None:
    identity.say(email=ADDRESS, email_verified=False)
    assert sign_in()["Location"] == "/fr/compte/confirm-email/"
    assert signed_in_as(client) is None
    confirmation = re.search(r"(/fr/compte/confirm-email/[^/]+/)", Delivery.objects.get(address=ADDRESS).raw or "")
    assert confirmation is not None
    Client().post(confirmation[1])
    sign_in()
    assert signed_in_as(client) == User.objects.get()


def test_a_provider_we_trust_for_addresses_needs_not_say_that_it_verified_them(
    client: Client, identity: IdentityProvider, sign_in: Sign, declare: Callable[..., None], make_account: Make
) -> None:
    account = make_account(email=ADDRESS)
    declare(trusted_email=True)
    identity.say(email=ADDRESS)
    sign_in()
    assert signed_in_as(client) == account


def test_a_provider_we_trust_still_matches_no_address_that_we_did_not_verify(
    client: Client, identity: IdentityProvider, sign_in: Sign, declare: Callable[..., None], make_account: Make
) -> None:
    make_account(email=ADDRESS, verified=False)
    declare(trusted_email=True)
    sign_in()
    assert signed_in_as(client) is None


@pytest.mark.parametrize("known", [True, False], ids=["linked", "same address"])
def test_a_suspended_account_stays_out_and_nothing_is_tied_to_it(
    client: Client, sign_in: Sign, make_account: Make, known: bool
) -> None:
    account = make_account(email=ADDRESS)
    if known:
        sign_in(browser=Client())
    User.objects.filter(pk=account.pk).update(is_active=False)
    assert sign_in()["Location"] == reverse("account_inactive")
    assert signed_in_as(client) is None
    assert SocialAccount.objects.count() == int(known)


def test_a_provider_gives_no_second_factor_and_no_role(
    client: Client, identity: IdentityProvider, sign_in: Sign, make_organiser: Make
) -> None:
    organiser = make_organiser(email=ADDRESS, second_factor=False)
    claims = {"acr": "eidas3", "amr": ["mfa", "hwk"], "groups": ["organisers"], "roles": ["admin"]}
    identity.say(email=ADDRESS, email_verified=True, **claims)
    sign_in()
    assert signed_in_as(client) == organiser
    assert client.get("/admin/").status_code == 403
    secret = get_adapter().encrypt("JBSWY3DPEHPK3PXP")
    Authenticator.objects.create(user=organiser, type=Authenticator.Type.TOTP, data={"secret": secret})
    other = Client()
    assert sign_in(browser=other)["Location"] == "/fr/compte/2fa/authenticate/"
    assert other.get("/fr/compte/").status_code == 302


def test_the_domain_of_an_address_ties_nobody_to_an_organisation(sign_in: Sign, make_organisation: Make) -> None:
    make_organisation(website="https://ville.example")
    sign_in()
    assert not Affiliation.objects.exists()


def test_a_provider_without_an_address_leads_to_a_form_that_asks_for_one(
    client: Client, identity: IdentityProvider, sign_in: Sign
) -> None:
    identity.say(name="Awa Diop")
    answer = sign_in()
    assert "token" not in client.session["socialaccount_sociallogin"]
    page = client.get(answer["Location"])
    assert 'value="Awa Diop"' in page.content.decode()
    assert "Se déconnecter" not in page.content.decode()
    assert client.post(answer["Location"], {"name": "Awa", "email": ADDRESS})["Location"] == "/fr/compte/confirm-email/"
    account = User.objects.get()
    assert (account.email, account.name, account.language) == (ADDRESS, "Awa", "fr")
    assert not account.has_verified_email
    assert SocialAccount.objects.get().user == account
    assert Delivery.objects.filter(address=ADDRESS).count() == 1


def test_the_form_takes_no_address_over_either(
    client: Client, identity: IdentityProvider, sign_in: Sign, make_account: Make
) -> None:
    account = make_account(email=ADDRESS)
    identity.say(name="Un autre")
    client.post(sign_in()["Location"], {"name": "Un autre", "email": ADDRESS})
    assert signed_in_as(client) is None
    assert not SocialAccount.objects.exists()
    assert EmailAddress.objects.get().user == account


def test_linking_from_the_account_asks_who_one_is_then_shows_the_link(
    client: Client, sign_in: Sign, make_account: Make
) -> None:
    account = make_account(email="awa@example.org")
    client.force_login(account)
    assert "Relier un compte AgentPass" in client.get(LINKS).content.decode()
    confirm_password(client)
    assert sign_in(process="connect")["Location"] == LINKS
    page = client.get(LINKS).content.decode()
    assert "Ne plus entrer avec AgentPass" in page
    assert ADDRESS in page
    assert account.emailaddress_set.get().email == "awa@example.org"


def test_what_opens_one_account_is_not_linked_to_another(client: Client, sign_in: Sign, make_account: Make) -> None:
    sign_in(browser=Client())
    other = make_account(email="autre@example.org")
    client.force_login(other)
    confirm_password(client)
    sign_in(process="connect")
    assert "ouvre déjà un autre compte" in client.get(LINKS).content.decode()
    assert not other.socialaccount_set.exists()


def test_a_link_goes_when_a_password_remains(client: Client, identity: IdentityProvider, make_account: Make) -> None:
    account = make_account(email=ADDRESS)
    tie = link(account)
    client.force_login(account)
    confirm_password(client)
    assert client.post(LINKS, {"account": tie.pk}).status_code == 302
    assert not SocialAccount.objects.exists()
    assert AuditLine.objects.get(action="account.unlink_provider").data == {"provider": "agent-pass"}
    assert told_of_links() == [(False, "AgentPass")]


@pytest.mark.parametrize("others", [0, 1], ids=["alone", "beside a provider that is gone"])
def test_the_last_way_in_stays(client: Client, identity: IdentityProvider, make_account: Make, others: int) -> None:
    account = make_account(email=ADDRESS)
    account.set_unusable_password()
    account.save()
    tie = link(account)
    if others:
        link(account, "gone")
    client.force_login(account)
    page = client.post(LINKS, {"account": tie.pk}).content.decode()
    assert "choisissez d’abord un mot de passe" in page
    assert SocialAccount.objects.filter(pk=tie.pk).exists()


def test_nobody_removes_the_link_of_another(client: Client, identity: IdentityProvider, make_account: Make) -> None:
    tie = link(make_account(email=ADDRESS))
    client.force_login(make_account(email="autre@example.org"))
    confirm_password(client)
    client.post(LINKS, {"account": tie.pk})
    assert SocialAccount.objects.filter(pk=tie.pk).exists()


def test_a_link_to_a_provider_that_is_gone_can_be_seen_and_removed(
    client: Client, identity: IdentityProvider, make_account: Make
) -> None:
    account = make_account(email=ADDRESS)
    tie = link(account, "ancien")
    client.force_login(account)
    assert "Ne plus entrer avec ancien" in client.get(LINKS).content.decode()
    confirm_password(client)
    client.post(LINKS, {"account": tie.pk})
    assert not SocialAccount.objects.exists()


def test_a_provider_written_in_the_tables_opens_nothing(client: Client, identity: IdentityProvider) -> None:
    fields = {"client_id": "x", "secret": "x", "settings": {"server_url": "https://elsewhere.example"}}
    SocialApp.objects.create(provider="openid_connect", provider_id="intrus", name="Intrus", **fields)
    assert "Intrus" not in client.get("/fr/compte/login/").content.decode()
    assert client.post("/fr/compte/oidc/intrus/login/").status_code == 404


def test_two_providers_that_know_us_by_one_name_are_told_apart(
    client: Client, identity: IdentityProvider, sign_in: Sign, declare: Callable[..., None]
) -> None:
    declare(identity.declaration(id="other-realm", name="Autre", server_url="https://other.example"))
    identity.say(name="Awa Diop")
    page = client.get(sign_in()["Location"]).content.decode()
    assert "AgentPass" in page
    assert client.post(LOGIN).status_code == 302
