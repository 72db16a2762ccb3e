"""Rows among the respondents' that are none of theirs: the header once more, section titles, page numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing, counted, listed_few
from coder.domain.surveys.survey_doubts import Doubt
from coder.formats.surveys.cell_values import squeeze
from coder.formats.surveys.header.table_columns import FEWEST_ROWS, TableColumns, has_one_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from coder.domain.surveys.import_choices import LoneRows

_FEWEST_NAMES = 2
_SHOWN = 3
_WIDTH = 40


@dataclass(frozen=True, slots=True)
class RowsBetween:
    """The rows that stay, with their numbers, and what is to be said of the others."""

    rows: list[list[str]]
    numbers: Sequence[int]
    notes: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def without_headers(
    rows: list[list[str]], numbers: Sequence[int], header: Sequence[Sequence[str]]
) -> RowsBetween:
    """Leave out rows that repeat those of the header, as in exports that were pasted below each other.

    Capitals, blanks and marks do not count.
    """
    names = {tuple(map(squeeze, row)) for row in header if sum(map(bool, row)) >= _FEWEST_NAMES}
    first = {row[0].casefold() for row in header if row}
    likely = [index for index, row in enumerate(rows) if row and row[0].casefold() in first]
    repeated = {index for index in likely if tuple(map(squeeze, rows[index])) in names}
    if not repeated:
        return RowsBetween(rows, numbers)
    listed = listed_few([str(numbers[index]) for index in sorted(repeated)], _SHOWN)
    verb = agreeing(len(repeated), "repeats", "repeat")
    note = f"{counted(len(repeated), 'row')} {verb} the column names (row {listed}): left out"
    return RowsBetween(*_without(rows, numbers, repeated), (note,))


def without_titles(
    rows: list[list[str]],
    numbers: Sequence[int],
    choice: LoneRows | None,
    is_remark: Callable[[Sequence[str]], bool],
    is_total: Callable[[Sequence[str]], bool],
) -> RowsBetween:
    """Leave out totals, and rows of one cell that is of another kind than its column; they are a doubt.

    Args:
        rows: Those of the table, each as wide as its header.
        numbers: The row of the file in which each stands.
        choice: What a person says about them.
        is_remark: Tells a row that certainly is no respondent's.
        is_total: Tells one that by its first cell is a total.
    """
    most = len(rows[0]) - 1
    lone = [index for index, row in enumerate(rows) if row.count("") == most and has_one_cell(row)]
    labels = {row[0] for row in rows if row[0].strip().isalpha()}
    totals = [n for n, row in enumerate(rows) if row[0] in labels and is_total(row)] if labels else []
    if not (lone or totals) or choice == "keep" or len(rows) - len(lone) < FEWEST_ROWS:
        return RowsBetween(rows, numbers)
    filled = [row for row in rows if not has_one_cell(row)]
    columns = TableColumns(filled, filled)
    remarks = [n for n in lone if is_remark(rows[n])]
    strangers = [n for n in lone if n not in remarks and columns.look(rows[n]) == "a stranger alone"]
    titles = sorted({*strangers, *totals})
    end = _end_of_others(len(rows), {*remarks, *titles})
    remarks, titles = [n for n in remarks if n < end], [n for n in titles if n < end]
    notes, doubts = [], []
    if remarks:
        notes.append(f"{_described(rows, numbers, remarks)}: left out")
    if titles and choice == "drop":
        notes.append(f"{_described(rows, numbers, titles)}: left out, as you said")
    elif titles:
        message = f"{_described(rows, numbers, titles)}: left out, and what they say of the others."
        remedy = "--lone-rows drop if that is right; --lone-rows keep if they are respondents'"
        doubts.append(Doubt("rows among the answers", message, remedy))
    return RowsBetween(*_without(rows, numbers, {*remarks, *titles}), tuple(notes), tuple(doubts))


def _end_of_others(count: int, indexes: Collection[int]) -> int:
    """Return where the rows end that have another row below them: those at the end stay, as a person says."""
    while count - 1 in indexes:
        count -= 1
    return count


def _described(rows: Sequence[Sequence[str]], numbers: Sequence[int], indexes: Sequence[int]) -> str:
    first = [next(filter(str.strip, rows[index])).strip()[:_WIDTH] for index in indexes]
    cells = [f"row {numbers[index]}: '{cell}'" for index, cell in zip(indexes, first, strict=True)]
    whose = agreeing(len(indexes), "is no respondent's", "are no respondents'")
    size = counted(len(indexes), "row")
    return f"{size} among the answers {whose} ({listed_few(cells, _SHOWN)})"


def _without(
    rows: list[list[str]], numbers: Sequence[int], indexes: Collection[int]
) -> tuple[list[list[str]], Sequence[int]]:
    kept = [index for index in range(len(rows)) if index not in indexes]
    return [rows[index] for index in kept], [numbers[index] for index in kept]
