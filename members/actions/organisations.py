"""Organisations come in by request or by import; organisers confirm them; representatives keep their profile."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.core.text import fold
from coalition.notifications.actions import record_event
from members.actions.affiliations import new_affiliation
from members.enums import Kind, OrganisationState, Role, Side
from members.models import Organisation, User

PENDING_LIMIT = 5
RESERVED_SLUGS = frozenset({"nouvelle", "new", "co-porteurs", "co-sponsors"})
"""First words of the addresses of `members.urls`, in both languages."""
EDITABLE = ("acronym", "kind", "side", "city", "website", "summary_fr", "summary_en")

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


def _profile(kind: str, given: dict[str, str]) -> dict[str, str]:
    """The given words of a profile, with the side its kind usually stands on. TypeError for a word that is none."""
    unknown = set(given) - set(EDITABLE)
    if unknown:
        raise TypeError(f"not part of a profile: {sorted(unknown)}")
    return {**given, "kind": kind, "side": given.get("side") or SIDE_OF_KIND[Kind(kind)]}


@transaction.atomic
def request_organisation(
    *, actor: User, name: str, country: str, kind: str, now: datetime, function: str = "", **profile: str
) -> Organisation:
    """Ask for an organisation; `actor` will represent it, as `function`, once organisers have confirmed it.

    `profile` may hold side, city, website, acronym, summary_fr and summary_en. Rule: an account with a verified
    address. Names are compared folded, within a country. Raises OrganisationExists when one holds the name (confirmed
    or waiting), TooManyRequests from the sixth request that waits.
    """
    require(actor, "organisation.request")
    User.objects.select_for_update().get(pk=actor.pk)
    if Organisation.objects.pending().of_account(actor).count() >= PENDING_LIMIT:
        raise TooManyRequests(_("Vous avez déjà plusieurs demandes en attente : laissez-nous d’abord les lire."))
    organisation, created = _create(name=name, country=country, created_at=now, **_profile(kind, profile))
    if not created:
        raise OrganisationExists(organisation)
    new_affiliation(account=actor, organisation=organisation, role=Role.REPRESENTATIVE, now=now, function=function)
    actor.__dict__.pop("roles", None)
    record(actor=actor, action="organisation.request", obj=organisation, now=now)
    _tell("organisation.requested", organisation, actor, now)
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
    **profile: str,
) -> tuple[Organisation, bool]:
    """The organisation of that name and country, confirmed at once when it is new; and whether it is new.

    For imports and first content, which answer for what they bring. Idempotent on folded name and country: an existing
    one is returned as it is, never overwritten. `country` is an ISO 3166 alpha-2 code; degrees are WGS 84. `profile`
    may hold side, city, website, acronym, summary_fr and summary_en.
    """
    organisation, created = _create(
        name=name,
        country=country,
        latitude=latitude,
        longitude=longitude,
        fictional=fictional,
        state=OrganisationState.CONFIRMED,
        created_at=now,
        decided_at=now,
        **_profile(kind, profile),
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
def edit_organisation(*, organisation: Organisation, actor: Any, now: datetime, **changes: str) -> Organisation:
    """Change the profile: acronym, kind, side, city, website and the two summaries. The name stays what was confirmed.

    Rule: the organisation's representatives and organisers. A city that changes forgets its place on the map. Raises
    TypeError for another field.
    """
    require(actor, "organisation.edit", organisation)
    unknown = set(changes) - set(EDITABLE)
    if unknown:
        raise TypeError(f"not editable: {sorted(unknown)}")
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    changed = sorted(name for name, value in changes.items() if getattr(locked, name) != value)
    if "city" in changed:
        locked.latitude = locked.longitude = None
    for name in changed:
        setattr(locked, name, changes[name])
    locked.save()
    record(actor=actor, action="organisation.edit", obj=locked, now=now, changed=changed)
    return locked


def _tell(kind: str, organisation: Organisation, actor: Any, now: datetime) -> None:
    record_event(kind=kind, key=f"{kind}:{organisation.pk}", subject=organisation, payload={}, now=now, actor=actor)
