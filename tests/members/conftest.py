"""A small world: accounts of each kind, organisations in each state, a coalition with something to sign."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group

from coalition.core import documents
from coalition.core.access import ORGANISERS
from coalition.core.documents import ArticleChange, SignableArticle, SignableDocument
from coalition.core.text import fold
from members.actions import add_affiliation, approve_cosponsorship, import_organisation, sign_cosponsorship
from members.enums import Commitment, CosponsorshipState, Role
from members.models import Coalition, Cosponsorship, Organisation, User
from tests.members.editions import Editions

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
PASSWORD = "un-long-mot-de-passe-42"
SIGN = "/fr/organisations/co-porteurs/signer/"
_numbers = count(1)


class Texts:
    """A document source whose current text a test can replace."""

    def __init__(self) -> None:
        self.version = "1"

    def document(self, version: str) -> SignableDocument:
        return SignableDocument(
            key="charte",
            title="Charte d’essai",
            version=version,
            sha256=version.encode().hex().ljust(64, "0"),
            url="/fr/charte/",
            adopted_on=date(2026, 11, 1),
        )

    def current(self, coalition: Any) -> SignableDocument | None:
        return self.document(self.version) if self.version else None

    def by_hash(self, sha256: str) -> SignableDocument | None:
        version = bytes.fromhex(sha256).rstrip(b"\0").decode()
        return self.document(version)

    def articles(self, sha256: str) -> tuple[SignableArticle, ...] | None:
        """Two articles; the second version has a third."""
        if self.by_hash(sha256) is None:
            return None
        keys = ("ouverture", "partage") if sha256 == self.document("1").sha256 else ("ouverture", "partage", "preuve")
        return tuple(
            SignableArticle(key=key, number=number, title=f"De l’{key}", text=f"Texte de {key}.")
            for number, key in enumerate(keys, 1)
        )

    def changes(self, old_sha256: str, new_sha256: str) -> tuple[ArticleChange, ...] | None:
        return None

    def adopted(self, coalition: Any) -> tuple[SignableDocument, ...] | None:
        """Every version up to the current one, newest first."""
        return tuple(self.document(str(number)) for number in range(int(self.version or 0), 0, -1)) or None


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> Texts:
    """The only source of signable texts."""
    source = Texts()
    monkeypatch.setattr(documents, "_sources", [source])
    return source


@pytest.fixture
def make_account(db: None) -> Callable[..., User]:
    """An account with a verified address (unless told otherwise) and PASSWORD."""

    def make(name: str = "Awa", *, verified: bool = True, **fields: Any) -> User:
        email = fields.pop("email", f"{fold(name).split()[0]}{next(_numbers)}@example.org")
        account = User.objects.create_user(email, PASSWORD, name=name, **fields)
        EmailAddress.objects.create(user=account, email=email, verified=verified, primary=True)
        return account

    return make


@pytest.fixture
def make_organiser(make_account: Callable[..., User]) -> Callable[..., User]:
    """Somebody of the organisers' group, with a second factor unless told otherwise."""

    def make(name: str = "Fatou", *, second_factor: bool = True, **fields: Any) -> User:
        account = make_account(name, **fields)
        account.groups.add(Group.objects.get_or_create(name=ORGANISERS)[0])
        if second_factor:
            TOTP.activate(account, "A" * 32)
        return account

    return make


@pytest.fixture
def organiser(make_organiser: Callable[..., User]) -> User:
    return make_organiser()


@pytest.fixture
def coalition(db: None) -> Coalition:
    return Coalition.objects.create(
        number=11,
        slug="villes",
        name_fr="Villes ouvertes",
        name_en="Open cities",
        title_fr="Des villes ouvertes",
        title_en="Open cities",
        opened_on=date(2026, 1, 1),
    )


@pytest.fixture
def make_organisation(db: None) -> Callable[..., Organisation]:
    """A confirmed organisation."""

    def make(name: str = "", country: str = "SN", **fields: Any) -> Organisation:
        number = next(_numbers)
        return import_organisation(name=name or f"Ville numéro {number}", country=country, now=NOW, **fields)[0]

    return make


@pytest.fixture
def make_representative(make_account: Callable[..., User]) -> Callable[..., User]:
    """Somebody who represents an organisation (or has another role in it)."""

    def make(
        organisation: Organisation, name: str = "Aïssatou", role: str = Role.REPRESENTATIVE, **fields: Any
    ) -> User:
        account = make_account(name, **fields)
        add_affiliation(account=account, organisation=organisation, role=role, function="Adjointe", now=NOW)
        return account

    return make


@pytest.fixture
def sign(coalition: Coalition, texts: Texts) -> Callable[..., Cosponsorship]:
    """An act signed by `account` for `organisation`, waiting for its mail confirmation."""

    def act(account: User, organisation: Organisation, **fields: Any) -> Cosponsorship:
        data = {
            "commitments": ["document_cases"],
            "sentences": {value: f"Nous ferons {value}." for value in Commitment.values},
            "statement": "Publier deux cas avant la fin de 2027.",
            "function": "Adjointe au maire",
            "mandate_reference": "Délibération 2026-114",
            "mandate_date": date(2026, 11, 6),
            **fields,
        }
        return sign_cosponsorship(coalition=coalition, organisation=organisation, actor=account, now=NOW, **data)[0]

    return act


def fresh(account: User) -> User:
    """The account as the next request would load it."""
    return User.objects.get(pk=account.pk)


@pytest.fixture
def city(make_organisation: Callable[..., Organisation]) -> Organisation:
    return make_organisation(name="Ville de Saint-Louis")


@pytest.fixture
def chief(city: Organisation, make_representative: Callable[..., User]) -> User:
    return make_representative(city)


@pytest.fixture
def answers(city: Organisation, coalition: Coalition, texts: Texts) -> dict[str, Any]:
    """What a representative of the city sends from the form that signs."""
    return {
        "organisation": city.pk,
        "function": "Adjointe au maire",
        "mandate_reference": "Délibération 2026-114",
        "mandate_date": "2026-11-06",
        "commitments": ["document_cases", "contribute_principles"],
        "sentence_document_cases": "Décrire deux cas avant 2028.",
        "sentence_contribute_principles": "Relire un article par an.",
        "statement": "Publier deux cas.",
        "authority": "on",
    }


@pytest.fixture
def editions(texts: Texts, monkeypatch: pytest.MonkeyPatch) -> Editions:
    """The only source of signable texts, with three versions whose articles differ."""
    source = Editions()
    monkeypatch.setattr(documents, "_sources", [source])
    return source


@pytest.fixture
def official(editions: Editions, sign: Callable[..., Cosponsorship], organiser: User) -> Callable[..., Cosponsorship]:
    """A public act of `organisation`, signed by `account` on the version in force then."""

    def make(account: User, organisation: Organisation, **fields: Any) -> Cosponsorship:
        act = sign(account, organisation, **fields)
        Cosponsorship.objects.filter(pk=act.pk).update(state=CosponsorshipState.SUBMITTED, confirmed_at=NOW)
        act.refresh_from_db()
        return approve_cosponsorship(cosponsorship=act, actor=organiser, now=NOW)

    return make
