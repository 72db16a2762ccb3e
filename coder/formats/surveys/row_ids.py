"""Ids as they are compared and kept: who answered, in each row."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from coder.domain.texts.invisible import tidied

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LEADING_NOUGHTS = re.compile(r"(?<![\d.,])0+(?=\d)")
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


def alike_ids(ids: Iterable[str]) -> list[tuple[str, ...]]:
    """Return those ids that differ by capitals or leading noughts alone (`1` and `001`), together."""
    distinct = [identifier for identifier in dict.fromkeys(ids) if identifier]
    folded = _folded(distinct)
    if len(set(folded)) == len(distinct):
        return []
    spellings: dict[str, list[str]] = defaultdict(list)
    for key, identifier in zip(folded, distinct, strict=True):
        spellings[key].append(identifier)
    return [tuple(group) for group in spellings.values() if len(group) > 1]


def in_one_spelling(ids: Sequence[str]) -> list[str]:
    """Return ids with the first spelling of each in place of those that are alike."""
    first = {identifier: group[0] for group in alike_ids(ids) for identifier in group}
    return [first.get(identifier, identifier) for identifier in ids]


def _folded(ids: Sequence[str]) -> list[str]:
    together = "\n".join(ids).casefold()
    return _LEADING_NOUGHTS.sub("", together).split("\n") if "0" in together else together.split("\n")
