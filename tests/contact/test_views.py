"""Writing without account, reading as an organiser or as the team; nobody's address is shown to anybody."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from coalition.contact.models import Message, Reply
from coalition.notifications.models import Event
from members.models import User
from tests.cases.conftest import Make, World
from tests.contact.test_actions import sent

SignIn = Callable[[User], Client]
WORDS = {"kind": "question", "body": "Combien ?", "name": "Awa", "email": "awa@example.org", "agree": "on"}


def test_a_reader_writes_to_the_team_whose_addresses_stay_hidden(client: Client, world: World, published: Make) -> None:
    page = published("Un tour")
    address = reverse("contact_about", args=["case", page.number])
    assert address in client.get(page.url).content.decode()
    text = client.get(address).content.decode()
    assert "Rennes" in text and "Un tour" in text and "editor@example.org" not in text
    answer = client.post(address, WORDS)
    assert answer.status_code == 303
    thanks = client.get(answer["Location"])
    assert "awa@example.org" not in thanks.content.decode()
    assert Message.objects.get().subject_key == f"case:{page.number}"
    assert not Event.objects.filter(kind="contact.answered").exists()


def test_what_is_missing_is_asked_for_and_what_was_typed_is_kept(client: Client, world: World) -> None:
    answer = client.post(reverse("contact"), {**WORDS, "agree": "", "email": "pas une adresse"})
    text = answer.content.decode()
    assert answer.status_code == 422 and 'href="#id_email"' in text and 'href="#id_agree"' in text and "Combien" in text
    file = SimpleUploadedFile("x.svg", b"<svg/>")
    refused = client.post(reverse("contact"), {**WORDS, "upload": file})
    assert refused.status_code == 422 and 'href="#id_upload"' in refused.content.decode()
    assert not Message.objects.exists()


def test_a_program_that_fills_the_trap_is_thanked_and_forgotten(client: Client, world: World) -> None:
    assert client.post(reverse("contact"), {**WORDS, "nickname": "spam"}).status_code == 303
    assert not Message.objects.exists()


def test_eleven_messages_an_hour_from_one_network_are_one_too_many(client: Client, world: World) -> None:
    answers = [client.post(reverse("contact"), WORDS).status_code for _rank in range(11)]
    assert answers == [303] * 10 + [429] and Message.objects.count() == 10


def test_a_draft_has_no_team_to_write_to(client: Client, world: World, draft: Make) -> None:
    assert client.get(reverse("contact_about", args=["case", draft().number])).status_code == 404
    assert client.post(reverse("contact_about", args=["charter", 1]), WORDS).status_code == 404


def test_the_team_reads_and_answers_without_seeing_the_address(
    world: World, published: Make, signed_in: SignIn
) -> None:
    message = sent(published())
    editor = signed_in(world.editor)
    text = editor.get(message.get_absolute_url()).content.decode()
    assert "Awa Fall" in text and "Combien ?" in text and "awa@example.org" not in text
    assert editor.post(message.get_absolute_url(), {"body": ""}).status_code == 422
    assert editor.post(message.get_absolute_url(), {"body": "Deux mois."}, follow=True).status_code == 200
    assert Reply.objects.get().author == world.editor
    assert editor.get(reverse("contact_inbox")).status_code == 404
    assert signed_in(world.stranger).get(message.get_absolute_url()).status_code == 404


def test_organisers_read_the_oldest_first_close_and_delete(world: World, signed_in: SignIn) -> None:
    first = sent(name="Premier", upload=SimpleUploadedFile("x.pdf", b"%PDF-1.4"))
    second = sent(name="Second")
    organiser = signed_in(world.organiser)
    text = organiser.get(reverse("contact_inbox")).content.decode()
    assert text.index("Premier") < text.index("Second")
    assert "awa@example.org" in organiser.get(first.get_absolute_url()).content.decode()
    file = organiser.get(reverse("contact_attachment", args=[first.public_id]))
    assert "attachment" in file["Content-Disposition"] and "no-store" in file["Cache-Control"]
    assert organiser.get(reverse("contact_attachment", args=[second.public_id])).status_code == 404
    close, delete = (reverse(f"contact_{act}", args=[first.public_id]) for act in ("close", "delete"))
    assert "Dites pourquoi" in organiser.post(close, {}, follow=True).content.decode()
    organiser.post(close, {"reason": "Hors sujet."})
    assert "Hors sujet." in organiser.get(first.get_absolute_url()).content.decode()
    organiser.post(delete, {"reason": "Elle le demande."})
    assert Message.objects.get() == second
