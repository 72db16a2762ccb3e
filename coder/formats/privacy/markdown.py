"""The data-flow statement as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.formats.shared.escaping.markdown import in_markdown, markdown_line, markdown_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.privacy.data_flows import DataFlow, DataFlowPart


def statement_markdown(statement: DataFlow) -> str:
    """Return a statement as Markdown."""
    note = [f"**{in_markdown(statement.note)}**", ""] if statement.note else []
    lines = [f"# {in_markdown(statement.heading)}", "", *note, markdown_line(statement.made), ""]
    for number, part in enumerate(statement.parts, 1):
        lines += _part(number, part)
    return "\n".join(lines)


def _part(number: int, part: DataFlowPart) -> Iterator[str]:
    yield from (f"## {number}. {in_markdown(part.title)}", "")
    for paragraph in part.paragraphs:
        yield from (markdown_line(paragraph), "")
    if part.grid:
        yield _row(part.grid.heads)
        yield "|" + "---|" * len(part.grid.heads)
        yield from map(_row, part.grid.rows)
        yield ""
    yield from (f"- {markdown_line(point)}" for point in part.points)
    if part.points:
        yield ""


def _row(cells: Sequence[str]) -> str:
    return markdown_row(map(in_markdown, cells))
