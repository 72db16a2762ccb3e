"""Numbers of steps without gaps, as every copy gives them, once some steps are gone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from coder.store.privacy.altered_acts import put_event_content
from coder.store.row_hashes import SQL_OF_HASH
from coder.store.team.copies.placed_log import move_settings, referring_indexed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coder.store.database import Database

_REFERRING = (
    "UPDATE main.change SET step = ? WHERE step = ?",
    "UPDATE main.exposure SET step = ? WHERE step = ?",
    "UPDATE journal SET step = ? WHERE step = ?",
    "UPDATE late_step SET step = ? WHERE step = ?",
    "UPDATE main.step SET target = ? WHERE target = ?",
    "UPDATE act SET local = ? WHERE local = ? AND kind = 'step'",
    "UPDATE main.step SET number = ? WHERE number = ?",
)
_OF_STEPS = "SELECT number, content FROM team_event WHERE kind IN ('merged', 'parted', 'handed over')"


def close_gaps(database: Database) -> None:
    """Number the steps of the log anew from 1; call it where the log is unguarded."""
    numbers = [number for (number,) in database.rows("SELECT number FROM main.step ORDER BY number")]
    moved = {old: new for new, old in enumerate(numbers, start=1) if new != old}
    if not moved:
        return
    # In ascending order: each takes the place of one that has gone or has moved.
    rows = [(new, old) for old, new in moved.items()]
    with referring_indexed(database):
        for sql in _REFERRING:
            database.execute_many(sql, rows)
    _move_in_events(database, moved)
    move_settings(database, moved)
    first = (min(moved.values()),)
    for table, condition in (("step", "target >= ?"), ("journal", "step >= ?")):
        database.execute(f"UPDATE main.{table} SET row_hash = {SQL_OF_HASH[table]} WHERE {condition}", first)


def _move_in_events(database: Database, moved: Mapping[int, int]) -> None:
    for number, written in database.rows(_OF_STEPS):
        content: dict[str, Any] = json.loads(written)
        steps = content.get("steps", [])
        renamed = [moved.get(step, step) if isinstance(step, int) else step for step in steps]
        if renamed != steps:
            put_event_content(database, number, content | {"steps": renamed})
