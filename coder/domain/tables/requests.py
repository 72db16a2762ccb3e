"""Which tables are wanted, and how they are counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.tables.bases import DEFAULT_BASE

if TYPE_CHECKING:
    from coder.domain.filters import Having
    from coder.domain.tables.counting_words import BaseKind, CountUnit, RowOrder
    from coder.domain.team.counting_rule import Agreed


@dataclass(frozen=True, slots=True)
class TableOptions:
    """What a table of themes counts and shows."""

    unit: CountUnit = "respondents"
    base: BaseKind = DEFAULT_BASE
    nets: bool = False
    """Whether nets have rows, each with its themes below it."""
    zeros: bool = False
    """Whether themes that nobody mentions have rows."""
    order: RowOrder = "count"
    other: int = 0
    """Themes that fewer respondents mention are joined in a row; 0 for none."""
    other_percent: float = 0
    """The same as a percentage of all who answered; of the two one is 0."""
    agreed: Agreed = "settled"
    anonymous: bool = False
    """Whether notes count coders instead of naming them."""


class AnswerColumn(NamedTuple):
    """A column of a table that counts some answers alone: those of a month, of a sentiment."""

    name: str
    """What stands over it."""
    attribute: str
    """What its table is by, as it is published: `month of visit`."""
    conditions: tuple[Having, ...]
    """What respondents and answers must meet to be in it."""


@dataclass(frozen=True, slots=True)
class TableRequest:
    """Which tables are wanted, and how they are counted."""

    number: str = ""
    """The table of this number in `study.toml`."""
    subjects: tuple[str, ...] = ()
    """A question or an attribute; several questions are counted together. Empty: all tables of the study."""
    every_question: bool = False
    """All open questions, counted together."""
    by: str = ""
    """The attribute whose values are the columns."""
    where: tuple[Having, ...] = ()
    """Only respondents, and only answers, that meet all of these conditions are counted."""
    column: AnswerColumn | None = None
    """The one column that is counted, of a table whose columns are of answers; None: the values of `by`."""
    options: TableOptions = TableOptions()
    said: frozenset[str] = frozenset()
    """Those of the options that somebody asked for, usual or not: they go before what `study.toml` says."""
    interim: bool = False
    """Whether tables some of whose answers are still to be read take `read` as their base instead."""
    coder_ids: tuple[str, ...] = ()
    """Whose codings; empty means anybody's."""
    as_of: str | None = None
    """A moment whose codings are counted."""
    low: int | None = None
    """Percentages of fewer respondents than these are marked; None: as the study has it."""
    suppress: int | None = None
    """Counts below this are kept back, and what would give them away; None: as the study has it."""
    test: bool = False
    """Whether differences between the columns are tested."""
    date: str = ""
    """The day or moment that tables count as made at; empty: now."""
    unweighted: bool = False
    """Whether percentages are not weighted although the study has weights."""
    intervals: bool = False
    """Whether percentages have intervals."""
    letters: bool = False
    """Whether columns have letters, by which cells say than which others they are higher."""
