"""The page of an organisation: who sees it, what it shows, who changes it."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse

from coalition.core import profiles
from coalition.core.gazetteer import places_called
from coalition.core.profiles import ProfileFact, ProfileItem, ProfileSection, register_profile_section
from members.actions import LogoChange, edit_organisation, request_organisation
from members.enums import Kind, OrganisationState, Role
from members.models import Cosponsorship, Organisation, User
from members.views import organisation as organisation_view
from tests.members.conftest import NOW
from tests.members.pictures import heavy, huge_png, picture, svg, truncated_jpeg

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return Path(settings.MEDIA_ROOT)


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


def test_who_acts_without_a_public_name_is_named_to_representatives_and_organisers_only(
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
        inside = client.get(url).content.decode()
        assert ("Adjointe" in inside) is seen
        assert (reverse("people", args=[organisation.slug]) in inside) is seen


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
    data = {"kind": "ngo", "side": "use", "city": "Lome", "website": "javascript:alert(1)", "summary_fr": "Neuf."}
    data |= {"offers": ["expertise", "data"], "seeks": ["funding"], "exchange_fr": "Des cartes."}
    refused = client.post(url, data).content.decode()
    assert "à revoir" in refused
    assert "Des cartes." in refused
    assert client.post(url, data | {"website": "https://lome.example"}).status_code == 302
    edited = Organisation.objects.get()
    assert (edited.kind, edited.side, edited.city, edited.summary_fr) == ("ngo", "use", "Lomé", "Neuf.")
    assert edited.geoname_id
    client.logout()
    page = client.get(organisation.get_absolute_url()).content.decode()
    for words in ("Expertise", "Données", "Financement", "Des cartes.", "Du côté de"):
        assert words in page


def test_a_city_that_does_not_change_is_not_asked_about_again(
    client: Client, make_organisation: Make, make_representative: Make
) -> None:
    unknown = make_organisation(name="Ville de Zzyzx", city="Zzyzx")
    client.force_login(make_representative(unknown))
    data = {"kind": "authority", "side": "demand", "city": "Zzyzx", "summary_fr": "Ici."}
    assert client.post(f"{unknown.get_absolute_url()}modifier/", data).status_code == 302
    _largest, second = places_called("US", "Springfield")[:2]
    namesake = make_organisation(name="Ville", country="US", city="Springfield", geoname_id=second.geonames_id)
    client.force_login(make_representative(namesake))
    assert client.post(f"{namesake.get_absolute_url()}modifier/", data | {"city": "Springfield"}).status_code == 302
    assert Organisation.objects.get(pk=namesake.pk).geoname_id == second.geonames_id
    asked = client.post(f"{namesake.get_absolute_url()}modifier/", data | {"city": "Glendale"})
    assert "Plusieurs villes de ce pays" in asked.content.decode()


def test_a_logo_is_shown_with_its_measures_and_its_words_and_goes_when_asked(
    client: Client, make_organisation: Make, make_representative: Make, media: Path
) -> None:
    organisation = make_organisation(name="Ville de Lomé", country="TG")
    url = f"{organisation.get_absolute_url()}modifier/"
    client.force_login(make_representative(organisation))
    data = {"kind": "authority", "side": "demand", "logo_alternative": "Un palmier"}
    wrong = client.post(url, data | {"kind": "?", "logo": picture()}).content.decode()
    kept = wrong.split('name="logo_kept"')[1].split('value="')[1].split('"')[0]
    assert "Votre image est reçue" in wrong
    assert client.post(url, data | {"logo_kept": kept}).status_code == 302
    page = client.get(organisation.get_absolute_url()).content.decode()
    assert 'width="384" height="192" alt="Un palmier" loading="lazy"' in page
    assert 'src="/media/images/' in page
    assert "Retirer le logo" in client.get(url).content.decode()
    assert client.post(url, data | {"logo_remove": "on"}).status_code == 302
    assert Organisation.objects.get().logo is None
    assert "Retirer le logo" not in client.get(url).content.decode()


@pytest.mark.parametrize("hostile", [truncated_jpeg, huge_png, svg, heavy])
def test_a_hostile_logo_comes_back_with_a_sentence_and_leaves_nothing(
    client: Client, make_organisation: Make, make_representative: Make, media: Path, hostile: Callable[[], Any]
) -> None:
    organisation = make_organisation()
    client.force_login(make_representative(organisation))
    upload = hostile()
    start = time.perf_counter()
    page = client.post(f"{organisation.get_absolute_url()}modifier/", {"kind": "ngo", "side": "use", "logo": upload})
    assert time.perf_counter() - start < 2
    assert page.status_code == 200
    assert "Cette image" in page.content.decode()
    assert not [file for file in media.rglob("*") if file.is_file()]


def test_forty_megabytes_are_turned_away_before_they_are_read(
    client: Client, make_organisation: Make, make_representative: Make
) -> None:
    organisation = make_organisation()
    client.force_login(make_representative(organisation))
    body = SimpleUploadedFile("lourd.png", bytes(40 * 1024 * 1024), "image/png")
    page = client.post(f"{organisation.get_absolute_url()}modifier/", {"kind": "ngo", "logo": body})
    assert page.status_code == 413
    assert "trop volumineux" in page.content.decode()


def test_a_public_page_costs_at_most_ten_queries(
    client: Client,
    make_organisation: Make,
    make_representative: Make,
    sign: Make,
    media: Path,
    django_assert_max_num_queries: Any,
) -> None:
    organisation = make_organisation(name="Ville de Lomé", country="TG", city="Lomé", offers=["data"])
    chief = make_representative(organisation)
    sign(chief, organisation)
    Cosponsorship.objects.update(state="official", decided_at=NOW)
    edit_organisation(organisation=organisation, actor=chief, now=NOW, logo=LogoChange(upload=picture()))
    request = RequestFactory().get(organisation.get_absolute_url())
    request.user = AnonymousUser()
    with django_assert_max_num_queries(10):
        assert organisation_view(request, slug=organisation.slug).status_code == 200


def test_the_head_says_since_when_it_is_in_the_coalition_and_which_version_it_signed(
    client: Client, make_organisation: Make, make_representative: Make, sign: Make
) -> None:
    organisation = make_organisation()
    act = sign(make_representative(organisation), organisation)
    assert "Dans la coalition depuis" not in client.get(organisation.get_absolute_url()).content.decode()
    for state in ("official", "to_renew"):
        type(act).objects.update(state=state, decided_at=NOW)
        (fact,) = client.get(organisation.get_absolute_url()).context["facts"]
        assert (fact.value, fact.note) == ("novembre 2026", "Charte signée, version 1")
        assert fact.url == act.get_absolute_url()
