"""SPSS data files: value labels in place of numbers, variable labels as wording."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.errors import CoderError
from coder.formats.surveys.files.cell_texts import cell_text
from coder.formats.surveys.raw_tables import MAX_CELL, Piece, in_pieces, oversized_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_ROWS_IN_A_BYTE = 1_100
"""More than zlib can press together: a file that claims more is damaged, and would fill the memory."""


def read_spss(path: Path) -> Iterator[Piece]:
    """Yield the rows of a .sav or .zsav file, names first.

    Raises:
        CoderError: The file is damaged.
    """
    import pyreadstat

    try:
        _, meta = pyreadstat.read_sav(path, metadataonly=True)
        rows, size = meta.number_rows or 0, path.stat().st_size
        if rows > size * _ROWS_IN_A_BYTE:
            raise _unreadable(path, f"it claims {rows:,} rows, more than fit into its size")
        columns_by_name, meta = pyreadstat.read_sav(path, output_format="dict")
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, OverflowError) as error:
        raise _unreadable(path, str(error)) from None
    names = list(meta.column_names)
    if not all(names):
        raise _unreadable(path, "a column has no name")
    wordings = [label or "" for label in meta.column_labels]
    notes = ["SPSS file: value labels in place of numbers"]
    yield Piece(rows=[names], total=rows, facts={"labels": wordings, "notes": notes, "names_certain": True})
    columns = []
    for position, name in enumerate(names, 1):
        labels = meta.variable_value_labels.get(name, {})
        columns.append(_column(path, position, list(columns_by_name[name]), labels))
    yield from in_pieces(map(list, zip(*columns, strict=True)), rows)


def _unreadable(path: Path, why: str) -> CoderError:
    msg = f"{path.name} cannot be read as an SPSS file: {why}."
    return CoderError(msg, "Save it anew in SPSS, or export it as CSV UTF-8.")


def _column(
    path: Path, position: int, cells_as_read: list[object], labels: Mapping[float | int, str]
) -> list[str]:
    cells = list(map(cell_text, cells_as_read))
    if labels:
        named = {cell_text(code): label for code, label in labels.items()}
        cells = [named.get(cell, cell) for cell in cells]
    longest = max(map(len, cells), default=0)
    if longest > MAX_CELL:
        row = next(n for n, cell in enumerate(cells, 2) if len(cell) == longest)
        raise oversized_cell(path, row, position, longest)
    return cells
