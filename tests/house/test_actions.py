"""An action is one keyword-only function with a rule in words, an instant passed in, and one transaction."""

import ast

from tests.house.tree import Definition, Module, called, complain, modules

# a call that changes a row somewhere
WRITES = {
    "save",
    "create",
    "bulk_create",
    "update",
    "delete",
    "get_or_create",
    "update_or_create",
    "record",
    "record_event",
}
CLOCKS = ("timezone.now(", "datetime.now(", "date.today(", "localdate(")


def _offered(module: Module) -> set[str] | None:
    """The names `actions/__init__.py` offers, when actions are a package: the rest of it is their workshop."""
    front = module.path.with_name("__init__.py")
    if module.path.parent.name != "actions" or not front.exists():
        return None
    nodes = ast.walk(ast.parse(front.read_text(encoding="utf-8")))
    return {alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names}


def _actions() -> list[tuple[Module, Definition]]:
    """The public functions of every actions.py, or of the actions package."""
    found = []
    for module in modules():
        if "actions" not in (module.path.stem, module.path.parent.name):
            continue
        offered = _offered(module)
        for node in module.tree.body:
            public = isinstance(node, Definition) and not node.name.startswith("_")
            if public and (offered is None or node.name in offered):
                found.append((module, node))
    return found


def _writes(function: Definition) -> bool:
    return any(isinstance(node, ast.Call) and called(node) in WRITES for node in ast.walk(function))


def test_actions_take_keywords_only() -> None:
    faults = [
        f"{module.name}:{function.lineno} {function.name}"
        for module, function in _actions()
        if function.args.args or function.args.posonlyargs or function.args.vararg
    ]
    complain(faults, "put * first: a call must name what it passes")


def test_actions_say_their_rule_in_a_docstring() -> None:
    faults = [
        f"{module.name}:{function.lineno} {function.name}"
        for module, function in _actions()
        if not ast.get_docstring(function)
    ]
    complain(faults, "say who may, what is written and what is refused")


def test_actions_that_write_are_told_the_time_and_never_look_at_a_clock() -> None:
    """The outbox is judged by the database's clock, so its lease functions take none."""
    faults = []
    for module, function in _actions():
        names = {argument.arg for argument in function.args.kwonlyargs}
        source = ast.get_source_segment(module.source, function) or ""
        if any(clock in source for clock in CLOCKS):
            faults.append(f"{module.name}:{function.lineno} {function.name} looks at a clock")
        elif _writes(function) and "now" not in names and "Now()" not in module.source:
            faults.append(f"{module.name}:{function.lineno} {function.name} writes without `now`")
    complain(faults, "pass `now: datetime`")


def test_actions_declare_what_they_return() -> None:
    faults = [
        f"{module.name}:{function.lineno} {function.name}"
        for module, function in _actions()
        if function.returns is None
    ]
    complain(faults, "annotate the return")


def test_rules_are_questions_without_writes() -> None:
    faults = [
        f"{module.name}:{function.lineno} {function.name}"
        for module in modules()
        if module.path.stem == "rules"
        for function in module.definitions()
        if _writes(function)
    ]
    complain(faults, "a rule reads; only actions write")


def test_every_declared_rule_says_itself_in_words() -> None:
    faults = [
        f"{module.name}:{function.lineno} {function.name}"
        for module in modules()
        if module.path.stem == "rules"
        for function in module.definitions()
        if function.name.startswith("may_") and not ast.get_docstring(function)
    ]
    complain(faults, "state the rule in a docstring")
