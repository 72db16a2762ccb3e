"""Workbooks: XLSX, XLS and ODS, every cell as the text a person sees."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
import zipfile
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

from coder.domain.near_names import nearest
from coder.errors import CoderError
from coder.formats.surveys.file_kinds import misnamed, password_needed
from coder.formats.surveys.raw_tables import MAX_CELL, PROGRESS_EVERY, FileRows, oversized_cell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from python_calamine import CalamineSheet, CalamineWorkbook

    from coder.domain.progress import Progress

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta

_EXACT = 2.0**53
"""Whole numbers below this one are exact as floats: a long id keeps its last digit."""

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_DIMENSION = re.compile(rb'<dimension ref="[A-Z]+\d+:([A-Z]{1,3})(\d{1,7})"')
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>/]*>\s*<(?:v|is|f)\b')
_START = 4_000
"""Bytes; a sheet states its size before its rows."""
_MOST_CELLS = 100_000_000

_SAVE_ANEW = "Open it in Excel or LibreOffice and save it anew as .xlsx."


def read_workbook(path: Path, content: bytes, sheet: str | None, progress: Progress) -> FileRows:
    """Read the sheet asked for, or else the one with the most filled cells.

    Raises:
        CoderError: The workbook needs a password or is damaged; no such sheet; the sheet is empty.
    """
    from python_calamine import CalamineError, PasswordError, load_workbook

    _refuse_vast(path, content)
    try:
        workbook = load_workbook(io.BytesIO(content))
        name, unused = _choose(path, workbook, sheet)
        table = _read_sheet(workbook, name)
    except PasswordError:
        raise password_needed(path) from None
    except CalamineError as error:
        msg = f"{path.name} cannot be read as a workbook: {error}."
        raise CoderError(msg, _SAVE_ANEW) from None
    if not any(table):
        msg = f"{path.name}: the sheet '{name}' is empty."
        raise CoderError(msg, "Choose another with --sheet.")
    notes = [f"sheet '{name}'" + (f" (not used: {', '.join(unused)})" if unused else "")]
    if misnamed(path, "workbook"):
        notes.append(f"the file is a workbook although its name ends in {path.suffix}")
    return FileRows(path, _as_text(path, table, progress), notes=tuple(notes))


def _refuse_vast(path: Path, content: bytes) -> None:
    """Refuse a sheet with a stray cell so far out that the empty ones before it would fill the memory.

    calamine would end the program, and no `except` can stop that.
    """
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in filter(_SHEET.fullmatch, archive.namelist()):
            with suppress(zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError):
                cell = _farthest(archive, name)
                if cell is not None:
                    msg = f"{path.name}: a stray cell near {cell} makes a sheet too large to read."
                    raise CoderError(msg, "Delete the rows and columns beyond the table, and save it again.")


def _farthest(archive: zipfile.ZipFile, name: str) -> str | None:
    """Return the last row and column with content, if they span too many cells."""
    with archive.open(name) as stream:
        start = stream.read(_START)
        stated = _DIMENSION.search(start)
        # What is stated may be formats alone: then the cells themselves tell.
        if stated is None or _column(stated[1]) * int(stated[2]) <= _MOST_CELLS:
            return None
        cells = _CELL.findall(start + stream.read())
    column = max((column for column, _ in cells), key=_column, default=b"A")
    row = max((int(row) for _, row in cells), default=1)
    return f"{column.decode()}{row}" if _column(column) * row > _MOST_CELLS else None


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


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


def _read_sheet(workbook: CalamineWorkbook, name: str) -> Sequence[Sequence[Cell]]:
    sheet: CalamineSheet = workbook.get_sheet_by_name(name)
    return sheet.to_python(skip_empty_area=False)


def _filled(workbook: CalamineWorkbook, name: str) -> int:
    return sum(cell != "" for row in _read_sheet(workbook, name) for cell in row)


def _as_text(path: Path, table: Sequence[Sequence[Cell]], progress: Progress) -> list[list[str]]:
    rows: list[list[str]] = []
    for number, cells in enumerate(table, 1):
        row = list(map(cell_text, cells))
        for column, cell in enumerate(row, 1):
            if len(cell) > MAX_CELL:
                raise oversized_cell(path, number, column, len(cell))
        rows.append(row)
        if number % PROGRESS_EVERY == 0:
            progress(number, len(table))
    return rows


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
