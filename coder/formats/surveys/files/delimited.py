"""CSV and its cousins: encoding and delimiter found out, cells kept as they are."""

from __future__ import annotations

import csv
import io
import re
import sys
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from coder.errors import CoderError
from coder.formats.shared.encodings.decoding import decode, described
from coder.formats.shared.encodings.garbled import garbled_doubts
from coder.formats.surveys.files.delimiters import Delimiter, field_limit, find_delimiter
from coder.formats.surveys.files.file_kinds import misnamed
from coder.formats.surveys.raw_tables import MAX_CELL, PROGRESS_EVERY, FileRows, no_progress, oversized_cell

if TYPE_CHECKING:
    from _csv import Reader
    from pathlib import Path

    from coder.domain.progress import Progress

# A third of the time that str.replace takes in a large file.
_CRLF = re.compile("\r\n")


def read_delimited(
    path: Path, content: bytes, progress: Progress = no_progress, encoding: str | None = None
) -> FileRows:
    """Read delimited text.

    Args:
        path: The file.
        content: What it holds.
        progress: Called at least every 1,000 rows; may raise CancelledError.
        encoding: The encoding that a person says it has; None: it is found out.

    Raises:
        CoderError: Bytes that are no text, a quote left open, or a cell beyond the limit.
    """
    decoded = decode(path.name, content, encoding)
    notes = [f"encoding: {described(decoded.encoding)}", *decoded.notes]
    text = decoded.text
    if "\0" in text:
        notes.append(f"{text.count(chr(0)):,} NUL characters were left out")
        text = text.replace("\0", "")
    text = _CRLF.sub("\n", text)
    delimiter = find_delimiter(text, path.suffix)
    notes.append(delimiter.note)
    if misnamed(path, "text"):
        notes.append(f"the file is delimited text although its name ends in {path.suffix}")
    rows = _parse(path, delimiter, progress)
    garbled = () if decoded.broken else garbled_doubts(text, rows)
    return FileRows(path, rows, notes=tuple(notes), doubts=(*decoded.doubts, *garbled))


def _parse(path: Path, delimiter: Delimiter, progress: Progress) -> list[list[str]]:
    rows: list[list[str]] = []
    with field_limit(MAX_CELL):
        reader = _reader(delimiter)
        try:
            done = -1
            while done < len(rows):
                done = len(rows)
                rows.extend(islice(reader, PROGRESS_EVERY))
                progress(len(rows), None)
        except csv.Error:
            if delimiter.one_column and (lines := _plain_lines(delimiter.table)):
                return lines
            raise _explained(path, delimiter, len(rows)) from None
    return rows


def _plain_lines(table: str) -> list[list[str]]:
    """Return each line as a cell, quotation marks as they stand; nothing if one is left open in a line."""
    lines = re.split("[\r\n]", table)
    if any(line.count('"') % 2 or len(line) > MAX_CELL for line in lines):
        return []
    return [[line] if line else [] for line in lines]


def _explained(path: Path, delimiter: Delimiter, sound: int) -> CoderError:
    """Say what is wrong with the row after so many sound ones."""
    with field_limit(sys.maxsize):
        reader = _reader(delimiter)
        for _ in islice(reader, sound):
            pass
        line = reader.line_num + 1
        try:
            lengths = [len(cell) for cell in next(reader)]
        except csv.Error:
            return CoderError(
                f"{path.name}, row {sound + 1} (line {line}): "
                "a quotation mark opens a cell and is not closed where the cell ends.",
                f'Close it, or double the quotation marks inside the answer (""), near line {line}.',
            )
        return oversized_cell(path, sound + 1, lengths.index(max(lengths)) + 1, max(lengths))


def _reader(delimiter: Delimiter) -> Reader:
    return csv.reader(io.StringIO(delimiter.table, newline=""), delimiter=delimiter.sign, strict=True)


@dataclass(frozen=True, slots=True)
class HeadedTable:
    """A table that is no survey: of codings, of themes, of totals."""

    header: list[str]
    rows: list[tuple[int, list[str]]]
    """Each row below the header that is not empty, with its number in the file."""
    remarks: tuple[str, ...] = ()
    """What is to be said about its text."""


def read_table(path: Path, content: bytes, encoding: str | None = None) -> HeadedTable:
    """Read a table that is no survey, from delimited text.

    Raises:
        CoderError: As `read_delimited`; or the encoding is in doubt, and nobody says which it is.
    """
    file_rows = read_delimited(path, content, encoding=encoding)
    for doubt in file_rows.doubts:
        if doubt.subject == "encoding":
            lines = "".join(f"\n    {example}" for example in doubt.examples)
            msg = f"{path.name}: {doubt.message}{lines}"
            raise CoderError(msg, f"Say it with {doubt.remedy}")
    numbered = [(number, row) for number, row in enumerate(file_rows.rows, 1) if row]
    header = numbered[0][1] if numbered else []
    remarks = tuple(f"{path.name}: {doubt.message}" for doubt in file_rows.doubts)
    return HeadedTable(header, numbered[1:], remarks)
