"""The page of an organisation: who sees it, what it shows, who changes it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from coalition.core import profiles
from coalition.core.profiles import ProfileFact, ProfileItem, ProfileSection, register_profile_section
from members.actions import request_organisation
from members.enums import Kind, OrganisationState, Role
from members.models import Cosponsorship, Organisation, User
from tests.members.conftest import NOW

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


@pytest.fixture
def pending(make_account: Make) -> tuple[Organisation, User]:
    account = make_account("Demandeuse")
    return (
        request_organisation(actor=account, name="Ville en attente", country="SN", kind=Kind.AUTHORITY, now=NOW),
        account,
    )


def test_a_confirmed_organisation_is_public(client: Client, make_organisation: Make) -> None:
    organisation = make_organisation(
        name="Ville de Lomé </script>",
        country="TG",
        city="Lomé",
        latitude=6.1,
        longitude=1.2,
        summary_fr="Treize communes.",
    )
    page = client.get(organisation.get_absolute_url()).content.decode()
    assert "Treize communes." in page
    assert "Personne ne la représente encore" in page
    assert "Lomé </script>" not in page
    assert "GovernmentOrganization" in page


def test_a_pending_one_exists_for_its_people_and_the_organisers_only(
    client: Client, pending: tuple[Organisation, User], make_account: Make, organiser: User
) -> None:
    organisation, owner = pending
    url = organisation.get_absolute_url()
    assert client.get(url).status_code == 404
    for account, status in ((make_account(), 404), (owner, 200), (organiser, 200)):
        client.force_login(account)
        assert client.get(url).status_code == status
    assert "Répondre à la demande" in client.get(url).content.decode()


def test_addresses_of_people_are_for_representatives_and_organisers(
    client: Client, make_organisation: Make, make_representative: Make, organiser: User
) -> None:
    organisation = make_organisation()
    chief = make_representative(organisation, name="Kossi Amégan")
    member = make_representative(organisation, name="Afi", role=Role.MEMBER)
    url = organisation.get_absolute_url()
    page = client.get(url).content.decode()
    assert "Kossi" not in page
    assert "1 personne la représente sans avoir rendu son nom public" in page
    for account, seen in ((member, False), (chief, True), (organiser, True)):
        client.force_login(account)
        assert (chief.email in client.get(url).content.decode()) is seen


@pytest.mark.parametrize("public", [True, False])
def test_the_public_reads_a_signatory_s_name_only_with_consent(
    client: Client, make_organisation: Make, make_representative: Make, sign: Make, public: bool
) -> None:
    organisation = make_organisation()
    act = sign(make_representative(organisation, name="Kossi Amégan"), organisation, name_is_public=public)
    Cosponsorship.objects.update(state="official", decided_at=NOW)
    for url in (organisation.get_absolute_url(), act.get_absolute_url()):
        page = client.get(url).content.decode()
        assert ("Kossi Amégan" in page) is public
        assert ("Adjointe au maire" in page) is public
    assert "Co-porteur depuis le" in client.get(organisation.get_absolute_url()).content.decode()


def test_other_apps_add_their_sections(
    client: Client, make_organisation: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profiles, "_of_profile", [])
    item = ProfileItem(title="Prendre son tour par SMS", url="/fr/cas/x/", state="scaled", word="À l’échelle")
    register_profile_section(
        lambda organisation, account: ProfileSection("Ses cas", [item], facts=[ProfileFact("Cas publiés", 1)])
    )
    page = client.get(make_organisation().get_absolute_url()).content.decode()
    assert "Ses cas" in page
    assert "Prendre son tour par SMS" in page
    assert "Cas publiés" in page


def test_a_request_goes_from_form_to_page(client: Client, make_account: Make) -> None:
    account = make_account()
    assert client.get("/fr/organisations/nouvelle/").status_code == 302
    client.force_login(account)
    data = {"name": "Ville de Thiès", "kind": "authority", "country": "SN", "function": "Maire", "summary": "Nous."}
    response = client.post("/fr/organisations/nouvelle/", data)
    organisation = Organisation.objects.get()
    assert (response.status_code, response["Location"]) == (303, organisation.get_absolute_url())
    assert organisation.summary_fr == "Nous."
    assert client.get(organisation.get_absolute_url()).status_code == 200
    again = client.post("/fr/organisations/nouvelle/", data | {"name": "VILLE DE THIES"}).content.decode()
    assert "existe déjà" in again
    assert organisation.get_absolute_url() in again
    assert 'value="VILLE DE THIES"' in again


def test_an_unverified_account_is_refused(client: Client, make_account: Make) -> None:
    client.force_login(make_account(verified=False))
    assert client.get("/fr/organisations/nouvelle/").status_code == 403


@pytest.mark.parametrize("field", ["name", "kind", "country", "city", "website", "function", "summary"])
@pytest.mark.parametrize("value", ["a\x00b", "x" * 5000])
def test_bad_input_in_any_field_comes_back_with_a_sentence(
    client: Client, make_account: Make, field: str, value: str
) -> None:
    client.force_login(make_account())
    data = {"name": "Ville", "kind": "authority", "country": "SN", "function": "Maire", field: value}
    response = client.post("/fr/organisations/nouvelle/", data)
    assert response.status_code == 200
    assert "à revoir" in response.content.decode()
    assert not Organisation.objects.exists()


def test_an_organiser_confirms_or_refuses_with_a_motive(
    client: Client, pending: tuple[Organisation, User], organiser: User
) -> None:
    organisation, owner = pending
    url = f"{organisation.get_absolute_url()}reponse/"
    assert client.post(url, {"decision": "yes"}).status_code == 404
    client.force_login(owner)
    assert client.post(url, {"decision": "yes"}).status_code == 403
    client.force_login(organiser)
    assert "Dites pourquoi" in client.post(url, {"decision": "no"}).content.decode()
    assert client.post(url, {"decision": "no", "motive": "Inconnue."}).status_code == 303
    assert Organisation.objects.get().state == OrganisationState.REFUSED
    assert client.post(url, {"decision": "yes"}).status_code == 409
    assert client.get(url).status_code == 405


def test_representatives_keep_the_page_up_to_date(
    client: Client, make_organisation: Make, make_representative: Make
) -> None:
    organisation = make_organisation(name="Ville de Lomé", country="TG")
    url = f"{organisation.get_absolute_url()}modifier/"
    assert client.get(url).status_code == 302
    client.force_login(make_representative(organisation, role=Role.EDITOR))
    assert client.get(url).status_code == 403
    client.force_login(make_representative(organisation))
    assert client.get(url).status_code == 200
    data = {"kind": "authority", "side": "demand", "website": "javascript:alert(1)", "summary_fr": "Neuf."}
    assert "à revoir" in client.post(url, data).content.decode()
    assert client.post(url, data | {"website": "https://lome.example"}).status_code == 302
    assert Organisation.objects.get().summary_fr == "Neuf."
