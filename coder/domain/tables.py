"""Tables of how many mention each theme, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Counted = Literal["respondents", "mentions"]
"""`respondents`: who mention a theme at least once. `mentions`: the answers coded with it."""

BaseKind = Literal["asked", "answered", "coded"]
"""Everybody, those who answered the question, or those who mention at least one theme."""

RowKind = Literal["theme", "net"]


@dataclass(frozen=True, slots=True)
class TableBase:
    """The respondents that percentages are of, and who is not among them."""

    kind: BaseKind
    size: int
    asked: int
    """Everybody in the study."""
    answered: int
    """Of these, who gave an answer to the question."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """How many mention a theme, or any theme of a net."""

    theme_id: str
    label: str
    kind: RowKind
    level: int
    """How many nets stand above it in the table."""
    theme_ids: tuple[str, ...]
    """The themes whose codings it counts."""
    count: int
    """What the table counts: one of the next two."""
    respondents: int
    mentions: int
    percent: float | None
    """Of the table's base; None for mentions and for an empty base."""


@dataclass(frozen=True, slots=True)
class TableOptions:
    """What a table counts and shows."""

    what: Counted = "respondents"
    base: BaseKind = "answered"
    nets: bool = False
    """Whether nets have rows, each with its themes below it."""
    zeros: bool = False
    """Whether themes that nobody mentions have rows."""


@dataclass(frozen=True, slots=True)
class FrequencyTable:
    """How many respondents of a question mention each theme."""

    question_id: str
    number: str
    """As the report numbers it: `21`; may be empty."""
    title: str
    options: TableOptions
    respondents_word: str
    """What the study calls its respondents, in the plural: `councils`."""
    base: TableBase
    rows: tuple[TableRow, ...]
    notes: tuple[str, ...]

    @property
    def heading(self) -> str:
        """The number and title on one line."""
        name = f"Table {self.number}" if self.number else self.question_id
        return f"{name}. {self.title}" if self.title != name else name

    @property
    def base_size(self) -> int:
        """How many respondents the percentages are of."""
        return self.base.size
