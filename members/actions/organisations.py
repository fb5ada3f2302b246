"""Organisations come in by request or by import; organisers confirm them; representatives keep their profile."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.core.gazetteer import place_by_id, recognise_city
from coalition.core.text import fold, has_hidden_characters
from coalition.notifications.actions import record_event
from members.actions.affiliations import new_affiliation
from members.actions.logos import LogoChange, change_logo
from members.enums import NAME_HOLDERS, Kind, OrganisationState, Origin, Role, Side
from members.models import Organisation, User

PENDING_LIMIT = 5
RESERVED_SLUGS = frozenset(
    {"nouvelle", "new", "co-porteurs", "co-sponsors", "soutiens", "supporters", "doublons", "duplicates", "invitations"}
)
"""First words of the addresses of `members.urls`, in both languages."""
PROFILE = (
    "acronym",
    "kind",
    "side",
    "city",
    "geoname_id",
    "website",
    "summary_fr",
    "summary_en",
    "offers",
    "seeks",
    "exchange_fr",
    "exchange_en",
)
"""What its people tell of an organisation, its name, country and logo aside."""
ONE_LINE = ("name", "acronym", "city", "function")

SIDE_OF_KIND = {
    Kind.AUTHORITY: Side.DEMAND,
    Kind.COMPANY: Side.OFFER,
    Kind.TELECOM: Side.OFFER,
    Kind.DIGITAL_SME: Side.OFFER,
    Kind.NGO: Side.USE,
    Kind.COMMUNITY: Side.USE,
    Kind.UNIVERSITY: Side.OFFER,
    Kind.CITIZENS: Side.USE,
}


class OrganisationExists(DomainError):
    """The name is taken in that country; `organisation` is the one that holds it."""

    def __init__(self, organisation: Organisation) -> None:
        super().__init__(_("Cette organisation existe déjà ici."), field="name")
        self.organisation = organisation


class OrganisationRemoved(DomainError):
    """Organisers took an organisation of that name out of the network: an import does not bring it back."""


class HiddenCharacters(DomainError):
    """A field of one line holds characters nobody sees: a control, or a mark that turns the direction of writing."""


class TooManyRequests(DomainError):
    """The account already has PENDING_LIMIT organisations waiting to be confirmed."""


def _free_slug(name: str) -> str:
    """An unused slug after `name`; a number follows when the plain one is taken."""
    base = slugify(fold(name))[:160] or "organisation"
    taken = {*RESERVED_SLUGS, *Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True)}
    number = 2
    slug = base
    while slug in taken:
        slug = f"{base}-{number}"
        number += 1
    return slug


def _namesake(name: str, country: str) -> Organisation | None:
    found: Organisation | None = (
        Organisation.objects.not_refused().filter(folded_name=fold(name)[:500], country=country).first()
    )
    return found


def _ended_namesake(name: str, country: str) -> Organisation | None:
    """What became of an organisation of that name, when none holds it any more: the one it was united with, or None.

    Raises OrganisationRemoved when organisers took the last of that name out.
    """
    named = Organisation.objects.filter(folded_name=fold(name)[:500], country=country).select_related("merged_into")
    found = list(named.order_by("-decided_at", "-pk"))
    if not found or any(one.state in NAME_HOLDERS for one in found):
        return None
    if found[0].state == OrganisationState.REMOVED:
        raise OrganisationRemoved(_("L’équipe d’organisation a retiré cette organisation du réseau."), field="name")
    return found[0].merged_into


def _create(*, name: str, country: str, **fields: Any) -> tuple[Organisation, bool]:
    """The organisation of that folded name and country, and whether it was made now; the database settles races."""
    for _attempt in range(3):
        existing = _namesake(name, country)
        if existing is not None:
            return existing, False
        try:
            with transaction.atomic():
                organisation = Organisation.objects.create(name=name, country=country, slug=_free_slug(name), **fields)
        except IntegrityError:
            continue
        return organisation, True
    raise WrongState


def _refuse_hidden(given: Mapping[str, Any]) -> None:
    for name in ONE_LINE:
        if has_hidden_characters(str(given.get(name, ""))):
            raise HiddenCharacters(
                _("Ce champ contient des caractères invisibles : effacez-le et écrivez-le de nouveau."), field=name
            )


def _check_profile(given: Mapping[str, Any]) -> None:
    """TypeError for a field that is none, HiddenCharacters for a line nobody can read."""
    unknown = set(given) - set(PROFILE)
    if unknown:
        raise TypeError(f"not part of a profile: {sorted(unknown)}")
    _refuse_hidden(given)


def place_facts(*, country: str, city: str, geoname_id: int | None = None) -> dict[str, Any]:
    """What is kept of a city: its name, its number in GeoNames, its degrees (None when nobody knows where it is).

    A number is believed when it is a place of `country`; without one, the name is recognised when it means one place.
    """
    place = place_by_id(geoname_id) if geoname_id else None
    if place is None or place.country != country:
        place = recognise_city(country, city) if city else None
    if place is None:
        return {"city": city, "geoname_id": None, "latitude": None, "longitude": None}
    return {
        "city": city or place.label("fr"),
        "geoname_id": place.geonames_id,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def _profile(country: str, kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The given fields of a profile, with the place of its city and the side its kind usually stands on."""
    _check_profile(given)
    place = place_facts(country=country, city=given.get("city", ""), geoname_id=given.get("geoname_id"))
    return {**given, **place, "kind": kind, "side": given.get("side") or SIDE_OF_KIND[Kind(kind)]}


