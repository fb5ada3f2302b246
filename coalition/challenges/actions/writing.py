"""Starting a challenge and writing it again; two people at once lose nobody’s words."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from coalition.challenges.actions.wording import check_deadline, check_publishable, checked_challenge
from coalition.challenges.enums import ChallengeState
from coalition.challenges.models import Challenge, ChallengeWords
from coalition.core.access import require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.core.text import words_of
from coalition.notifications.actions import record_event
from coalition.notifications.following import follow_automatically
from members.actions import acting_for
from members.models import Organisation

TOLD = ("closes_at", "sought", "instrument", "notice_url")
"""What followers and responders are told of when it changes on a public challenge."""
RESERVED_SLUGS = frozenset({"ecrire", "write", "vos-reponses", "your-responses", "reponses", "responses"})
LONGEST_SLUG = 80
TRIES = 5


class EditConflict(DomainError):
    """Somebody wrote it again since `based_on`; `theirs` is what it says now. Nothing was kept."""

    def __init__(self, theirs: Any) -> None:
        super().__init__(_("Quelqu’un a enregistré ce texte pendant que vous écriviez. Rien n’est perdu."))
        self.theirs = theirs


def locked_challenge(*, challenge: Challenge) -> Challenge:
    """The challenge as it stands, held until the end of the transaction."""
    return Challenge.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=challenge.pk)


@transaction.atomic
def create_challenge(*, actor: Any, organisation: Organisation, words: ChallengeWords, now: datetime) -> Challenge:
    """A new draft of `organisation`, which its writers and organisers read; its author follows it.

    Rule: "challenge.create". DomainError for words that cannot be kept.
    """
    require(actor, "challenge.create", organisation)
    values = checked_challenge(words)
    moments = {"created_at": now, "updated_at": now, "created_by": actor}
    challenge = _created(organisation, values | moments)
    facts = acting_for(account=actor, organisation=organisation)
    record(actor=actor, action="challenge.create", obj=challenge, now=now, **facts)
    follow_automatically(account=actor, kind="challenge", key=challenge.slug, now=now)
    return challenge


def _created(organisation: Organisation, values: dict[str, Any]) -> Challenge:
    """Under a free address; another one when somebody takes it at the same moment."""
    for _turn in range(TRIES):
        try:
            with transaction.atomic():
                slug = _free_slug(values["title"])
                return Challenge.objects.create(organisation=organisation, slug=slug, **values)
        except IntegrityError:
            continue
    raise DomainError(_("Ce titre est pris au même moment : recommencez."), field="title")


def _free_slug(title: str) -> str:
    """An unused address after the title; a number follows when the plain one is taken."""
    base = "-".join(words_of(title))[:LONGEST_SLUG].strip("-") or "defi"
    taken = {*RESERVED_SLUGS, *Challenge.objects.filter(slug__startswith=base).values_list("slug", flat=True)}
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


@transaction.atomic
def edit_challenge(
    *, actor: Any, challenge: Challenge, words: ChallengeWords, based_on: int, now: datetime
) -> Challenge:
    """Write a challenge again, until it is concluded; `based_on` is the version its writer had before them.

    Rule: "challenge.edit". Once public it stays publishable, and a deadline that is past is moved by reopening only.
    What changes for those who answer is told. EditConflict when somebody wrote it since; DomainError for words.
    """
    current = locked_challenge(challenge=challenge)
    require(actor, "challenge.edit", current)
    if current.version != based_on:
        raise EditConflict(current)
    values = checked_challenge(words, known=current.themes)
    if current.state == ChallengeState.PUBLISHED:
        _check_public(current, values, now)
    before = {name: getattr(current, name) for name in TOLD}
    kept = keep_values(challenge=current, values=values, now=now)
    facts = acting_for(account=actor, organisation=kept.organisation)
    record(actor=actor, action="challenge.edit", obj=kept, now=now, version=kept.version, **facts)
    tell_change(challenge=kept, before=before, actor=actor, now=now)
    return kept


def _check_public(current: Challenge, values: dict[str, Any], now: datetime) -> None:
    if values["closes_at"] == current.closes_at:
        check_publishable(values | {"closes_at": None}, now)
        return
    if current.is_past(now):
        raise DomainError(_("Le délai est passé : rouvrez le défi pour en donner un autre."), field="closes_on")
    check_deadline(values["closes_at"], now)
    check_publishable(values, now)


def keep_values(*, challenge: Challenge, values: dict[str, Any], now: datetime) -> Challenge:
    """Write columns over the version that was read, as the next one. EditConflict when it is no longer that one."""
    for name, value in values.items():
        setattr(challenge, name, value)
    stands = Challenge.objects.filter(pk=challenge.pk, version=challenge.version)
    words = challenge.searched_words()
    if not stands.update(**values, folded_text=words, updated_at=now, version=challenge.version + 1):
        raise EditConflict(Challenge.objects.get(pk=challenge.pk))
    return Challenge.objects.select_related("organisation").get(pk=challenge.pk)


def tell_change(*, challenge: Challenge, before: dict[str, Any], actor: Any, now: datetime) -> None:
    """Tell what changed of a public challenge, each value before and after; nothing of a draft, nothing for nothing."""
    after = {name: getattr(challenge, name) for name in before}
    changes = {name: [_plain(before[name]), _plain(after[name])] for name in before if before[name] != after[name]}
    if changes and challenge.state == ChallengeState.PUBLISHED:
        key = f"challenge.changed:{challenge.pk}:{challenge.version}"
        payload = {"changes": changes}
        record_event(kind="challenge.changed", key=key, subject=challenge, payload=payload, now=now, actor=actor)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
