"""The statement of what is stored of whom, where, and what leaves the machine, as a value."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence


class Grid(NamedTuple):
    """A table of texts."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    shares: Sequence[int]
    """How wide each column is, of 100."""


class DataFlowPart(NamedTuple):
    """A part of the statement: paragraphs, then a table, then points."""

    title: str
    paragraphs: Sequence[str] = ()
    grid: Grid | None = None
    points: Sequence[str] = ()


class DataFlow(NamedTuple):
    """A data-flow statement of a study."""

    title: str
    date: dt.date
    made: str
    """When and with what it was made, as a line."""
    note: str
    """The study's own note, such as that it is a synthetic sample; may be empty."""
    parts: Sequence[DataFlowPart]

    @property
    def heading(self) -> str:
        """What stands at the top."""
        return f"What is stored of whom, and where it goes: {self.title}"
