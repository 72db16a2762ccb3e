"""Tables of how many mention each theme, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Counted = Literal["respondents", "mentions"]
"""`respondents`: who mention a theme at least once. `mentions`: the answers coded with it."""

BaseKind = Literal["asked", "answered", "coded"]

RowKind = Literal["theme", "net"]


@dataclass(frozen=True, slots=True)
class TableBase:
    """The respondents a percentage can be of."""

    asked: int
    """Everybody in the study."""
    answered: int
    """Of these, who gave an answer to the question."""
    coded: int
    """Of these, who mention at least one theme."""

    def size(self, kind: BaseKind) -> int:
        """Return how many respondents a base has."""
        sizes: dict[BaseKind, int] = {"asked": self.asked, "answered": self.answered, "coded": self.coded}
        return sizes[kind]


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
        return f"Table {self.number}. {self.title}" if self.number else f"{self.question_id}. {self.title}"

    @property
    def base_size(self) -> int:
        """How many respondents the percentages are of."""
        return self.base.size(self.options.base)
