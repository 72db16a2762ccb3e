"""What a table of themes counts among those with each value of an attribute."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from coder.store import counts, crosstabs
from coder.tables.attribute_values import Shown, shown_values
from coder.tables.theme_rows import NOTHING
from coder.workflows.tables.gathering import Counting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.domain.study_settings import Values
    from coder.domain.tables.requests import BaseKind, Counts
    from coder.store.crosstabs import Cells

NOT_STATED = "Not stated"
"""The column of those without a value."""

Themes = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountingBy(Counting):
    """The same, by value: what it counts in all is the sum over the values shown."""

    attribute: str
    shown: Shown
    """The columns; blank values have one of their own."""
    _bases: dict[BaseKind, Mapping[str, int]]
    _found: dict[Themes, Mapping[str, counts.Count]] = field(default_factory=dict)

    def themes(self) -> Counts:
        """Count each theme, among those with a value that is shown."""
        cells = crosstabs.theme_cells(self.database, self.question_ids, self.attribute, self.which)
        self._found.update({(theme_id,): row for theme_id, row in cells.items()})
        return self._sums(cells)

    def unions(self, members: Mapping[str, Sequence[str]]) -> Counts:
        """Count each net, or other group of themes, as a union."""
        cells: Cells = {name: {} for name in members} | crosstabs.union_cells(
            self.database, self.question_ids, self.attribute, members, self.which
        )
        self._found.update({tuple(members[name]): row for name, row in cells.items()})
        return dict.fromkeys(members, NOTHING) | dict(self._sums(cells))

    def sizes(self) -> counts.Base:
        """Count who was asked and who answered among those shown, and what nobody has read."""
        asked, answered = (sum(self.bases(kind)) for kind in ("asked", "answered"))
        return counts.Base(asked, answered, *Counting.sizes(self)[2:])

    def base_size(self, kind: BaseKind, sizes: counts.Base) -> int:
        """Return how many the percentages of all together are of."""
        if kind == "coded":
            return sum(self.bases(kind))
        return sizes.asked if kind == "asked" else sizes.answered

    def bases(self, kind: BaseKind) -> list[int]:
        """Return how many the percentages of each column are of."""
        if kind not in self._bases:
            which = self.asked if kind == "answered" else self.which
            self._bases[kind] = crosstabs.base_cells(
                self.database, self.question_ids, self.attribute, kind, which
            )
        return self._columns(self._bases[kind])

    def row(self, theme_ids: Themes, *, mentions: bool = False) -> list[int]:
        """Return what was counted for one theme, or for some as a union, in each column."""
        cells = self._found.get(theme_ids, {})
        return self._columns({value: each[mentions] for value, each in cells.items()})

    def _columns(self, found: Mapping[str, int]) -> list[int]:
        columns = dict.fromkeys(self.shown.names, 0)
        for value, times in found.items():
            if value in self.shown.name_of:
                columns[self.shown.name_of[value]] += times
        return list(columns.values())

    def _sums(self, cells: Cells) -> Counts:
        sums = {
            name: counts.Count(*(sum(each) for each in zip(*shown, strict=True)))
            for name, row in cells.items()
            if (shown := [each for value, each in row.items() if value in self.shown.name_of])
        }
        return {name: count for name, count in sums.items() if count.respondents}


def counting_by(counting: Counting, attribute: str, values: Values) -> CountingBy:
    """Return the same by the values of an attribute: joined, left out and in order as the study says."""
    everybody = found = crosstabs.value_counts(counting.database, attribute)
    if counting.where is not None:
        found = crosstabs.value_counts(counting.database, attribute, counting.where)
    # The same columns in the same order, whoever is counted.
    shown = shown_values(attribute, everybody, values)
    if found.get(""):
        shown = Shown((*shown.names, NOT_STATED), {**shown.name_of, "": NOT_STATED})
    same = {each.name: getattr(counting, each.name) for each in fields(counting)}
    return CountingBy(**same, attribute=attribute, shown=shown, _bases={"asked": found})
