"""Breaking a text into screen lines, remembering where each line lies in the text."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len


class WrappedLine(NamedTuple):
    """Characters [start, end) of the text, on one line of the screen."""

    start: int
    end: int


def wrap(text: str, width: int) -> list[WrappedLine]:
    """Break a text at its newlines and, where a line is wider than `width` cells, at blanks.

    Blanks at a break belong to the line before it and may stand out over the edge; a word wider
    than the line is cut.
    """
    width = max(width, 4)
    lines: list[WrappedLine] = []
    start = 0
    for paragraph in text.split("\n"):
        lines.extend(_wrap_paragraph(paragraph, start, width))
        start += len(paragraph) + 1
    return lines


def _wrap_paragraph(paragraph: str, offset: int, width: int) -> list[WrappedLine]:
    lines: list[WrappedLine] = []
    start = 0
    while _is_wider(paragraph, start, width):
        end = _fitting(paragraph, start, width)
        blank = paragraph.rfind(" ", start + 1, end + 1)
        if blank > start:
            end = blank + 1
        lines.append(WrappedLine(offset + start, offset + end))
        start = end
    lines.append(WrappedLine(offset + start, offset + len(paragraph)))
    return lines


def _is_wider(paragraph: str, start: int, width: int) -> bool:
    """Tell whether what begins at `start` needs more than `width` cells, without measuring all of it."""
    size = width + 1
    while cell_len(paragraph[start : start + size]) <= width:
        if start + size >= len(paragraph):
            return False
        # Characters of no width took part.
        size *= 2
    return True


def _fitting(paragraph: str, start: int, width: int) -> int:
    """Return the end of the longest piece from `start` that is at most `width` cells wide."""
    if paragraph.isascii():
        return start + width
    end = min(start + width, len(paragraph))
    while end > start + 1 and cell_len(paragraph[start:end]) > width:
        end -= 1
    return end
