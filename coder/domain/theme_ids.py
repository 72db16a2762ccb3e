"""Ids of themes: their form, and new ones made from labels."""

from __future__ import annotations

import itertools
import re
import unicodedata

ID = re.compile(r"[\w.-]+")
"""The form of an id."""


def slug(label: str) -> str:
    """Return a label as an id: lower case, accents off, one hyphen between words."""
    letters = (c for c in unicodedata.normalize("NFKD", label.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "-", "".join(letters)).strip("-") or "theme"


def new_id(question: str, label: str, taken: set[str]) -> str:
    """Return an id for a theme that is not taken yet, and take it.

    Args:
        question: What it begins with; may be empty.
        label: The theme's.
        taken: The ids in use, with upper case folded; the new one is added.
    """
    stem = f"{slug(question)}-{slug(label)}" if question else slug(label)
    candidates = (stem if number == 1 else f"{stem}-{number}" for number in itertools.count(1))
    theme_id = next(candidate for candidate in candidates if candidate not in taken)
    taken.add(theme_id)
    return theme_id
