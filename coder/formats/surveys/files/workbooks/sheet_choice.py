"""Which sheet of a workbook is read, and whether another one looks like responses as well."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing, counted, listed_few
from coder.domain.near_names import nearest
from coder.domain.surveys.survey_doubts import Doubt
from coder.domain.texts.shell_quoting import quoted
from coder.errors import CoderError
from coder.formats.surveys.cell_values import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from python_calamine import CalamineSheet, CalamineWorkbook

_LOOKED_AT = 200
"""Rows of each sheet."""
_FEWEST_NAMES, _FEWEST_ANSWERS = 2, 5
_MOSTLY = 0.6
_WORDS_OF_AN_ANSWER = 3
_SHOWN = 3
_OF_LISTS = frozenset({
    "variable", "variablename", "variablelabel", "label", "labels", "code", "codes", "value", "values",
    "valuelabel", "valuelabels", "description", "definition", "field", "fieldname", "column", "columnname",
    "type", "theme", "themes", "question", "questions", "questiontext", "questionid", "item", "meaning",
    "explanation", "format", "key",
})  # fmt: skip
"""Names of columns in a list of variables, codes or themes."""


@dataclass(frozen=True, slots=True)
class ChosenSheet:
    """The sheet that is read."""

    name: str
    unused: tuple[str, ...] = ()
    doubt: Doubt | None = None


def choose_sheet(path: Path, workbook: CalamineWorkbook, sheet: str | None) -> ChosenSheet:
    """Return the sheet asked for, or else the one with the most filled cells that a person sees.

    Raises:
        CoderError: There is no such sheet, or none at all.
    """
    from python_calamine import SheetVisibleEnum

    names = workbook.sheet_names
    if not names:
        msg = f"{path.name} has no sheets."
        raise CoderError(msg, "Open it in Excel or LibreOffice and save it anew as .xlsx.")
    if sheet is not None:
        return ChosenSheet(_named(path, names, sheet))
    visible = [s.name for s in workbook.sheets_metadata if s.visible == SheetVisibleEnum.Visible] or names
    if len(visible) == 1:
        name, doubt = visible[0], None
    else:
        sheets = {name: workbook.get_sheet_by_name(name) for name in visible}
        name = max(visible, key=lambda name: _filled(sheets[name]))
        doubt = _doubt(name, {name: _Beginning.of(sheet) for name, sheet in sheets.items()})
    unused = [other if other in visible else f"{other} (hidden)" for other in names if other != name]
    return ChosenSheet(name, tuple(unused), doubt)


def _named(path: Path, names: Sequence[str], sheet: str) -> str:
    for name in names:
        if name.casefold().strip() == sheet.casefold().strip():
            return name
    msg = f"{path.name} has no sheet '{sheet}'."
    raise CoderError(msg, nearest(sheet, names) or f"Its sheets are: {', '.join(names)}.")


def _filled(sheet: CalamineSheet) -> int:
    return sum(cell != "" for row in sheet.iter_rows() for cell in row)


@dataclass(frozen=True, slots=True)
class _Beginning:
    """The names and the first rows of a sheet."""

    names: frozenset[str]
    """Letters and digits alone, in lower case."""
    rows: list[list[str]]
    height: int

    @classmethod
    def of(cls, sheet: CalamineSheet) -> _Beginning:
        """Look at a sheet."""
        rows = [[str(cell) for cell in row] for row in islice(sheet.iter_rows(), _LOOKED_AT)]
        while rows and sum(map(bool, rows[0])) < _FEWEST_NAMES:
            rows.pop(0)
        names = frozenset(squeeze(cell) for cell in rows[0] if cell.strip()) if rows else frozenset()
        return cls(names, rows[1:], sheet.height - 1)

    def looks_like_responses(self, read: _Beginning) -> bool:
        """Tell whether this sheet may be meant, in place of the one that is read or beside it."""
        if len(self.names) < _FEWEST_NAMES or not any(map(any, self.rows)):
            return False
        shared = len(self.names & read.names)
        if shared >= _FEWEST_NAMES and shared * 2 >= len(self.names):
            return True
        if len(self.names & _OF_LISTS) * 2 >= len(self.names):
            return False
        columns = [
            [cell.strip() for cell in column if cell.strip()] for column in zip(*self.rows, strict=False)
        ]
        return any(map(_are_answers, columns)) and not any(
            _are_names(column, read.names) for column in columns
        )


def _are_answers(cells: Sequence[str]) -> bool:
    words = sum(len(cell.split()) for cell in cells)
    several = len(cells) >= _FEWEST_ANSWERS and len(set(cells)) > _MOSTLY * len(cells)
    return several and words >= _WORDS_OF_AN_ANSWER * len(cells)


def _are_names(cells: Sequence[str], names: Iterable[str]) -> bool:
    """Tell whether a column lists the columns of the sheet that is read: this one explains them."""
    listed = {squeeze(cell) for cell in cells}
    return len(listed & set(names)) * 2 >= len(listed) > 1


def _doubt(name: str, beginnings: dict[str, _Beginning]) -> Doubt | None:
    others = [
        f"'{other}' ({counted(beginning.height, 'row')})"
        for other, beginning in beginnings.items()
        if other != name and beginning.looks_like_responses(beginnings[name])
    ]
    if not others:
        return None
    message = (
        f"'{name}' is read, the sheet with the most filled cells; {listed_few(others, _SHOWN)} "
        f"{agreeing(len(others), 'looks', 'look')} like responses as well."
    )
    remedy = f"--sheet {quoted(name)} if that is right; --sheet NAME for another one"
    return Doubt("sheet", message, remedy)
