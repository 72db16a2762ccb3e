"""What a person says about a survey file, in place of what would be worked out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TestAnswers = Literal["keep", "drop"]
"""What becomes of the answers that a platform says are tests or previews."""

RowMeaning = Literal["respondent", "answer", "part"]
"""What a row of the file holds: a respondent, one answer, or a part of what a respondent said."""

HiddenRows = Literal["keep", "drop"]
"""Whether rows that are hidden in a workbook, by hand or by a filter, are imported or left out."""

LoneRows = Literal["keep", "drop"]
"""Whether titles of sections and totals among the respondents' rows are respondents, or left out."""

NUMBERED = "none"
"""In place of an id column: there is none, the rows are numbered."""


@dataclass(frozen=True, slots=True)
class ImportChoices:
    """Choices about how a file is read and understood; what is None or empty is worked out.

    Columns are named as `columns.named_columns.find_columns` reads names: a column's whole name or wording,
    else a line of CSV of names, patterns (`q15*`) and stems (`q15`).
    """

    sheet: str | None = None
    """Which sheet of a workbook."""
    encoding: str | None = None
    """The encoding of a text file."""
    decode_entities: bool = False
    """Whether entities of HTML in cells (`&amp;`) become the signs they stand for."""
    hidden_rows: HiddenRows | None = None
    """Whether its hidden rows are imported."""
    turned: bool = False
    """Whether the file has a question a row and a respondent a column."""
    header: str | None = None
    """Which rows hold the column names, counted from 1: `2`, `2-3`, or `none`."""
    tests: TestAnswers | None = None
    """Whether tests and previews stay in; None: they do, and that is a doubt."""
    last_row: int | None = None
    """The last row of the table; what stands below it is left out."""
    lone_rows: LoneRows | None = None
    """What rows among the respondents' are that look like titles of sections or totals."""
    id_column: str | None = None
    """The column that says who answered; `none` has all rows numbered."""
    number_blanks: bool = False
    """Whether rows without an id are numbered."""
    open_columns: tuple[str, ...] | None = None
    """The open questions' columns."""
    attributes: tuple[str, ...] | None = None
    """The columns to keep as attributes; the others are left out."""
    boxes: tuple[str, ...] = ()
    """Which columns are boxes of one question, each `NAME=COLUMN,COLUMN`."""
    apart: tuple[str, ...] = ()
    """Columns, or questions whose columns, are a question each."""
    row_meaning: RowMeaning | None = None
    about: tuple[str, ...] = ()
    """What columns tell something about, each `QUESTION=COLUMN,COLUMN`: a question, a box of one (by its open
    column), `respondents`, or `answers` (those of the row)."""
    about_chosen: tuple[tuple[str, str], ...] = ()
    """What is said on screen, which goes before `about`: names of columns, each with what it is about, called
    as there; empty: it is worked out."""
    weight: str | None = None
    """The column with the respondents' survey weights, by its name."""


NO_CHOICES = ImportChoices()
"""Everything is worked out."""
