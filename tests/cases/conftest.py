"""A small world of cases: a site in two languages, two cities, people of each role."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.test import Client
from django.utils.text import slugify
from wagtail.models import Locale, Page, Site

from cases.actions import create_case, ensure_case_index, publish_case, submit_case
from cases.models import CaseIndexPage, CasePage
from coalition.core.access import ORGANISERS
from members.enums import Role
from members.models import Affiliation, Organisation, User
from tests.standing import Standing

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@dataclass
class World:
    """What most tests need."""

    french: CaseIndexPage
    english: CaseIndexPage
    city: Organisation
    other_city: Organisation
    editor: User
    representative: User
    member: User
    stranger: User
    organiser: User


def make_account(email: str, *, name: str = "") -> User:
    account = User.objects.create_user(email, "a-long-password", name=name or email.split("@")[0])
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    return account


def give_role(account: User, organisation: Organisation, role: str) -> None:
    Affiliation.objects.create(account=account, organisation=organisation, role=role, started_on=date(2025, 1, 1))
    account.__dict__.pop("roles", None)


def make_organisation(name: str, country: str = "FR", **fields: Any) -> Organisation:
    values = {"kind": "authority", "side": "demand", "state": "confirmed", "created_at": NOW, **fields}
    return Organisation.objects.create(name=name, country=country, slug=slugify(name), **values)


@pytest.fixture(autouse=True)
def empty_caches() -> None:
    caches["pages"].clear()


def build_world() -> World:
    """The site tree with its lists, Rennes and Lomé, one account of each kind for Rennes, one editor of Lomé."""
    french, _made = Locale.objects.get_or_create(language_code="fr")
    english, _made = Locale.objects.get_or_create(language_code="en")
    root = Page.objects.filter(depth=1).first() or Page.add_root(
        instance=Page(title="Root", slug="root", locale=french)
    )
    home = root.add_child(instance=Page(title="Accueil", slug="accueil", locale=french))
    home_en = home.copy_for_translation(english)
    home_en.save_revision().publish()
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "testserver", "root_page": home})
    lists = [ensure_case_index(home=page, now=NOW) for page in (home, home_en)]
    city, other_city = make_organisation("Rennes"), make_organisation("Lomé", "TG")
    people = {name: make_account(f"{name}@example.org") for name in ("editor", "representative", "member", "organiser")}
    give_role(people["editor"], city, Role.EDITOR)
    give_role(people["representative"], city, Role.REPRESENTATIVE)
    give_role(people["member"], city, Role.MEMBER)
    stranger = make_account("stranger@example.org")
    give_role(stranger, other_city, Role.EDITOR)
    make_organiser(people["organiser"])
    return World(*lists, city, other_city, **people, stranger=stranger)


STANDING = Standing(build_world)


@pytest.fixture
def world(request: pytest.FixtureRequest, db: Any) -> World:
    """What `build_world` makes; built anew only in a database of the test's own, where it is committed."""
    return build_world() if "own_database" in request.fixturenames else STANDING.put_up()


def make_organiser(account: User) -> User:
    account.groups.add(Group.objects.get_or_create(name=ORGANISERS)[0])
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    account.__dict__.pop("group_names", None)
    return account


Make = Callable[..., CasePage]


@pytest.fixture
def draft(world: World) -> Make:
    """A draft of Rennes, with words of one's choice."""

    def make(title: str = "Prendre son tour par SMS", *, language: str = "fr", **content: Any) -> CasePage:
        organisation = content.pop("organisation", world.city)
        words = {"summary": "Un message remplace la file.", "country": "FR", "city": "Rennes", **content}
        return create_case(
            actor=None, organisation=organisation, language=language, content={"title": title, **words}, now=NOW
        )

    return make


@pytest.fixture
def published(world: World, draft: Make) -> Make:
    """The same, public."""

    def make(title: str = "Prendre son tour par SMS", **content: Any) -> CasePage:
        return publish_case(actor=None, page=draft(title, **content), now=NOW, announce=False)

    return make


@pytest.fixture
def submitted(world: World, draft: Make) -> Make:
    """The same, waiting for the organisers."""

    def make(title: str = "Prendre son tour par SMS", **content: Any) -> CasePage:
        return submit_case(actor=world.editor, page=draft(title, **content), now=NOW)

    return make


@pytest.fixture
def signed_in(client: Client) -> Callable[[User], Client]:
    """A browser with somebody's session."""

    def sign_in(account: User) -> Client:
        browser = Client()
        browser.force_login(account)
        return browser

    return sign_in


@pytest.fixture
def site_lists(world: World) -> dict[str, CaseIndexPage]:
    """The list of cases of each language."""
    return {"fr": world.french, "en": world.english}
