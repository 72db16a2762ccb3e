"""A table as it is printed: the one form that screens, files and reports show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from coder.domain.grammar import counted

if TYPE_CHECKING:
    from coder.domain.tables.bases import TableBase
    from coder.domain.tables.counting_words import CountUnit
    from coder.domain.tables.weights import WeightedSize

ColumnKind = Literal["count", "percent", "number"]
"""Whole numbers, percentages of a base (0 to 100), or any other number."""

CellMark = Literal["", "low", "suppressed", "blank"]
"""`low`: of a base too small to rely on. `suppressed`: kept back, so that nobody can be recognised. `blank`:
nothing is to stand there, as beside the bases of columns."""

IntervalEnd = Literal["", "from", "to"]
"""Of the percentage before it."""

PrintedRowKind = Literal["theme", "net", "other", "value", "total", "base"]
"""`other`: a row that joins themes few mention."""


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """A column of numbers."""

    name: str
    """`Councils`, `%`."""
    kind: ColumnKind
    group: str = ""
    """The heading that stands above it and its neighbours: `Unitary`."""
    base: int | None = None
    """How many its percentages are of, where the columns differ in that."""
    decimals: int = 1
    """To how many places a percentage or other number is printed."""
    sign: str = ""
    """What stands behind each number: `%`."""
    alone: bool = False
    """Whether it has its group to itself: its name is then the heading of both."""
    letter: str = ""
    """By which the letters of other columns refer to its group."""
    end: IntervalEnd = ""
    """Which end of an interval its numbers are, if of any."""
    attribute: str = ""
    """Whose value its group is, where several stand side by side: columns of one alone may be compared.
    A column whose respondents may be in its neighbours too has one to itself.
    """

    @property
    def group_heading(self) -> str:
        """The heading that stands above it and its neighbours, with its letter: `Unitary (A)`."""
        return f"{self.group} ({self.letter})" if self.letter else self.group

    @property
    def own_heading(self) -> str:
        """What stands directly above it; where it is alone in its group, with the letter of that."""
        return f"{self.name} ({self.letter})" if self.alone and self.letter else self.name


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a table."""

    value: float | None
    """None: there is none, or it is kept back."""
    mark: CellMark = ""
    decimals: int | None = None
    """To how many places it is printed, where it is not as its column."""
    letters: str = ""
    """Of the columns than which it is higher: `A C`."""


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row: its label and a cell for each column."""

    label: str
    kind: PrintedRowKind
    cells: tuple[Cell, ...]
    level: int = 0
    """How deep it is indented: the nets above it."""
    key: str = ""
    """The theme's id, or the value counted."""
    respondents: int | None = None
    """With `mentions`, what a table of themes knows besides what it prints; for files that programs read."""
    mentions: int | None = None
    base: int | None = None
    """How many its percentages are of, where the rows differ in that."""
    letter: str = ""
    """By which the letters of other rows refer to it, where groups are rows; its label has it too."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a table's numbers come from."""

    study: str
    codebook_version: int
    codings: int | None
    """Codings that were counted; None where none could be (a closed question), or where it is kept back."""
    made: str
    """The moment, in UTC: `2026-11-21T21:04:05Z`."""
    program: str
    """`coder 0.1.0`."""
    language: str = ""
    """Of labels and titles, as a code: `cy`; empty where the study does not say."""
    weight: str = ""
    """The attribute by which percentages are weighted; empty where they are not."""
    codings_kept_back: bool = False
    """Whether how many were counted would tell of what is kept back."""
    weight_title: str = ""
    """What the weight is called where it is published."""

    def without_codings(self) -> Provenance:
        """Return the same without how many codings were counted: it would tell of what is kept back."""
        return replace(self, codings=None, codings_kept_back=True)

    def __str__(self) -> str:
        of_codings = (
            "codings kept back" if self.codings is None else f"{counted(self.codings, 'coding')} counted"
        )
        is_of_codings = self.codings is not None or self.codings_kept_back
        codings = (f"codebook version {self.codebook_version}", of_codings) if is_of_codings else ()
        weighted = (f"weighted by {self.weight_title or self.weight}",) if self.weight else ()
        made = f"made {self.made} with {self.program}"
        return f"Source: {'; '.join((self.study, *codings, *weighted, made))}."


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A whole table with everything that is printed around it."""

    number: str
    """As the report numbers it: `21`; may be empty."""
    title: str
    stub: str
    """The heading of the labels: `Theme`."""
    columns: tuple[PrintedColumn, ...]
    rows: tuple[PrintedRow, ...]
    notes: tuple[str, ...]
    provenance: Provenance
    key: str = ""
    """What it is about, for file and sheet names: `Q16`, `Q16-by-region`."""
    subject: str = ""
    """The questions or the attribute that are counted, as they are printed: `Q16`, `Q15 + Q16`."""
    by: str = ""
    """The attribute whose values are its columns, if it has any: `region`."""
    base: TableBase | None = None
    """Whom the percentages of a table of themes are of; for files that programs read."""
    counts: CountUnit | None = None
    """What a table of themes counts."""
    question_ids: tuple[str, ...] = ()
    """The open questions that a table of themes is of; several are counted together."""
    noted_bases: tuple[tuple[str, WeightedSize], ...] = ()
    """The groups with their bases, where a note alone says how many weighted percentages are of."""
    deciding_themes: tuple[str, ...] = ()
    """Themes whose codings decide who is in which row or column, besides those that are counted."""

    @property
    def heading(self) -> str:
        """The number and title on one line."""
        return f"Table {self.number}. {self.title}" if self.number else self.title
