"""Texts in Markdown, so that it shows them as they are: CommonMark, and what GitHub and Pandoc add to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coder.formats.shared.escaping.plain_text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

_SIGNS = re.compile(r"[\\|*_`<\[&#~$]")
_BEGINS_BLOCK = re.compile(r"(?m)^([ \t]*\d*)([>+=.)-])")
"""A quotation, a list, or the line below a heading, all of which only the beginning of a line can be."""
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def in_markdown(text: str) -> str:
    """Return a text as one line of Markdown, to stand in a heading or a cell, or behind other words."""
    return _SIGNS.sub(r"\\\g<0>", " ".join(plain(text).split()))


def markdown_line(text: str) -> str:
    """Return a text as a line of Markdown of its own, or as what stands behind the sign of a list."""
    return _BEGINS_BLOCK.sub(r"\1\\\2", in_markdown(text))


def markdown_row(cells: Iterable[str]) -> str:
    """Return the line of a table; the cells are Markdown already."""
    return f"| {' | '.join(cells)} |"


def markdown_paragraphs(text: str) -> str:
    """Return a text of any number of lines as Markdown that `from_markdown` reads back."""
    return _BEGINS_BLOCK.sub(r"\1\\\2", _SIGNS.sub(r"\\\g<0>", text))


def from_markdown(text: str) -> str:
    """Return what Markdown shows of a text in which signs are escaped."""
    return _ESCAPED.sub(r"\1", text)
