"""Ids as they are compared and kept: who answered, in each row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coder.domain.texts.invisible import tidied

if TYPE_CHECKING:
    from collections.abc import Sequence

_POINT_NOUGHT = re.compile(r"\d+(?:\.0)?")


def id_texts(cells: Sequence[str]) -> list[str]:
    """Return the ids of a column as they are kept: with nothing invisible around, in one Unicode form (NFC).

    A column of whole numbers that a program wrote as `1001.0`, because a cell was blank, loses the `.0`.
    """
    ids = tidied(cells)
    if has_point_nought(ids):
        return [identifier.removesuffix(".0") for identifier in ids]
    return ids


def has_point_nought(ids: Sequence[str]) -> bool:
    """Tell whether the ids are whole numbers or blank, and some have `.0` behind them."""
    filled = [identifier for identifier in ids if identifier]
    return all(map(_POINT_NOUGHT.fullmatch, filled)) and any(map(_ends_so, filled))


def _ends_so(identifier: str) -> bool:
    return identifier.endswith(".0")
