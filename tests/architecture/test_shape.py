"""How the package is built: rooms, ways between them, names, and how large things may grow.

docs/decisions/0010 has the figures before this house and after, and how they are counted.
"""

from __future__ import annotations

import ast
from collections import Counter, defaultdict

from package_source import (
    FUNCTIONS,
    PACKAGE,
    bindings,
    circles,
    classes,
    modules_of_file_names,
    own_imports,
    sources,
    type_aliases,
)

MOST_IN_A_FOLDER = 25
MOST_METHODS = 20
MOST_IMPORTS_IN_FUNCTIONS = 192
MOST_VAGUE = 0.06
VAGUE = """
    found each some told asked known made shown seen left given wanted chosen here there now before after
    words parts place places own one other others first last rest work what who behind way ways data result
    value values info tmp item items obj thing kept
"""
"""Names that do not say of what: a theme, a row, a response would."""

SAYS_NOTHING = {"found", "told", "each", "asked"}
"""Names that no binding has: found where, told whom, each of what?"""
BASE_ASKED = {
    "coder.domain.tables.bases",
    "coder.tables.closed_counts",
    "coder.tables.theme_counts",
    "coder.workflows.reporting.methods_note",
    "coder.workflows.reporting.methods_tables",
    "coder.workflows.tables.gathering",
}
"""Modules in which `asked`, beside `answered`, is how many respondents were: the base of that name."""

SEEN_FROM_SEVERAL_LAYERS = {
    "bases": "whom percentages are of: the kinds, and who is in each",
    "codings": "what coders chose, as values and in the database",
    "counts": "how many mention a theme, as values and in the database",
    "journal": "dated notes on the study: kept, written, on screen",
    "matrices": "respondents by themes: values, counted, put together",
    "precedents": "how a theme was coded before: read, chosen for comparison, on screen",
    "quotes": "what respondents wrote about a theme: values, read, chosen",
    "recoding": "codings to be looked at afresh: decided, and said on screen",
    "saturation": "whether new themes still come up: counted, and on screen",
    "second_look": "codings that may be wrong or missing: values, rules, keys",
    "theme_drafts": "groups of alike answers: values, and worked out",
}
"""File names that stand in several layers, each with the one subject they all have."""


def test_no_circles() -> None:
    """No module leads back to itself; imports for types alone and inside functions count as well."""
    assert circles() == []


def test_folders_stay_small() -> None:
    """A folder holds few enough modules to be taken in at a glance."""
    modules = Counter(str(path.parent.relative_to(PACKAGE)) for path in PACKAGE.rglob("*.py"))
    assert {folder: count for folder, count in modules.items() if count > MOST_IN_A_FOLDER} == {}


def test_few_imports_inside_functions() -> None:
    """They serve large libraries and start-up alone, never to break a circle: there is none.

    Those of 189 to 192: what `coder redact` and `coder withdraw` do, and finishing on opening what a program
    that took words out left unfinished.
    """
    assert sum(one.in_function for one in own_imports()) <= MOST_IMPORTS_IN_FUNCTIONS


def test_names_say_of_what() -> None:
    """Few bindings have a name that would fit any other as well."""
    names = [name for _, name in bindings()]
    vague = Counter(name for name in names if name in VAGUE.split())
    assert vague.total() / len(names) <= MOST_VAGUE, vague.most_common()


def test_no_name_says_nothing() -> None:
    """The names that say least are not used at all, but for the base of those asked."""
    assert {
        (module, name)
        for module, name in bindings()
        if name in SAYS_NOTHING and not (name == "asked" and module in BASE_ASKED)
    } == set()


def test_a_class_name_has_one_meaning() -> None:
    """No two modules define a public class, or a type alias, of the same name."""
    modules = defaultdict(set)
    for module, name in [*((module, node.name) for module, node in classes()), *type_aliases()]:
        if not name.startswith("_"):
            modules[name].add(module)
    assert {name: homes for name, homes in modules.items() if len(homes) > 1} == {}


def test_a_file_name_has_one_subject() -> None:
    """A file name stands in several layers only for one subject seen from each."""
    several = {
        name
        for name, modules in modules_of_file_names().items()
        if len({module.split(".")[1] for module in modules}) > 1
    }
    assert several == set(SEEN_FROM_SEVERAL_LAYERS)


def test_modules_stay_under_400_lines() -> None:
    """No module has 400 lines or more."""
    lines = {
        str(path.relative_to(PACKAGE)): len(path.read_text("utf-8").splitlines())
        for path in PACKAGE.rglob("*.py")
    }
    assert {name: count for name, count in lines.items() if count >= 400} == {}


def test_functions_stay_within_60_lines() -> None:
    """No function has more than 60 lines, its docstring included."""
    lines = {
        f"{module}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for module, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, FUNCTIONS)
    }
    assert {name: count for name, count in lines.items() if count > 60} == {}


def test_classes_have_20_methods_at_most() -> None:
    """No class has more, screens included."""
    methods = {
        f"{module}: {node.name}": sum(isinstance(part, FUNCTIONS) for part in node.body)
        for module, node in classes()
    }
    assert {name: count for name, count in methods.items() if count > MOST_METHODS} == {}


def test_a_test_file_has_a_name_of_its_own() -> None:
    """Pytest imports them by their names alone: of two that are called alike it would run one."""
    names = Counter(path.name for path in (PACKAGE.parent / "tests").rglob("test_*.py"))
    assert [name for name, times in names.items() if times > 1] == []
