"""Read a codebook from a table of themes: one theme a row, as people list them in a spreadsheet."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.codebook import Codebook, Theme, nearest
from coder.errors import CoderError
from coder.formats.codebook_checks import check_themes
from coder.formats.codebook_nodes import Place, PlacedTheme, new_id
from coder.formats.utf8_files import read_utf8

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

TABLE_SUFFIXES = (".csv", ".tsv")

_COLUMNS = {
    "theme": "theme", "question_id": "question", "question": "question", "parent": "parent",
    "definition": "definition", "keywords": "keywords", "examples": "examples", "short_name": "short_name",
}  # fmt: skip
"""The columns that count, by their header in the file; others are ignored."""


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    """In the file, the header being row 1."""
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read_theme_table(path: Path) -> Codebook:
    """Read a codebook from a CSV or TSV file with a column `theme`.

    Columns `question_id` (or `question`), `parent`, `definition`, `keywords` (parted by semicolons),
    `examples` (a line each) and `short_name` are read where there are any. Ids are made of the question
    and the short name or theme. A parent that is no row itself becomes a net, put before its first theme.

    Raises:
        CoderError: The file is no such table; the message names row and column.
    """
    header, *records = _records(path) or [[]]
    columns = _columns(path.name, header)
    rows = list(_rows(path.name, records, columns, len(header)))
    if not rows:
        msg = f"{path.name} has no themes."
        raise CoderError(msg, "Write one theme a row, below the header.")
    themes = list(_themes(rows, columns))
    faults = [
        f"{path.name}, row {fault.line}, column '{header[fault.column - 1]}': {fault.message} — {fault.hint}"
        for fault in check_themes(themes, unit="row")
    ]
    if faults:
        raise CoderError("\n".join(faults), f"Mend {path.name} and try again.")
    return Codebook(tuple(placed.theme for placed in themes))


def _records(path: Path) -> list[list[str]]:
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    reader = csv.reader(io.StringIO(read_utf8(path), newline=""), delimiter=delimiter, strict=True)
    try:
        return list(reader)
    except csv.Error as error:
        message = f"{path.name}, line {reader.line_num}: {error}."
        raise CoderError(message, "Is each quotation mark closed, and doubled within a cell?") from None


def _columns(name: str, header: Sequence[str]) -> dict[str, int]:
    """Return the position of each column that counts, from 0."""
    names = [cell.strip().casefold() for cell in header]
    if "theme" not in names:
        hint = nearest("theme", header) or f"The header has: {', '.join(header)}."
        msg = f"{name}, row 1: There is no column 'theme'."
        raise CoderError(msg, hint)
    return {_COLUMNS[cell]: position for position, cell in enumerate(names) if cell in _COLUMNS}


def _rows(
    name: str, records: Sequence[Sequence[str]], columns: Mapping[str, int], width: int
) -> Iterator[_Row]:
    """Yield the rows that are not blank."""
    for number, cells in enumerate(records, start=2):
        if not any(map(str.strip, cells)):
            continue
        if len(cells) > width:
            message = f"{name}, row {number}: {len(cells)} cells stand under {width} headers."
            raise CoderError(message, "Put a cell that holds the delimiter in quotation marks.")
        row = _Row(number, {column: cells[at].strip() for column, at in columns.items() if at < len(cells)})
        if not row["theme"]:
            msg = f"{name}, row {number}, column 'theme': The cell is empty."
            raise CoderError(msg, "Name the theme.")
        yield row


def _themes(rows: Sequence[_Row], columns: Mapping[str, int]) -> Iterator[PlacedTheme]:
    """Yield the themes of the rows, each net that is no row itself before its first theme."""
    taken: set[str] = set()
    ids = [new_id(row["question"], row["short_name"] or row["theme"], taken) for row in rows]
    named = list(zip(rows, ids, strict=True))
    known = {(row["question"], row["theme"].casefold()): theme_id for row, theme_id in named}
    for row, theme_id in named:
        questions = (row["question"],) if row["question"] else ()
        keys = {"": "theme", "label": "theme"} | {key: key for key in columns}
        places = {key: Place(row.number, columns[column] + 1) for key, column in keys.items()}
        parent = None
        if name := row["parent"]:
            key = (row["question"], name.casefold())
            parent = known.get(key) or known.get(("", name.casefold()))
            if parent is None:
                parent = known[key] = new_id(row["question"], name, taken)
                net = Theme(parent, name, questions=questions, codable=False)
                yield PlacedTheme(net, {"": places["parent"]})
        words = tuple(word.strip() for word in row["keywords"].split(";") if word.strip())
        theme = Theme(
            theme_id,
            row["theme"],
            row["definition"],
            examples=tuple(line.strip() for line in row["examples"].splitlines() if line.strip()),
            keywords=words,
            parent=parent,
            questions=questions,
        )
        yield PlacedTheme(theme, places)
