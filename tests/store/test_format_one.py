"""Studies of format 1, from before the codebook could be revised, are brought up to date."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from making import small_study

from coder.store import checks
from coder.store.database import Database
from coder.store.schema import CURRENT, Schema
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NEW = r",\n +(?:label|reason|carried|undoes|undone|revision) [^,]*?(?=,\n|\)$)"


def as_it_was(statement: str) -> str:
    """Return a statement of the schema as format 1 had it."""
    if "TABLE codebook_version" in statement:
        return re.sub(NEW, "", statement)
    if "TABLE step" in statement:
        return re.sub(r",\n +revision INTEGER[^)]*\),\n +came_by TEXT[^)]*", "", statement)
    return statement.replace(", 'recode', 'kept'", "").replace(",\n        revision, came_by ON", " ON")


NEW_ONES = ("step_by_revision", "mark_to_recode", "exposure")


def as_they_were(statements: Iterable[str]) -> tuple[str, ...]:
    """Return the statements that format 1 had, as it had them."""
    return tuple(as_it_was(each) for each in statements if not any(name in each for name in NEW_ONES))


OLD = Schema(as_they_were(CURRENT.statements), rules=as_they_were(CURRENT.rules))
TABLES = ("setting", "response", "codebook_version", "step", "change", "coding", "mark")


def rows(path: Path) -> dict[str, set[tuple[object, ...]]]:
    """Return what stands in each table, new columns left out."""
    with closing(sqlite3.connect(path)) as connection:
        widths = {"step": 8, "codebook_version": 6}
        return {
            table: {row[: widths.get(table)] for row in connection.execute(f"SELECT * FROM {table}")}  # noqa: S608
            for table in TABLES
        }


def old_study(folder: Path) -> None:
    """Make a study with codings and marks, in format 1."""
    with closing(small_study(folder)) as study:
        session = CodingSession(study, "jo")
        session.toggle(1, "pay")
        session.confirm(1)
        session.write_memo(2, "why?")
        session.undo()
    current = folder / "study.db"
    current.rename(folder / "current.db")
    with closing(Database.create(current, OLD)) as old:
        old.execute("ATTACH ? AS source", (str(folder / "current.db"),))
        old.execute("PRAGMA foreign_keys = OFF")
        for (table,) in old.rows("SELECT name FROM main.sqlite_master WHERE type = 'table'"):
            columns = ", ".join(row[1] for row in old.rows(f"PRAGMA main.table_info({table})"))
            old.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM source.{table}")  # noqa: S608


def test_a_study_of_format_one_opens_whole(tmp_path: Path) -> None:
    """All rows are there afterwards, a copy of the old file too, and the check finds no fault."""
    folder = tmp_path / "study"
    old_study(folder)
    before = rows(folder / "study.db")
    assert before["change"]
    with closing(open_study(folder)) as study:
        assert checks.faults(study.database) == []
        CodingSession(study, "jo").redo()
        assert study.database.value("PRAGMA user_version") == CURRENT.version
        study.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    after = rows(folder / "study.db")
    assert all(before[table] <= after[table] for table in TABLES if table not in ("step", "setting"))
    assert rows(folder / "study-before-format-2.db") == before
