"""Tables as files and as text for a terminal."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coder.domain.tables import FrequencyTable, TableRow

_COLUMNS = (
    "table", "question", "theme", "count", "percent", "base", "respondents", "mentions", "kind", "theme_id",
)  # fmt: skip
_BAR = "█"
_NARROWEST = 40
_COUNT_WIDTH = 8
_PERCENT_WIDTH = 10
"""With the spaces around it."""


def tables_as(kind: str, tables: Iterable[FrequencyTable]) -> str:
    """Return tables as `csv`, `json` or `md`."""
    writers = {"csv": tables_csv, "json": tables_json, "md": tables_markdown}
    return writers[kind](tables)


def tables_csv(tables: Iterable[FrequencyTable]) -> str:
    """Return tables as one CSV, one row a theme or net, labels verbatim and without the notes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for table in tables:
        writer.writerows(
            (
                table.number, table.question_id, row.label, row.count, _percent(row), table.base_size,
                row.respondents, row.mentions, row.kind, row.theme_id,
            )
            for row in table.rows
        )  # fmt: skip
    return text.getvalue()


def tables_json(tables: Iterable[FrequencyTable]) -> str:
    """Return tables as a JSON list, notes included."""
    return json.dumps([_json_table(table) for table in tables], ensure_ascii=False, indent=1) + "\n"


def _json_table(table: FrequencyTable) -> dict[str, object]:
    return {
        "table": table.number,
        "question": table.question_id,
        "title": table.title,
        "counts": table.options.what,
        "base": asdict(table.base),
        "rows": [
            {
                "theme": row.label,
                "count": row.count,
                "percent": None if row.percent is None else round(row.percent, 1),
                "respondents": row.respondents,
                "mentions": row.mentions,
                "kind": row.kind,
                "level": row.level,
                "theme_id": row.theme_id,
            }
            for row in table.rows
        ],
        "notes": list(table.notes),
    }


def tables_markdown(tables: Iterable[FrequencyTable]) -> str:
    """Return tables as Markdown, each with its heading and notes."""
    return "\n".join(_markdown_table(table) for table in tables)


def _markdown_table(table: FrequencyTable) -> str:
    lines = [f"## {_escaped(table.heading)}", ""]
    lines += [f"| Theme | {_unit(table)} | % |", "|---|---:|---:|"]
    for row in table.rows:
        label = "&emsp;" * row.level + _escaped(row.label)
        lines.append(f"| {f'**{label}**' if row.kind == 'net' else label} | {row.count} | {_percent(row)} |")
    lines += ["", *(f"- {_escaped(note)}" for note in table.notes), ""]
    return "\n".join(lines)


def _escaped(text: str) -> str:
    for special in "\\|*_`<[":
        text = text.replace(special, "\\" + special)
    return " ".join(text.split())


def tables_text(tables: Iterable[FrequencyTable], width: int = 80) -> str:
    """Return tables to be read in a terminal, counts as bars.

    Args:
        tables: The tables.
        width: Columns of the terminal.
    """
    return "\n".join("\n".join(_text_table(table, max(width, _NARROWEST))) + "\n" for table in tables)


def _text_table(table: FrequencyTable, width: int) -> Iterator[str]:
    yield from textwrap.wrap(table.heading, width)
    yield ""
    # The label gets what it needs, up to half of the line; the bar gets the rest.
    longest = max((len(row.label) + 2 * row.level for row in table.rows), default=0)
    count_width = max(len(_unit(table)), _COUNT_WIDTH)
    label_width = min(longest, width // 2)
    bar_width = width - label_width - count_width - _PERCENT_WIDTH
    largest = max((row.count for row in table.rows), default=0)
    if table.rows:
        yield f"{'':{label_width}}  {_unit(table):>{count_width}}      %"
    for row in table.rows:
        first, *more = _label_lines(row, label_width)
        bar = _BAR * max(round(bar_width * row.count / largest), 1) if row.count else ""
        yield f"{first:{label_width}}  {row.count:>{count_width},}  {_percent(row):>5} {bar}".rstrip()
        yield from more
    if not table.rows:
        yield "Nothing is coded yet."
    yield ""
    for note in table.notes:
        yield from textwrap.wrap(note, width)


def _label_lines(row: TableRow, width: int) -> Sequence[str]:
    indent = "  " * row.level
    return textwrap.wrap(
        row.label, width, initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False
    ) or [indent]


def _unit(table: FrequencyTable) -> str:
    return "mentions" if table.options.what == "mentions" else table.respondents_word


def _percent(row: TableRow) -> str:
    return "" if row.percent is None else f"{row.percent:.1f}"
