"""Lists of texts within one text, as a cell or a paragraph holds them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def join_items(items: Iterable[str], mark: str) -> str:
    r"""Return items as one text, parted by a mark; `\` stands before a mark within an item."""
    written = (item.replace("\\", "\\\\").replace(mark, "\\" + mark) for item in items)
    return (mark if mark == "\n" else f"{mark} ").join(written)


def split_items(text: str, mark: str) -> tuple[str, ...]:
    r"""Return the items of a text, without blanks around them; a mark after `\` belongs to its item."""
    pieces = re.findall(rf"(?:\\.|[^{mark}])+", text, re.DOTALL)
    items = (re.sub(rf"\\([\\{mark}])", r"\1", piece).strip() for piece in pieces)
    return tuple(item for item in items if item)
