"""The project as files: what the house tests read."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("coalition", "members", "cases", "principles")
NOT_OURS = {".git", "var", "build", "node_modules", "__pycache__", "staticfiles", ".hypothesis"}
BINARY = {".png", ".ico", ".mo", ".woff2", ".jpg", ".jpeg", ".webp", ".avif", ".pdf", ".gz", ".br", ".pyc", ".eml"}
Definition = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One Python file, read and parsed once."""

    path: Path
    source: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """Its address in the project, with slashes."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def dotted(self) -> str:
        """Its import name."""
        return self.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def definitions(self) -> Iterator[Definition]:
        """Every function and method."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Definition))


def _is_ours(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return not any(part in NOT_OURS or part.startswith(".venv") or part.endswith("_cache") for part in parts)


@cache
def files() -> tuple[Path, ...]:
    """Every file of the project: what git tracks or would, or all that is not built where there is no git."""
    listing = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        check=False,
    )
    if listing.returncode == 0 and listing.stdout:
        found = {ROOT / name for name in listing.stdout.decode().split("\0") if name}
    else:
        found = set(ROOT.rglob("*"))
    return tuple(sorted(path for path in found if _is_ours(path) and path.is_file()))


@cache
def texts() -> tuple[tuple[str, str], ...]:
    """Address and text of every file that is text."""
    read = []
    for path in files():
        if path.suffix in BINARY:
            continue
        read.append((path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")))
    return tuple(read)


@cache
def modules(*, with_tests: bool = False) -> tuple[Module, ...]:
    """The Python modules of the applications (and of the tests when asked); migrations excluded."""
    roots = (*PACKAGES, "tests") if with_tests else PACKAGES
    found = []
    for path in files():
        parts = path.relative_to(ROOT).parts
        if path.suffix == ".py" and parts[0] in roots and "migrations" not in parts:
            source = path.read_text(encoding="utf-8")
            found.append(Module(path, source, ast.parse(source)))
    return tuple(found)


@cache
def templates() -> tuple[tuple[str, str], ...]:
    """Name (as Django loads it) and source of every template of the project."""
    folder = ROOT / "templates"
    return tuple(
        (path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8"))
        for path in files()
        if folder in path.parents
    )


def called(node: ast.Call) -> str:
    """The last name of what a call calls: "atomic" for `transaction.atomic()`."""
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def complain(faults: list[str], advice: str) -> None:
    """Fail with every fault on a line of its own, after what to do about it."""
    assert not faults, f"{advice}\n  " + "\n  ".join(faults)
