"""What a version of the codebook says as an act.

A module of its own: whether copies said something of the codebook in different ways is looked at before the
first paint, when nothing else of acts is needed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from coder.store.codebook_versions import version_name

if TYPE_CHECKING:
    from coder.domain.copies.received_acts import Content
    from coder.store.database import Database

_VERSION = """SELECT at, coder, source, themes, label, reason, carried, undoes, parents FROM codebook_version
    WHERE number = ?"""


def version_content(database: Database, number: int) -> Content:
    """Return what a version says, by its number in this copy."""
    at, coder, source, themes, label, reason, carried, undoes, parents = database.row(_VERSION, (number,))
    return {
        "at": at, "coder": coder, "source": source, "themes": json.loads(themes), "label": label,
        "reason": reason, "carried": json.loads(carried),
        "undoes": version_name(database, undoes) if undoes else "", "parents": json.loads(parents),
    }  # fmt: skip
