"""What a report's files have in common, whatever the file."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from coder.formats.quotes.parts import shared_notes

if TYPE_CHECKING:
    from coder.domain.tables.printed import PrintedTable
    from coder.domain.tables.reports import Chapter, Report, ReportTable

FINDINGS, METHODS, TABLES, ANNEX, JOURNAL = (
    "Key findings",
    "Methods note",
    "Tables",
    "Annex: the codebook",
    "Annex: the journal",
)


def is_drawn(table: PrintedTable) -> bool:
    """Tell whether a chart of a table would show anything."""
    return any(row.kind not in {"total", "base"} for row in table.rows)


class PlacedTable(NamedTuple):
    """A table of a report at its place."""

    shown: ReportTable
    number: int
    """Among all tables, from 1."""
    figure: int
    """Of its chart among all charts, from 1; 0 if none is drawn."""


def placed_tables(report: Report) -> list[tuple[Chapter, list[PlacedTable]]]:
    """Return the chapters of a report, their tables and charts numbered throughout."""
    tables, figures = count(1), count(1)
    return [
        (
            chapter,
            [
                PlacedTable(
                    shown, next(tables), next(figures) if report.charts and is_drawn(shown.table) else 0
                )
                for shown in chapter.tables
            ],
        )
        for chapter in report.chapters
    ]


def figure_title(table: PrintedTable) -> str:
    """Return what the caption of a table's chart says."""
    return f"{table.title} (Table {table.number})" if table.number else table.title


def chart_table(report: Report, table: PrintedTable) -> PrintedTable:
    """Return a table as its chart shows it: of the notes, which stand beside it, the study's and the base."""
    base = (note for note in table.notes if note.startswith("Base: "))
    return replace(table, notes=tuple(filter(None, (report.note, *base))))


def quote_notes(report: Report) -> list[str]:
    """Return what a reader must know of the report's quotes, each sentence once."""
    return [note for note in shared_notes(report.quote_lists) if note != report.note]
