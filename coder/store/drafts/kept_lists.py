"""Lists kept as JSON among the settings of a study."""

from __future__ import annotations

import json
from typing import Any


def read_list(text: str | None) -> list[Any]:
    """Return a list that was kept as JSON; an empty one if there is none, or it is no list."""
    try:
        members = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return []
    return members if isinstance(members, list) else []
