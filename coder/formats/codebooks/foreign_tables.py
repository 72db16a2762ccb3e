"""Tables of themes of other programs: Taguette, NVivo, QualCoder, MAXQDA, ATLAS.ti; and tables of 0 and 1."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.grammar import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    NumberedRows = list[tuple[int, list[str]]]

_THEME = (
    "theme", "code", "codename", "tag", "node", "hierarchicalname", "name", "label", "title", "codes",
    "thema", "codelabel", "kode", "código", "codigo", "codice", "kod", "kód",
)  # fmt: skip
"""What other programs call a theme, the surest first, as `_squeezed` has it."""
_FIELDS = {
    "definition": (
        "definition", "description", "memo", "codememo", "comment", "comments", "beschreibung", "definición",
        "définition", "definitie", "descripción", "note", "notes", "kommentar",
    ),
    "parent": (
        "parent", "parentcode", "parentname", "parentnode", "parenttag", "obercode", "oberkategorie",
        "category", "categoryname", "codecategory", "codegroup", "codegroups", "group", "folder", "kategorie",
    ),
    "include": ("include", "inclusion", "inclusioncriteria", "whentouse"),
    "exclude": ("exclude", "exclusion", "exclusioncriteria", "whennottouse"),
    "examples": ("examples", "example", "anchorexample", "ankerbeispiel", "ejemplo", "exemple", "quote"),
    "keywords": ("keywords", "keyword"),
}  # fmt: skip
_PATH = re.compile(r"\s*\\+\s*|\s+[>\u203a]\s+")
_ROOTS = {"nodes", "codes", "codesystem", "code system", "knoten"}
"""What stands before every path that NVivo and MAXQDA write, and is no theme."""
_QUESTION = re.compile(r"([^\s:]{1,20}): (.+)", re.DOTALL)
_RESPONDENT = "respondent_id"
_FEWEST_THEMES = 2


@dataclass(frozen=True, slots=True)
class ThemeRows:
    """A table of themes under the names of columns that this program has."""

    header: list[str]
    rows: NumberedRows
    remarks: tuple[str, ...] = ()


def under_own_names(name: str, header: Sequence[str], rows: NumberedRows) -> ThemeRows | None:
    """Return another program's table of themes under this program's names of columns.

    Args:
        name: The file's name, for remarks.
        header: Its first row, which has no column `theme`.
        rows: The others, with their numbers.

    Returns:
        None if no column is known for that of the themes, and the table is none of 0 and 1.
    """
    names = _own_names(header)
    if "theme" not in names.values():
        return _of_zeros_and_ones(name, header, rows)
    renamed = [names.get(position, cell) for position, cell in enumerate(header)]
    pairs = [f"'{header[position].strip()}' as {own_name}" for position, own_name in sorted(names.items())]
    remark = f"{name}: Read {listed(pairs)}."
    return ThemeRows(*_with_paths(renamed, rows), (remark,))


def _own_names(header: Sequence[str]) -> dict[int, str]:
    """Return which columns have which of this program's names, by position."""
    squeezed = [_squeezed(cell) for cell in header]
    names: dict[int, str] = {}
    for own_name, theirs in {"theme": _THEME, **_FIELDS}.items():
        hits = [squeezed.index(cell) for cell in theirs if cell in squeezed]
        free = [position for position in hits if position not in names]
        if free:
            names[free[0]] = own_name
    return names


def _squeezed(cell: str) -> str:
    return "".join(filter(str.isalnum, cell.casefold()))


def _with_paths(header: list[str], rows: NumberedRows) -> tuple[list[str], NumberedRows]:
    r"""Return a table with the last name of a path (`Nodes\Staff\Pay`) as theme, the one before as parent."""
    theme = header.index("theme")
    parent = header.index("parent") if "parent" in header else len(header)
    header = header if parent < len(header) else [*header, "parent"]
    without_paths = []
    for number, cells in rows:
        padded = [*cells, *[""] * (len(header) - len(cells))]
        path = _names_in(padded[theme]) if parent != theme else [padded[theme]]
        parents = _names_in(padded[parent]) if len(path) < 2 else path[:-1]  # noqa: PLR2004 - a name and one above
        padded[theme] = path[-1] if path else padded[theme]
        padded[parent] = parents[-1] if parents else ""
        without_paths.append((number, padded))
    return header, without_paths


def _names_in(path: str) -> list[str]:
    names = [name for name in _PATH.split(path.strip()) if name]
    return names[1:] if len(names) > 1 and names[0].casefold() in _ROOTS else names


def _of_zeros_and_ones(name: str, header: Sequence[str], rows: NumberedRows) -> ThemeRows | None:
    """Return a theme for each column of 0 and 1, of a table with a row for each respondent or answer."""
    positions = [
        position
        for position, cell in enumerate(header)
        if cell.strip() and _is_flag(row[position].strip() for _, row in rows if position < len(row))
    ]
    if len(positions) < _FEWEST_THEMES:
        return None
    of_questions = _squeezed(header[0]) == _squeezed(_RESPONDENT)
    themes: NumberedRows = []
    for position in positions:
        label = header[position].strip()
        question = _QUESTION.fullmatch(label) if of_questions else None
        themes.append((1, [question[2], question[1]] if question else [label, ""]))
    others = [
        f"'{cell}'" for position, cell in enumerate(header) if cell.strip() and position not in positions
    ]
    passed_over = f"; not read: the columns {listed(others)}" if others else ""
    remark = f"{name}: A column of 0 and 1 for each theme: {counted(len(themes), 'theme')}{passed_over}."
    return ThemeRows(["theme", "question"], themes, (remark,))


def _is_flag(cells: Iterable[str]) -> bool:
    seen = set(cells) - {""}
    return "1" in seen and seen <= {"0", "1"}
