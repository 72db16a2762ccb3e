"""Is another program writing to a database at this moment?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.errors import BusyError
from coder.store.database import rehearsal

if TYPE_CHECKING:
    from coder.store.database import Database


def is_held(database: Database) -> bool:
    """Tell whether another program is writing to a database at this moment."""
    try:
        with rehearsal(database, patience=0):
            return False
    except BusyError:
        return True
