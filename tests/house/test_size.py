"""Small modules, small functions, simple branches (docs/architecture.md)."""

import ast

from radon.complexity import cc_visit

from tests.house.tree import ROOT, complain, modules

MODULE_LINES = 400
SETTINGS_LINES = 350
FUNCTION_LINES = 40
COMPLEXITY = 10


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    faults = [
        f"{module.name}: {lines} lines"
        for module in modules()
        if (lines := len(module.source.splitlines())) > MODULE_LINES
    ]
    complain(faults, f"split by subject what is longer than {MODULE_LINES} lines")


def test_the_shared_settings_stay_under_three_hundred_and_fifty_lines() -> None:
    lines = len((ROOT / "coalition" / "settings" / "base.py").read_text().splitlines())
    assert lines <= SETTINGS_LINES


def test_no_function_is_longer_than_forty_lines() -> None:
    faults = []
    for module in modules():
        for function in module.definitions():
            lines = (function.end_lineno or function.lineno) - function.lineno + 1
            if lines > FUNCTION_LINES:
                faults.append(f"{module.name}:{function.lineno} {function.name}: {lines} lines")
    complain(faults, f"give a name to the parts of what is longer than {FUNCTION_LINES} lines")


def test_no_function_branches_more_than_ten_ways() -> None:
    faults = [
        f"{module.name}:{block.lineno} {block.name}: {block.complexity}"
        for module in modules()
        for block in cc_visit(module.source)
        if block.letter != "C" and block.complexity > COMPLEXITY
    ]
    complain(faults, f"complexity above {COMPLEXITY}")


def test_no_import_hides_in_a_function() -> None:
    faults = []
    for module in modules(with_tests=True):
        for function in module.definitions():
            hidden = [node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
            faults += [f"{module.name}:{node.lineno} in {function.name}" for node in hidden]
    complain(faults, "imports stand at the top of the module")
