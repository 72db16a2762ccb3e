"""Which rows of a file are its header, and whether the rest fits under it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING
from unicodedata import normalize

from coder.domain.grammar import listed
from coder.errors import CoderError
from coder.formats.surveys.cell_values import is_date, is_email, is_number, squeeze
from coder.formats.surveys.known_platforms import read_heading
from coder.formats.surveys.platform import Heading
from coder.formats.surveys.raw_tables import FileRows, RawTable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_CHECKED = 200
"""So many rows tell whether the first one is data."""
_DATA_SHARE = 1 / 3
_ADD_NAMES = "Add a first row with a name for each column, then import again."
_UNQUOTED = "Look there for a delimiter or line break in an answer without quotation marks."
_MIN_PEERS = 2
_MOST_TITLES = 6
_HEADER_CELLS = 3


def split_header(file_rows: FileRows) -> RawTable:
    """Split the rows of a file into the header and the respondents' rows.

    Raises:
        CoderError: No rows, no header, a name twice, or a row with more or fewer cells than names.
    """
    numbers, rows, comments = _content(file_rows)
    if not rows:
        msg = f"{file_rows.path.name} has no rows."
        raise CoderError(msg, "Export the survey again, or choose another file.")
    heading = read_heading(rows) or Heading(
        tuple(map(_tidy, rows[0])), file_rows.labels or ("",) * len(rows[0])
    )
    heading = replace(heading, names=_in_one_form(heading.names), labels=_in_one_form(heading.labels))
    body, row_numbers = rows[heading.rows :], numbers[heading.rows :]
    if not body:
        msg = f"{file_rows.path.name} has a header (row {numbers[0]}) and no answers under it."
        raise CoderError(msg, "Export the survey again with its responses.")
    _even_out(file_rows.path, heading.names, body, row_numbers)
    heading, body, places = _named_columns(file_rows.path, numbers[0], heading, body)
    _refuse_duplicates(file_rows.path, numbers[0], heading.names)
    _refuse_second_header(file_rows.path, heading.names, body, row_numbers)
    if not file_rows.names_certain and not heading.note:
        _refuse_data_as_names(file_rows.path, numbers[0], heading.names, body)
    notes = (*file_rows.notes, *((heading.note,) if heading.note else ()), *comments)
    return RawTable(
        file_rows.path, heading.names, heading.labels, body, row_numbers, notes,
        file_rows.doubts, file_rows.odd_cells, places,
    )  # fmt: skip


def _content(file_rows: FileRows) -> tuple[Sequence[int], list[list[str]], list[str]]:
    """Return the rows that are neither blank nor above the header, with their numbers."""
    skipped = 0
    comments = []
    titles = _title_rows(file_rows.rows)
    for row in file_rows.rows:
        if any(row) and not _is_comment(row) and skipped >= titles:
            break
        skipped += 1
        if any(row):
            description = "a comment" if _is_comment(row) else "a title above the header"
            comments.append(f"row {skipped} is {description}: {', '.join(filter(None, row))[:120]}")
    rows = file_rows.rows[skipped:]
    numbers: Sequence[int] = range(skipped + 1, skipped + 1 + len(rows))
    if not all(map(any, rows)):
        numbers = [number for number, row in zip(numbers, rows, strict=True) if any(row)]
        rows = [row for row in rows if any(row)]
    return numbers, rows, comments


def _title_rows(rows: Sequence[Sequence[str]]) -> int:
    """Return how many rows at the top hold a title alone: one cell filled, in a row as wide as a header."""
    for index, row in enumerate(rows[:_MOST_TITLES]):
        filled = sum(map(bool, row))
        if filled >= _HEADER_CELLS:
            return index
        if filled > 1 or len(row) < _HEADER_CELLS:
            return 0
    return 0


def _is_comment(row: Sequence[str]) -> bool:
    return row[0].startswith("#") and not (row[0] == "#" and any(row[1:]))


def _in_one_form(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(normalize("NFC", name) for name in names)


def _tidy(name: str) -> str:
    return " ".join(name.replace("\ufeff", "").split())


def _even_out(path: Path, names: Sequence[str], rows: list[list[str]], numbers: Sequence[int]) -> None:
    """Make every row as long as the header: cells beyond it may be missing or blank, not filled."""
    width = len(names)
    if set(map(len, rows)) == {width}:
        return
    needed = max((n for n, name in enumerate(names, 1) if name), default=0)
    for index, row in enumerate(rows):
        cells = len(row)
        if cells < needed or any(row[width:]):
            msg = f"{path.name}, row {numbers[index]}: {cells} cells where the header has {needed}."
            raise CoderError(msg, _UNQUOTED)
        rows[index] = row[:width] + [""] * (width - cells)


def _named_columns(
    path: Path, header_row: int, heading: Heading, rows: list[list[str]]
) -> tuple[Heading, list[list[str]], tuple[int, ...]]:
    """Drop columns without name and content, name the others after their place, and tell the places kept."""
    if all(heading.names):
        return heading, rows, ()
    positions = [n for n, name in enumerate(heading.names) if name or any(row[n] for row in rows)]
    unnamed = sum(not heading.names[n] for n in positions)
    if unnamed * 2 > len(positions):
        named = f"{len(positions) - unnamed} of {len(positions)}"
        msg = f"{path.name}, row {header_row}: only {named} columns have a name."
        raise CoderError(msg, "Delete the rows above the column names, or begin them with #.")
    names = tuple(heading.names[n] or f"column {n + 1}" for n in positions)
    labels = tuple(heading.labels[n] for n in positions)
    heading = Heading(names, labels, heading.rows, heading.note)
    return heading, [[row[n] for n in positions] for row in rows], tuple(n + 1 for n in positions)


def _refuse_duplicates(path: Path, header_row: int, names: Sequence[str]) -> None:
    if len(set(names)) == len(names):
        return
    name = next(name for name, count in Counter(names).items() if count > 1)
    columns = [str(n) for n, other_name in enumerate(names, 1) if other_name == name]
    msg = f"{path.name}, row {header_row}: columns {listed(columns)} are both named '{name}'."
    raise CoderError(msg, "Give each column a name of its own.")


def _refuse_second_header(
    path: Path, names: Sequence[str], rows: list[list[str]], numbers: Sequence[int]
) -> None:
    if list(names) in rows:
        msg = f"{path.name}, row {numbers[rows.index(list(names))]}: the column names stand there once more."
        raise CoderError(msg, "Delete that row, then import again.")


def _refuse_data_as_names(
    path: Path, header_row: int, names: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    columns = zip(*rows[:_CHECKED], strict=True)
    suspects = [name for name, cells in zip(names, columns, strict=True) if _is_data(name, cells)]
    if len(suspects) >= _DATA_SHARE * len(names):
        examples = ", ".join(f"'{name[:30]}'" for name in suspects[:3])
        msg = f"{path.name}, row {header_row}: this looks like data ({examples}), not like column names."
        raise CoderError(msg, _ADD_NAMES)


def _is_data(name: str, cells: Sequence[str]) -> bool:
    """Tell whether a would-be column name is one more value of its column."""
    filled = [cell for cell in cells if cell.strip()]
    if is_email(name) or is_date(name):
        return True
    if not filled:
        return False
    if is_number(name):
        return sum(map(is_number, filled)) > len(filled) / 2
    if name in filled:
        return len(set(filled)) >= _MIN_PEERS
    shape = _shape(name)
    if "9" not in shape or squeeze(name).startswith("q"):
        return False
    return sum(_shape(cell) == shape for cell in filled) > len(filled) / 2


def _shape(text: str) -> str:
    return re.sub(r"\d+", "9", text)
