"""Tokens of an organisation: shown once, kept as a hash, good for what its author may do and no more."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from coalition.core.access import Refused, WrongState, is_organiser
from coalition.core.models import AuditLine
from members.actions import end_affiliation
from members.actions.retention import forget_tokens
from members.actions.tokens import MOST_TOKENS, USED_EVERY, TokenRefused, create_token, recognise_token, revoke_token
from members.enums import Role
from members.models import Affiliation, Organisation, OrganisationToken
from tests.members.conftest import NOW

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]


@pytest.fixture
def city(make_organisation: Make) -> Organisation:
    organisation: Organisation = make_organisation()
    return organisation


@pytest.fixture
def editor(city: Organisation, make_representative: Make) -> Any:
    return make_representative(city, role=Role.EDITOR)


def make(actor: Any, city: Organisation, **more: Any) -> tuple[OrganisationToken, str]:
    return create_token(actor=actor, organisation=city, **{"name": "Observatoire", "days": 30, "now": NOW, **more})


def test_only_the_hash_of_a_secret_is_kept_and_the_act_is_logged(city: Organisation, editor: Any) -> None:
    token, secret = make(editor, city)
    assert secret.startswith("coal_")
    assert len(secret) == 48
    assert secret not in str(list(OrganisationToken.objects.values()))
    line = AuditLine.objects.get(action="organisation_token.create")
    assert (line.actor, line.object_id, line.data["organisation"]) == (editor, token.pk, city.pk)
    assert secret not in str(line.data)


def test_a_token_is_recognised_and_notes_its_use_without_writing_at_each_request(
    city: Organisation, editor: Any
) -> None:
    token, secret = make(editor, city)
    assert recognise_token(secret=secret, now=NOW) == token
    assert recognise_token(secret=secret, now=NOW + USED_EVERY / 2) == token
    token.refresh_from_db()
    assert token.last_used_at == NOW
    later = NOW + 2 * USED_EVERY
    recognise_token(secret=secret, now=later)
    token.refresh_from_db()
    assert token.last_used_at == later


def test_a_forged_revoked_or_late_token_is_nobody(city: Organisation, editor: Any) -> None:
    token, secret = make(editor, city)
    assert recognise_token(secret="coal_nothing", now=NOW) is None
    assert recognise_token(secret="", now=NOW) is None
    assert recognise_token(secret=secret, now=NOW + timedelta(days=30)) is None
    revoke_token(actor=editor, token=token, now=NOW)
    assert recognise_token(secret=secret, now=NOW) is None
    with pytest.raises(WrongState):
        revoke_token(actor=editor, token=token, now=NOW)


def test_the_person_behind_a_token_has_no_more_power_than_the_token(
    city: Organisation, make_organisation: Make, make_organiser: Make
) -> None:
    organiser = make_organiser()
    token, _secret = make(organiser, city)
    person = OrganisationToken.objects.get(pk=token.pk).person()
    assert person == organiser
    assert not is_organiser(person)
    assert person.roles == {city.pk: Role.EDITOR}


def test_a_token_stops_with_the_mandate_of_its_author(
    city: Organisation, editor: Any, make_representative: Make
) -> None:
    make_representative(city)
    _token, secret = make(editor, city)
    line = Affiliation.objects.active().get(account=editor, organisation=city)
    end_affiliation(affiliation=line, actor=editor, now=NOW)
    assert recognise_token(secret=secret, now=NOW) is None


def test_members_and_strangers_make_none(city: Organisation, make_representative: Make, make_account: Make) -> None:
    for account in (make_representative(city, role=Role.MEMBER), make_account()):
        with pytest.raises(Refused):
            make(account, city)


def test_an_organisation_that_waits_has_none(make_organisation: Make, make_organiser: Make) -> None:
    waiting = make_organisation()
    waiting.state = "pending"
    with pytest.raises(WrongState):
        make(make_organiser(), waiting)


@pytest.mark.parametrize(
    "wrong", [{"name": "  "}, {"name": "x" * 81}, {"name": "a\u202eb"}, {"days": 0}, {"days": 366}]
)
def test_a_token_needs_a_name_and_an_end(city: Organisation, editor: Any, wrong: dict[str, Any]) -> None:
    with pytest.raises(TokenRefused):
        make(editor, city, **wrong)
    assert not OrganisationToken.objects.exists()


def test_there_are_at_most_twenty_live_ones(city: Organisation, editor: Any) -> None:
    for _rank in range(MOST_TOKENS):
        token, _secret = make(editor, city)
    with pytest.raises(TokenRefused):
        make(editor, city)
    revoke_token(actor=editor, token=token, now=NOW)
    make(editor, city)


def test_ended_tokens_are_forgotten_after_their_retention(city: Organisation, editor: Any) -> None:
    make(editor, city)
    assert forget_tokens(NOW, False) == 0
    assert forget_tokens(NOW + timedelta(days=31), True) == 1
    assert forget_tokens(NOW + timedelta(days=31), False) == 1
    assert not OrganisationToken.objects.exists()
