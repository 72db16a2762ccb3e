"""The lines of answers that were decided before, below the answer on screen: as many as there is room for."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from coder.tui.kit.wrapping import WrappedLine, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.tui.coding.panes.pane_values import EarlierRow

LINES_EACH = 3
"""Lines that one answer takes at most."""


class EarlierLine(NamedTuple):
    """A line of an answer that was decided before, or of the heading above them."""

    row: EarlierRow
    line: WrappedLine
    ends_in: str = ""
    """What follows the characters: an ellipsis where the answer is cut."""

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """Yield the pieces of the line, each with whether it is of the words that carry the theme."""
        start, end = self.line
        edges = {start, end} | {edge for word in self.row.words for edge in word if start < edge < end}
        for at, until in pairwise(sorted(edges)):
            yield self.row.text[at:until], any(word.start <= at < word.end for word in self.row.words)
        yield self.ends_in, False


def earlier_lines(rows: Sequence[EarlierRow], width: int, used: int, height: int) -> list[EarlierLine | None]:
    """Return what stands in a pane below the lines that are used; a blank line is None.

    It begins where a third of the pane is, if it can: there it stays, whatever is chosen on the answer.

    Args:
        rows: The heading, then the answers.
        width: Cells of a line.
        used: Lines of the pane that are taken.
        height: Lines of the pane.
    """
    top = max(used + 1, height // 3)
    room = height - top - 1
    blocks = [_lines_of(row, width) for row in rows[1:]]
    fitting = set()
    for index in sorted(range(len(blocks)), key=lambda index: rows[index + 1].priority):
        if len(blocks[index]) <= room:
            room -= len(blocks[index])
            fitting.add(index)
    if not fitting:
        return []
    heading = EarlierLine(rows[0], WrappedLine(0, 0))
    lines = [line for index in sorted(fitting) for line in blocks[index]]
    return [*(None,) * (top - used), heading, *lines]


def _lines_of(row: EarlierRow, width: int) -> list[EarlierLine]:
    """Return the first lines of an answer."""
    wrapped = wrap(row.text, width)
    lines = [EarlierLine(row, line) for line in wrapped[:LINES_EACH]]
    if len(wrapped) > LINES_EACH:
        start, end = wrapped[LINES_EACH - 1]
        lines[-1] = EarlierLine(row, WrappedLine(start, max(start, min(end, start + width) - 1)), "…")
    return lines
