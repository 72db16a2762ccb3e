"""Workbooks: XLSX, XLS and ODS, every cell as the text a person sees."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import asdict
from typing import TYPE_CHECKING

from coder.errors import CoderError
from coder.formats.shared.archives_in import DAMAGES
from coder.formats.surveys.files.cell_texts import cell_text
from coder.formats.surveys.files.file_kinds import misnamed, password_needed
from coder.formats.surveys.files.workbooks.ods_sheet import OdsSheet, even, is_ods, mended
from coder.formats.surveys.files.workbooks.sheet_choice import choose_sheet
from coder.formats.surveys.files.workbooks.sheet_marks import (
    FillingDown,
    SheetMarks,
    mark_facts,
    mark_notes,
    with_marks,
)
from coder.formats.surveys.files.workbooks.xlsx_parts import parts_of
from coder.formats.surveys.files.workbooks.xlsx_sheet import marks_of
from coder.formats.surveys.raw_tables import MAX_CELL, MergedCells, Piece, in_pieces, oversized_cell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from python_calamine import CalamineSheet, CalamineWorkbook

SheetCell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta

_UNKNOWN = (
    "formula errors, number formats and hidden rows are not told of workbooks of this kind: "
    "save it as .xlsx if it may have any"
)
_SAVE_ANEW = "Open it in Excel or LibreOffice and save it anew as .xlsx."


def read_workbook(path: Path, content: bytes, sheet: str | None) -> Iterator[Piece]:
    """Yield the rows of the sheet asked for, or else of the one with the most filled cells.

    Raises:
        CoderError: The workbook needs a password or is damaged; no such sheet; the sheet is empty.
    """
    from python_calamine import CalamineError, PasswordError

    try:
        workbook, content = _opened(content)
        chosen = choose_sheet(path, workbook, sheet)
        name = chosen.name
        opened: CalamineSheet = workbook.get_sheet_by_name(name)
    except PasswordError:
        raise password_needed(path) from None
    except CalamineError as error:
        msg = f"{path.name} cannot be read as a workbook: {error}."
        raise CoderError(msg, _SAVE_ANEW) from None
    if opened.width == 0:
        msg = f"{path.name}: the sheet '{name}' is empty."
        raise CoderError(msg, "Choose another with --sheet.")
    total = opened.end[0] + 1 if opened.end else 0
    yield Piece(total=total)
    if is_ods(content):
        ods = OdsSheet(path, name)
        marks: SheetMarks | None = ods.marks
        merged = ods.merged
        rows = even(ods.rows(io.BytesIO(content)))
    else:
        marks, merged = _marks(content, name), _merged(opened)
        rows = with_marks(map(_as_text, _rows(opened)), marks or SheetMarks())
    filling = FillingDown(merged)
    yield from in_pieces(_bounded(path, filling.fill(rows)), total)
    notes = [f"sheet '{name}'" + (f" (not used: {', '.join(chosen.unused)})" if chosen.unused else "")]
    if misnamed(path, "workbook"):
        notes.append(f"the file is a workbook although its name ends in {path.suffix}")
    notes += [_UNKNOWN] if marks is None else mark_notes(marks)
    doubts = [asdict(chosen.doubt)] if chosen.doubt else []
    facts = {"notes": [*notes, *filling.notes()], "doubts": doubts, "merged": merged}
    yield Piece(facts=facts | mark_facts(marks))


def _opened(content: bytes) -> tuple[CalamineWorkbook, bytes]:
    """Return a workbook and what of its file was read: an OpenDocument one may have to be mended for that."""
    from python_calamine import CalamineError, load_workbook

    try:
        return load_workbook(io.BytesIO(content)), content
    except CalamineError:
        if not is_ods(content):
            raise
    content = mended(content)
    return load_workbook(io.BytesIO(content)), content


def _marks(content: bytes, sheet: str) -> SheetMarks | None:
    """Return what calamine leaves out of a sheet; None if the file is of a kind where that cannot be told."""
    stream = io.BytesIO(content)
    if not zipfile.is_zipfile(stream):
        return None
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = parts_of(archive)
            if parts is None or sheet not in parts.sheets:
                return None
            with archive.open(parts.sheets[sheet]) as xml:
                return marks_of(xml, parts)
    except (*DAMAGES, KeyError, RuntimeError):
        return None


def _merged(sheet: CalamineSheet) -> list[MergedCells]:
    ranges = sheet.merged_cell_ranges or []
    return sorted(MergedCells(top + 1, left + 1, bottom + 1) for (top, left), (bottom, _) in ranges)


def _rows(sheet: CalamineSheet) -> Iterator[list[SheetCell]]:
    """Yield a sheet's rows from the first one and the first column on, also where these are empty."""
    left: list[SheetCell] = [""] * (sheet.start[1] if sheet.start else 0)
    for row in sheet.iter_rows():
        yield left + row


def _as_text(cells: list[SheetCell]) -> list[str]:
    return list(map(cell_text, cells))


def _bounded(path: Path, rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """Yield rows.

    Raises:
        CoderError: A cell is too long to be an answer.
    """
    for number, row in enumerate(rows, 1):
        if max(map(len, row), default=0) > MAX_CELL:
            column, length = next((n, len(cell)) for n, cell in enumerate(row, 1) if len(cell) > MAX_CELL)
            raise oversized_cell(path, number, column, length)
        yield row
