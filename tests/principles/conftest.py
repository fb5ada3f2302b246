"""A small world: a coalition, its charter of three articles, and people who may and may not speak for a city."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.test import Client

from coalition.core.access import ORGANISERS
from members.enums import OrganisationState, Role
from members.models import Affiliation, Coalition, Organisation, User
from principles.actions import draft_amendment, open_amendment, publish_first_version
from principles.models import Amendment, ArticleText, Charter, CharterText, Version

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
MOTIVE = "Nos habitants le demandent depuis deux ans."
_numbers = count(1)

ARTICLES = (
    ArticleText(
        "decider",
        "Décider avec les habitants",
        "Decide with the people",
        "1. Toute stratégie est débattue en public avant d’être adoptée.\n2. Le débat est ouvert à tous.",
        "1. Every strategy is debated in public before it is adopted.\n2. The debate is open to all.",
    ),
    ArticleText(
        "guichet",
        "Garder un guichet humain",
        "Keep a human counter",
        "Aucune démarche n’est offerte seulement en ligne.",
        "No service is offered online only.",
    ),
    ArticleText(
        "donnees",
        "Tenir les données en commun",
        "Hold data in common",
        "Les données sont ouvertes à la collectivité à sa demande.",
        "Data is open to the city on request.",
    ),
)
TEXT = CharterText("Charte des villes", "Charter of cities", "Nous, villes.", "We, cities.", ARTICLES)


def make_account(name: str = "Awa", *, verified: bool = True, **fields: Any) -> User:
    email = f"compte{next(_numbers)}@example.org"
    account = User.objects.create_user(email, "un-long-mot-de-passe-42", name=name, **fields)
    EmailAddress.objects.create(user=account, email=email, verified=verified, primary=True)
    return account


def make_organiser(name: str = "Fatou", **fields: Any) -> User:
    account = make_account(name, **fields)
    account.groups.add(Group.objects.get_or_create(name=ORGANISERS)[0])
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": "A" * 32})
    return account


def make_organisation(name: str = "", state: str = OrganisationState.CONFIRMED) -> Organisation:
    number = next(_numbers)
    name = name or f"Ville {number}"
    return Organisation.objects.create(
        name=name,
        slug=f"ville-{number}",
        folded_name=f"ville {number}",
        kind="authority",
        side="demand",
        country="SN",
        state=state,
        created_at=NOW,
    )


def make_speaker(organisation: Organisation, name: str = "Aïssatou", role: str = Role.MEMBER, **fields: Any) -> User:
    account = make_account(name, **fields)
    Affiliation.objects.create(account=account, organisation=organisation, role=role, started_on=date(2026, 1, 1))
    return account


@dataclass
class World:
    """What a test of the charter starts from."""

    organiser: User
    coalition: Coalition
    charter: Charter
    first: Version
    city: Organisation
    member: User
    others: dict[str, User] = field(default_factory=dict)

    def draft(self, key: str = "donnees", **fields: Any) -> Amendment:
        """A draft of the member for the city, English leg included unless told otherwise."""
        answers: dict[str, Any] = {
            "actor": self.member,
            "charter": self.charter,
            "article_key": key,
            "organisation": self.city,
            "title": "Remettre chaque mois",
            "text_fr": "Les données sont remises à la collectivité chaque mois.",
            "text_en": "Data is handed to the city every month.",
            "motive": MOTIVE,
            "now": NOW,
        }
        return draft_amendment(**{**answers, **fields})

    def opened(self, key: str = "donnees", **fields: Any) -> Amendment:
        """The same, proposed."""
        draft = self.draft(key, **fields)
        return open_amendment(actor=fields.get("actor", self.member), amendment=draft, now=NOW)


def make_world() -> World:
    organiser = make_organiser()
    coalition = Coalition.objects.create(
        number=next(_numbers),
        slug=f"villes-{next(_numbers)}",
        title_fr="Villes",
        title_en="Cities",
        opened_on=NOW.date(),
    )
    slug = f"charte-{coalition.number}"
    first = publish_first_version(actor=organiser, coalition=coalition, slug=slug, text=TEXT, now=NOW)
    city = make_organisation()
    return World(organiser, coalition, first.charter, first, city, make_speaker(city))


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def committed(own_database: None) -> World:
    """A world other connections see, in a database of the test's own."""
    return make_world()


@pytest.fixture
def browse(client: Client) -> Callable[[User | None], Client]:
    """A browser signed in as an account, or as nobody."""

    def sign_in(account: User | None) -> Client:
        if account is None:
            client.logout()
        else:
            client.force_login(account)
        return client

    return sign_in


def fresh(account: User) -> User:
    """The account as the next request would load it."""
    return User.objects.get(pk=account.pk)
