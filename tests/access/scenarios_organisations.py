"""Organisations, their people, and what they sign."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from coalition.core.documents import current_document
from members.models import Cosponsorship, Organisation, VerifiedDomain
from tests.access.matrix import Answers, row
from tests.access.visitor import Visitor
from tests.world import NOW, World


def _api_organisation(world: World, name: str) -> list[tuple[str, str]]:
    address = reverse("api_organisation", args=[world.organisations[name].slug])
    return [("GET", address), ("HEAD", address)]


def _page(visitor: Visitor, organisation: Organisation) -> HttpResponse:
    return visitor.get(reverse("organisation", args=[organisation.slug]))


def _act_page(visitor: Visitor, act: Cosponsorship) -> HttpResponse:
    return visitor.get(reverse("cosponsorship", args=[act.pk]))


def _signature(world: World, organisation: str) -> dict[str, Any]:
    document = current_document(world.coalition)
    assert document is not None
    return {
        "organisation": world.organisations[organisation].pk,
        "function": "Adjointe",
        "mandate_reference": "Délibération 12",
        "mandate_date": "2026-11-02",
        "commitments": ["document_cases"],
        "sentence_document_cases": "Nous écrirons trois cas.",
        "authority": "on",
        "document_sha256": document.sha256,
        "step": "sign",
    }


@row(
    "organisation",
    "confirmed",
    "view public profile",
    api=lambda world: [*_api_organisation(world, "own"), ("GET", reverse("api_organisations"))],
)
def view_confirmed(world: World, visitor: Visitor) -> Answers:
    lists = ("organisations", "organisation_csv", "organisation_geojson", "organisation_feed")
    return [_page(visitor, world.organisations["own"]), *(visitor.get(reverse(name)) for name in lists)]


@row("organisation", "pending", "view", api=lambda world: _api_organisation(world, "pending"))
def view_pending(world: World, visitor: Visitor) -> Answers:
    return _page(visitor, world.organisations["pending"])


@row("organisation", "any", "create request", acts=True)
def request_one(world: World, visitor: Visitor) -> Answers:
    data = {
        "name": "Ville Nouvelle",
        "kind": "authority",
        "country": "BE",
        "city": "Namur",
        "function": "Maire",
        "summary": "",
    }
    return visitor.post(reverse("organisation_new"), data)


@row("organisation", "confirmed", "edit profile", acts=True)
def edit(world: World, visitor: Visitor) -> Answers:
    data = {
        "acronym": "VP",
        "kind": "authority",
        "side": "demand",
        "city": "Rennes",
        "summary_fr": "Autre.",
        "summary_en": "",
    }
    return visitor.post(reverse("organisation_edit", args=[world.organisations["own"].slug]), data)


@row("organisation", "confirmed", "see members with e-mail")
def see_members(world: World, visitor: Visitor) -> Answers:
    page = visitor.get(reverse("people", args=[world.organisations["own"].slug])).content.decode()
    return world.accounts["second_organiser"].email in page


@row("organisation", "pending", "confirm / refuse", acts=True)
def decide(world: World, visitor: Visitor) -> Answers:
    address = reverse("organisation_decide", args=[world.organisations["pending"].slug])
    return visitor.post(address, {"decision": "yes", "motive": ""})


def _with_domain(world: World, _visitor: Visitor) -> None:
    VerifiedDomain.objects.create(organisation=world.organisations["own"], domain="propre.example", verified_at=NOW)


@row("organisation", "confirmed", "change verified domain", acts=True, given=_with_domain)
def change_domains(world: World, visitor: Visitor) -> Answers:
    own, domain = world.organisations["own"], VerifiedDomain.objects.get(domain="propre.example")
    return [
        visitor.post(reverse("organisation_domain_new", args=[own.slug]), {"domain": "ville-propre.example"}),
        visitor.post(reverse("organisation_domain_remove", args=[own.slug, domain.pk])),
    ]


@row("organisation", "confirmed", "merge duplicates", acts=True)
def merge(world: World, visitor: Visitor) -> Answers:
    """Look for them, tell two apart, compare two, unite them."""
    own, other = world.organisations["own"], world.organisations["other"]
    address = reverse("organisation_merge", args=[own.slug, other.slug])
    return [
        visitor.get(reverse("organisation_duplicates")),
        visitor.post(reverse("organisation_distinct"), {"first": own.slug, "second": other.slug}),
        visitor.get(reverse("organisation_merge_choose", args=[own.slug])),
        visitor.get(address),
        visitor.post(address, {"step": "merge"}),
    ]


@row("organisation", "confirmed", "delete", acts=True)
def remove(world: World, visitor: Visitor) -> Answers:
    address = reverse("organisation_remove", args=[world.organisations["own"].slug])
    return [visitor.get(address), visitor.post(address, {"motive": "Elle n’existe plus."})]


@row(
    "cosponsorship",
    "public",
    "list, logo wall, API",
    api=lambda _world: [("GET", reverse("api_cosponsors")), ("GET", reverse("api_cosponsors_csv"))],
)
def list_public(world: World, visitor: Visitor) -> Answers:
    return [visitor.get(reverse("cosponsors")), _act_page(visitor, world.acts["public"])]


@row("cosponsorship", "none", "sign up", acts=True)
def sign(world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("cosponsorship_sign"), _signature(world, "unsigned"))


@row("cosponsorship", "already signed", "sign up again")
def sign_again(world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("cosponsorship_sign"), _signature(world, "own"))


@row("cosponsorship", "awaiting e-mail confirmation", "confirm with token (POST)", acts=True)
def confirm(world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("cosponsorship_confirm", args=[world.secrets["awaiting"]]))


@row("cosponsorship", "awaiting", "confirm by GET only (link scanner)", reads=True)
def confirm_by_get(world: World, visitor: Visitor) -> Answers:
    address = reverse("cosponsorship_confirm", args=[world.secrets["awaiting"]])
    return [visitor.get(address), visitor.ask("HEAD", address)]


@row("cosponsorship", "pending", "view")
def view_submitted(world: World, visitor: Visitor) -> Answers:
    return [_act_page(visitor, world.acts["submitted"]), _act_page(visitor, world.acts["awaiting"])]


@row("cosponsorship", "pending", "approve / refuse", acts=True)
def approve(world: World, visitor: Visitor) -> Answers:
    address = reverse("cosponsorship_decide", args=[world.acts["submitted"].pk])
    return visitor.post(address, {"decision": "yes", "motive": ""})


@row("cosponsorship", "public", "withdraw", acts=True)
def withdraw(world: World, visitor: Visitor) -> Answers:
    address = reverse("cosponsorship_withdraw", args=[world.acts["public"].pk])
    return visitor.post(address, {"reason": "Nous ne pouvons plus."})


@row("cosponsorship", "any", "see signatory name, role, e-mail, phone")
def see_signatory(world: World, visitor: Visitor) -> Answers:
    return "zorglubmandate" in _act_page(visitor, world.acts["public"]).content.decode()
