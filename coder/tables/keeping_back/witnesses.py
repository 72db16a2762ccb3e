"""Deciding which cells of a call's tables are kept back: secondary suppression by witnesses.

A *witness* of a cell is another survey: one respondent, or two, answered otherwise, and everything that is
printed is the same, but the cell is one more or one less. Whoever knows all that is printed cannot tell which
of the two surveys it is made of, whatever they reason from. So a cell is safe as soon as it has a witness all
of whose changes are of figures that are kept back.
"""

from __future__ import annotations

from itertools import chain, combinations, product
from typing import TYPE_CHECKING

from coder.tables.keeping_back.closed_figures import ClosedFigures, RateFigures
from coder.tables.keeping_back.figures import bits_of, count_of
from coder.tables.keeping_back.theme_figures import ThemeFigures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coder.tables.keeping_back.column_bases import Uncertain
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
        uncertain: Uncertain,
    ) -> None:
        """Take in what there is.

        Args:
            tables: The tables of the call.
            figures: All figures of it.
            changes: What respondents could have answered.
            digits: Of how many each figure is, as `figures.counted_in` returns it.
            uncertain: What of respondents nobody can look up.
        """
        self._figures, self._changes, self._digits, self._uncertain = figures, changes, digits, uncertain
        self._place_of = {
            figures.cell(table.number, row, group): (table, row)
            for table in tables
            for row in range(len(table.crosstab.rows))
            for group in range(len(table.crosstab.groups))
            if table.crosstab.rows[row].kind != "total"
        }
        self._base_of = {
            figures.base(table.number, group): table
            for table in tables
            if not isinstance(table, RateFigures) and table.columns.can_be_kept_back
            for group in range(len(table.columns.sizes))
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
            if bit & safe or (bit not in self._place_of and bit not in self._base_of):
                continue
            best = self._best(bit, hidden)
            if best is None:
                unprotected |= bit
                continue
            counts = best.figures & (self._figures.cells | self._figures.bases)
            waiting += bits_of(counts & ~hidden)
            hidden |= self._figures.kept_back_with(best)
            safe |= bit
            for cell in bits_of(counts):
                safe |= 0 if self._total_of.get(cell, 0) & best.figures else cell
        return hidden, unprotected

    def _best(self, bit: int, hidden: int) -> FigureChange | None:
        """Return the witness of a cell for which least more is kept back.

        Rather one that leaves the row's total as it is, since that may be known from elsewhere; and one by
        which no row would be of nobody or of everybody, since such a row is not kept back.
        """
        total = self._total_of.get(bit, 0)
        for fixed, by_rule in dict.fromkeys(((total, True), (total, False), (0, True), (0, False))):
            for find in (self._witnesses, self._swaps, self._doubles, self._exchanges):
                witnesses = find(bit)
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
        """Return the witness that keeps back the fewest further bases, then cells, the smallest of them."""
        best: tuple[tuple[int, ...], int, FigureChange] | None = None
        for change in witnesses:
            further = change.figures & self._figures.cells & ~hidden
            weighted = change.figures & self._figures.weighted & ~hidden
            bases = change.figures & self._figures.bases & ~hidden
            number = (bases.bit_count(), further.bit_count(), weighted.bit_count())
            if not any(number):
                return change
            if best is None or number <= best[0]:
                ranked = (number, sum(count_of(self._digits, cell) for cell in bits_of(further)), change)
                best = ranked if best is None else min(best, ranked)
        return best[-1] if best else None

    def _witnesses(self, bit: int) -> Iterator[FigureChange]:
        if bit in self._base_of:
            yield from self._of_values(self._base_of[bit], bit)
            return
        table, row = self._place_of[bit]
        if isinstance(table, ThemeFigures):
            for question_id, theme_id in product(table.question_ids, sorted(table.row_members(row))):
                yield from self._alone_and_in_pairs(*self._changes.of_theme(question_id, theme_id), bit)
        else:
            for attribute_value, other_value in product(table.values_in_row(row), table.other_values(row)):
                forward = self._changes.of_value(table.attribute, attribute_value, other_value)
                backward = self._changes.of_value(table.attribute, other_value, attribute_value)
                yield from self._alone_and_in_pairs(forward, backward, bit)
            yield from self._of_codings(table.attribute, bit)
        if isinstance(table, ThemeFigures | ClosedFigures) and table.columns.can_be_kept_back:
            yield from self._of_values(table, bit)

    def _of_values(self, table: ThemeFigures | ClosedFigures, bit: int) -> Iterator[FigureChange]:
        """Yield changes by which somebody is in another column."""
        for attribute in table.columns.attributes:
            values = table.columns.values_of(attribute)
            for attribute_value, other_value in combinations(values, 2):
                forward = self._changes.of_value(attribute, attribute_value, other_value)
                backward = self._changes.of_value(attribute, other_value, attribute_value)
                yield from self._alone_and_in_pairs(forward, backward, bit)
            yield from self._of_codings(attribute, bit)

    def _of_codings(self, attribute: str, bit: int) -> Iterator[FigureChange]:
        """Yield changes of what is mentioned by which somebody has another value of an attribute."""
        for question_id, theme_id in self._mentions_of(attribute):
            yield from self._alone_and_in_pairs(*self._changes.of_theme(question_id, theme_id), bit)

    def _swaps(self, bit: int) -> Iterator[FigureChange]:
        """Yield changes by which a theme is mentioned in place of another, those under the same net first."""
        for question_id, theme_id in self._mentions_behind(bit):
            counting = [table for table in self._changes.of_themes if question_id in table.question_ids]
            printed = (row.key for table in counting for row in table.crosstab.rows if row.kind == "theme")
            related = frozenset[str]().union(*(table.related(theme_id) for table in counting))
            theme_ids = sorted(dict.fromkeys(printed), key=lambda name: name not in related)[:SWAPPED]
            for other_id in theme_ids:
                if other_id != theme_id:
                    adds, removes = self._changes.of_theme(question_id, theme_id)
                    forward = [*self._changes.of_swap(question_id, theme_id, other_id), *adds]
                    backward = [*self._changes.of_swap(question_id, other_id, theme_id), *removes]
                    yield from self._alone_and_in_pairs(forward, backward, bit)

    def _exchanges(self, bit: int) -> Iterator[FigureChange]:
        """Yield changes by which two respondents mention each what the other one does."""
        for question_id in dict.fromkeys(question_id for question_id, _ in self._mentions_behind(bit)):
            for answers, other_answers in combinations(self._changes.every_answer(question_id), 2):
                forward = self._changes.of_answers(question_id, answers, other_answers)
                backward = self._changes.of_answers(question_id, other_answers, answers)
                yield from self._alone_and_in_pairs(forward, backward, bit)

    def _doubles(self, bit: int) -> Iterator[FigureChange]:
        """Yield changes by which somebody comes to mention what a row is of, and what its column is of."""
        if bit not in self._place_of:
            return
        table, row = self._place_of[bit]
        if not isinstance(table, ThemeFigures):
            return
        of_row = list(product(table.question_ids, sorted(table.row_members(row))))
        for mention, of_column in product(of_row, self._mentions_of(table.columns.attribute)):
            if mention != of_column:
                forward = self._changes.of_both(mention, of_column)
                removes = (self._changes.of_theme(*pair)[1] for pair in (mention, of_column))
                yield from self._alone_and_in_pairs(forward, list(chain.from_iterable(removes)), bit)

    def _mentions_behind(self, bit: int) -> list[tuple[str, str]]:
        """Return the questions and themes that decide on a figure; of a closed question those coded back."""
        if bit in self._base_of:
            return self._mentions_of(*self._base_of[bit].columns.attributes)
        table, row = self._place_of[bit]
        if isinstance(table, ThemeFigures):
            of_row = product(table.question_ids, sorted(table.row_members(row)))
            return list(dict.fromkeys((*of_row, *self._mentions_of(*table.columns.attributes))))
        return self._mentions_of(table.attribute)

    def _mentions_of(self, *attributes: str) -> list[tuple[str, str]]:
        """Return the questions and themes that decide on values of attributes."""
        rules = (rule for attribute in attributes for rule in self._uncertain.of_codings(attribute))
        return [pair for rule in rules for pair in product(rule.question_ids, sorted(rule.theme_ids))]

    def _alone_and_in_pairs(
        self, forward: Sequence[FigureChange], backward: Sequence[FigureChange], bit: int
    ) -> Iterator[FigureChange]:
        """Yield changes of one respondent that change a figure, and of two, one forward and one backward."""
        yield from (change for change in (*forward, *backward) if change.figures & bit)
        for change, other_change in product(forward, backward):
            if (change.figures ^ other_change.figures) & bit:
                yield change.with_change(other_change, self._figures.by_weight)
