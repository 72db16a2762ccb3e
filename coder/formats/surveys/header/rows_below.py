"""What stands below a table: totals, averages, "Exported on ..."."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing, counted
from coder.domain.surveys.survey_doubts import Doubt
from coder.formats.surveys.cell_values import is_number

if TYPE_CHECKING:
    from collections.abc import Sequence

_NEARLY_ALL = 0.9
_MOSTLY = 0.5
_NARROWEST = 3
"""Columns of a table in which a row of one cell says something of the file."""
_FEWEST_ROWS = 2
_MOST_BELOW = 0.25
"""Of the rows above; a larger block below a blank row is left out, but told as a doubt."""
_TAIL = 30
"""Rows at the end that may be something else without a blank row before them."""
_FEWEST_IDS = 4
_FEWEST_WORDS = 3
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
    end = _before_blank_rows(rows, numbers)
    parted = end < len(rows)
    sure = end
    end = _before_summary(rows, end)
    if end == len(rows):
        return TableEnd(len(rows))
    below = _described(rows[end:], numbers[end:])
    few = len(rows) - sure <= max(1.0, _MOST_BELOW * end)
    few = few or all(_is_remark(row) or _is_total(row) for row in rows[sure:])
    if parted and sure == end and few:
        return TableEnd(end, (f"{below}: left out, below a blank row",))
    if few and not any(map(_is_total, rows[end:sure])):
        return TableEnd(end, (f"{below}: left out",))
    doubt = Doubt(
        "rows below the table",
        f"{below}: taken for what stands below the table, and left out.",
        f"--last-row {numbers[end - 1]} if that is right; --last-row {numbers[-1]} to keep them",
        examples=tuple(_line(row, number) for row, number in zip(rows[end:], numbers[end:], strict=True))[
            :_SHOWN
        ],
    )
    return TableEnd(end, doubts=(doubt,))


def _described(rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> str:
    which = f"row {numbers[0]}" if len(rows) == 1 else f"rows {numbers[0]} to {numbers[-1]}"
    verb = agreeing(len(rows), "is", "are")
    first = next(cell for row in rows for cell in row if cell.strip())
    size = counted(len(rows), "row")
    return f"{size} below the table ({which}: '{first[:_WIDTH]}' ...) {verb} no respondent's"


def _line(row: Sequence[str], number: int) -> str:
    return f"row {number}: {', '.join(filter(None, row))}"[:_WIDTH]


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
    """Tell whether rows leave most columns blank that are filled above, or fill those that are not."""
    if len(table) < _FEWEST_ROWS:
        return False
    filled = [sum(bool(cell.strip()) for cell in column) for column in zip(*table, strict=True)]
    core = [n for n, count in enumerate(filled) if count >= _NEARLY_ALL * len(table)]
    unused = [n for n, count in enumerate(filled) if not count]

    def is_unlike(row: Sequence[str]) -> bool:
        blank = sum(not row[n].strip() for n in core)
        if _is_remark(row) or _is_total(row) or any(row[n].strip() for n in unused):
            return True
        return len(core) > 1 and blank >= _MOSTLY * len(core)

    return sum(map(is_unlike, block)) >= _NEARLY_ALL * len(block)


def _before_summary(rows: Sequence[Sequence[str]], end: int) -> int:
    """Return where rows begin, right above the end, that by what they say are totals or remarks."""
    start = end
    while start > max(1, end - _TAIL) and _is_summary(rows, start - 1):
        start -= 1
    return start


def _is_summary(rows: Sequence[Sequence[str]], index: int) -> bool:
    row = rows[index]
    if not row[0].strip():
        return _is_lone_number(rows[:index], row)
    return _is_remark(row) or _is_total(row) or _is_sentence_among_ids(rows[:index], row)


def _is_lone_number(above: Sequence[Sequence[str]], row: Sequence[str]) -> bool:
    """Tell whether a row has a number and nothing else, also where every row above has something."""
    filled = [cell for cell in row if cell.strip()]
    if len(filled) != 1 or len(row) < _NARROWEST or not is_number(filled[0]) or len(above) < _FEWEST_IDS:
        return False
    sample = [*above[:_TAIL], *above[-_TAIL:]]
    sample = [other_row for other_row in sample if sum(map(bool, other_row)) > 1]
    always = [n for n in range(len(row)) if all(other_row[n].strip() for other_row in sample)]
    return bool(sample) and sum(not row[n].strip() for n in always) >= _FEWEST_ROWS


def _is_remark(row: Sequence[str]) -> bool:
    """Tell whether the one cell of a row in a wide table says something of the file."""
    filled = [cell.strip() for cell in row if cell.strip()]
    if len(filled) != 1 or len(row) < _NARROWEST:
        return False
    total = _TOTAL.match(filled[0])
    if total is not None and (total.end() == len(filled[0]) or any(c in ":=0123456789" for c in filled[0])):
        return True
    return _REMARK.match(filled[0]) is not None


def _is_total(row: Sequence[str]) -> bool:
    """Tell whether a row begins with "Total" or the like, and has numbers alone behind it."""
    filled = [cell.strip() for cell in row if cell.strip()]
    if len(filled) < _FEWEST_ROWS or _TOTAL.fullmatch(filled[0].rstrip(":. ")) is None:
        return False
    return all(any(map(str.isdigit, cell)) and len(cell) <= _WIDEST_NUMBER for cell in filled[1:])


def _is_sentence_among_ids(above: Sequence[Sequence[str]], row: Sequence[str]) -> bool:
    """Tell whether the one cell of a row is a sentence, where the rows above have ids in one word."""
    if len(row) < _NARROWEST or any(map(str.strip, row[1:])) or len(row[0].split()) < _FEWEST_WORDS:
        return False
    ids = [other_row[0].strip() for other_row in above[:_TAIL]]
    return len(ids) >= _FEWEST_IDS and all(identifier and " " not in identifier for identifier in ids)
