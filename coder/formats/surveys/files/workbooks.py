"""Workbooks: XLSX, XLS and ODS, every cell as the text a person sees."""

from __future__ import annotations

import datetime as dt
import io
import math
from typing import TYPE_CHECKING

from coder.domain.near_names import nearest
from coder.errors import CoderError
from coder.formats.surveys.files.file_kinds import misnamed, password_needed
from coder.formats.surveys.raw_tables import MAX_CELL, Piece, in_pieces, oversized_cell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from python_calamine import CalamineSheet, CalamineWorkbook

SheetCell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta

_EXACT = 2.0**53
"""Whole numbers below this one are exact as floats: a long id keeps its last digit."""

_SAVE_ANEW = "Open it in Excel or LibreOffice and save it anew as .xlsx."


def read_workbook(path: Path, content: bytes, sheet: str | None) -> Iterator[Piece]:
    """Yield the rows of the sheet asked for, or else of the one with the most filled cells.

    Raises:
        CoderError: The workbook needs a password or is damaged; no such sheet; the sheet is empty.
    """
    from python_calamine import CalamineError, PasswordError, load_workbook

    try:
        workbook = load_workbook(io.BytesIO(content))
        name, unused = _choose(path, workbook, sheet)
        opened: CalamineSheet = workbook.get_sheet_by_name(name)
    except PasswordError:
        raise password_needed(path) from None
    except CalamineError as error:
        msg = f"{path.name} cannot be read as a workbook: {error}."
        raise CoderError(msg, _SAVE_ANEW) from None
    if opened.width == 0:
        msg = f"{path.name}: the sheet '{name}' is empty."
        raise CoderError(msg, "Choose another with --sheet.")
    notes = [f"sheet '{name}'" + (f" (not used: {', '.join(unused)})" if unused else "")]
    if misnamed(path, "workbook"):
        notes.append(f"the file is a workbook although its name ends in {path.suffix}")
    total = opened.end[0] + 1 if opened.end else 0
    yield Piece(facts={"notes": notes}, total=total)
    yield from in_pieces(_as_text(path, _rows(opened)), total)


def _choose(path: Path, workbook: CalamineWorkbook, sheet: str | None) -> tuple[str, list[str]]:
    from python_calamine import SheetVisibleEnum

    names = workbook.sheet_names
    if not names:
        msg = f"{path.name} has no sheets."
        raise CoderError(msg, _SAVE_ANEW)
    if sheet is None:
        visible = [s.name for s in workbook.sheets_metadata if s.visible == SheetVisibleEnum.Visible] or names
        fullest = max(visible, key=lambda name: _filled(workbook, name)) if len(visible) > 1 else visible[0]
        return fullest, [name for name in names if name != fullest]
    for name in names:
        if name.casefold().strip() == sheet.casefold().strip():
            return name, []
    msg = f"{path.name} has no sheet '{sheet}'."
    raise CoderError(msg, nearest(sheet, names) or f"Its sheets are: {', '.join(names)}.")


def _rows(sheet: CalamineSheet) -> Iterator[list[SheetCell]]:
    """Yield a sheet's rows from the first one and the first column on, also where these are empty."""
    left: list[SheetCell] = [""] * (sheet.start[1] if sheet.start else 0)
    for row in sheet.iter_rows():
        yield left + row


def _filled(workbook: CalamineWorkbook, name: str) -> int:
    return sum(cell != "" for row in _rows(workbook.get_sheet_by_name(name)) for cell in row)


def _as_text(path: Path, rows: Iterator[list[SheetCell]]) -> Iterator[list[str]]:
    for number, cells in enumerate(rows, 1):
        row = list(map(cell_text, cells))
        for column, cell in enumerate(row, 1):
            if len(cell) > MAX_CELL:
                raise oversized_cell(path, number, column, len(cell))
        yield row


def _float_text(cell: float) -> str:
    if cell.is_integer() and abs(cell) < _EXACT:
        return str(int(cell))
    return "" if math.isnan(cell) else f"{cell:.15g}"


def cell_text(cell: object) -> str:
    """Write a cell as text: 1.0 as "1", dates in ISO form, nothing as an empty string."""
    if isinstance(cell, str):
        return cell.replace("\r\n", "\n").replace("\0", "")
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return _float_text(cell)
    if isinstance(cell, dt.datetime):
        midnight = cell.time() == dt.time()
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "seconds")
    return str(cell)
