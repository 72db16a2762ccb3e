"""A field of a theme as one text, as a cell or a paragraph holds it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coder.domain.theme_fields import ThemeField

_MARKS = {"texts": "\n", "words": ";"}
"""What parts the items of a list."""


def write_field(field: ThemeField, value: Any) -> str:
    """Return what a field holds as one text that `read_field` reads back."""
    if field.kind == "flag":
        return "yes" if value else "no"
    return join_items(value, _MARKS[field.kind]) if field.is_list else value or ""


def read_field(field: ThemeField, text: str, meanings: Mapping[str, Any]) -> Any:
    """Return what a text says of a field.

    Args:
        field: The field.
        text: Without blanks at the ends.
        meanings: See `meanings_of`; of a text that is none of them the field's default is meant.
    """
    if field.is_list:
        return split_items(text, _MARKS[field.kind])
    if field.kind in ("choice", "flag"):
        return meanings.get(text, field.default)
    return text or field.default


def meanings_of(field: ThemeField, flags: Mapping[str, bool]) -> Mapping[str, Any]:
    """Return what may be written in a choice or a flag, with what it means; other fields have none.

    Args:
        field: The field.
        flags: What may be written for True and for False.
    """
    if field.kind == "choice":
        return {"": field.default} | {choice: choice for choice in field.choices}
    return {"": field.default, **flags} if field.kind == "flag" else {}


def join_items(texts: Iterable[str], mark: str) -> str:
    r"""Return items as one text, parted by a mark; `\` stands before a mark within an item."""
    written = (text.replace("\\", "\\\\").replace(mark, "\\" + mark) for text in texts)
    return (mark if mark == "\n" else f"{mark} ").join(written)


def split_items(text: str, mark: str) -> tuple[str, ...]:
    r"""Return the items of a text, without blanks around them; a mark after `\` belongs to its item."""
    pieces = re.findall(rf"(?:\\.|[^{mark}])+", text, re.DOTALL)
    texts = (re.sub(rf"\\([\\{mark}])", r"\1", piece).strip() for piece in pieces)
    return tuple(filter(None, texts))
