"""Pictures: re-encoded before they are kept, refused with a sentence, seen by whom the door lets."""

import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
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


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Real folders for what is kept and for what passes: anything left in them is seen."""
    kept, passing = tmp_path / "kept", tmp_path / "passing"
    passing.mkdir()
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": kept}}
    with override_settings(STORAGES={**settings.STORAGES, "default": storage}, FILE_UPLOAD_TEMP_DIR=str(passing)):
        yield tmp_path


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


HOSTILE = {
    "truncated": (drawn()[:60], "ne peut pas être lue"),
    "cut in the middle": (drawn(size=(900, 900))[:-900], "ne peut pas être lue"),
    "11000x11000": (drawn("PNG", (11_000, 11_000), "1"), "25 millions de points"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "ne peut pas être lue"),
    "html": (b"<!doctype html><script>alert(1)</script>", "ne peut pas être lue"),
    "a little over ten megabytes": (drawn() + b"0" * (10 * 1024 * 1024), "10 Mo"),
    "empty": (b"", ""),
}


@pytest.mark.parametrize(("data", "said"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_at_once_with_a_sentence_and_nothing_is_left(
    world: World, draft: Make, signed_in: SignIn, disk: Path, data: bytes, said: str
) -> None:
    page, editor = draft(), signed_in(world.editor)
    words: dict[str, Any] = {"alternative": "Une place", "credit": "Moi", "picture": SimpleUploadedFile("a.jpg", data)}
    address = reverse("case_picture_add", args=[page.pk])
    start = time.process_time()
    answer = editor.post(address, words)
    assert time.process_time() - start < 1
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_picture"' in text and 'value="Une place"' in text and said in text
    assert not Picture.objects.exists() and not SentPicture.objects.exists()
    assert files_in(disk) == []


def test_forty_megabytes_are_refused_before_they_are_read(
    world: World, draft: Make, signed_in: SignIn, disk: Path
) -> None:
    address, editor = reverse("case_picture_add", args=[draft().pk]), signed_in(world.editor)
    words = {"alternative": "a", "credit": "b", "picture": SimpleUploadedFile("a.jpg", b"0" * (40 * 1024 * 1024))}
    body = encode_multipart(BOUNDARY, words)
    start = time.process_time()
    answer = editor.generic("POST", address, body, content_type=MULTIPART_CONTENT)
    assert time.process_time() - start < 1
    assert answer.status_code == 413 and "trop volumineux" in answer.content.decode()
    assert files_in(disk) == [] and not Picture.objects.exists()


def test_a_good_picture_is_on_the_disk_once_under_a_name_nobody_guesses(
    world: World, draft: Make, signed_in: SignIn, disk: Path
) -> None:
    words = {"alternative": "Une place", "credit": "Moi", "picture": SimpleUploadedFile("../maire.jpg", drawn())}
    assert signed_in(world.editor).post(reverse("case_picture_add", args=[draft().pk]), words).status_code == 302
    (kept,) = files_in(disk)
    assert "maire" not in kept.name and kept.suffix == ".jpg"


def test_the_form_leads_back_to_the_draft(world: World, draft: Make, signed_in: SignIn) -> None:
    page, editor = draft(), signed_in(world.editor)
    assert "Ajouter une image" in editor.get(reverse("case_picture_add", args=[page.pk])).content.decode()
    words = {"alternative": "Une place", "credit": "Moi", "picture": SimpleUploadedFile("a.png", drawn("PNG"))}
    assert editor.post(reverse("case_picture_add", args=[page.pk]), words)["Location"].endswith("/ecrire/")
    shown = editor.get(reverse("case_edit", args=[page.pk])).content.decode()
    assert 'name="pictures-0-alternative"' in shown
