"""What leaves with a case, and the files people send or keep: cards, oEmbed, documents, pictures."""

import hashlib
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import override_settings
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection, CollectionViewRestriction

from coalition.core.access import ORGANISERS
from coalition.core.models import File, Picture
from tests.access.matrix import Answers, row
from tests.access.visitor import Visitor
from tests.world import World

HIDDEN = ("draft", "submitted", "private", "below")
REFUSED = (400, 413, 422)


def _oembed(visitor: Visitor, number: int) -> HttpResponse:
    return visitor.get(reverse("case_oembed"), {"url": f"http://testserver/fr/cas/{number}/"})


@row("embed", "public object", "oEmbed / iframe embed")
def embed_public(world: World, visitor: Visitor) -> Answers:
    number = world.cases["published"].number
    return [visitor.get(reverse("case_card", args=[number])), _oembed(visitor, number)]


@row("embed", "draft/private/hidden object", "oEmbed / iframe / OpenGraph image")
def embed_hidden(world: World, visitor: Visitor) -> Answers:
    numbers = [world.cases[name].number for name in HIDDEN]
    cards = [visitor.get(reverse("case_card", args=[number])) for number in numbers]
    return [*cards, *(_oembed(visitor, number) for number in numbers)]


def _keep_documents(world: World, visitor: Visitor) -> None:
    """A collection kept for organisers and own's editors, one below it, and a document in each."""
    group = Group.objects.create(name="Rédaction de Ville Propre")
    world.account("cityed_own").groups.add(group)
    private = Collection.get_first_root_node().add_child(name="Privée")
    below = private.add_child(name="Dessous")
    limit = CollectionViewRestriction.objects.create(
        collection=private, restriction_type=CollectionViewRestriction.GROUPS
    )
    limit.groups.set([group, Group.objects.get(name=ORGANISERS)])
    for title, collection in (("zorglub un", private), ("zorglub deux", below)):
        file = ContentFile(b"%PDF-1.4 secret", name="note.pdf")
        File.objects.create(title=title, collection=collection, file=file)


def _read(answer: Any) -> Any:
    """The answer, read to its end, so that the file it sends is closed."""
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer


@row(
    "media",
    "document in private collection or below",
    "download / list in API",
    given=_keep_documents,
    api=lambda _world: [("GET", f"/api/{version}/documents/") for version in ("v1", "v2", "v3")],
)
def private_documents(world: World, visitor: Visitor) -> Answers:
    """Wagtail gives out documents from a real folder."""
    kept = list(File.objects.filter(title__startswith="zorglub").order_by("pk"))
    with TemporaryDirectory() as folder, override_settings(STORAGES=_on_disk(folder)):
        for document in kept:
            (Path(folder) / document.file.name).parent.mkdir(exist_ok=True)
            (Path(folder) / document.file.name).write_bytes(b"%PDF-1.4 secret")
        return [_read(visitor.get(document.url)) for document in kept]


def _on_disk(folder: str) -> dict[str, Any]:
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder}}
    return {**settings.STORAGES, "default": storage}


@row("media", "document", "hash oracle by If-None-Match")
def guess_a_file(world: World, visitor: Visitor) -> Answers:
    """Who knows the very bytes of a hidden file learns nothing by naming their hash."""
    picture = Picture.objects.get(pk=world.pictures["draft"])
    with picture.file.open("rb") as file:
        data = file.read()
    guesses = [hashlib.new(name, data).hexdigest() for name in ("sha1", "md5", "sha256")]
    address = reverse("case_picture", args=[picture.pk])
    tags = [*(f'"{guess}"' for guess in guesses), "*"]
    return [visitor.get(address, headers={"if-none-match": tag}) for tag in tags]


def _send(world: World, visitor: Visitor, name: str, data: bytes) -> HttpResponse:
    """The one file this role may send: a representative the logo, everybody else a picture of a case."""
    upload = SimpleUploadedFile(name, data)
    if visitor.role.startswith("rep_"):
        own = world.organisations["own"]
        words = {"name": own.name, "kind": own.kind, "side": own.side, "country": "FR", "city": "Rennes"}
        words |= {"summary_fr": "Une ville.", "logo": upload, "logo_alternative": "Un blason"}
        return visitor.post(reverse("organisation_edit", args=[own.slug]), words)
    words = {"picture": upload, "alternative": "Une place", "credit": "Ville Propre"}
    return visitor.post(reverse("case_picture_add", args=[world.cases["published"].pk]), words)


def _drawn(size: tuple[int, int], mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.new(mode, size).save(out, "PNG")
    return out.getvalue()


@row("media", "any", "upload allowed type", acts=True)
def send_a_picture(world: World, visitor: Visitor) -> Answers:
    return _send(world, visitor, "blason.png", _drawn((30, 20)))


@row("media", "any", "upload SVG/HTML/exe/over limits")
def send_what_is_no_picture(world: World, visitor: Visitor) -> Answers:
    """Refused with a sentence, whatever the name says; nothing is kept."""
    hostile = {
        "dessin.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "photo.jpg": b"<!doctype html><script>alert(1)</script>",
        "photo.png": b"MZ\x90\x00 This program cannot be run in DOS mode",
        "carte.png": _drawn((11_000, 11_000), "1"),
    }
    answers = [_send(world, visitor, name, data) for name, data in hostile.items()]
    return [False if _says_no(answer) else answer for answer in answers]


def _says_no(answer: HttpResponse) -> bool:
    """The form came back with its error summary."""
    return answer.status_code in (200, *REFUSED) and 'class="err"' in answer.content.decode()
