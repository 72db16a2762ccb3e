"""Find the stray cell that makes a sheet of an .xlsx file too large to read."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from coder.formats.shared.archives_in import DAMAGES
from coder.formats.shared.text_in import read_bytes
from coder.formats.surveys.files.cell_texts import column_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CELL = re.compile(rb'<(?:\w{1,9}:)?c r="([A-Z]{1,3})(\d{1,7})"[^>/]*>\s*<(?:\w{1,9}:)?(?:v|is|f)\b')
_CHUNK = 2**20
_OVERLAP = 300
"""Bytes; where a cell begins may lie across two chunks."""
_MOST_CELLS = 50_000_000
"""Also the empty ones before the last are kept in memory, 32 bytes each."""


def far_cell(path: Path) -> Iterator[str]:
    """Yield the name of a cell in the last row and column with content, if they span too many cells.

    Runs in the child process, once reading the workbook has failed for want of memory.
    """
    content = io.BytesIO(read_bytes(path))
    if not zipfile.is_zipfile(content):
        return
    with zipfile.ZipFile(content) as archive:
        for name in archive.namelist():
            column, row = _farthest(archive, name)
            if column_number(column) * row > _MOST_CELLS:
                yield f"{column.decode()}{row}"
                return


def _farthest(archive: zipfile.ZipFile, name: str) -> tuple[bytes, int]:
    column, row, tail = b"A", 0, b""
    try:
        with archive.open(name) as stream:
            while chunk := stream.read(_CHUNK):
                cells = _CELL.findall(tail + chunk)
                column = max([column, *(letters for letters, _ in cells)], key=column_number)
                row = max([row, *(int(digits) for _, digits in cells)])
                tail = chunk[-_OVERLAP:]
    except (*DAMAGES, RuntimeError):
        # Another sheet may explain it.
        return column, row
    return column, row
