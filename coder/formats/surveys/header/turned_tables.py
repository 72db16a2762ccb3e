"""Tables that stand on their side: a question a row, a respondent a column."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from coder.domain.grammar import counted, listed_few
from coder.domain.surveys.survey_doubts import Doubt
from coder.formats.surveys.cell_values import is_date, is_number, squeeze
from coder.formats.surveys.header.one_column import asks
from coder.formats.surveys.header.rows_above import rows_above

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.formats.surveys.raw_tables import FileRows

_MOST_QUESTIONS = 200
_FEWEST_COLUMNS = 4
_FEWEST_ROWS = 2
_FEWEST_SIGNS = 2
_SHOWN = 2
_WIDTH = 40
_NUMBERED = re.compile(r"(.*?)(\d+)")


_OF_QUESTIONS = frozenset(
    {"q", "question", "frage", "item", "v", "var", "x", "vraag", "pregunta", "statement"}
)
"""What stands before the numbers of questions, not of respondents."""


def turned(file_rows: FileRows) -> FileRows:
    """Return the rows of a file as columns, without what stands above the table and without blank rows."""
    skipped, _ = rows_above(file_rows.rows)
    rows = [row for row in file_rows.rows[skipped:] if any(map(str.strip, row))]
    columns = [list(column) for column in zip_longest(*rows, fillvalue="")]
    odd_cells = tuple(cell._replace(row=cell.column, column=cell.row) for cell in file_rows.odd_cells)
    notes = (*file_rows.notes, "the table was turned: its columns are the respondents, as you said")
    return replace(file_rows, rows=columns, labels=(), odd_cells=odd_cells, hidden_rows=(), notes=notes)


def turned_doubt(names: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[Doubt, ...]:
    """Return the doubt that rows are questions, if two of three signs say so.

    The signs: the first column has wordings; the other columns are numbered (P1, P2 ...); each row has cells
    of one kind, all figures or none, so that no column has.
    """
    if not _FEWEST_ROWS <= len(rows) <= _MOST_QUESTIONS or len(names) < _FEWEST_COLUMNS:
        return ()
    first = [row[0].strip() for row in rows]
    if len(set(first)) < len(first) or not all(first) or any(map(is_number, first)):
        return ()
    wordings = sum(cell.endswith("?") or asks(cell) for cell in first)
    signs = (2 * wordings >= len(first), _is_run(names[1:]), _has_rows_of_a_kind(rows))
    if sum(signs) < _FEWEST_SIGNS:
        return ()
    shown = listed_few([f"'{cell[:_WIDTH]}'" for cell in first], _SHOWN)
    message = (
        f"the first column may hold questions ({shown}): the table may stand on its side, with "
        f"{counted(len(names) - 1, 'respondent')} in its columns. Taken as it is: a respondent a row."
    )
    remedy = "--turned if each column is a respondent; --row-is respondent if each row is one"
    return (Doubt("rows and columns", message, remedy),)


def _is_run(names: Sequence[str]) -> bool:
    """Tell whether names count respondents: P1, P2, P3 ..., or 1, 2, 3."""
    matches = [_NUMBERED.fullmatch(name.strip()) for name in names]
    parts = [(match[1].casefold(), int(match[2])) for match in matches if match is not None]
    if len(parts) < len(names) or squeeze(parts[0][0]) in _OF_QUESTIONS:
        return False
    return all(b[0] == a[0] and b[1] == a[1] + 1 for a, b in pairwise(parts))


def _has_rows_of_a_kind(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether some rows are all figures and the others have none."""
    kinds = []
    for row in rows:
        filled = [cell for cell in row[1:] if cell.strip()]
        figures = sum(is_number(cell) or is_date(cell) for cell in filled)
        if 0 < figures < len(filled):
            return False
        kinds.append(figures > 0)
    return len(set(kinds)) > 1
