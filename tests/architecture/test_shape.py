"""How large things may grow before they want dividing."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import coder

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(coder.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))


def nodes() -> Iterator[tuple[str, ast.AST]]:
    """Yield each node of the package's source with the module it stands in."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            yield str(path.relative_to(PACKAGE)), node


def test_modules_stay_under_400_lines() -> None:
    """No module has 400 lines or more."""
    lines = {str(path.relative_to(PACKAGE)): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: n for name, n in lines.items() if n >= 400} == {}


def test_functions_stay_within_60_lines() -> None:
    """No function has more than 60 lines, its docstring included."""
    lines = {
        f"{module}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for module, node in nodes()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: n for name, n in lines.items() if n > 60} == {}


def test_classes_stay_under_20_methods() -> None:
    """No class outside the screen has 20 methods or more; a screen's actions make it 30."""
    methods = {
        f"{module}: {node.name}": sum(
            isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) for part in node.body
        )
        for module, node in nodes()
        if isinstance(node, ast.ClassDef)
    }
    assert {name: n for name, n in methods.items() if n >= (30 if name.startswith("tui") else 20)} == {}
