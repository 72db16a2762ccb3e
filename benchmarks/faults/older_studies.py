"""Studies in the formats of the database that earlier versions of the program made."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from coder.store.database import Database
from coder.store.opening.older_formats import ACT_7, FORMAT_1, FORMAT_2, FORMAT_3, FORMAT_4, FORMAT_6
from coder.store.schema import CURRENT, Schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

NEW_IN_2 = ("step_by_revision", "mark_to_recode", "exposure")
NEW_IN_4 = ("response_by_words", "journal")
NEW_IN_6 = ("person", "team_event", "team_event_is_final", "team_event_is_kept")
NEW_IN_7 = (
    *("act", "late_step", "act_by_local", "act_by_clock", "act_is_final", "act_is_kept"),
    *("round", "round_member", "assignment", "assignment_by_person"),
)

NEW_IN_8 = ("text_salt",)
NEW_IN_9 = ("answer_attribute", "answer_value", "answer_by_value")


def name_of(statement: str) -> str:
    """Return what a statement makes: `step`."""
    kind = next(word for word in ("TABLE", "INDEX", "TRIGGER") if f" {word} " in statement)
    return statement.partition(f"{kind} ")[2].split(maxsplit=1)[0]


def with_older(statements: Iterable[str], older: Sequence[str]) -> tuple[str, ...]:
    """Return statements, those that an older format had in another way as it had them."""
    as_then = {name_of(statement): statement for statement in older}
    return tuple(as_then.get(name_of(statement), statement) for statement in statements)


def as_in_one(statements: Iterable[str]) -> tuple[str, ...]:
    """Return the statements of format 2 that format 1 had, as it had them."""
    of_one = [statement for statement in statements if not any(name in statement for name in NEW_IN_2)]
    return with_older(of_one, FORMAT_1)


def as_in_three(statements: Iterable[str]) -> tuple[str, ...]:
    """Return the statements of format 4 that format 3 had, as it had them."""
    of_three = [statement for statement in statements if not any(name in statement for name in NEW_IN_4)]
    return with_older(of_three, FORMAT_3)


def as_in_five(statements: Iterable[str]) -> tuple[str, ...]:
    """Return the statements of format 6 that format 5 had."""
    return tuple(statement for statement in statements if name_of(statement) not in NEW_IN_6)


def as_in_six(statements: Iterable[str]) -> tuple[str, ...]:
    """Return the statements of format 7 that format 6 had, as it had them."""
    of_six = [statement for statement in statements if name_of(statement) not in NEW_IN_7]
    return with_older(of_six, FORMAT_6)


def as_in_seven(statements: Iterable[str]) -> tuple[str, ...]:
    """Return the statements of format 8 that format 7 had, as it had them."""
    of_seven = [statement for statement in statements if name_of(statement) not in NEW_IN_8]
    return with_older(of_seven, (ACT_7,))


def as_in_eight(statements: Iterable[str]) -> tuple[str, ...]:
    """Return the statements of format 9 that format 8 had."""
    return tuple(statement for statement in statements if name_of(statement) not in NEW_IN_9)


EIGHT = Schema(
    as_in_eight(CURRENT.statements), migrations=CURRENT.migrations[:7], rules=as_in_eight(CURRENT.rules)
)
SEVEN = Schema(
    as_in_seven(EIGHT.statements), migrations=CURRENT.migrations[:6], rules=as_in_seven(EIGHT.rules)
)
SIX = Schema(as_in_six(SEVEN.statements), migrations=CURRENT.migrations[:5], rules=as_in_six(SEVEN.rules))
FIVE = Schema(as_in_five(SIX.statements), migrations=CURRENT.migrations[:4], rules=as_in_five(SIX.rules))
FOUR = Schema(with_older(FIVE.statements, FORMAT_4), migrations=CURRENT.migrations[:3], rules=FIVE.rules)
THREE = Schema(
    as_in_three(FOUR.statements),
    migrations=CURRENT.migrations[:2],
    rules=as_in_three(FOUR.rules),
)
TWO = Schema(
    with_older(THREE.statements, FORMAT_2),
    migrations=CURRENT.migrations[:1],
    rules=with_older(THREE.rules, FORMAT_2),
)
ONE = Schema(as_in_one(TWO.statements), rules=as_in_one(TWO.rules))


def make_older(folder: Path, schema: Schema) -> None:
    """Put a closed study's database into an older format; the newer file is kept as `current.db`."""
    database = folder / "study.db"
    database.rename(folder / "current.db")
    with closing(Database.create(database, schema)) as older:
        older.execute("ATTACH ? AS source", (str(folder / "current.db"),))
        older.execute("PRAGMA foreign_keys = OFF")
        for (table,) in older.rows("SELECT name FROM main.sqlite_master WHERE type = 'table'"):
            columns = ", ".join(row[1] for row in older.rows(f"PRAGMA main.table_info({table})"))
            older.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM source.{table}")
