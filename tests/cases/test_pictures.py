"""Pictures: re-encoded before they are kept, refused with a sentence, seen by whom the door lets."""

import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from cases.actions import InvalidCase, add_picture, publish_case, save_case, unpublish_case
from cases.models import CasePage, SentPicture
from coalition.core.models import Picture
from members.models import User
from tests.cases.conftest import NOW, Make, World

SignIn = Callable[[User], Client]


def drawn(form: str = "JPEG", size: tuple[int, int] = (30, 20), mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.new(mode, size).save(out, form)
    return out.getvalue()


def with_picture(page: CasePage, actor: User) -> CasePage:
    upload = SimpleUploadedFile("../x.jpg", drawn())
    words = {"alternative": "Une file devant la mairie", "credit": "Rennes, CC BY 4.0", "caption": "En avril"}
    return add_picture(actor=actor, page=page, upload=upload, now=NOW, **words)


def fresh(page: CasePage) -> CasePage:
    return CasePage.objects.select_related("organisation", "locale", "latest_revision").get(pk=page.pk)


def test_a_picture_is_its_writers_until_the_case_is_public(
    client: Client, world: World, draft: Make, signed_in: SignIn
) -> None:
    page = draft()
    key = with_picture(page, world.editor).pictures.all()[0].picture_id
    address = reverse("case_picture", args=[key])
    assert client.get(address).status_code == 404
    assert signed_in(world.stranger).get(address).status_code == 404
    assert signed_in(world.editor).get(address)["Content-Type"] == "image/jpeg"
    live = publish_case(actor=None, page=fresh(page), now=NOW, announce=False)
    answer = client.get(address)
    assert answer.status_code == 200 and "sandbox" in answer["Content-Security-Policy"]
    text = client.get(live.url).content.decode()
    assert 'alt="Une file devant la mairie"' in text and "Rennes, CC BY 4.0" in text and address in text
    assert 'width="30" height="20"' in text
    unpublish_case(actor=None, page=live, reason="À revoir.", now=NOW)
    assert client.get(address).status_code == 404


def test_nobody_publishes_somebody_elses_picture_by_its_number(world: World, draft: Make) -> None:
    page = draft()
    key = with_picture(page, world.editor).pictures.all()[0].picture_id
    other = draft("Ailleurs", organisation=world.other_city)
    rows = [{"picture": key, "alternative": "Volée", "credit": "Moi"}]
    with pytest.raises(InvalidCase):
        save_case(
            actor=world.stranger, page=other, content={"pictures": rows}, based_on=other.latest_revision_id, now=NOW
        )
    mine = draft("Un autre des nôtres")
    save_case(actor=world.editor, page=mine, content={"pictures": rows}, based_on=mine.latest_revision_id, now=NOW)


@pytest.mark.parametrize(
    "data",
    [drawn()[:60], drawn("PNG", (11_000, 11_000), "1"), b"<svg xmlns='http://www.w3.org/2000/svg'/>", b""],
    ids=["truncated", "11000x11000", "svg", "empty"],
)
def test_a_hostile_file_is_refused_at_once_with_a_sentence_and_nothing_is_left(
    world: World, draft: Make, signed_in: SignIn, data: bytes
) -> None:
    page, editor = draft(), signed_in(world.editor)
    words: dict[str, Any] = {"alternative": "Une place", "credit": "Moi", "picture": SimpleUploadedFile("a.jpg", data)}
    address = reverse("case_picture_add", args=[page.pk])
    start = time.perf_counter()
    answer = editor.post(address, words)
    assert time.perf_counter() - start < 3
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_picture"' in text and 'value="Une place"' in text
    assert not Picture.objects.exists() and not SentPicture.objects.exists()


def test_forty_megabytes_are_refused_before_they_are_read(world: World, draft: Make, signed_in: SignIn) -> None:
    address = reverse("case_picture_add", args=[draft().pk])
    answer = signed_in(world.editor).post(
        address, b"x", content_type="multipart/form-data; boundary=b", CONTENT_LENGTH=str(40 * 1024 * 1024)
    )
    assert answer.status_code == 413


def test_the_form_leads_back_to_the_draft(world: World, draft: Make, signed_in: SignIn) -> None:
    page, editor = draft(), signed_in(world.editor)
    assert "Ajouter une image" in editor.get(reverse("case_picture_add", args=[page.pk])).content.decode()
    words = {"alternative": "Une place", "credit": "Moi", "picture": SimpleUploadedFile("a.png", drawn("PNG"))}
    assert editor.post(reverse("case_picture_add", args=[page.pk]), words)["Location"].endswith("/ecrire/")
    shown = editor.get(reverse("case_edit", args=[page.pk])).content.decode()
    assert 'name="pictures-0-alternative"' in shown
