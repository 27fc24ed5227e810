"""The feature ledger as data, and which of its rows have a test."""

import ast
import re
from collections import defaultdict

from tests.house.tree import ROOT, calls, files, name, parsed

GROUPS = {
    "A": 9, "B": 7, "C": 19, "D": 14, "E": 8, "F": 6, "G": 9, "H": 4, "I": 7, "J": 6, "K": 8, "L": 3, "M": 5, "N": 5,
}  # fmt: skip
"""Letter of a group -> how many rows it has."""
IDS = [f"{letter}{number}" for letter, rows in GROUPS.items() for number in range(1, rows + 1)]
ROW = re.compile(r"^\| (?P<id>[A-N]\d+) \| (?P<name>[^|]+) \| (?P<mark>[^|]+) \| (?P<said>[^|]*)\|$", re.M)


def rows(text: str | None = None) -> list[dict[str, str]]:
    """Rows of docs/features.md in their order: id, name, mark, said."""
    found = (ROOT / "docs" / "features.md").read_text(encoding="utf-8") if text is None else text
    return [{key: value.strip() for key, value in match.groupdict().items()} for match in ROW.finditer(found)]


def marked() -> dict[str, list[str]]:
    """Row id -> the tests that carry ``@pytest.mark.feature(id)``, or whose module or class does."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in files():
        if name(path).startswith("tests/") and path.name.startswith("test_") and path.suffix == ".py":
            tree = parsed(path)
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef | ast.ClassDef):
                    for decorator in node.decorator_list:
                        for row in _rows_named(decorator):
                            found[row].append(f"{name(path)}::{node.name}")
                elif isinstance(node, ast.Assign) and any(getattr(t, "id", "") == "pytestmark" for t in node.targets):
                    for row in _rows_named(node.value):
                        found[row].append(name(path))
    return found


def _rows_named(node: ast.AST) -> list[str]:
    return [
        argument.value for call in calls(node) if isinstance(call.func, ast.Attribute) and call.func.attr == "feature"
        for argument in call.args if isinstance(argument, ast.Constant)
    ]  # fmt: skip
