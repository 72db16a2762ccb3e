"""Databases with odd cells: what a bad disk, another program or a stranger may leave in one."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ODD_CELLS = (
    b"\xff\xfe blob", b"", "", "text", "-1", "1e400", "{", "[]", "null", '{"themes": 3}', '{"themes": [{}]}',
    "no-such-theme", "12:3", "0:999999", "2026-99-99T00:00:00Z", "9999-12-31T23:59:59.999Z", "\x00",
    "a\x1b[2Jb", "x" * 5000, "['", -1, 0, 2, 10**6, 2**62, -(2**63), 0.5, 1e300, float("inf"), None,
)  # fmt: skip
"""Cells of the wrong type, no JSON, no moment, no theme of the codebook, negative or huge numbers."""
BAD_UTF_8 = "CAST(x'fffe80' AS TEXT)"


class Damage(NamedTuple):
    """One odd cell."""

    table: str
    column: str
    cell: object
    row: int
    """The cell of which row, counted from 0; of all where there are fewer."""

    def __str__(self) -> str:
        """Return a name for the case: `step.at row 2 = 'text'`."""
        return f"{self.table}.{self.column} row {self.row} = {str(self.cell)[:30]!r}"


def columns_of(folder: Path) -> list[tuple[str, str]]:
    """Return every column of every table."""
    with closing(sqlite3.connect(folder / "study.db")) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return [
            (table, column)
            for table in sorted(tables)
            for _, column, *_ in connection.execute(f"PRAGMA table_info({table})")
        ]


def damages(folder: Path, count: int, seed: int) -> Iterator[Damage]:
    """Yield cases: every column at least once where there are enough, then at random."""
    chance = random.Random(seed)
    columns = columns_of(folder)
    chance.shuffle(columns)
    for number in range(count):
        table, column = columns[number % len(columns)]
        cell = BAD_UTF_8 if chance.random() < 0.15 else chance.choice(ODD_CELLS)
        yield Damage(table, column, cell, chance.randrange(4))


def do_damage(study: Path, damage: Damage, folder: Path) -> None:
    """Copy a study to a folder, with one odd cell in its database."""
    shutil.copytree(study, folder)
    with closing(sqlite3.connect(folder / "study.db", isolation_level=None)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for pragma in ("foreign_keys = OFF", "ignore_check_constraints = ON"):
            connection.execute(f"PRAGMA {pragma}")
        key = "rowid"
        if "WITHOUT ROWID" in str(_sql(connection, damage.table)):
            keys = connection.execute(f"PRAGMA table_info({damage.table})")
            key = f"({', '.join(column for _, column, *_, place in keys if place)})"
        picked = f"{key.strip('()')} FROM {damage.table} LIMIT 1 OFFSET {damage.row}"
        cell, cells = ("?", (damage.cell,)) if damage.cell != BAD_UTF_8 else (BAD_UTF_8, ())
        statement = (
            f"UPDATE OR REPLACE {damage.table} SET {damage.column} = {cell} WHERE {key} IN (SELECT {picked})"
        )
        try:
            connection.execute(statement, cells)
        except sqlite3.Error:
            # NOT NULL, or a rowid that is no number: SQLite itself keeps the cell whole.
            connection.execute("SELECT 1")
        for _, sql in triggers:
            connection.execute(sql)


def _sql(connection: sqlite3.Connection, table: str) -> object:
    return connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
