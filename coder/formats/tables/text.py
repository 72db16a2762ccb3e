"""Printed tables as CSV, JSON and Markdown."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from coder.domain.tables.tidy_rows import cell_value, has_letters, tidy_parts, tidy_rows
from coder.formats.shared.escaping.markdown import in_markdown, markdown_line, markdown_row
from coder.formats.tables.cells import STRONG, all_notes, flat_headings, number_text, row_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coder.domain.tables.printed import PrintedColumn, PrintedRow, PrintedTable
    from coder.domain.tables.tidy_rows import TidyRow

_COLUMNS = (
    "table", "question", "theme", "count", "percent", "base", "respondents", "mentions", "kind", "theme_id",
    "group", "mark",
)  # fmt: skip


def printed_csv(tables: Sequence[PrintedTable]) -> str:
    """Return tables as one CSV, one row for each row and group of columns, without the notes.

    Labels are verbatim. Columns that are neither a count nor its percentage stand under their own names, and
    so do bases that a weighted table has in rows; the last column says where the numbers come from.
    """
    records = list(tidy_rows(tables))
    names = list(dict.fromkeys(name for record in records for name in record.further))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow((*_COLUMNS, *names, "source"))
    for record in records:
        table, row = record.table, record.row
        writer.writerow((
            table.number, table.subject, row.label, record.count, _percent(record), record.base,
            row.respondents, row.mentions, row.kind, row.key, record.group, record.mark,
            *map(record.further.get, names), table.provenance,
        ))  # fmt: skip
    return text.getvalue()


def _percent(record: TidyRow) -> str:
    if record.percent is None or record.percent_column is None:
        return ""
    return number_text(record.percent_column, record.percent)


def printed_json(tables: Iterable[PrintedTable]) -> str:
    """Return tables as a JSON list, notes and provenance included."""
    return json.dumps([_json_table(table) for table in tables], ensure_ascii=False, indent=1) + "\n"


def _json_table(table: PrintedTable) -> dict[str, object]:
    return {
        "table": table.number,
        "question": table.subject,
        "by": table.by,
        "title": table.title,
        "counts": table.counts,
        "base": asdict(table.base) if table.base else None,
        "columns": [_json_column(column) for column in table.columns],
        "rows": [_json_row(table, row) for row in table.rows],
        "notes": list(table.notes),
        "provenance": _without(asdict(table.provenance), "weight"),
    }


def _json_column(column: PrintedColumn) -> dict[str, object]:
    fields = _without(asdict(column), "letter")
    # Its name says it.
    del fields["end"]
    return fields


def _without(fields: dict[str, object], key: str) -> dict[str, object]:
    """Return fields without one that says nothing."""
    return {name: field for name, field in fields.items() if name != key or field}


def _json_row(table: PrintedTable, row: PrintedRow) -> dict[str, object]:
    pairs = list(zip(table.columns, row.cells, strict=True))
    of_group = next(tidy_parts(table, row), None)
    numbers = {}
    if of_group:
        percent = None if of_group.percent is None else float(of_group.percent)
        numbers = {"count": of_group.count, "percent": percent}
    return {
        "theme": row.label,
        **({} if table.by else numbers),
        "respondents": row.respondents,
        "mentions": row.mentions,
        "kind": row.kind,
        "level": row.level,
        "theme_id": row.key,
        "values": [cell_value(column, cell) for column, cell in pairs],
        "marks": [cell.mark for _, cell in pairs],
        **({"letters": [cell.letters for _, cell in pairs]} if has_letters(table) else {}),
    }


def printed_markdown(tables: Iterable[PrintedTable]) -> str:
    """Return tables as Markdown, each with its heading and notes."""
    return "\n".join(markdown_table(table) for table in tables)


def markdown_table(table: PrintedTable) -> str:
    """Return one table as Markdown."""
    headings = [table.stub, *flat_headings(table)]
    lines = [
        f"## {in_markdown(table.heading)}",
        "",
        markdown_row(map(in_markdown, headings)),
        "|---|" + "---:|" * len(table.columns),
        *(
            markdown_row([_markdown_label(row), *map(in_markdown, texts)])
            for row, texts in zip(table.rows, row_texts(table), strict=True)
        ),
        "",
        *(f"- {markdown_line(note)}" for note in all_notes(table)),
        "",
    ]
    return "\n".join(lines)


def _markdown_label(row: PrintedRow) -> str:
    label = in_markdown(row.label)
    return "&emsp;" * row.level + (f"**{label}**" if row.kind in STRONG else label)
