"""What stands below a table: totals, averages, "Exported on ..."."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing, counted
from coder.domain.surveys.survey_doubts import Doubt
from coder.formats.surveys.header.table_columns import FEWEST_ROWS, TableColumns

if TYPE_CHECKING:
    from collections.abc import Sequence

_SUBJECT = "rows below the table"
_NEARLY_ALL = 0.9
_NARROWEST = 3
"""Columns of a table in which a row of one cell says something of the file."""
_FEWEST_ROWS = 2
_MOST_BELOW = 0.25
"""Of the rows above; a larger block below a blank row is left out, but told as a doubt."""
_TAIL = 30
"""Rows at the end that may be something else without a blank row before them."""
_LONGEST_HEAD = 24
_WIDEST_NUMBER = len("1,000,000.00 %")
_SHOWN = 3
_WIDTH = 80
_TOTAL = re.compile(
    r"(grand |sub-?)?(totals?|averages?|means?|medians?|sums?|counts?|std\.? ?dev\.?|standard deviation|"
    r"gesamt|insgesamt|summe|durchschnitt|mittelwert|anzahl|moyennes?|somme|effectif|promedio|media|suma|"
    r"totale|somma|totaal|gemiddelde|som|aantal|razem|średnia|ogółem|cyfanswm|cyfartaledd|"
    r"responses|respondents)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    rf"(n|{_TOTAL.pattern})\s*[:=]?\s*[\d.,]+ ?%?|(page|seite|página|pagina|strona|tudalen) \d+.{{0,12}}|"
    r"\d[\d.,]* (responses|respondents|answers|comments|antworten|kommentare|réponses|respuestas|risposte)",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"(exported|generated|created|downloaded|printed|source|notes?|nb|n\.b\.|report|prepared|data as of|"
    r"end of|©|\(c\)|copyright|confidential|quelle|hinweis|erstellt|exportiert|stand|fuente|nota|exportado|"
    r"exporté|généré|bron|źródło|\*)(\b|\W)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TableEnd:
    """Where a table ends, and what is to be said of the rows below it."""

    rows: int
    """How many rows the table has."""
    notes: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def table_end(rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> TableEnd:
    """Find where the table ends.

    Args:
        rows: The rows below the header that are not blank.
        numbers: The row of the file in which each of them stands: where these jump, rows are blank.
    """
    sure = _before_blank_rows(rows, numbers)
    end, is_alone = _before_summary(rows, sure)
    if is_alone:
        return TableEnd(len(rows), doubts=(_kept(rows[end:], numbers[end - 1 :]),))
    if end == len(rows):
        return TableEnd(end)
    below = _described(rows[end:], numbers[end:])
    few = len(rows) - sure <= max(1.0, _MOST_BELOW * end)
    few = few or all(is_remark(row) or is_total(row) for row in rows[sure:])
    table = _columns_above(rows, sure)
    if few and all(_is_sure(row, table) for row in rows[end:sure]):
        return TableEnd(end, (f"{below}: left out{', below a blank row' if sure == end else ''}",))
    message = f"{below}: taken for what stands below the table, and left out."
    remedy = f"--last-row {numbers[end - 1]} if that is right; --last-row {numbers[-1]} to keep them"
    return TableEnd(
        end, doubts=(Doubt(_SUBJECT, message, remedy, examples=_lines(rows[end:], numbers[end:])),)
    )


def _kept(rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> Doubt:
    """Return the doubt about rows of one cell at the end; `numbers` begins with that of the row above."""
    cells = agreeing(len(rows), "has one cell alone", "have one cell alone each")
    message = (
        f"{counted(len(rows), 'row')} at the end of the table {cells}: a respondent's, or a remark below it."
    )
    remedy = f"--last-row {numbers[0]} to leave that out; --last-row {numbers[-1]} to keep it"
    return Doubt(_SUBJECT, message, remedy, examples=_lines(rows, numbers[1:]))


def _described(rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> str:
    which = f"row {numbers[0]}" if len(rows) == 1 else f"rows {numbers[0]} to {numbers[-1]}"
    verb = agreeing(len(rows), "is", "are")
    first = next(cell for row in rows for cell in row if cell.strip())
    size = counted(len(rows), "row")
    return f"{size} below the table ({which}: '{first[:_WIDTH]}' ...) {verb} no respondent's"


def _lines(rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> tuple[str, ...]:
    shown = list(zip(rows, numbers, strict=True))[:_SHOWN]
    return tuple(f"row {number}: {', '.join(filter(None, row))}"[:_WIDTH] for row, number in shown)


def _before_blank_rows(rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> int:
    """Return where the blocks begin, parted by blank rows from the table, whose rows are unlike its rows."""
    if not rows or numbers[-1] - numbers[0] == len(rows) - 1:
        return len(rows)
    starts = [n for n in range(1, len(rows)) if numbers[n] - numbers[n - 1] > 1]
    end = len(rows)
    for start, stop in reversed(list(zip(starts, [*starts[1:], len(rows)], strict=True))):
        table = rows[: starts[0]] if starts[0] >= _FEWEST_ROWS else rows[:start]
        if stop != end or not _are_unlike(table, rows[start:stop]):
            break
        end = start
    return end


def _are_unlike(table: Sequence[Sequence[str]], block: Sequence[Sequence[str]]) -> bool:
    """Tell whether rows are remarks or totals, or of another kind than those of the table above them."""
    columns = TableColumns(table, table) if len(table) >= FEWEST_ROWS else None

    def is_unlike(row: Sequence[str]) -> bool:
        return is_remark(row) or is_total(row) or (columns is not None and columns.look(row) != "a row")

    return sum(map(is_unlike, block)) >= _NEARLY_ALL * len(block)


def _columns_above(rows: Sequence[Sequence[str]], end: int) -> TableColumns | None:
    """Return what the columns are like in those of so many rows that may have nothing else among them."""
    upper = max(FEWEST_ROWS, int((1 - _MOST_BELOW) * end), end - _TAIL)
    return TableColumns(rows[:upper], rows[:end]) if upper < end else None


def _before_summary(rows: Sequence[Sequence[str]], end: int) -> tuple[int, bool]:
    """Return where rows begin, right above the end, that are totals, remarks or unlike the table's.

    True beside it: each of them is but a text alone, and may be a respondent's.
    """
    columns = _columns_above(rows, end)
    lowest = max(1, end - _TAIL)
    start, is_alone = end, True
    while start > lowest:
        row = rows[start - 1]
        look = columns.look(row) if columns is not None else "a row"
        if not (is_remark(row) or is_total(row) or look != "a row"):
            break
        is_alone = is_alone and look == "a text alone" and not is_total(row) and not is_remark(row)
        start -= 1
    return start, is_alone and start < end


def _is_sure(row: Sequence[str], columns: TableColumns | None) -> bool:
    """Tell whether a row is no respondent's in any case: one cell that says so, or of another kind."""
    if is_total(row):
        return False
    return is_remark(row) or (columns is not None and columns.look(row) == "a stranger alone")


def is_remark(row: Sequence[str]) -> bool:
    """Tell whether the one cell of a row in a wide table says something of the file.

    Where that is not the first cell, in which others have an id, it may be an answer that begins alike.
    """
    filled = [cell.strip() for cell in row if cell.strip()]
    if len(filled) != 1 or len(row) < (_NARROWEST if row[0].strip() else _NARROWEST - 1):
        return False
    if _FIGURE.fullmatch(filled[0]):
        return True
    remark = _REMARK.match(filled[0])
    if not row[0].strip():
        return remark is not None and ":" in filled[0][:_LONGEST_HEAD]
    total = _TOTAL.match(filled[0])
    if total is not None and (total.end() == len(filled[0]) or any(c in ":=0123456789" for c in filled[0])):
        return True
    return remark is not None


def is_total(row: Sequence[str]) -> bool:
    """Tell whether a row begins with "Total" or the like, and has numbers alone behind it."""
    filled = [cell.strip() for cell in row if cell.strip()]
    if len(filled) < _FEWEST_ROWS or _TOTAL.fullmatch(filled[0].rstrip(":. ")) is None:
        return False
    return all(any(map(str.isdigit, cell)) and len(cell) <= _WIDEST_NUMBER for cell in filled[1:])
