"""What several people sign at the same instant, each on a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from coalition.core.models import AuditLine
from coalition.notifications.models import Event
from members.actions import save_draft, sign_cosponsorship
from members.models import Cosponsorship, Organisation, SignedVersion, User
from tests.members.conftest import NOW, SIGN, Texts, fresh
from tests.members.pictures import picture


@pytest.fixture
def db(own_database: None) -> None:
    """The fixtures of this folder commit, in a database of the test's own."""


def test_fifty_signatures_at_once_make_one_act_and_one_mail(
    city: Organisation, chief: User, coalition: Any, texts: Texts
) -> None:
    together = Barrier(10, timeout=20)

    def sign_five_times(_number: int) -> list[tuple[int, bool]]:
        try:
            account = fresh(chief)
            together.wait()
            found = [
                sign_cosponsorship(
                    coalition=coalition,
                    organisation=city,
                    actor=account,
                    commitments=["document_cases"],
                    sentences={"document_cases": "Deux cas."},
                    now=NOW,
                )
                for _ in range(5)
            ]
            return [(act.pk, created) for act, created in found]
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        answers = [answer for batch in pool.map(sign_five_times, range(10)) for answer in batch]
    assert len(answers) == 50
    assert len({pk for pk, _created in answers}) == 1
    assert [created for _pk, created in answers].count(True) == 1
    assert Cosponsorship.objects.count() == 1
    assert SignedVersion.objects.count() == 1
    assert Event.objects.filter(kind="cosponsorship.confirm").count() == 1


def test_fifty_sign_ups_over_http_make_one_row_and_one_mail_and_break_no_page(
    answers: dict[str, Any], chief: User, make_representative: Any, city: Organisation, texts: Texts
) -> None:
    """Two representatives, from twenty-five windows each, press the last button together."""
    second = make_representative(city, name="Second")
    data = answers | {"step": "sign", "document_sha256": texts.document("1").sha256, "reservation_partage": "Non."}
    sessions = {account.pk: _session_of(account) for account in (chief, second)}
    together = Barrier(25, timeout=60)

    def press(number: int) -> tuple[int, str]:
        try:
            client = Client(raise_request_exception=False)
            client.cookies.load(sessions[(chief, second)[number % 2].pk])
            together.wait()
            answer = client.post(SIGN, data)
            return answer.status_code, answer.content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(25) as pool:
        pages = list(pool.map(press, range(50)))
    statuses = [status for status, _page in pages]
    assert (statuses.count(303), statuses.count(409)) == (1, 49)
    assert all("a déjà signé" in page for status, page in pages if status == 409)
    act = Cosponsorship.objects.get()
    assert Event.objects.filter(kind="cosponsorship.confirm").count() == 1
    assert (act.signed_versions.count(), act.reservations.count()) == (1, 1)
    lines = AuditLine.objects.filter(action__in=["cosponsorship.sign", "cosponsorship.sign_again"])
    assert {line.actor for line in lines} == {chief, second}


def test_two_representatives_drafting_at_once_share_one_draft(
    chief: User, make_representative: Any, city: Organisation, coalition: Any, texts: Texts
) -> None:
    second = make_representative(city, name="Second")
    together = Barrier(6, timeout=20)

    def keep(number: int) -> int:
        try:
            account = fresh((chief, second)[number % 2])
            together.wait()
            return save_draft(coalition=coalition, organisation=city, actor=account, statement=str(number), now=NOW).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        kept = set(pool.map(keep, range(6)))
    assert len(kept) == Cosponsorship.objects.count() == 1


def _session_of(account: User) -> dict[str, str]:
    client = Client()
    client.force_login(account)
    return {name: morsel.value for name, morsel in client.cookies.items()}


def _fifty(work: Any) -> list[Any]:
    """What `work(number)` gives for fifty numbers, ten at the same instant, five times."""
    together = Barrier(10, timeout=60)

    def five(first: int) -> list[Any]:
        try:
            together.wait()
            return [work(first * 5 + number) for number in range(5)]
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        return [answer for batch in pool.map(five, range(10)) for answer in batch]


NEW = "/fr/organisations/nouvelle/"
ASKED = {"name": "Ville de Thi\u00e8s", "kind": "authority", "country": "SN", "city": "Thi\u00e8s", "function": "Maire"}


def test_fifty_sign_ups_of_one_organisation_by_one_person_make_one_row_and_one_mail(
    make_account: Any, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    client = Client()
    client.force_login(make_account())
    cookies = client.cookies

    def send(_number: int) -> tuple[int, str]:
        browser = Client(raise_request_exception=False)
        browser.cookies = cookies
        answer = browser.post(NEW, ASKED | {"logo": picture(size=(60, 60))})
        return answer.status_code, answer.get("Location", "")

    answers = _fifty(send)
    asked = Organisation.objects.get(name="Ville de Thi\u00e8s")
    assert {status for status, _place in answers} <= {200, 303}
    assert {place for status, place in answers if status == 303} == {asked.get_absolute_url()}
    assert Event.objects.filter(kind="organisation.requested").count() == 1
    assert len(list((tmp_path / "media" / "original_images").iterdir())) == 1


def test_fifty_people_who_ask_for_one_organisation_make_one_row_and_see_no_error_page(make_account: Any) -> None:
    accounts = [make_account(f"Personne {number}") for number in range(50)]
    browsers = []
    for account in accounts:
        browser = Client(raise_request_exception=False)
        browser.force_login(account)
        browsers.append(browser)
    names = ("Ville de Thi\u00e8s", "VILLE DE THIES", "Ville  de Thi\u00e8s")

    def send(number: int) -> int:
        return browsers[number].post(NEW, ASKED | {"name": names[number % 3]}).status_code

    answers = _fifty(send)
    assert sorted(set(answers)) == [200, 303]
    assert answers.count(303) == 1
    assert Organisation.objects.count() == 1
    assert Event.objects.filter(kind="organisation.requested").count() == 1
