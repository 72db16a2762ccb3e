"""Texts on slides: how many lines they take, and how they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.formats.shared.escaping.plain_text import plain
from coder.formats.shared.type_widths import width_in_type

if TYPE_CHECKING:
    from pptx.text.text import TextFrame

LINE = 1.22
"""From one line of text to the next, in heights of the type."""
TYPEFACE, INK = "Arial", "111111"


def lines_of(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """Return on how many lines a text stands in a width, both in points: broken between words."""
    lines, used = 1, 0.0
    space = width_in_type(" ", size, bold=bold)
    for word in text.split(" "):
        needed = width_in_type(word, size, bold=bold)
        if used and used + space + needed > width:
            lines, used = lines + 1, 0.0
        used += needed + (space if used else 0)
        while used > width > 0:
            # A word that is wider is broken itself.
            lines, used = lines + 1, used - width
    return lines


def write(
    frame: TextFrame, text: str, points: float, *, bold: bool = False, number: bool = False, indent: float = 0
) -> None:
    """Write a text, a paragraph for each of its lines.

    Args:
        frame: What it is written into.
        text: The text.
        points: The size of its type.
        bold: Whether it stands out.
        number: Whether it stands on the right, as numbers do.
        indent: Points that it stands further right.
    """
    from pptx.dml.color import RGBColor
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    frame.word_wrap = True
    for place, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.RIGHT if number else PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text = plain(line)
        font = run.font
        font.size, font.bold, font.name = Pt(points), bold, TYPEFACE
        font.color.rgb = RGBColor.from_string(INK)
        if indent:
            paragraph._p.get_or_add_pPr().set("marL", str(Pt(indent)))  # noqa: SLF001  # no such setting
