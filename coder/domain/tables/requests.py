"""Tables of how many mention each theme, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Counted = Literal["respondents", "mentions"]
"""`respondents`: who mention a theme at least once. `mentions`: the answers coded with it."""

BaseKind = Literal["asked", "answered", "coded"]
"""Everybody, those who answered the question, or those who mention at least one theme."""

Agreed = Literal["any", "all", "consensus"]
"""When a theme is counted on an answer that several coders read: any of them chose it; every coder of the
question did; or an adjudication did and, where there was none, more than half of its readers."""

Order = Literal["count", "codebook"]

RowKind = Literal["theme", "net", "other"]
"""`other`: themes that few mention, joined in one row."""

Counts = Mapping[str, tuple[int, int]]
"""Theme id to the respondents who mention it and its mentions."""

OTHER = "Other themes"


@dataclass(frozen=True, slots=True)
class TableBase:
    """The respondents that percentages are of, and who is not among them."""

    kind: BaseKind
    size: int
    asked: int
    """Everybody in the study."""
    answered: int
    """Of these, who gave an answer to the question."""

    @property
    def not_answered(self) -> int:
        """Who was asked and gave none."""
        return self.asked - self.answered


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
    rank: int | None = None
    """By count among the table's themes, from 1, equal counts alike; None for other rows."""


@dataclass(frozen=True, slots=True)
class TableOptions:
    """What a table counts and shows."""

    what: Counted = "respondents"
    base: BaseKind = "answered"
    nets: bool = False
    """Whether nets have rows, each with its themes below it."""
    zeros: bool = False
    """Whether themes that nobody mentions have rows."""
    order: Order = "count"
    other: int = 0
    """Themes that fewer respondents mention are joined in a row; 0 for none."""
    agreed: Agreed = "any"
    anonymous: bool = False
    """Whether notes count coders instead of naming them."""


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


@dataclass(frozen=True, slots=True)
class TableRequest:
    """Which tables are wanted, and how they are counted."""

    number: str = ""
    """The table of this number in `study.toml`."""
    what: tuple[str, ...] = ()
    """A question or an attribute; several questions are counted together. Empty: all tables of the study."""
    every_question: bool = False
    """All open questions, counted together."""
    by: str = ""
    """The attribute whose values are the columns."""
    where: tuple[str, str] | None = None
    """Only respondents with this value of this attribute are counted; if it is blank, those without one."""
    options: TableOptions = TableOptions()
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
