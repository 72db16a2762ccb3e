"""The report of a study as a value: its methods note, its tables with quotes, and its codebook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.log_moments import moment_of

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from coder.domain.codebook import Theme
    from coder.domain.privacy.masks import Mask
    from coder.domain.tables.printed import PrintedTable
    from coder.domain.tables.quotes import QuoteList
    from coder.domain.team.counting_rule import Agreed


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """What a report should hold besides its tables."""

    date: dt.date
    """Stands in the report as the day it was made."""
    quotes: int = 0
    """How many are wanted for each theme that has any."""
    quote_attributes: tuple[str, ...] = ()
    """What is told of those who are quoted: names, or lists of them; the first matters most."""
    charts: bool = True
    nets: bool = False
    """Whether nets have rows in tables of themes."""
    agreed: Agreed = "settled"
    """When a theme counts on an answer that several coders read."""
    rule_said: bool = False
    """Whether somebody asked for that: then it goes before what `study.toml` says of a table."""
    anonymous: bool = False
    """Whether coders are numbered instead of named."""
    mask: Mask | None = None
    """What is masked in quotes; None: what is known, unless somebody has decided on what was found."""
    journal: bool = False
    """Whether the journal is printed, as an annex."""
    findings: bool = True
    """Whether key findings stand before everything else."""
    unweighted: bool = False
    """Whether percentages are not weighted although the study has weights."""
    intervals: bool = False
    """Whether percentages have intervals."""
    template: Path | None = None
    """A Word document whose styles, paper, headers and footers it takes; None: as the study has it."""
    logo: Path | None = None
    """A picture that stands above the title; None: as the study has it."""


@dataclass(frozen=True, slots=True)
class ReportLook:
    """An organisation's own files, by which a report looks like its others."""

    template: bytes = b""
    """The content of a Word document; empty for none."""
    logo: bytes = b""
    """The content of a picture; empty for none."""


@dataclass(frozen=True, slots=True)
class MethodsPart:
    """A part of the methods note."""

    title: str
    paragraphs: tuple[str, ...]
    tables: tuple[PrintedTable, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table, with what respondents wrote about its first themes."""

    table: PrintedTable
    quotes: tuple[QuoteList, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """The tables about one subject."""

    title: str
    tables: tuple[ReportTable, ...]


@dataclass(frozen=True, slots=True)
class KeyFindings:
    """What the tables of a chapter say in sentences."""

    title: str
    """The chapter's."""
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThemeGroup:
    """Themes of the codebook that are for the same questions."""

    title: str
    themes: tuple[tuple[Theme, int], ...]
    """Each with how many nets stand above it; its questions are named only where they differ."""


@dataclass(frozen=True, slots=True)
class Annex:
    """The codebook."""

    paragraphs: tuple[str, ...]
    groups: tuple[ThemeGroup, ...]


@dataclass(frozen=True, slots=True)
class PrintedNote:
    """A note of the journal."""

    heading: str
    """What it is about, whose it is and its day."""
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a report prints, in its order."""

    title: str
    note: str
    """What readers should know first; stands at the top and on every page; may be empty."""
    date: dt.date
    program: str
    """`coder 0.1.0`."""
    methods: tuple[MethodsPart, ...]
    chapters: tuple[Chapter, ...]
    annex: Annex
    charts: bool = True
    language: str = ""
    """Of the answers, as a code: `cy`; empty where the study does not say."""
    journal: tuple[PrintedNote, ...] = ()
    """The notes of the journal, oldest first; none where it is not wanted."""
    findings: tuple[KeyFindings, ...] = ()
    """What the tables say in sentences, chapter by chapter."""
    look: ReportLook = ReportLook()

    @property
    def made(self) -> str:
        """When and with what it was made, as a line."""
        return f"{long_date(self.date)}, made with {self.program}"

    @property
    def quote_lists(self) -> list[QuoteList]:
        """All quotes, in the report's order."""
        return [quotes for chapter in self.chapters for table in chapter.tables for quotes in table.quotes]


def long_date(date: dt.date) -> str:
    """Return a date in words: `22 November 2026`."""
    return f"{date.day} {date:%B %Y}"


def day_of(moment: str) -> str:
    """Return the day of a moment in UTC, as the log writes it, in words."""
    return long_date(moment_of(moment).date())