@transaction.atomic
def request_organisation(
    *,
    actor: User,
    name: str,
    country: str,
    kind: str,
    now: datetime,
    function: str = "",
    logo: LogoChange | None = None,
    told_apart: Sequence[int] = (),
    **profile: Any,
) -> Organisation:
    """Ask for an organisation; `actor` will represent it, as `function`, once organisers have confirmed it.

    `profile` may hold any field of PROFILE but the kind; a city is placed on the map. `told_apart`: the organisations
    that look like it and that the person said are others; the log keeps them for the organisers. Rule: an account with
    a verified address. Names are compared folded, within a country. Raises OrganisationExists when one holds the name
    (confirmed or waiting), TooManyRequests from the sixth request that waits, HiddenCharacters, PictureRefused.
    """
    require(actor, "organisation.request")
    User.objects.select_for_update().get(pk=actor.pk)
    if Organisation.objects.pending().of_account(actor).count() >= PENDING_LIMIT:
        raise TooManyRequests(_("Vous avez déjà plusieurs demandes en attente : laissez-nous d’abord les lire."))
    _refuse_hidden({"name": name, "function": function})
    organisation, created = _create(name=name, country=country, created_at=now, **_profile(country, kind, profile))
    if not created:
        raise OrganisationExists(organisation)
    mandate = {"function": function, "origin": Origin.REQUEST}
    new_affiliation(account=actor, organisation=organisation, role=Role.REPRESENTATIVE, now=now, **mandate)
    actor.__dict__.pop("roles", None)
    record(actor=actor, action="organisation.request", obj=organisation, now=now, told_apart=sorted(told_apart))
    _tell("organisation.requested", organisation, actor, now)
    if logo is not None and change_logo(organisation=organisation, change=logo, account=actor):
        organisation.save(update_fields=["logo"])
    return organisation


