"""The register of personal data: what is kept about a person, for what purpose, how long, and what erasure does to it.

Each app declares its tables in its `privacy.py`, imported once every app is ready (`coalition.core.apps`):

    register_treatment(Treatment("account", title=_("Compte"), purpose=_("…"), basis=_("Contrat"), …))
    declare(
        "members.Affiliation",
        treatment="mandates",
        owners=("account",),                      # lookups from a row to the account it is about
        fields={"function": keep(_("L’acte dit à quel titre il a été signé."))},
        impersonal=("mandate_reference",),        # looked at, and not about a person
    )

My data, erasure, the public page and the house test all read this register; a field nobody declared fails the test.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise

Words = Promise | str


@dataclass(frozen=True, slots=True)
class Treatment:
    """One line of the register of processing (GDPR, article 30), as the privacy page shows it."""

    key: str
    title: Words
    purpose: Words
    basis: Words
    data: Words
    recipients: Words
    retention: Words


@dataclass(frozen=True, slots=True)
class Fate:
    """What erasing the person does to one field: "clear", "replace" by `value`, or "keep" for a `reason`."""

    verb: Literal["clear", "replace", "keep"]
    value: Any = None
    reason: Words = ""


CLEAR = Fate("clear")


def replace_by(value: Any) -> Fate:
    """The field gets this value; a function gets the row's primary key and returns it."""
    return Fate("replace", value=value)


def keep(reason: Words) -> Fate:
    """The field stays, for a reason the person is told."""
    return Fate("keep", reason=reason)


@dataclass(frozen=True, slots=True)
class Declaration:
    """What one table holds about people.

    `owners` are lookups from a row to an account, `addresses` names of fields that hold an e-mail address; a row is
    about every account that either finds. `delete` removes the whole row at erasure.
    """

    label: str
    treatment: str
    owners: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    fields: Mapping[str, Fate] = field(default_factory=dict)
    impersonal: tuple[str, ...] = ()
    delete: bool = False

    @property
    def model(self) -> type[Model]:
        """The table's class."""
        return apps.get_model(self.label)

    def rows_about(self, account: Any, addresses: Iterable[str]) -> QuerySet[Any]:
        """The rows about this account: it is their owner, or they hold one of its addresses, whatever the case."""
        about = Q(pk__in=[])
        for owner in self.owners:
            about |= Q(pk=account.pk) if owner == "self" else Q(**{owner: account.pk})
        for name in self.addresses:
            for address in addresses:
                about |= Q(**{f"{name}__iexact": address})
        return self.model._default_manager.filter(about).distinct()


@dataclass(frozen=True, slots=True)
class PurgeStep:
    """One step of the retention purge: `erase(cutoff, dry_run)` removes what is older and returns how many."""

    name: str
    title: Words
    keeps: timedelta
    erase: Callable[[datetime, bool], int]


class ErasureStep(Protocol):
    """What an app does when a person leaves, before the register applies."""

    def __call__(self, *, account: Any, now: datetime) -> None: ...


_treatments: dict[str, Treatment] = {}
_declarations: dict[str, Declaration] = {}
_steps: dict[str, PurgeStep] = {}
_before_erasure: list[ErasureStep] = []


def register_treatment(treatment: Treatment) -> None:
    """Add a line of the register. ValueError when the key is taken by another."""
    if _treatments.setdefault(treatment.key, treatment) != treatment:
        raise ValueError(f"two treatments named {treatment.key}")


def declare(
    label: str,
    *,
    treatment: str = "",
    owners: Sequence[str] = (),
    addresses: Sequence[str] = (),
    fields: Mapping[str, Fate] | None = None,
    impersonal: Sequence[str] = (),
    delete: bool = False,
) -> None:
    """Declare one table (see the top of this module). ValueError when it was declared before."""
    if label in _declarations:
        raise ValueError(f"{label} is declared twice")
    _declarations[label] = Declaration(
        label=label,
        treatment=treatment,
        owners=tuple(owners),
        addresses=tuple(addresses),
        fields=dict(fields or {}),
        impersonal=tuple(impersonal),
        delete=delete,
    )


def register_purge(step: PurgeStep) -> None:
    """Add a step of the daily purge. ValueError when the name is taken."""
    if step.name in _steps:
        raise ValueError(f"two purge steps named {step.name}")
    _steps[step.name] = step


def register_erasure_step(step: ErasureStep) -> None:
    """Add a step, run in the transaction that erases the account, while it still has its name."""
    if step not in _before_erasure:
        _before_erasure.append(step)


def erasure_steps() -> list[ErasureStep]:
    """Every such step, in the order it was registered."""
    return list(_before_erasure)


def treatments() -> list[Treatment]:
    """Every line of the register, in the order it was declared."""
    return list(_treatments.values())


def declarations() -> list[Declaration]:
    """Every declared table."""
    return list(_declarations.values())


def purge_steps() -> list[PurgeStep]:
    """Every step of the purge."""
    return list(_steps.values())
