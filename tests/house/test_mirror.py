"""Tests mirror the code: who reads members/actions.py finds its stories in tests/members/test_actions.py."""

from pathlib import Path

from tests.house.tree import ROOT, Module, complain, modules

MIRRORED = {
    "coalition.core": "core",
    "coalition.notifications": "notifications",
    "coalition.glossary": "glossary",
    "coalition.pages": "pages",
    "coalition.contact": "contact",
    "coalition.discussion": "discussion",
    "coalition.challenges": "challenges",
    "members": "members",
    "cases": "cases",
    "principles": "principles",
}
# wiring: runs in every test, says nothing of its own
WIRING = {"apps", "urls"}
# module -> where its stories are told instead; this list only shrinks
TOLD_ELSEWHERE: dict[str, str] = {}


def _area(module: Module) -> str | None:
    """The folder of tests a module answers to, or None."""
    owners = [package for package in MIRRORED if f"{module.dotted}.".startswith(f"{package}.")]
    return MIRRORED[owners[0]] if owners else None


def _has_stories(module: Module, folder: Path) -> bool:
    """A file named after the module, or after the package it is a part of; one story may have its own file."""
    inner = module.path.relative_to(ROOT).with_suffix("").parts[1:]
    wanted = {part for part in inner if part not in ("__init__", "management", "commands", "templatetags")}
    wanted.add("_".join(inner[-2:]))
    return any(any(folder.glob(f"**/test_{name}*.py")) for name in wanted)


def test_every_module_with_functions_has_its_tests() -> None:
    faults = []
    for module in modules():
        area = _area(module)
        if area is None or module.path.stem in WIRING or not any(module.definitions()):
            continue
        if module.name not in TOLD_ELSEWHERE and not _has_stories(module, ROOT / "tests" / area):
            faults.append(f"{module.name}: write tests/{area}/test_{module.path.stem}.py")
    complain(faults, "modules without tests of their own")


def test_what_is_told_elsewhere_exists_there_and_is_not_told_twice() -> None:
    faults = []
    for name, elsewhere in TOLD_ELSEWHERE.items():
        module = next((module for module in modules() if module.name == name), None)
        if module is None:
            faults.append(f"{name} is gone: take it off TOLD_ELSEWHERE")
        elif not (ROOT / elsewhere).exists():
            faults.append(f"{name}: {elsewhere} does not exist")
        elif (area := _area(module)) and _has_stories(module, ROOT / "tests" / area):
            faults.append(f"{name} has its own tests now: take it off TOLD_ELSEWHERE")
    complain(faults, "TOLD_ELSEWHERE")


def test_every_folder_of_tests_is_a_package_so_that_two_files_may_have_one_name() -> None:
    folders = {path.parent for path in (ROOT / "tests").rglob("*.py")}
    faults = [str(folder.relative_to(ROOT)) for folder in sorted(folders) if not (folder / "__init__.py").exists()]
    complain(faults, "add an empty __init__.py to")
