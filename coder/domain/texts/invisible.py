"""Texts of which nothing can be seen: white space, and characters that leave no mark."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_DRAWN_BLANK = (0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0)
"""As wide as a character, with nothing in it: the fillers of Hangul, the blank of braille."""
_MARKS = (
    0xAD, 0x34F, 0x61C, 0x17B4, 0x17B5, *range(0x180B, 0x1810), *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF, *range(0xFFF0, 0xFFFC), *range(0x1BCA0, 0x1BCA4),
    *range(0x1D173, 0x1D17B), 0xE0001, *range(0xE0020, 0xE0080), *range(0xE0100, 0xE01F0),
)  # fmt: skip
"""What Unicode lets a program leave undrawn (Default_Ignorable_Code_Point), and the marks of annotations."""
_WHITE = (
    *range(0x21),
    *range(0x7F, 0xA1),
    0x1680,
    *range(0x2000, 0x200B),
    0x2028,
    0x2029,
    0x202F,
    0x205F,
    0x3000,
)
"""White space and control characters."""
_EDGE_MARKS = (0xAD, 0x61C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF)
"""Marks that mean nothing at either end of a text; joiners and variation selectors may belong to an emoji."""

INVISIBLE = frozenset(map(chr, (*_WHITE, *_DRAWN_BLANK, *_MARKS)))
"""Characters of which nothing can be seen."""
_INVISIBLE_TEXT = "".join(sorted(INVISIBLE))
_EDGES = "".join(map(chr, (*_WHITE, *_DRAWN_BLANK, *_EDGE_MARKS)))
_SEEN = dict.fromkeys(_MARKS, "") | dict.fromkeys(_DRAWN_BLANK, " ")


def is_blank(text: str) -> bool:
    """Tell whether nothing of a text can be seen."""
    return not text or (text[0] in INVISIBLE and not text.strip(_INVISIBLE_TEXT))


def without_blanks(cells: Iterable[str]) -> list[str]:
    """Return those of some texts of which something can be seen."""
    filled = list(filter(None, cells))
    if INVISIBLE.isdisjoint(map(itemgetter(0), filled)):
        return filled
    return [text for text in filled if not is_blank(text)]


def without_blank_edges(text: str) -> str:
    """Return a text without what is invisible before and behind it."""
    if text and (text[0] in INVISIBLE or text[-1] in INVISIBLE):
        return text.strip(_INVISIBLE_TEXT)
    return text


def without_invisible(text: str) -> str:
    """Return a text without the characters in it that leave no mark; blanks that are wide become spaces."""
    return text if text.isascii() else text.translate(_SEEN)


def tidy(cell: str) -> str:
    """Return a name or a value as it is kept: in one Unicode form (NFC), with nothing invisible around it."""
    stripped = cell.strip()
    if stripped.isascii() and stripped.isprintable():
        return stripped
    return "" if is_blank(stripped) else normalize("NFC", stripped).strip(_EDGES)


def tidied(cells: Sequence[str]) -> list[str]:
    """Return the names or values of a column as `tidy` keeps each: quickly where all are plain ASCII."""
    together = "".join(cells)
    if together.isascii() and together.isprintable():
        return list(map(str.strip, cells))
    by_cell = {cell: tidy(cell) for cell in set(cells)}
    return [by_cell[cell] for cell in cells]
