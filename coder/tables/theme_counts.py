"""Everything that a table of themes is made of, as it was counted at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.tables.bases import TableBase
from coder.domain.tables.counts import CellCount
from coder.domain.tables.undecided import FITS, NOTHING_UNDECIDED, RuleMisfit, Undecided

if TYPE_CHECKING:
    from coder.domain.codebook import Codebook, Theme
    from coder.domain.responses import Attribute, Question
    from coder.domain.tables.counting_words import BaseKind
    from coder.domain.tables.weights import WeightedSize
    from coder.domain.team.counting_rule import Agreed
    from coder.tables.attribute_values import ShownValues
    from coder.tables.rare_themes import RareThemes

Columns = Mapping[str, CellCount]
"""What was counted in each column, by its name; a column without any is left out."""


@dataclass(frozen=True, slots=True)
class ThemeCounts:
    """Everything that a table of themes is made of."""

    questions: tuple[Question, ...]
    """Counted together."""
    codebook: Codebook
    """The one in use at the moment whose codings are counted."""
    codebook_version: int
    by: Attribute | None
    """Whose values are the columns; None for one column with an empty name."""
    columns: tuple[str, ...]
    name_of: Mapping[str, str]
    """From a value of the attribute to its column; without the values that are left out."""
    columns_by_count: frozenset[str]
    """The columns that stand in the order of how many respondents of the study have their values."""
    rows: tuple[Theme, ...]
    """The themes that the table is of, in the codebook's order."""
    themes: Mapping[str, Columns]
    """Theme id to what was counted; without those that nobody mentions."""
    nets: Mapping[str, Columns]
    """The nets that have rows: the union of their themes' respondents."""
    rare: RareThemes
    """The themes without rows of their own."""
    joined: Mapping[str, Columns]
    """What was counted of these together, by the net they stand under ("" for none)."""
    bases: Mapping[BaseKind, tuple[int, ...]]
    """Respondents of each column: those asked, those who answered, and the base of the percentages."""
    answers: int
    """Answers to the questions, non-responses left out."""
    unread: int
    """Of these, how many nobody has marked as done."""
    coders: tuple[str, ...]
    """Whose codings are counted."""
    moment: str
    """When the codings stood: `at 2026-11-21T17:30:00.000Z`; empty for now."""
    waiting: tuple[tuple[str, int], ...]
    """Labels of themes with the codings still to be recoded since a revision of the codebook."""
    agreed: Agreed = "any"
    """How the codings of several coders are counted: of one, `any`."""
    undecided: Undecided = NOTHING_UNDECIDED
    """What is left out since nobody has settled or finished it."""
    misfit: RuleMisfit = FITS
    """What of the answers does not fit a rule that was asked for."""
    weighed: tuple[WeightedSize, ...] = ()
    """The base of the percentages in each column, with weights; empty where they are not weighted."""

    @property
    def question_ids(self) -> tuple[str, ...]:
        """The questions that are counted together."""
        return tuple(question.id for question in self.questions)

    def base(self, kind: BaseKind) -> TableBase:
        """Return a base of all columns together."""
        size, asked, answered = (sum(self.bases[each_kind]) for each_kind in (kind, "asked", "answered"))
        return TableBase(kind, size, asked, answered)


def total(columns: Columns) -> CellCount:
    """Return what was counted in all columns together."""
    return CellCount(*map(sum, zip(*columns.values(), strict=True)))


def in_columns(by_value: Mapping[str, CellCount], values: ShownValues) -> Columns:
    """Add what was counted for each value of an attribute up into a table's columns."""
    columns: dict[str, CellCount] = {}
    for attribute_value, count in by_value.items():
        if attribute_value in values.name_of:
            name = values.name_of[attribute_value]
            earlier = columns.get(name, CellCount())
            columns[name] = CellCount(*map(sum, zip(earlier, count, strict=True)))
    return columns
