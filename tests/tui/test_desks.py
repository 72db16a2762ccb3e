"""What a person has before them on a screen is changed by its own methods alone."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import coder.tui

ROOMS = Path(coder.tui.__file__).parent
DESKS = {"desk", "review", "_threads"}
"""What screens and actions call what a person has before them, and the threads that work on it."""
CHANGING = {"add", "append", "clear", "discard", "extend", "insert", "pop", "remove", "setdefault", "update"}
"""Methods by which a set, list or dict of a desk would be changed."""


def is_of_desk(node: ast.expr) -> bool:
    """Tell whether an expression is a member of a desk: `view.desk.marked`."""
    return isinstance(node, ast.Attribute) and ast.unparse(node.value).rpartition(".")[2] in DESKS


def changes(tree: ast.Module) -> list[str]:
    """Return what in a module changes a member of a desk from outside."""
    assigned = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del) and is_of_desk(node)
    ]
    called = [
        node.func
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CHANGING
        and is_of_desk(node.func.value)
    ]
    return [ast.unparse(node) for node in (*assigned, *called)]


@pytest.mark.parametrize("room", ["importing", "codebook", "tables"])
def test_the_desk_alone_changes_the_desk(room: str) -> None:
    """No file of a screen assigns to what its desk holds, or changes a collection in it."""
    modules = {path.name: ast.parse(path.read_text("utf-8")) for path in (ROOMS / room).rglob("*.py")}
    assert {name: lines for name, tree in modules.items() if (lines := changes(tree))} == {}


@pytest.mark.parametrize(
    "line", ["view.desk.tree = []", "self.review.plan = plan", "desk.marked.add(theme)", "desk.count += 1"]
)
def test_a_change_from_outside_is_found(line: str) -> None:
    """The rule above sees each way to change a desk."""
    assert changes(ast.parse(line))
