"""Ids of themes: their form, and new ones made from labels."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from coder.domain.near_names import fold_case

if TYPE_CHECKING:
    from collections.abc import Iterable

ID = re.compile(r"[\w.-]+")
"""The form of an id."""


def as_id(text: str) -> str:
    """Return an id in NFC if it has the form of one only then: an accent behind its letter is no letter."""
    return text if ID.fullmatch(text) else unicodedata.normalize("NFC", text)


def slug(label: str) -> str:
    """Return a label as an id: lower case, accents off, one hyphen between words."""
    letters = (c for c in unicodedata.normalize("NFKD", label.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "-", "".join(letters)).strip("-") or "theme"


class TakenIds:
    """The ids in use, and new ones beside them; upper and lower case count as the same."""

    def __init__(self, ids: Iterable[str] = ()) -> None:
        self._folded = set(map(fold_case, ids))
        self._next_numbers: dict[str, int] = {}

    def __contains__(self, theme_id: str) -> bool:
        return fold_case(theme_id) in self._folded

    def add(self, theme_id: str) -> None:
        """Take an id."""
        self._folded.add(fold_case(theme_id))

    def new(self, question: str, label: str) -> str:
        """Return an id for a theme that is not taken yet, and take it.

        Args:
            question: What it begins with; may be empty.
            label: The theme's.
        """
        stem = f"{slug(question)}-{slug(label)}" if question else slug(label)
        # The numbers before this one are taken: thousands of equal labels would all be counted through.
        number = self._next_numbers.get(stem, 1)
        while (theme_id := stem if number == 1 else f"{stem}-{number}") in self:
            number += 1
        self._next_numbers[stem] = number + 1
        self.add(theme_id)
        return theme_id
