"""What is still to be cleaned after words were taken out: a promise that stands until all of it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.store.schema import CLEANING

if TYPE_CHECKING:
    from coder.store.database import Database

UNFINISHED = "Redaction not finished"


def promise_cleaning(database: Database) -> None:
    """Promise to clean what is beside the tables; call it in the transaction that takes words out."""
    database.set_setting(CLEANING, "all")


def is_cleaning_promised(database: Database) -> bool:
    """Tell whether something is still to be cleaned."""
    return bool(database.setting(CLEANING))


def note_cleaned(database: Database) -> None:
    """Note that all is cleaned."""
    with database.transaction():
        database.set_setting(CLEANING, "")
