"""The data-flow statement as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.formats.tables.text import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.privacy.data_flows import DataFlow, DataFlowPart


def statement_markdown(statement: DataFlow) -> str:
    """Return a statement as Markdown."""
    note = [f"**{escaped(statement.note)}**", ""] if statement.note else []
    lines = [f"# {escaped(statement.heading)}", "", *note, escaped(statement.made), ""]
    for number, part in enumerate(statement.parts, 1):
        lines += _part(number, part)
    return "\n".join(lines)


def _part(number: int, part: DataFlowPart) -> Iterator[str]:
    yield from (f"## {number}. {escaped(part.title)}", "")
    for paragraph in part.paragraphs:
        yield from (escaped(paragraph), "")
    if part.grid:
        yield _row(part.grid.heads)
        yield "|" + "---|" * len(part.grid.heads)
        yield from map(_row, part.grid.rows)
        yield ""
    yield from (f"- {escaped(point)}" for point in part.points)
    if part.points:
        yield ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(escaped, cells))} |"