@transaction.atomic
def import_organisation(
    *,
    name: str,
    country: str,
    now: datetime,
    kind: str = Kind.AUTHORITY,
    latitude: float | None = None,
    longitude: float | None = None,
    fictional: bool = False,
    **profile: Any,
) -> tuple[Organisation, bool]:
    """The organisation of that name and country, confirmed at once when it is new; and whether it is new.

    For imports and first content, which answer for what they bring. Idempotent on folded name and country: an existing
    one is returned as it is, never overwritten; the one it was united with when it is no more. `country` is an
    ISO 3166 alpha-2 code; degrees are WGS 84, those of the city when none are given. `profile` may hold any field of
    PROFILE but the kind. Raises OrganisationRemoved for one the organisers took out, HiddenCharacters.
    """
    _refuse_hidden({"name": name})
    fields = _profile(country, kind, profile)
    if latitude is not None and longitude is not None:
        fields |= {"latitude": latitude, "longitude": longitude}
    earlier = _ended_namesake(name, country)
    if earlier is not None:
        return earlier, False
    organisation, created = _create(
        name=name,
        country=country,
        fictional=fictional,
        state=OrganisationState.CONFIRMED,
        created_at=now,
        decided_at=now,
        **fields,
    )
    if created:
        record(actor=None, action="organisation.import", obj=organisation, now=now)
    return organisation, created


def _decide(organisation: Organisation, actor: Any, state: str, motive: str, now: datetime) -> Organisation:
    require(actor, "organisation.decide", organisation)
    moved = Organisation.objects.filter(pk=organisation.pk, state=OrganisationState.PENDING).update(
        state=state, decided_at=now, decision_motive=motive
    )
    if not moved:
        raise WrongState
    organisation.refresh_from_db()
    verb = "confirm" if state == OrganisationState.CONFIRMED else "refuse"
    record(actor=actor, action=f"organisation.{verb}", obj=organisation, now=now, motive=motive)
    _tell(f"organisation.{state}", organisation, actor, now)
    return organisation


@transaction.atomic
def confirm_organisation(*, organisation: Organisation, actor: Any, now: datetime) -> Organisation:
    """Make a pending organisation public. Rule: organisers; WrongState when it was already decided."""
    return _decide(organisation, actor, OrganisationState.CONFIRMED, "", now)


@transaction.atomic
def refuse_organisation(*, organisation: Organisation, actor: Any, motive: str, now: datetime) -> Organisation:
    """Refuse a pending organisation, saying why to who asked. Rule: organisers; WrongState when already decided."""
    if not motive.strip():
        raise DomainError(_("Dites pourquoi : la personne qui a demandé lira ce motif."), field="motive")
    return _decide(organisation, actor, OrganisationState.REFUSED, motive.strip(), now)


@transaction.atomic
def edit_organisation(
    *, organisation: Organisation, actor: Any, now: datetime, logo: LogoChange | None = None, **changes: Any
) -> Organisation:
    """Change fields of PROFILE and the logo. Name and country stay what was confirmed.

    Rule: the organisation's representatives and organisers. A city that changes takes its place on the map: that of
    `geoname_id`, or of the only city its name can mean; else it has none. A logo that is replaced or taken away is
    erased. Raises TypeError for another field, HiddenCharacters, PictureRefused.
    """
    require(actor, "organisation.edit", organisation)
    _check_profile(changes)
    locked = Organisation.objects.select_for_update(of=("self",)).select_related("logo").get(pk=organisation.pk)
    if any(name in changes and changes[name] != getattr(locked, name) for name in ("city", "geoname_id")):
        city, number = changes.get("city", locked.city), changes.get("geoname_id")
        changes |= place_facts(country=str(locked.country), city=city, geoname_id=number)
    changed = sorted(name for name, value in changes.items() if getattr(locked, name) != value)
    for name in changed:
        setattr(locked, name, changes[name])
    if logo is not None and change_logo(organisation=locked, change=logo, account=actor):
        changed.append("logo")
    locked.save()
    record(actor=actor, action="organisation.edit", obj=locked, now=now, changed=changed)
    return locked


def _tell(kind: str, organisation: Organisation, actor: Any, now: datetime) -> None:
    record_event(kind=kind, key=f"{kind}:{organisation.pk}", subject=organisation, payload={}, now=now, actor=actor)
