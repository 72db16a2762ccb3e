"""A survey file as rows of text, before anybody knows which column means what."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypedDict

from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from coder.domain.surveys.survey_doubts import Doubt

MAX_CELL = 1_000_000
"""Characters in one cell; anything longer is a broken file, not an answer."""

PROGRESS_EVERY = 1_000
_ROWS_OF_A_PIECE = 500


OddKind = Literal["error", "formula", "date"]
"""A formula's error; a formula without a stored value; a date beyond what the format knows."""


class OddCell(NamedTuple):
    """A cell whose content the file has lost, or never had. Row and column are the file's, from 1."""

    row: int
    column: int
    kind: OddKind
    source: str = ""
    """What the file still says: the formula ("=-long waits")."""


class MergedCells(NamedTuple):
    """Cells of a workbook made one. Rows and the column are the file's, from 1, the last row included."""

    first_row: int
    first_column: int
    last_row: int


@dataclass(frozen=True, slots=True)
class FileRows:
    """Every row of a file as it stands there, header rows included."""

    path: Path
    rows: list[list[str]]
    labels: tuple[str, ...] = ()
    """The wording of each column, where the format keeps it apart (SPSS)."""
    notes: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    names_certain: bool = False
    """True where the format itself says that the first row holds the names (SPSS)."""
    closed_names: tuple[str, ...] = ()
    """The columns of which the format itself says that nobody wrote texts there (SPSS)."""
    value_orders: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By column the values that the format itself lists, in its order (SPSS)."""
    merged: tuple[MergedCells, ...] = ()
    """Cells made one over several rows. Those below the first of each hold its text already."""
    odd_cells: tuple[OddCell, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    """The rows, from 1, that a person does not see."""
    filtered: bool = False
    """True if a filter hides them."""


class Piece(TypedDict, total=False):
    """Some of what a file holds, in a form that JSON can hold: see `FileRows`."""

    rows: list[list[str]]
    """These come after the rows of earlier pieces."""
    total: int
    """How many rows there are in all."""
    facts: dict[str, Any]
    """Other fields of `FileRows` by name."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """The columns and rows of a survey file, every cell as text."""

    path: Path
    names: tuple[str, ...]
    """One for each column, unique."""
    labels: tuple[str, ...]
    """The wording of each column, empty where the file gives none."""
    rows: Sequence[Sequence[str]]
    """The respondents' rows, each as long as `names`."""
    numbers: Sequence[int]
    """The row of the file, from 1, in which each of `rows` stands."""
    notes: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    """What reading the file left open."""
    odd_cells: tuple[OddCell, ...] = ()
    """Cells of the file whose content is lost."""
    places: tuple[int, ...] = ()
    """For each column its number in the file, from 1; empty where they are 1, 2, 3 ..."""
    closed_names: tuple[str, ...] = ()
    """The columns of which the file says that nobody wrote texts there."""
    value_orders: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By column the values that the file lists, in its order."""
    merged: tuple[MergedCells, ...] = ()
    """Cells of the file that were made one."""
    called: Mapping[int, str] = field(default_factory=dict)
    """What the platform calls columns whose names do not say it, by position (from 0)."""
    left_out: Mapping[int, str] = field(default_factory=dict)
    """Columns that the platform adds or that identify people in its exports, by position, with the reason."""

    _columns: list[list[str]] = field(default_factory=list, init=False, repr=False, compare=False)
    """All columns, once one was asked for: a file has them as rows, and turning these costs time."""

    def place(self, position: int) -> int:
        """Return the number, from 1, that a column has in the file."""
        return self.places[position] if self.places else position + 1

    @property
    def telling_names(self) -> list[str]:
        """Each column's name, or what its platform calls it where the name does not say that."""
        return [self.called.get(position, name) for position, name in enumerate(self.names)]

    def column(self, position: int) -> Sequence[str]:
        """Return one column's cells, from top to bottom."""
        if not self._columns:
            # All at once takes a third of the time that taking them out one by one does.
            self._columns.extend(map(list, zip(*self.rows, strict=True)))
        return self._columns[position] if self.rows else ()


def in_pieces(rows: Iterator[list[str]], total: int) -> Iterator[Piece]:
    """Yield rows in pieces of a size that travels well between processes."""
    while batch := list(islice(rows, _ROWS_OF_A_PIECE)):
        yield Piece(rows=batch, total=total)


def no_progress(_done: int, _total: int | None) -> None:
    """Report to nobody."""


def oversized_cell(path: Path, row: int, column: int, length: int) -> CoderError:
    """Return the error for a cell that is too long to be an answer."""
    return CoderError(
        f"{path.name}, row {row}, column {column}: the cell holds {length:,} characters; "
        f"the limit is {MAX_CELL:,}.",
        "Look for a quotation mark that is not closed, or shorten the cell.",
    )
