"""What a report's files have in common, whatever the file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coder.formats.quotes.parts import shared_notes

if TYPE_CHECKING:
    from coder.domain.tables.printed import PrintedTable
    from coder.domain.tables.reports import Report

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
