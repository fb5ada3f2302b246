"""Cases that come in and go out: files of a city, and programs with the token of an organisation."""

import json
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from cases.actions.imports import open_import
from cases.models import CaseImport, CasePage
from members.actions.tokens import create_token, recognise_token, revoke_token
from members.models import OrganisationToken, User
from tests.access.matrix import Answers, row
from tests.access.visitor import Visitor
from tests.world import World

SHEET = b"Titre;Ville\nUn tour par SMS;Rennes\n"
HOLDERS = {"rep_own": "own", "cityed_own": "own", "organiser": "own", "superuser": "own"}
OTHERS = {"rep_other": "other", "cityed_other": "other"}


@row("case", "any", "bring in one’s own from a file", acts=True)
def send_a_file(world: World, visitor: Visitor) -> Answers:
    sent = {
        "organisation": world.organisations["own"].pk,
        "language": "fr",
        "file": SimpleUploadedFile("cas.csv", SHEET),
    }
    answer = visitor.post(reverse("case_import_new"), sent)
    return answer if answer.status_code != 200 else False  # an organisation that is not theirs is not in their form


def _file(world: World, _visitor: Visitor) -> None:
    open_import(
        actor=world.account("cityed_own"),
        organisation=world.organisations["own"],
        name="cas.csv",
        data=SHEET,
        language="fr",
        spoken="fr",
        now=timezone.now(),
    )


@row("case", "file on its way in", "open, confirm, read its report", acts=True, given=_file)
def confirm_a_file(_world: World, visitor: Visitor) -> Answers:
    key = [CaseImport.objects.get().key]
    columns = reverse("case_import_columns", args=key)
    return [
        visitor.get(columns),
        visitor.post(columns, {"column_0": "title", "column_1": "city"}),
        visitor.get(reverse("case_import", args=key)),
        visitor.get(reverse("case_import_report", args=key)),
        visitor.post(reverse("case_import_discard", args=key)),
    ]


@row("case", "any", "take out one’s own, drafts too")
def take_out(world: World, visitor: Visitor) -> Answers:
    slug = world.organisations["own"].slug
    return [visitor.get(reverse("case_export", args=[slug, kind])) for kind in ("jsonl", "csv")]


# Tokens ---------------------------------------------------------------------------------


@row("organisation", "confirmed", "make a token for a program", acts=True)
def make_token(world: World, visitor: Visitor) -> Answers:
    page = reverse("tokens", args=[world.organisations["own"].slug])
    return visitor.post(page, {"name": "Observatoire", "days": "90"})


def _token(world: World, role: str, organisation: str) -> tuple[OrganisationToken, str]:
    """A token made by this role, used a moment ago, so that its next use writes nothing."""
    token, secret = create_token(
        actor=world.account(role),
        organisation=world.organisations[organisation],
        name="Observatoire",
        days=30,
        now=timezone.now(),
    )
    recognise_token(secret=secret, now=timezone.now())
    return token, secret


def _token_of_own(world: World, _visitor: Visitor) -> None:
    _token(world, "rep_own", "own")


@row("organisation", "confirmed", "take back a token", acts=True, given=_token_of_own)
def take_back_token(world: World, visitor: Visitor) -> Answers:
    address = reverse("token_revoke", args=[world.organisations["own"].slug, OrganisationToken.objects.get().pk])
    return visitor.post(address)


def _ask(visitor: Visitor, method: str, address: str, body: Any = None, secret: str = "") -> HttpResponse:
    """A request in JSON, with a token when the visitor has one."""
    headers = {"authorization": f"Bearer {secret}"} if secret else {}
    data = b"" if body is None else json.dumps(body).encode()
    return visitor.client.generic(method, address, data, content_type="application/json", headers=headers)  # type: ignore[return-value]


def _hand_out(world: World, visitor: Visitor) -> None:
    """Whoever may make a token of their own organisation has one."""
    side = (HOLDERS | OTHERS).get(visitor.role)
    world.secrets["bearer"] = _token(world, visitor.role, side)[1] if side else ""


@row("api", "draft of own city", "create, read, change, send with a token", acts=True, given=_hand_out)
def write_with_a_token(world: World, visitor: Visitor) -> Answers:
    if visitor.role in OTHERS:
        return _ask(visitor, "POST", reverse("api_cases"), {"title": "Cas d’un programme"})
    secret, draft = world.secrets["bearer"], world.cases["draft"]
    based_on = CasePage.objects.values_list("latest_revision_id", flat=True).get(pk=draft.pk)
    place = reverse("api_case_draft", args=[draft.pk])
    return [
        _ask(visitor, "POST", reverse("api_cases"), {"title": "Cas d’un programme"}, secret),
        _ask(visitor, "GET", reverse("api_case_drafts"), None, secret),
        _ask(visitor, "GET", place, None, secret),
        _ask(visitor, "PATCH", place, {"summary": "Un autre résumé.", "based_on": based_on}, secret),
        _ask(visitor, "POST", reverse("api_case_submit", args=[draft.pk]), None, secret),
    ]


@row("api", "draft of own city", "read or change with the token of another city", given=_hand_out)
def reach_for_another_city(world: World, visitor: Visitor) -> Answers:
    secret = world.secrets["bearer"] if visitor.role in OTHERS else ""
    place = reverse("api_case_draft", args=[world.cases["draft"].pk])
    return [
        _ask(visitor, "GET", place, None, secret),
        _ask(visitor, "PATCH", place, {"title": "Volé", "based_on": 1}, secret),
        _ask(visitor, "POST", reverse("api_case_submit", args=[world.cases["draft"].pk]), None, secret),
    ]


def _dead_tokens(world: World, _visitor: Visitor) -> None:
    revoked, first = _token(world, "rep_own", "own")
    revoke_token(actor=world.account("rep_own"), token=revoked, now=timezone.now())
    late, second = _token(world, "rep_own", "own")
    OrganisationToken.objects.filter(pk=late.pk).update(expires_at=timezone.now() - timedelta(days=1))
    _orphan, third = _token(world, "cityed_other", "other")
    User.objects.filter(pk=world.accounts["cityed_other"].pk).update(is_active=False)
    world.secrets["dead"] = f"{first} {second} {third}"


@row("api", "any", "revoked/expired token, token of suspended user", given=_dead_tokens)
def dead_tokens(world: World, visitor: Visitor) -> Answers:
    return [_ask(visitor, "GET", reverse("api_case_drafts"), None, secret) for secret in world.secrets["dead"].split()]


@row("api", "any", "session cookie instead of token for a private endpoint")
def session_instead_of_token(world: World, visitor: Visitor) -> Answers:
    return [
        _ask(visitor, "GET", reverse("api_case_drafts")),
        _ask(visitor, "GET", reverse("api_case_draft", args=[world.cases["draft"].pk])),
        _ask(visitor, "POST", reverse("api_cases"), {"title": "Cas d’une session"}),
    ]
