"""The register of personal data is whole: no field about a person without purpose, retention and fate at erasure."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from coalition.core.personal import WITHOUT_PEOPLE
from coalition.core.privacy import Declaration, declarations, treatments
from members.models import User
from tests.house.tree import complain

COULD_HOLD_WORDS = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.FileField,
    models.GenericIPAddressField,
)


def _suspects(model: type[models.Model]) -> Iterator[str]:
    """Names of the table's own fields that could say something about a person."""
    for field in model._meta.local_fields:
        if field.primary_key or field.auto_created:
            continue
        if field.is_relation and field.related_model is User:
            yield field.name
        if isinstance(field, COULD_HOLD_WORDS) and not field.choices:
            yield field.name


def _tables() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label not in WITHOUT_PEOPLE]


def _declared() -> dict[str, Declaration]:
    return {declaration.model._meta.label: declaration for declaration in declarations()}


def _answers(declaration: Declaration, name: str) -> bool:
    named = {*declaration.owners, *declaration.addresses, *declaration.fields, *declaration.impersonal}
    if name in named:
        return True
    is_account = declaration.model._meta.get_field(name).related_model is User
    return "*" in declaration.impersonal and not is_account


def _without_people(model: type[models.Model]) -> bool:
    """A table of another package that has no key to an account and no address needs no line."""
    ours = model.__module__.startswith(("coalition.", "members.", "cases.", "principles."))
    fields = model._meta.local_fields
    keys = any(field.related_model is User for field in fields if field.is_relation)
    addresses = any(isinstance(field, models.EmailField | models.GenericIPAddressField) for field in fields)
    return not (ours or keys or addresses)


def test_every_field_that_could_be_about_a_person_is_in_the_register() -> None:
    known = _declared()
    faults = []
    for model in _tables():
        declaration = known.get(model._meta.label)
        if declaration is None and _without_people(model):
            continue
        for name in _suspects(model):
            if declaration is None or not _answers(declaration, name):
                faults.append(f"{model._meta.label}.{name}")
    complain(faults, "declare in the app's privacy.py, with purpose, retention and fate, or as impersonal")


def test_every_table_about_people_has_its_line_with_purpose_and_retention() -> None:
    lines = {treatment.key: treatment for treatment in treatments()}
    faults = []
    for declaration in declarations():
        about_people = declaration.owners or declaration.addresses or declaration.fields or declaration.delete
        line = lines.get(declaration.treatment)
        if about_people and (line is None or not (str(line.purpose) and str(line.retention) and str(line.basis))):
            faults.append(f"{declaration.label}: treatment {declaration.treatment!r}")
    complain(faults, "register the treatment")


def test_a_declaration_names_only_what_exists() -> None:
    faults = []
    for declaration in declarations():
        model: Any = declaration.model
        known = {field.name for field in model._meta.get_fields()}
        named = {*declaration.addresses, *declaration.fields, *declaration.impersonal} - {"*"}
        faults += [f"{declaration.label}.{name}" for name in sorted(named - known)]
        faults += [f"{declaration.label}: {path}" for path in declaration.owners if not _leads_to_account(model, path)]
    complain(faults, "take out of the register what is gone")


def _leads_to_account(model: Any, path: str) -> bool:
    if path == "self":
        return model is User
    for part in path.split("__"):
        model = model._meta.get_field(part).related_model
    return model is User


def test_what_is_kept_of_an_erased_person_says_why() -> None:
    faults = [
        f"{declaration.label}.{name}"
        for declaration in declarations()
        for name, fate in declaration.fields.items()
        if fate.verb == "keep" and not str(fate.reason)
    ]
    complain(faults, "say why it is kept")
