"""Texts in spreadsheets: what would be a formula, a worksheet's name, or a code at a page's edge."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coder.formats.shared.escaping.plain_text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The wide forms count in East Asian versions of Excel."""
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_IN_NO_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f\x7f]")
_LIKE_CELL = re.compile(r"!(?=\$?[A-Z]+\$?\d)")
_LONGEST_NAME = 31
"""Of a worksheet, by Excel's rules."""
_EXCELS_OWN = "history"


def inert_cell(text: str) -> str:
    """Return a cell of a CSV so that Excel takes it for no formula: behind an apostrophe, if it might."""
    is_formula = text.startswith(_BEGINS_FORMULA) and not _NUMBER.fullmatch(text)
    return f"'{text}" if is_formula else text


def chart_text(text: str) -> str:
    """Return the name of a chart's bars or axis, so that XlsxWriter does not take it for that of a cell."""
    return _LIKE_CELL.sub("! ", plain(text))


def edge_text(text: str) -> str:
    """Return a text for the head or foot of printed pages, where & begins a code."""
    return plain(text).replace("&", "&&")


class SheetNames:
    """Gives the worksheets of a workbook names that Excel allows, and no two alike whatever the case."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        """Begin with the names that there are already."""
        self._taken = {name.casefold() for name in (*taken, _EXCELS_OWN)}

    def new(self, wanted: str, otherwise: str) -> str:
        """Return a name by what a worksheet is about; `otherwise`, where nothing of that can stay."""
        name = _IN_NO_NAME.sub("-", wanted).strip() or otherwise
        return unlike(name, self._taken, _LONGEST_NAME)


def unlike(text: str, taken: set[str], longest: int) -> str:
    """Return a text that is not among `taken`, which are in lower case; cut to a length, and added there."""
    name, times = text[:longest], 1
    while name.casefold() in taken:
        times += 1
        ending = f" {times}"
        name = text[: longest - len(ending)] + ending
    taken.add(name.casefold())
    return name
