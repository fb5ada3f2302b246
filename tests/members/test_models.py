"""What the tables hold to, whoever writes."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from members.models import Affiliation, Organisation, User
from tests.members.conftest import NOW, fresh

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


def test_an_address_is_one_account_whatever_its_case(make_account: Make) -> None:
    account = User.objects.create_user("Awa@Example.org", "x")
    assert account.email == "awa@example.org"
    assert User.objects.get_by_natural_key("AWA@EXAMPLE.ORG") == account
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="AWA@example.org")])
    assert User.objects.create_superuser("chef@example.org", "x").is_superuser


def test_an_account_without_a_name_is_called_by_the_start_of_its_address() -> None:
    account = User(email="awa@example.org")
    assert (str(account), account.get_full_name(), account.get_short_name()) == ("awa", "awa", "awa")


def test_only_the_current_address_counts_as_verified(make_account: Make) -> None:
    account = make_account()
    assert account.has_verified_email
    User.objects.filter(pk=account.pk).update(email="autre@example.org")
    assert not fresh(account).has_verified_email
    assert EmailAddress.objects.get().verified


def test_recovery_codes_alone_are_no_second_factor(make_account: Make, organiser: User) -> None:
    account = make_account()
    account.authenticator_set.create(type="recovery_codes", data={})
    assert not fresh(account).has_second_factor
    assert fresh(organiser).has_second_factor


def test_the_database_keeps_one_name_a_country_and_one_running_mandate(
    make_organisation: Make, make_representative: Make
) -> None:
    organisation = make_organisation(name="Ville de Lomé", country="TG")
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(
            name="VILLE DE LOME", slug="autre", country="TG", kind="authority", side="demand", created_at=NOW
        )
    account = make_representative(organisation)
    with pytest.raises(IntegrityError), transaction.atomic():
        Affiliation.objects.create(account=account, organisation=organisation, role="member", started_on=NOW.date())


def test_folded_columns_follow_the_names(make_organisation: Make) -> None:
    organisation = make_organisation(name="Région Île-de-France", acronym="RÎDF", city="Évry")
    assert organisation.folded_name == "region ile-de-france"
    assert organisation.folded_text == "region ile-de-france ridf evry"


def test_commitments_are_read_in_the_coalition_s_order(
    make_organisation: Make, make_representative: Make, sign: Make
) -> None:
    organisation = make_organisation()
    act = sign(make_representative(organisation), organisation, commitments=["propose_services", "document_cases"])
    assert [str(label) for label in act.commitment_labels] == [
        "Documenter des cas",
        "Proposer de nouveaux dispositifs numériques",
    ]
    assert act.get_absolute_url().endswith(f"/{act.pk}/")
