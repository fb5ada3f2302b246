"""Every text for readers, as gettext sees it: found in Python by its syntax, in templates by Django's own extractor."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.utils.translation.template import templatize

from tests.house.tree import called, modules, templates

# name of the function -> positions of its context, singular and plural
FUNCTIONS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}


@dataclass(frozen=True)
class Message:
    """One text: where it stands, its context if any, its singular, its plural if any."""

    where: str
    context: str | None
    singular: str
    plural: str | None


def _constant(call: ast.Call, position: int | None) -> str | None:
    if position is None or position >= len(call.args):
        return None
    node = call.args[position]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _in_tree(where: str, tree: ast.AST) -> Iterator[Message]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in FUNCTIONS:
            context, singular, plural = FUNCTIONS[called(node)]
            if text := _constant(node, singular):
                yield Message(f"{where}:{node.lineno}", _constant(node, context), text, _constant(node, plural))


def _calls(extracted: str) -> Iterator[ast.AST]:
    """The gettext calls of what templatize made of a template: Python calls between runs of X."""
    for number, line in enumerate(extracted.splitlines(), 1):
        start = 0
        while (found := _next_call(line, start)) is not None:
            source, start = found
            tree = ast.parse(source)
            yield ast.increment_lineno(tree, number - 1)


def _next_call(line: str, start: int) -> tuple[str, int] | None:
    """The next complete call of a gettext function in `line` from `start`, and where to go on."""
    places = [(line.find(f"{name}(", start), name) for name in ("npgettext", "ngettext", "pgettext", "gettext", "_")]
    places = sorted((place, -len(name), name) for place, name in places if place >= 0)
    if not places:
        return None
    begin = places[0][0]
    for end in (index + 1 for index, character in enumerate(line) if character == ")" and index > begin):
        try:
            ast.parse(line[begin:end])
        except SyntaxError:
            continue
        return line[begin:end], end
    return None


@cache
def messages() -> tuple[Message, ...]:
    """Every message of the code and of the templates."""
    found: list[Message] = []
    for module in modules():
        found += _in_tree(module.name, module.tree)
    for name, source in templates():
        for tree in _calls(templatize(source)):
            found += _in_tree(f"templates/{name}", tree)
    return tuple(found)
