"""Who has withdrawn from a study, by the events that tell of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from coder.domain.privacy.tombstones import read_withdrawal

if TYPE_CHECKING:
    from coder.domain.privacy.tombstones import Tombstone
    from coder.store.database import Database

_WITHDRAWALS = "SELECT at, by, content FROM main.team_event WHERE kind = 'withdrawn' ORDER BY number"


def tombstones(database: Database) -> list[Tombstone]:
    """Return those who withdrew, each once, in the order in which they did."""
    by_id: dict[str, Tombstone] = {}
    for at, by, content in database.rows(_WITHDRAWALS):
        tombstone = read_withdrawal(at, by, json.loads(content))
        by_id.setdefault(tombstone.respondent_id, tombstone)
    return list(by_id.values())


def withdrawn_answers(database: Database) -> set[str]:
    """Return the ids of the answers of those who withdrew."""
    rows = database.rows(_WITHDRAWALS)
    return {
        answer for at, by, content in rows for answer in read_withdrawal(at, by, json.loads(content)).answers
    }
