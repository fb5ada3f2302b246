"""The list of who is told, for superusers: filtered, looked through, taken away, added to."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.enums import SearchState
from cases.models import SavedSearch
from coalition.core.models import AuditLine
from coalition.notifications.enums import StopReason, StopSource
from coalition.notifications.models import Event, StoppedAddress
from members.models import User
from tests.cases.conftest import NOW, World

LIST, CSV, ADD = ("/fr/cas/alertes/abonnes/" + end for end in ("", "adresses.csv", "ajouter/"))
SOURCE = "La rencontre de mai."
GIVEN = {"known": "", "other": "", "pasted": "", "language": "fr", "frequency": "weekly", "source": SOURCE}


def text(answer: object) -> str:
    return answer.content.decode().replace("\u202f", " ").replace("\xa0", " ")  # type: ignore[attr-defined]


def search(address: str, state: str = SearchState.ACTIVE, **fields: object) -> SavedSearch:
    values = {"query": "stage=pilot", "asked_at": NOW, "state": state, "address": address, **fields}
    return SavedSearch.objects.create(**values)


@pytest.fixture
def head(world: World, signed_in: Callable[[User], Client]) -> Client:
    """The browser of a superuser with a second factor."""
    User.objects.filter(pk=world.organiser.pk).update(is_superuser=True)
    return signed_in(User.objects.get(pk=world.organiser.pk))


@pytest.fixture
def subscribers(world: World) -> None:
    search("awa@example.org", frequency="daily")
    search("Baba@example.org", SearchState.PENDING, language="en")
    search("held@example.org")
    search("", account=world.editor)
    search("", SearchState.ENDED, ended_at=NOW)
    held = {"reason": StopReason.COMPLAINT, "source": StopSource.REPORT, "since": NOW}
    StoppedAddress.objects.create(address="held@example.org", **held)


@pytest.mark.parametrize(
    ("filters", "shown"),
    [
        ("", {"awa@", "baba@", "held@", "editor@"}),
        ("?state=active", {"awa@", "editor@"}),
        ("?state=pending", {"baba@"}),
        ("?state=stopped", {"held@"}),
        ("?state=left", set()),
        ("?language=en", {"baba@"}),
        ("?frequency=daily", {"awa@"}),
        ("?state=strange&page=99&language=de", {"awa@", "baba@", "held@", "editor@"}),
    ],
)
def test_the_list_says_who_is_told_and_its_filters_choose(
    head: Client, subscribers: None, filters: str, shown: set[str]
) -> None:
    page = text(head.get(LIST + filters))
    assert {name for name in ("awa@", "baba@", "held@", "editor@") if name in page} == shown
    assert ("adresse effacée" in page) == (filters in ("", "?state=left") or "strange" in filters)


def test_an_address_is_looked_for_without_leaving_it_in_an_address(head: Client, subscribers: None) -> None:
    found = text(head.post(LIST, {"address": "BABA@"}))
    assert "baba@example.org" in found
    assert "awa@" not in found
    assert "Personne ici" in text(head.post(LIST, {"address": "nobody@"}))
    refused = head.post(LIST, {"address": "a"})
    assert refused.status_code == 422
    assert 'value="a"' in text(refused)


def test_the_list_takes_as_many_queries_for_many_as_for_few(head: Client, subscribers: None) -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert head.get(LIST).status_code == 200
        return len(queries)

    few = counted()
    SavedSearch.objects.bulk_create(
        SavedSearch(address=f"n{n}@example.org", query=f"q=mot{n}", asked_at=NOW) for n in range(120)
    )
    assert counted() == few


def test_the_file_is_safe_filtered_logged_and_asks_for_the_password_again(head: Client, subscribers: None) -> None:
    search("=cmd@example.org")
    assert "reauthenticate" in head.post(CSV)["Location"]
    assert not AuditLine.objects.filter(action="subscriber.download").exists()
    head.post("/fr/compte/reauthenticate/", {"password": "a-long-password", "next": LIST})
    answer = head.post(CSV + "?state=active")
    table = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert "'=cmd@example.org" in table
    assert "baba@" not in table
    line = AuditLine.objects.get(action="subscriber.download")
    assert (line.data["lines"], line.data["state"]) == (3, "active")
    assert head.get(CSV).status_code == 405


def confirm_fields(page: str) -> dict[str, str]:
    """What the button under the report sends."""
    names = ("question", "rows", "source")
    return {name: page.split(f'name="{name}"')[1].split('value="')[1].split('"')[0] for name in names}


def test_a_list_is_judged_first_and_kept_once_when_confirmed_twice(head: Client, subscribers: None) -> None:
    pasted = "new@example.org\nawa@example.org\nheld@example.org\nnobody\n"
    seen = text(head.post(ADD, {**GIVEN, "known": "stage=pilot", "pasted": pasted}))
    assert "1 adresse à ajouter" in seen
    assert "adresse illisible" in seen
    assert "suit déjà cette recherche" in seen
    assert not SavedSearch.objects.filter(address="new@example.org").exists()
    back = confirm_fields(seen)
    report = head.post(ADD, {**back, "report": "1"})
    assert "stopped" in report.content.decode()
    assert not Event.objects.filter(kind="search.confirm").exists()
    assert "1 adresse ajoutée" in text(head.post(ADD, back))
    assert "0 adresse" in text(head.post(ADD, back))
    assert SavedSearch.objects.get(address="new@example.org").state == SearchState.PENDING
    assert Event.objects.filter(kind="search.confirm").count() == 1


def test_a_file_and_the_address_of_a_list_do_as_well(head: Client, world: World) -> None:
    file = SimpleUploadedFile("a.csv", "Courriel;Langue\nawa@example.org;anglais\n".encode("cp1252"))
    other = "https://testserver/fr/cas/?q=&stage=pilot&page=2#resultats"
    seen = text(head.post(ADD, {**GIVEN, "other": other, "file": file}))
    assert confirm_fields(seen)["question"] == "stage=pilot"
    assert "1 adresse à ajouter" in seen


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Choisissez ce qui serait suivi"),
        ({"known": "*", "other": "?stage=pilot"}, "pas les deux"),
        ({"other": "?colour=blue"}, "colour"),
        ({"other": "https://testserver/fr/cas/"}, "aucun filtre"),
        ({"known": "*", "pasted": ""}, "collez-les"),
        ({"known": "*", "source": "court"}, "d’où viennent"),
        ({"known": "*", "source": "donnée par awa@example.org"}, "N’écrivez pas d’adresse"),
        ({"known": "*", "pasted": "a\x00b@example.org"}, "nul"),
        ({"known": "*", "pasted": "x@example.org\n" * 5_001}, "5 000"),
        ({"known": "*", "file": SimpleUploadedFile("a.csv", b"a\x00b")}, "pas les deux"),
        ({"known": "*", "pasted": "", "file": SimpleUploadedFile("a.csv", b"a\x00b")}, "pas du texte"),
        ({"known": "*", "pasted": "", "file": SimpleUploadedFile("a.csv", b"")}, "vide"),
        ({"known": "stage=unheard"}, "choix"),
    ],
)
def test_what_cannot_be_read_is_said_and_kept(head: Client, world: World, changes: dict[str, str], words: str) -> None:
    answer = head.post(ADD, {**GIVEN, "pasted": "awa@example.org", **changes})
    assert answer.status_code == 422
    page = text(answer)
    assert words in page
    assert changes.get("source", "La rencontre de mai.") in page


def test_a_list_lost_on_its_way_back_adds_nothing(head: Client, world: World) -> None:
    for rows in ("", "x", "1\ta\tfr"):
        answer = head.post(ADD, {"question": "", "rows": rows, "source": "La rencontre de mai."})
        assert (answer.status_code, "Rien n’a été ajouté" in text(answer)) == (422, True)
    assert not SavedSearch.objects.exists()


def test_the_desk_leads_there_for_superusers_only(
    head: Client, world: World, signed_in: Callable[[User], Client]
) -> None:
    assert LIST in text(head.get("/fr/a-traiter/"))
    User.objects.filter(pk=world.organiser.pk).update(is_superuser=False)
    assert LIST not in text(head.get("/fr/a-traiter/"))
