"""In which figures of a table of themes a respondent is counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from coder.domain.filters import meets_all
from coder.domain.tables.bases import BASES
from coder.tables.keeping_back.coded_values import MentionRule
from coder.tables.keeping_back.column_bases import ColumnBases, ColumnGroups
from coder.tables.keeping_back.figures import count_of
from coder.tables.keeping_back.small_cells import small_cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from coder.tables.crosstab import Crosstab
    from coder.tables.job import TableJob
    from coder.tables.keeping_back.column_bases import InColumn, Uncertain
    from coder.tables.keeping_back.figures import CallFigures
    from coder.tables.keeping_back.persons import CountedPerson
    from coder.tables.keeping_back.withheld import Position
    from coder.tables.theme_counts import ThemeCounts


class ThemeFigures:
    """The figures of one table of themes."""

    def __init__(
        self,
        number: int,
        job: TableJob,
        counts: ThemeCounts,
        crosstab: Crosstab,
        figures: CallFigures,
        counting: int,
        uncertain: Uncertain,
    ) -> None:
        """Name the figures.

        Args:
            number: The table's, among those of the call.
            job: What the table counts and shows.
            counts: What was counted.
            crosstab: The same as it is printed.
            figures: Those of the whole call, which are added to.
            counting: Which way to count codings, among those of the call.
            uncertain: What of respondents nobody can look up.
        """
        self.number, self.job, self.crosstab = number, job, crosstab
        self.limit = job.suppress
        self.question_ids = counts.question_ids
        self.counting = counting
        self._counts = counts
        self._figures = figures
        self._groups = {name: group for group, name in enumerate(counts.columns)}
        self._times = {1}
        self._counts_mentions = job.options.unit == "mentions" and crosstab.has_total
        self._cells = [
            [figures.cell(number, row, group) for group in range(len(crosstab.groups))]
            for row in range(len(crosstab.rows))
        ]
        by, sizes = counts.by.name if counts.by else "", counts.bases[job.options.base]
        groups = ColumnGroups(by, counts.columns, counts.name_of, sizes)
        self.columns = ColumnBases(number, job, groups, figures, uncertain)
        self._row_of = {row.key: n for n, row in enumerate(crosstab.rows) if row.kind == "theme"}
        self._rare = {theme_id: figures.bit(("rare", number, theme_id)) for theme_id in counts.rare.theme_ids}
        self.unions = list(self._unions())
        self._set_bounds()

    def row_members(self, row: int) -> frozenset[str]:
        """Return the themes whose mentions a row counts."""
        if self.crosstab.rows[row].kind == "theme":
            return frozenset({self.crosstab.rows[row].key})
        return next(members for number, members in self.unions if number == row)

    def small_cells(self) -> Iterator[Position]:
        """Yield the cells that are kept back for their own sake.

        Where nobody answered, it is no answer that would be kept back; nor is what a column is of anyhow.
        """
        if not self.limit:
            return
        for row, group in small_cells(self.crosstab, self.limit, set(self.columns.open_columns())):
            mentioned = self._mentioned_in(row, group)
            is_all_of_many = mentioned == "all" and self.crosstab.rows[row].counts[group] >= self.limit
            if self._has_answers(group) and mentioned != "none" and not is_all_of_many:
                yield row, group

    def _mentioned_in(self, row: int, group: int) -> InColumn:
        if group >= len(self._groups):
            return "some"
        of_row = MentionRule("", self.counting, self.question_ids, self.row_members(row), "")
        return self.columns.mentioned_in(group, of_row, self._counts.themes)

    def _has_answers(self, group: int) -> bool:
        """Tell whether anybody in a column answered, or could be in it who did."""
        answered = self._counts.bases["answered"]
        if group in self.columns.open_columns():
            return True
        return bool(answered[group] if group < len(answered) else sum(answered))

    def stands_by_count(self, _row: int) -> bool:
        """Tell whether rows stand in the order of their counts."""
        return self.job.options.order == "count"

    def related(self, theme_id: str) -> frozenset[str]:
        """Return the themes that are counted in a row together with this one, and itself."""
        return frozenset({theme_id}).union(*(members for _, members in self.unions if theme_id in members))

    def counted(self, person: CountedPerson) -> int:
        """Return the figures that a respondent is counted in."""
        order = self._order_of_columns(person)
        if not meets_all(person.values, self.job.request.where):
            return order
        group = self._group(person)
        if group is None:
            return order
        order |= self._told_in_notes(person)
        mentions = self._mentions(person)
        in_base = bool(mentions) if self._covered else self.number in person.bases
        if not in_base:
            return order
        figures = order | self.columns.counted(person, group)
        for theme_id, times in mentions.items():
            if theme_id not in self._row_of:
                figures |= self._without_row(theme_id)
                continue
            row = self._row_of[theme_id]
            figures |= self._of_row(row, group, times) | self._weighed_row(person, row, group)
        for row, members in self.unions:
            times = sum(mentions[theme_id] for theme_id in members if theme_id in mentions)
            if times:
                figures |= self._of_row(row, group, times) | self._weighed_row(person, row, group)
        for net, members in self._rare_nets:
            if not members.isdisjoint(mentions):
                figures |= self._figures.bit(("rare net", self.number, net))
        return figures

    def count_in(self, row: int, group: int, digits: list[int]) -> int:
        """Return how many are counted in a cell."""
        if not self._counts_mentions:
            return count_of(digits, self._cells[row][group])
        bits = {times: self._figures.cell(self.number, row, group, times) for times in self._times}
        return sum(times * count_of(digits, bit) for times, bit in bits.items())

    def _in_row(self, row: int) -> int:
        """Return the bit of how many respondents a row counts in all, printed or not."""
        if self._counts_mentions:
            return self._figures.bit(("respondents", self.number, row))
        return self._cells[row][-1]

    def _told_in_notes(self, person: CountedPerson) -> int:
        """Return what notes tell of those in the table, answers or not: how many answered, and were read."""
        if self.number not in person.readings:
            return 0
        figures = self._figures.is_fixed(("asked", self.number))
        return figures | self._figures.is_fixed(("answers", self.number, *person.readings[self.number]))

    @property
    def _covered(self) -> bool:
        """Whether everybody in the base mentions a theme."""
        return BASES[self.job.options.base].mentions_a_theme

    def _order_of_columns(self, person: CountedPerson) -> int:
        """Return what tells by the order of columns how many have a value; nothing where it is given."""
        by = self._counts.by
        column = by and self._counts.name_of.get(person.values.get(by.name, ""))
        if not column or column not in self._counts.columns_by_count:
            return 0
        return self._figures.is_fixed(("order of columns", self.number, column))

    def _group(self, person: CountedPerson) -> int | None:
        by = self._counts.by
        column = self._counts.name_of.get(person.values.get(by.name, "") if by else "")
        return None if column is None else self._groups[column]

    def _mentions(self, person: CountedPerson) -> Mapping[str, int]:
        if len(self.question_ids) == 1:
            return person.mentions.get((self.counting, self.question_ids[0]), {})
        mentions = Counter[str]()
        for question_id in self.question_ids:
            mentions.update(person.mentions.get((self.counting, question_id), {}))
        return mentions

    def _weighed_row(self, person: CountedPerson, row: int, group: int) -> int:
        """Return the figures of a row that go by what those weigh who are counted in it."""
        if self.job.weights is None or self._counts_mentions:
            return 0
        weight, total = person.weights[self.job.weights.name], len(self.crosstab.groups) - 1
        in_all = self._figures.weighted_cell(self.number, row, total, weight)
        return self._figures.weighted_cell(self.number, row, group, weight) | in_all

    def _without_row(self, theme_id: str) -> int:
        return self._rare.get(theme_id) or self._figures.is_fixed(("absent", self.number, theme_id))

    def _of_row(self, row: int, group: int, times: int) -> int:
        cells = self._cells[row]
        if self._counts_mentions:
            self._times.add(times)
            total = self._figures.cell(self.number, row, len(self.crosstab.groups) - 1, times)
            return self._figures.cell(self.number, row, group, times) | total | self._in_row(row)
        if self.crosstab.has_total:
            return cells[group] | cells[-1]
        # Files that programs read have beside the respondents of a row its mentions.
        mentions = self._figures.bit(("mentions", self.number, row, times))
        self._figures.cells |= mentions
        return cells[group] | mentions

    def _unions(self) -> Iterator[tuple[int, frozenset[str]]]:
        """Yield the rows that count several themes together, with these."""
        above: list[str] = []
        codebook, rare = self._counts.codebook, self._counts.rare
        for number, row in enumerate(self.crosstab.rows):
            del above[row.level :]
            if row.kind == "net":
                yield number, frozenset(codebook.members(row.key))
            elif row.kind == "other":
                yield number, frozenset(rare.members[above[-1] if above else ""])
            above.append(row.key)
        self._rare_nets = [(net, frozenset(codebook.members(net))) for net in rare.nets]

    def _set_bounds(self) -> None:
        """Note which rows cannot lose a respondent, or gain one, without the table being made otherwise."""
        everybody = sum(self._counts.bases[self.job.options.base])
        fewest, with_zeros = self.job.options.other, self.job.options.zeros
        for number, row in enumerate(self.crosstab.rows):
            floor = 1 if row.kind == "other" else max(fewest, 0 if with_zeros else 1)
            self._figures.bound(self._in_row(number), row.respondents, floor, everybody)
            self._figures.tells(self._in_row(number), row.respondents, everybody)
            if not row.respondents:
                self._figures.fixed |= self._in_row(number)
        for theme_id, bit in self._rare.items():
            times = sum(count.respondents for count in self._counts.themes[theme_id].values())
            self._figures.bound(bit, times, 1, fewest - 1)
        for net, _ in self._rare_nets:
            times = sum(count.respondents for count in self._counts.nets[net].values())
            self._figures.bound(self._figures.bit(("rare net", self.number, net)), times, 1, fewest - 1)
