"""Counting themes, unions of them, and bases in each column of a table of themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.tables.counts import CellCount
from coder.domain.tables.weights import NOBODY, WeightedSize, together
from coder.store import counts
from coder.store.bases import base_sizes
from coder.store.weighing.weighted_sizes import weighted_bases
from coder.tables.attribute_values import ShownValues
from coder.tables.theme_counts import in_columns, total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.domain.responses import Attribute
    from coder.domain.tables.counting_words import BaseKind
    from coder.domain.tables.requests import AnswerColumn
    from coder.store.counts import Cells
    from coder.store.database import Database
    from coder.store.scope import Scope
    from coder.tables.job import TableJob
    from coder.tables.theme_counts import Columns

_REST = ""
"""What is not in the one column that is counted: it is never printed."""


def column_and_rest(column: AnswerColumn) -> ShownValues:
    """Return one column of some answers, and what is not in it: with both, rows are the whole table's."""
    return ShownValues((column.name, _REST), {column.name: column.name, _REST: _REST})


class ColumnCounts:
    """Counts in each column of a table of themes.

    Args:
        database: The study.
        scope: Which codings are counted.
        by: The attribute whose values are the columns; None: there is one column.
        columns: From its values to the columns.
        job: Of what base, with which weights, and whether its one column is of some answers alone.
    """

    def __init__(
        self, database: Database, scope: Scope, by: Attribute | None, columns: ShownValues, job: TableJob
    ) -> None:
        self._database = database
        self._scope = scope
        self._column = job.request.column
        self._attribute = by.name if by and not self._column else None
        self._columns = columns
        self._base = job.options.base
        self._units = job.weights.units if job.weights else None

    def themes(self) -> dict[str, Columns]:
        """Count each theme; those that nobody in the table mentions are left out."""
        cells = self._cells(None)
        themes = {theme_id: in_columns(by_value, self._columns) for theme_id, by_value in cells.items()}
        return {theme_id: columns for theme_id, columns in themes.items() if columns}

    def unions(self, members: Mapping[str, Sequence[str]]) -> dict[str, Columns]:
        """Count each net, or other group of themes, each respondent of it once."""
        if not members:
            return {}
        cells = self._cells(members)
        return {name: in_columns(cells.get(name, {}), self._columns) for name in members}

    def bases(self) -> dict[BaseKind, tuple[int, ...]]:
        """Count the respondents of each column: those asked, those who answered, and the base."""
        bases: dict[BaseKind, tuple[int, ...]] = {}
        kinds: tuple[BaseKind, ...] = ("asked", "answered", self._base)
        for kind in dict.fromkeys(kinds):
            sizes = dict.fromkeys(self._columns.names, 0)
            for attribute_value, size in self._sizes(kind).items():
                if attribute_value in self._columns.name_of:
                    sizes[self._columns.name_of[attribute_value]] += size
            bases[kind] = tuple(sizes.values())
        return bases

    def weighed_base(self) -> tuple[WeightedSize, ...]:
        """Return the base of each column with its weights; empty where nothing is weighted."""
        if self._units is None:
            return ()
        sizes = dict.fromkeys(self._columns.names, NOBODY)
        for attribute_value, size in self._weighed(self._units).items():
            if attribute_value in self._columns.name_of:
                name = self._columns.name_of[attribute_value]
                sizes[name] = sizes[name].plus(size)
        return tuple(sizes.values())

    def beside(
        self, whole: Mapping[str, Columns], members: Mapping[str, Sequence[str]] | None = None
    ) -> dict[str, Columns]:
        """Count the one column of answers, given what was counted in the whole table.

        Args:
            whole: By theme or group, in whichever columns.
            members: Of groups, the ids of their themes; None: themes are counted.
        """
        return self._parted({key: total(columns) for key, columns in whole.items()}, members)

    def bases_beside(self, whole: Mapping[BaseKind, Sequence[int]]) -> dict[BaseKind, tuple[int, ...]]:
        """Return the bases of the one column of answers and of the rest, given those of the whole table."""
        bases: dict[BaseKind, tuple[int, ...]] = {}
        for kind, sizes in whole.items():
            inside = self._size_inside(kind)
            bases[kind] = (inside, sum(sizes) - inside)
        return bases

    def weighed_beside(self, whole: Sequence[WeightedSize]) -> tuple[WeightedSize, ...]:
        """Return the same with weights; empty where nothing is weighted."""
        if self._units is None:
            return ()
        inside = self._weighed_inside(self._units)
        return inside, together(whole).minus(inside)

    def _in_column(self) -> Scope:
        return self._scope._replace(column=self._column.conditions if self._column else ())

    def _cells(self, members: Mapping[str, Sequence[str]] | None) -> Mapping[str, Mapping[str, CellCount]]:
        """Count themes, or groups of them, for each value of the attribute; in one column and beside it."""
        cells = self._of_scope(self._scope, members)
        if not self._column:
            return cells
        return self._parted({key: by_value[""] for key, by_value in cells.items()}, members)

    def _parted(
        self, whole: Mapping[str, CellCount], members: Mapping[str, Sequence[str]] | None
    ) -> dict[str, Columns]:
        """Part what was counted of the whole table into the one column and the rest."""
        inside = self._of_scope(self._in_column(), members)
        counts_inside = {key: inside.get(key, {}).get("", CellCount()) for key in whole}
        name = self._columns.names[0]
        return {
            key: {name: counts_inside[key], _REST: _less(of_all, counts_inside[key])}
            for key, of_all in whole.items()
        }

    def _of_scope(self, scope: Scope, members: Mapping[str, Sequence[str]] | None) -> Cells:
        if members is None:
            return counts.theme_cells(self._database, scope, self._attribute, self._units)
        return counts.net_cells(self._database, scope, members, self._attribute, self._units)

    def _sizes(self, kind: BaseKind) -> dict[str, int]:
        sizes = base_sizes(self._database, kind, self._scope, self._attribute)
        if not self._column:
            return sizes
        inside = self._size_inside(kind)
        return {self._column.name: inside, _REST: sizes[""] - inside}

    def _size_inside(self, kind: BaseKind) -> int:
        return base_sizes(self._database, kind, self._in_column())[""]

    def _weighed(self, units: Mapping[int, int]) -> dict[str, WeightedSize]:
        sizes = weighted_bases(self._database, self._base, self._scope, self._attribute, units)
        if not self._column:
            return sizes
        inside = self._weighed_inside(units)
        return {self._column.name: inside, _REST: sizes.get("", NOBODY).minus(inside)}

    def _weighed_inside(self, units: Mapping[int, int]) -> WeightedSize:
        return weighted_bases(self._database, self._base, self._in_column(), None, units).get("", NOBODY)


def _less(count: CellCount, part: CellCount) -> CellCount:
    return CellCount(*(number - of_part for number, of_part in zip(count, part, strict=True)))


def respondents_of(cells: Mapping[str, Columns]) -> dict[str, int]:
    """Return how many respondents each theme or group has in all columns together."""
    return {name: total(columns).respondents for name, columns in cells.items()}
