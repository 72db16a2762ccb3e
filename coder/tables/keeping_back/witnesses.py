"""Deciding which cells of a call's tables are kept back: secondary suppression by witnesses.

A *witness* of a cell is another survey: one respondent, or two, answered otherwise, and everything that is
printed is the same, but the cell is one more or one less. Whoever knows all that is printed cannot tell which
of the two surveys it is made of, whatever they reason from. So a cell is safe as soon as it has a witness all
of whose changes are of figures that are kept back.
"""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

from coder.tables.keeping_back.figures import bits_of, count_of
from coder.tables.keeping_back.theme_figures import ThemeFigures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coder.tables.keeping_back.figures import CallFigures, FigureChange
    from coder.tables.keeping_back.possible_changes import PossibleChanges, TableFigures

SWAPPED = 12
"""Themes that are tried in place of another one, where nothing else serves."""


class Witnesses:
    """Finds for cells the witnesses for which least more is kept back."""

    def __init__(
        self,
        tables: Sequence[TableFigures],
        figures: CallFigures,
        changes: PossibleChanges,
        digits: list[int],
    ) -> None:
        """Take in what there is.

        Args:
            tables: The tables of the call.
            figures: All figures of it.
            changes: What respondents could have answered.
            digits: Of how many each figure is, as `figures.counted_in` returns it.
        """
        self._tables, self._figures, self._changes, self._digits = tables, figures, changes, digits
        self._place_of = {
            figures.cell(table.number, row, group): (table, row)
            for table in tables
            for row in range(len(table.crosstab.rows))
            for group in range(len(table.crosstab.groups))
            if table.crosstab.rows[row].kind != "total"
        }
        self._total_of = {
            figures.cell(table.number, row, group): figures.cell(table.number, row, total)
            for table in tables
            if table.crosstab.has_total
            for total in [len(table.crosstab.groups) - 1]
            if sum(map(bool, table.crosstab.bases[:total])) > 1
            for row in range(len(table.crosstab.rows))
            for group in range(total)
        }

    def kept_back(self, small: int) -> tuple[int, int]:
        """Return the figures to keep back, and those of them that cannot be protected.

        Args:
            small: The figures that are kept back for their own sake.
        """
        hidden, safe, unprotected = small, 0, 0
        waiting = list(bits_of(small))
        while waiting:
            bit = waiting.pop()
            if bit & safe or bit not in self._place_of:
                continue
            best = self._best(bit, hidden)
            if best is None:
                unprotected |= bit
                continue
            waiting += bits_of(best.figures & self._figures.cells & ~hidden)
            hidden |= self._figures.kept_back_with(best)
            safe |= bit
            for cell in bits_of(best.figures & self._figures.cells):
                safe |= 0 if self._total_of.get(cell, 0) & best.figures else cell
        return hidden, unprotected

    def _best(self, bit: int, hidden: int) -> FigureChange | None:
        """Return the witness of a cell for which least more is kept back.

        Rather one that leaves the row's total as it is, since that may be known from elsewhere; and one by
        which no row would be of nobody or of everybody, since such a row is not kept back.
        """
        total = self._total_of.get(bit, 0)
        for fixed, by_rule in dict.fromkeys(((total, True), (total, False), (0, True), (0, False))):
            for witnesses in (self._witnesses(bit), self._swaps(bit), self._exchanges(bit)):
                allowed = (
                    change
                    for change in witnesses
                    if change.figures & bit
                    and not change.figures & fixed
                    and self._figures.allows(change)
                    and (not by_rule or self._figures.allows_by_rule(change))
                )
                best = self._least(allowed, hidden)
                if best:
                    return best
        return None

    def _least(self, witnesses: Iterable[FigureChange], hidden: int) -> FigureChange | None:
        """Return the witness that keeps back the fewest further cells, then the smallest counts."""
        best: tuple[tuple[int, int], int, FigureChange] | None = None
        for change in witnesses:
            further = change.figures & self._figures.cells & ~hidden
            weighted = change.figures & self._figures.weighted & ~hidden
            number = (further.bit_count(), weighted.bit_count())
            if number == (0, 0):
                return change
            if best is None or number <= best[0]:
                ranked = (number, sum(count_of(self._digits, cell) for cell in bits_of(further)), change)
                best = ranked if best is None else min(best, ranked)
        return best[-1] if best else None

    def _witnesses(self, bit: int) -> Iterator[FigureChange]:
        table, row = self._place_of[bit]
        if not isinstance(table, ThemeFigures):
            for attribute_value, other_value in product(table.values_in_row(row), table.other_values(row)):
                forward = self._changes.of_value(table.attribute, attribute_value, other_value)
                backward = self._changes.of_value(table.attribute, other_value, attribute_value)
                yield from _alone_and_in_pairs(forward, backward, bit)
            return
        for question_id, theme_id in product(table.question_ids, sorted(table.row_members(row))):
            yield from _alone_and_in_pairs(*self._changes.of_theme(question_id, theme_id), bit)

    def _swaps(self, bit: int) -> Iterator[FigureChange]:
        """Yield changes by which a theme is mentioned in place of another, those under the same net first."""
        table, row = self._place_of[bit]
        if not isinstance(table, ThemeFigures):
            return
        themes = [printed.key for printed in table.crosstab.rows if printed.kind == "theme"]
        for question_id, theme_id in product(table.question_ids, sorted(table.row_members(row))):
            related = table.related(theme_id)
            theme_ids = sorted(themes, key=lambda name: name not in related)[:SWAPPED]
            for other_id in theme_ids:
                if other_id != theme_id:
                    adds, removes = self._changes.of_theme(question_id, theme_id)
                    forward = [*self._changes.of_swap(question_id, theme_id, other_id), *adds]
                    backward = [*self._changes.of_swap(question_id, other_id, theme_id), *removes]
                    yield from _alone_and_in_pairs(forward, backward, bit)

    def _exchanges(self, bit: int) -> Iterator[FigureChange]:
        """Yield changes by which two respondents mention each what the other one does."""
        table, _ = self._place_of[bit]
        if not isinstance(table, ThemeFigures):
            return
        for question_id in table.question_ids:
            for answers, other_answers in combinations(self._changes.every_answer(question_id), 2):
                forward = self._changes.of_answers(question_id, answers, other_answers)
                backward = self._changes.of_answers(question_id, other_answers, answers)
                yield from _alone_and_in_pairs(forward, backward, bit)


def _alone_and_in_pairs(
    forward: Sequence[FigureChange], backward: Sequence[FigureChange], bit: int
) -> Iterator[FigureChange]:
    """Yield changes of one respondent that change a figure, and of two, one forward and one backward."""
    yield from (change for change in (*forward, *backward) if change.figures & bit)
    for change, other_change in product(forward, backward):
        if (change.figures ^ other_change.figures) & bit:
            yield change.with_change(other_change)
