"""Letters that say which columns of a table differ: two proportions at a time, as market research has it."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from coder.domain.grammar import counted, listed
from coder.tables.attribute_values import NOT_STATED
from coder.tables.figures.cell_figures import ColumnLetters
from coder.tables.figures.proportions import difference_of_two
from coder.tables.significance import holm

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from coder.domain.tables.printed import Cell, PrintedTable
    from coder.tables.crosstab import Crosstab, CrosstabRow
    from coder.tables.keeping_back.withheld import Withheld

LEVEL = 0.05
"""A difference has a letter if it is less likely by chance, after Holm's adjustment."""
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_EXPLORATORY = (
    "Letters, exploratory: a percentage is higher than those of the {group}s whose letters it has (two-sided "
    "z test of two proportions{effective}, 5 %, by Holm's adjustment over the pairs of each {across})."
)

_NOTHING_TO_COMPARE = "Letters: none, because no two {group}s can be compared in any {across}."


def column_letters(crosstab: Crosstab, withheld: Withheld, *, turned: bool = False) -> ColumnLetters:
    """Compare the columns of a table, each with each, row by row.

    Not compared: the column of all, which shares its respondents with the others; those not stated; pairs in
    which an expected count is under five. A row in which anything is kept back has no letters, for each would
    tell of it.

    Args:
        crosstab: The counts, with their weights if the table is weighted.
        withheld: What is not printed.
        turned: Whether the crosstab's groups are printed as rows, which notes then speak of.
    """
    of_group = _letters_of_groups(crosstab, withheld)
    hidden_rows = {row for row, _ in withheld.cells | withheld.weighted}
    in_cell: dict[tuple[int, int], list[str]] = {}
    compared = few = 0
    for number, row in enumerate(crosstab.rows):
        if row.kind == "total" or number in hidden_rows:
            continue
        pairs = list(combinations(of_group, 2))
        chances = {pair: chance for pair in pairs if (chance := _chance(crosstab, row, pair)) is not None}
        compared += len(chances)
        few += len(pairs) - len(chances)
        for higher, lower in _differing(crosstab, row, chances):
            in_cell.setdefault((number, higher), []).append(of_group[lower])
    texts = {position: " ".join(sorted(letters, key=_in_order)) for position, letters in in_cell.items()}
    group, across = ("row", "column") if turned else ("column", "row")
    left_out = [
        *["columns of which it is kept back how many they are"] * bool(withheld.columns),
        *["the total"] * crosstab.has_total,
        *["those not stated"] * (NOT_STATED in crosstab.groups),
        *[f"{counted(few, 'pair')} with an expected count under 5"] * bool(few),
        *[f"{counted(len(hidden_rows), across)} with counts kept back"] * bool(hidden_rows),
    ]
    if not compared:
        return ColumnLetters(note=_NOTHING_TO_COMPARE.format(group=group, across=across))
    effective = " on effective bases" if crosstab.weighed else ""
    notes = [
        _EXPLORATORY.format(group=group, across=across, effective=effective),
        *[f"No two {group}s differ so."] * (not texts),
        *[f"Not compared: {listed(left_out)}."] * bool(left_out),
    ]
    return ColumnLetters(of_group, texts, " ".join(notes))


def _letters_of_groups(crosstab: Crosstab, withheld: Withheld) -> dict[int, str]:
    """Return a letter for each group that can be compared with another; none where there is no other."""
    all_groups = range(len(crosstab.groups) - crosstab.has_total)
    groups = [
        group
        for group in all_groups
        if crosstab.bases[group] and crosstab.groups[group] != NOT_STATED and group not in withheld.columns
    ]
    return {group: _letter(place) for place, group in enumerate(groups)} if len(groups) > 1 else {}


def lettered_on(tables: Sequence[PrintedTable]) -> list[PrintedTable]:
    """Return tables that are put side by side with letters that go on from each to the next."""
    anew, before = [], 0
    for table in tables:
        letters = dict.fromkeys(column.letter for column in table.columns if column.letter)
        new_letter = {letter: _letter(before + place) for place, letter in enumerate(letters)}
        anew.append(_relettered(table, new_letter) if before else table)
        before += len(letters)
    return anew


def _relettered(table: PrintedTable, new_letter: Mapping[str, str]) -> PrintedTable:
    columns = [replace(column, letter=new_letter.get(column.letter, "")) for column in table.columns]
    rows = [
        replace(row, cells=tuple(_cell_relettered(cell, new_letter) for cell in row.cells))
        for row in table.rows
    ]
    return replace(table, columns=tuple(columns), rows=tuple(rows))


def _cell_relettered(cell: Cell, new_letter: Mapping[str, str]) -> Cell:
    if not cell.letters:
        return cell
    return replace(cell, letters=" ".join(new_letter[letter] for letter in cell.letters.split(" ")))


def _letter(place: int) -> str:
    """Return the letter of a column: A to Z, then AA, AB."""
    rounds, letter = divmod(place, len(_ALPHABET))
    return (_ALPHABET[rounds - 1] if rounds else "") + _ALPHABET[letter]


def _in_order(letter: str) -> tuple[int, str]:
    return len(letter), letter


def _chance(crosstab: Crosstab, row: CrosstabRow, pair: tuple[int, int]) -> float | None:
    """Return the probability by chance of shares that differ so; None where they are not compared."""
    (percent, base), (other_percent, other_base) = (_share(crosstab, row, group) for group in pair)
    if not base or not other_base:
        return None
    return difference_of_two((percent / 100, other_percent / 100), (base, other_base))


def _share(crosstab: Crosstab, row: CrosstabRow, group: int) -> tuple[float, float]:
    """Return a cell's percentage, and its base; of a base without any weight nought."""
    share = crosstab.share(row, group)
    return share.percent or 0.0, share.effective_base


def _differing(
    crosstab: Crosstab, row: CrosstabRow, chances: Mapping[tuple[int, int], float]
) -> Iterator[tuple[int, int]]:
    """Yield the groups that differ in a row, the one with the higher percentage first."""
    for (group, other), adjusted in zip(chances, holm(list(chances.values())), strict=True):
        if adjusted < LEVEL:
            percents = [_share(crosstab, row, each_group)[0] for each_group in (group, other)]
            yield (group, other) if percents[0] > percents[1] else (other, group)
