"""Everything that tables of closed questions and of response rates are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coder.domain.tables.weights import together

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coder.domain.responses import Attribute
    from coder.domain.tables.weights import WeightedSize
    from coder.tables.attribute_values import ShownValues

PairCounts = Sequence[tuple[str, str, int]]
"""A value of the rows, one of the columns, and how many respondents have both; blank where not answered."""


@dataclass(frozen=True, slots=True)
class ClosedCounts:
    """Everything that a table of a closed question is made of."""

    question: Attribute
    """Whose values are the rows."""
    by: Attribute | None
    """Whose values are the columns; None for one column."""
    rows: ShownValues
    columns: ShownValues
    pairs: PairCounts
    weighed: Mapping[tuple[str, str], WeightedSize] = field(default_factory=dict)
    """The pairs with the weights of those who have both; empty where the table is not weighted."""

    @property
    def size(self) -> int:
        """How many respondents the table is of."""
        return sum(times for *pair, times in self.pairs if self.shows(*pair))

    @property
    def weighed_size(self) -> WeightedSize:
        """The same with their weights."""
        return together(size for pair, size in self.weighed.items() if self.shows(*pair))

    def shows(self, row_value: str, column_value: str) -> bool:
        """Tell whether those with both values are in the table."""
        return row_value in self.rows.name_of and column_value in self.columns.name_of


@dataclass(frozen=True, slots=True)
class RateCounts:
    """Everything that a table of response rates is made of."""

    by: Attribute
    """Whose values are the rows."""
    asked: Mapping[str, int]
    """Value to how many were asked."""
    answered: Mapping[str, int]
    """Value to how many of them answered."""
    not_stated: int
    """How many of those who answered have no value."""
