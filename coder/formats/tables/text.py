"""Printed tables as CSV, JSON and Markdown."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from coder.formats.tables.cells import STRONG, all_notes, cell_value, flat_headings, number_text, row_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coder.domain.tables.printed import Cell, CellMark, PrintedColumn, PrintedRow, PrintedTable

_COLUMNS = (
    "table", "question", "theme", "count", "percent", "base", "respondents", "mentions", "kind", "theme_id",
    "group", "mark",
)  # fmt: skip
_MARKS: tuple[CellMark, ...] = ("suppressed", "low")


@dataclass(frozen=True, slots=True)
class _Part:
    """What a row says of one group of columns."""

    group: str
    count: int | float | None
    percent: str
    base: int | None
    mark: CellMark
    further: dict[str, int | float | None]
    """Every further column by its name."""


def printed_csv(tables: Sequence[PrintedTable]) -> str:
    """Return tables as one CSV, one row for each row and group of columns, without the notes.

    Labels are verbatim. Columns that are neither a count nor its percentage stand under their own names;
    the last column says where the numbers come from.
    """
    records = [(table, row, part) for table in tables for row in table.rows for part in _parts(table, row)]
    names = list(dict.fromkeys(name for _, _, part in records for name in part.further))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow((*_COLUMNS, *names, "source"))
    for table, row, part in records:
        writer.writerow((
            table.number, table.subject, row.label, part.count, part.percent, part.base, row.respondents,
            row.mentions, row.kind, row.key, part.group, part.mark, *map(part.further.get, names),
            table.provenance,
        ))  # fmt: skip
    return text.getvalue()


def _parts(table: PrintedTable, row: PrintedRow) -> Iterator[_Part]:
    pairs = zip(table.columns, row.cells, strict=True)
    for group, columns in groupby(pairs, key=lambda pair: pair[0].group):
        yield _part(table, row, group, list(columns))


def _part(
    table: PrintedTable, row: PrintedRow, group: str, pairs: Sequence[tuple[PrintedColumn, Cell]]
) -> _Part:
    """Return what a row says of a group: its last count and percentage; any others under their own names."""
    latest = {column.kind: (column, cell) for column, cell in pairs if column.kind != "number"}
    count = latest.get("count")
    percent = latest.get("percent")
    bases = [column.base for column, _ in latest.values() if column.base is not None]
    number = cell_value(*percent) if percent else None
    marks = {cell.mark for _, cell in latest.values()}
    return _Part(
        group,
        cell_value(*count) if count else None,
        number_text(percent[0], number) if percent and number is not None else "",
        _base(table, row, bases),
        next((mark for mark in _MARKS if mark in marks), ""),
        {
            column.name: cell_value(column, cell)
            for column, cell in pairs
            if (column, cell) not in latest.values()
        },
    )


def _base(table: PrintedTable, row: PrintedRow, of_columns: Sequence[int]) -> int | None:
    """Return how many a row's percentages are of: by its column, by itself, or by the table."""
    if of_columns:
        return of_columns[0]
    if row.base is not None:
        return row.base
    return table.base.size if table.base else None


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
        "columns": [asdict(column) for column in table.columns],
        "rows": [_json_row(table, row) for row in table.rows],
        "notes": list(table.notes),
        "provenance": asdict(table.provenance),
    }


def _json_row(table: PrintedTable, row: PrintedRow) -> dict[str, object]:
    pairs = list(zip(table.columns, row.cells, strict=True))
    of_group = next(_parts(table, row), None)
    numbers = {}
    if of_group:
        percent = float(of_group.percent) if of_group.percent else None
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
    }


def printed_markdown(tables: Iterable[PrintedTable]) -> str:
    """Return tables as Markdown, each with its heading and notes."""
    return "\n".join(markdown_table(table) for table in tables)


def markdown_table(table: PrintedTable) -> str:
    """Return one table as Markdown."""
    headings = [table.stub, *flat_headings(table)]
    lines = [
        f"## {escaped(table.heading)}",
        "",
        _markdown_row(map(escaped, headings)),
        "|---|" + "---:|" * len(table.columns),
        *(
            _markdown_row([_markdown_label(row), *map(escaped, texts)])
            for row, texts in zip(table.rows, row_texts(table), strict=True)
        ),
        "",
        *(f"- {escaped(note)}" for note in all_notes(table)),
        "",
    ]
    return "\n".join(lines)


def _markdown_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _markdown_label(row: PrintedRow) -> str:
    label = escaped(row.label)
    return "&emsp;" * row.level + (f"**{label}**" if row.kind in STRONG else label)


def escaped(text: str) -> str:
    """Return a text so that Markdown shows it as it is, on one line."""
    for special in "\\|*_`<[&#~$":
        text = text.replace(special, "\\" + special)
    return " ".join(text.split())
