"""Guids: how other programs' files know a theme."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coder.domain.codebook import Theme

_SPACE = uuid.UUID("48d1a2cd-f447-40ef-8886-e31e5b0b8d3a")
"""Never change it: the guids of all themes without one of their own are made in it."""
BOOK_GUID = str(uuid.uuid5(_SPACE, ""))
"""Of the set that stands for the codebook; no theme's id is empty."""

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def guid_of(theme: Theme) -> str:
    """Return a theme's guid; without one of its own, always the same made from its id."""
    return theme.guid or str(uuid.uuid5(_SPACE, theme.id))


def canonical(text: str) -> str:
    """Return a guid in lower case without braces, or an empty text if it is none."""
    guid = text.strip()
    if guid.startswith("{") and guid.endswith("}"):
        guid = guid[1:-1]
    return guid.lower() if _GUID.fullmatch(guid.lower()) else ""
