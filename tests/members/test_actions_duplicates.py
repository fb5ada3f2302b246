"""Look-alikes are found by index at any number, told apart once, and never found again."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coalition.core.access import LoginNeeded, Refused
from coalition.core.errors import DomainError
from coalition.core.models import AuditLine
from members.actions import request_organisation, tell_apart
from members.actions.duplicates import find_lookalikes, probable_pairs, told_apart_at_request
from members.enums import Kind
from members.merge import Keys
from members.models import DistinctPair, Organisation, User
from tests.members.conftest import NOW

pytestmark = pytest.mark.django_db

Make = Callable[..., Organisation]


def names(keys: Keys) -> list[str]:
    return [lookalike.organisation.name for lookalike in find_lookalikes(keys=keys)]


def test_each_reason_is_told_in_words_and_the_strongest_comes_first(make_organisation: Make) -> None:
    make_organisation(name="Port autonome", country="TG", website="https://www.lome.tg/port")
    make_organisation(name="Mairie de Lom\u00e9", country="TG", website="https://lome.tg", acronym="VDL")
    make_organisation(name="Ville de Kara", country="TG")
    keys = Keys(0, "Ville de Lom\u00e9", "TG", acronym="VDL", domain="lome.tg")
    found = find_lookalikes(keys=keys)
    assert [lookalike.organisation.name for lookalike in found] == ["Mairie de Lom\u00e9", "Port autonome"]
    assert [str(reason) for reason in found[0].reasons] == [
        "m\u00eame nom, \u00e0 des mots courants pr\u00e8s",
        "m\u00eame site web (lome.tg)",
        "m\u00eame sigle (VDL)",
    ]


def test_a_full_name_finds_its_acronym_and_the_other_way_round(make_organisation: Make) -> None:
    make_organisation(name="ANCT", country="FR")
    assert names(Keys(0, "Agence nationale de la coh\u00e9sion des territoires", "FR")) == ["ANCT"]
    make_organisation(name="Direction interminist\u00e9rielle du num\u00e9rique", country="FR", acronym="DINUM")
    assert names(Keys(0, "DINUM", "FR")) == ["Direction interminist\u00e9rielle du num\u00e9rique"]


def test_looking_costs_two_queries_at_any_number(make_organisation: Make) -> None:
    keys = Keys(0, "Espace Num\u00e9rique Alpha", "SN", domain="alpha.example", city="Dakar")
    costs = []
    for size in (3, 30):
        for number in range(size):
            make_organisation(name=f"Espace Alpha {size} {number}", city="Dakar", website=f"https://a{number}.example")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            find_lookalikes(keys=keys)
        costs.append(len(queries))
    assert costs == [2, 2]


def test_pairs_are_listed_until_an_organiser_tells_them_apart(make_organisation: Make, organiser: User) -> None:
    one, other = make_organisation(name="Ville de Thi\u00e8s"), make_organisation(name="Mairie de Thi\u00e8s")
    assert [(pair.first, pair.second) for pair in probable_pairs()] == [(one.pk, other.pk)]
    told = tell_apart(one=other, other=one, actor=organiser, now=NOW)
    assert (told.first_id, told.second_id) == (one.pk, other.pk)
    assert tell_apart(one=one, other=other, actor=organiser, now=NOW) == told
    assert probable_pairs() == []
    assert AuditLine.objects.get(action="organisation.tell_apart").data == {"other": other.pk}


def test_only_organisers_tell_apart_and_never_one_from_itself(
    make_organisation: Make, make_representative: Callable[..., User], organiser: User
) -> None:
    one, other = make_organisation(), make_organisation()
    with pytest.raises(Refused):
        tell_apart(one=one, other=other, actor=make_representative(one), now=NOW)
    with pytest.raises(LoginNeeded):
        tell_apart(one=one, other=other, actor=None, now=NOW)
    with pytest.raises(DomainError):
        tell_apart(one=one, other=one, actor=organiser, now=NOW)
    assert not DistinctPair.objects.exists()


def test_what_was_said_at_the_request_is_found_again(make_account: Any, make_organisation: Make) -> None:
    other = make_organisation()
    asked = request_organisation(
        actor=make_account(), name="Ville", country="SN", kind=Kind.NGO, now=NOW, told_apart=[other.pk]
    )
    assert told_apart_at_request(asked) == {other.pk}
    assert told_apart_at_request(other) == set()
