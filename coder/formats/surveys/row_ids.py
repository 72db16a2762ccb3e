"""Ids as they are compared and kept: who answered, in each row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coder.domain.texts.invisible import tidied

if TYPE_CHECKING:
    from collections.abc import Sequence

_POINT_NOUGHT = re.compile(r"\d+\.0")


def id_texts(cells: Sequence[str]) -> list[str]:
    """Return the ids of a column as they are kept: with nothing invisible around, in one Unicode form (NFC).

    A column of whole numbers that a program wrote as `1001.0`, because a cell was blank, loses the `.0`.
    """
    ids = tidied(cells)
    if has_point_nought(ids):
        return [identifier.removesuffix(".0") for identifier in ids]
    return ids


def has_point_nought(ids: Sequence[str]) -> bool:
    """Tell whether the ids are whole numbers, each with `.0` behind it, or blank."""
    filled = [identifier for identifier in ids if identifier]
    return bool(filled) and all(map(_POINT_NOUGHT.fullmatch, filled))
