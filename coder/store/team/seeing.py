"""What a connection to the database shows of codings: to whom, and of which moment.

Views of the connection's own stand in for the tables of codings, so that every query that names them sees
what is to be seen and no other. What is written names the tables themselves (`main.coding`).
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

from coder.domain.team.sight import EVERYTHING, Sight
from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coder.store.database import Database

_IN_ROUNDS = "SELECT 1 FROM main.assignment a WHERE a.response = {table}.response AND a.round IN ({rounds})"
_OWN_STEP = "(SELECT s.coder FROM main.step s WHERE s.number = {table}.step) = {person}"
_VIEWS = {
    "coding": f"coder = {{person}} OR NOT EXISTS ({_IN_ROUNDS})",
    "mark": f"coder = {{person}} OR NOT EXISTS ({_IN_ROUNDS})",
    "change": f"NOT EXISTS ({_IN_ROUNDS}) OR {_OWN_STEP}",
    "exposure": f"NOT EXISTS ({_IN_ROUNDS}) OR {_OWN_STEP}",
    "step": """coder = {person} OR NOT EXISTS (SELECT 1 FROM main.change c
        JOIN main.assignment a ON a.response = c.response AND a.round IN ({rounds})
        WHERE c.step = step.number)""",
}
"""For each table with codings which of its rows somebody sees."""


def see(database: Database, sight: Sight) -> None:
    """Have a connection show what somebody may see, in place of what it showed."""
    if database.sight == sight:
        return
    with _all_or_nothing(database):
        _uncover(database, tuple(_VIEWS))
        if sight.is_blind:
            rounds = ", ".join(map(_quoted, sight.rounds))
            for table, condition in _VIEWS.items():
                seen = condition.format(table=table, rounds=rounds, person=_quoted(sight.person_id))
                database.execute(f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} WHERE {seen}")
    database.sight = sight


@contextmanager
def everything_seen(database: Database) -> Iterator[None]:
    """Have a connection show everybody's codings in the block: for counting who has done how much."""
    sight = database.sight
    see(database, EVERYTHING)
    try:
        yield
    finally:
        see(database, sight)


def refuse_for_others(database: Database, coder_id: str, responses: Iterable[int]) -> None:
    """Raise CoderError if a step would change codings of somebody else that whoever is at work cannot see."""
    sight = database.sight
    if not sight.is_blind or coder_id == sight.person_id:
        return
    hidden = database.value(
        """SELECT EXISTS (SELECT 1 FROM json_each(?) j JOIN main.assignment a ON a.response = j.value
        WHERE a.round IN (SELECT value FROM json_each(?)))""",
        (json.dumps(list(responses)), json.dumps(sight.rounds)),
    )
    if hidden:
        msg = (
            "Codings of others are not changed by who is in a blind round: on its answers they see their own."
        )
        raise CoderError(msg, "Once everybody in the round has finished it, try again: coder team round show")


def refuse_to_revise(database: Database) -> None:
    """Raise CoderError if whoever is at work is in a blind round, whose codebook stays as it began."""
    if database.sight.is_blind:
        msg = "The codebook of a blind round stays as it was when the round began, until all have finished."
        raise CoderError(msg, "Ask whoever leads the round; what is to change can be proposed in a memo (m).")


def _uncover(database: Database, tables: Sequence[str]) -> None:
    for table in tables:
        database.execute(f"DROP VIEW IF EXISTS temp.{table}")


@contextmanager
def _all_or_nothing(database: Database) -> Iterator[None]:
    # It may be called within a transaction, which a savepoint leaves to itself.
    database.execute("SAVEPOINT sight")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK TO sight")
        raise
    finally:
        database.execute("RELEASE sight")


def _quoted(text: str) -> str:
    """Return a text as SQL writes it: a view takes no parameters."""
    return "'" + text.replace("'", "''") + "'"
