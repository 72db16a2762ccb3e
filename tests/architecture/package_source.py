"""The package's own source, read and not run: its modules, what they import, what they define."""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import coder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PACKAGE = Path(coder.__file__).parent
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef


class OwnImport(NamedTuple):
    """An import of a module of the package by another."""

    importer: str
    imported: str
    in_function: bool


@cache
def sources() -> Mapping[str, ast.Module]:
    """Return the syntax tree of each module by its dotted name: `coder.tui.app`."""
    return {_name(path): ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


def is_package(module: str) -> bool:
    """Tell whether a module is the `__init__.py` of a folder."""
    return (PACKAGE.parent / module.replace(".", "/")).is_dir()


@cache
def own_imports() -> tuple[OwnImport, ...]:
    """Return every import of one module by another: at the top, for types alone, and inside functions."""
    return tuple(
        OwnImport(importer, imported, in_function)
        for importer, tree in sources().items()
        for imported, in_function in _imported(importer, tree)
    )


def circles() -> list[list[str]]:
    """Return the groups of modules of which each leads, import by import, to all others and back."""
    graph: dict[str, set[str]] = {module: set() for module in sources()}
    for one in own_imports():
        graph[one.importer].add(one.imported)
    reach = {module: _reachable(graph, module) for module in graph}
    groups = {
        frozenset(other for other in reach[module] if module in reach[other])
        for module in graph
        if module in reach[module]
    }
    return sorted(sorted(group) for group in groups)


def classes() -> Iterator[tuple[str, ast.ClassDef]]:
    """Yield each class with the module that defines it, nested ones too."""
    for module, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                yield module, node


def type_aliases() -> Iterator[tuple[str, str]]:
    """Yield each name that a module gives to a type: a literal, a union, a callable, a generic type."""
    for module, tree in sources().items():
        under_if = [inner for node in tree.body if isinstance(node, ast.If) for inner in node.body]
        for node in (*tree.body, *under_if):
            match node:
                case ast.AnnAssign(target=ast.Name(id=name), annotation=ast.Name(id="TypeAlias")):
                    yield module, name
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Subscript() | ast.BinOp()):
                    if not name.isupper() and name.lstrip("_")[0].isupper():
                        yield module, name


def modules_of_file_names() -> Mapping[str, list[str]]:
    """Return the modules of each file name; the `__init__.py` of folders are left out."""
    by_file_name = defaultdict(list)
    for module in sources():
        if not is_package(module):
            by_file_name[module.rpartition(".")[2]].append(module)
    return by_file_name


def bindings() -> Iterator[tuple[str, str]]:
    """Yield each name that is assigned to, loop variables and annotated fields included, with its module."""
    for module, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield module, node.id


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(importer: str, tree: ast.Module) -> Iterator[tuple[str, bool]]:
    in_functions = {
        node for function in ast.walk(tree) if isinstance(function, FUNCTIONS) for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        for name in _names_of(node):
            module = _module_of(name)
            if module not in {None, importer, PACKAGE.name}:
                yield str(module), node in in_functions


def _names_of(node: ast.AST) -> list[str]:
    """Return what a statement imports, by dotted name. The package has no relative imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def _module_of(name: str) -> str | None:
    """Return the module of the package that a dotted name is, or is defined in."""
    while name and name not in sources():
        name = name.rpartition(".")[0]
    return name or None


def _reachable(graph: Mapping[str, set[str]], start: str) -> set[str]:
    """Return what a module leads to; it is among it only where something leads back."""
    reached: set[str] = set()
    ahead = list(graph[start])
    while ahead:
        module = ahead.pop()
        if module not in reached:
            reached.add(module)
            ahead.extend(graph[module])
    return reached
