"""Opening a study's database, and transactions on it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from coder.errors import CoderError
from coder.store.schema import CURRENT, Schema

if TYPE_CHECKING:
    from pathlib import Path

Parameters = Sequence[Any] | Mapping[str, Any]

BUSY_SECONDS = 10.0
"""How long a change waits for another program that is writing to the same study."""


class Database:
    """One connection to a study's database file.

    Every transaction is on disk when it returns (write-ahead log, synchronous = FULL), so what the
    screen then calls saved survives a crash of the program and of the machine.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    @classmethod
    def create(cls, path: Path, schema: Schema = CURRENT) -> Database:
        """Make a new database.

        Raises:
            CoderError: There is a file of that name already.
        """
        if path.exists():
            raise CoderError(f"{path} exists already.", "Choose another folder.")
        database = cls(_connect(path), path)
        with database.transaction():
            for statement in schema.statements:
                database.execute(statement)
            database.execute(f"PRAGMA user_version = {schema.version}")
        return database

    @classmethod
    def open(cls, path: Path, schema: Schema = CURRENT) -> Database:
        """Open a database, bringing an older one up to date; a copy of the old file is kept beside it.

        Raises:
            CoderError: No such file, not a study's database, or made by a newer program.
        """
        if not path.is_file():
            raise CoderError(f"There is no study database at {path}.", "Make a study with: coder new DIR --from FILE")
        try:
            database = cls(_connect(path), path)
            found = database.value("PRAGMA user_version")
        except sqlite3.DatabaseError as error:
            hint = "Restore a copy, or make the study again with coder new and coder codings import."
            raise CoderError(f"{path} cannot be read as a study's database: {error}.", hint) from error
        if found == 0:
            database.close()
            raise CoderError(f"{path} is a database, but not a study's.", "Make a study with: coder new DIR --from FILE")
        if found > schema.version:
            database.close()
            msg = f"{path} was made by a newer version of coder (format {found}; this one knows {schema.version})."
            raise CoderError(msg, "Install the newer version.")
        if found < schema.version:
            database.migrate(found, schema)
        return database

    def migrate(self, found: int, schema: Schema) -> None:
        """Bring the tables from version `found` to the newest, all or nothing, after copying the file."""
        self.copy_to(self.path.with_name(f"{self.path.stem}-before-format-{schema.version}{self.path.suffix}"))
        with self.transaction():
            for migration in schema.migrations[found - 1 :]:
                migration(self.execute)
            self.execute(f"PRAGMA user_version = {schema.version}")

    def copy_to(self, path: Path) -> None:
        """Write a consistent copy of the database, even while it is in use."""
        with _connect(path) as target:
            self._connection.backup(target)
        target.close()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all of the block or nothing of it; on disk when the block ends.

        Raises:
            CoderError: Another program kept the study locked, the disk is full, or the like.
        """
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise CoderError(f"Not saved: {error} ({self.path}).", _advice(error)) from error

    def execute(self, sql: str, parameters: Parameters = ()) -> sqlite3.Cursor:
        """Run one statement."""
        return self._connection.execute(sql, parameters)

    def execute_many(self, sql: str, rows: Iterable[Parameters]) -> None:
        """Run one statement for each row of parameters."""
        self._connection.executemany(sql, rows)

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Any]:
        """Return all rows of a query, as tuples."""
        return self._connection.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Parameters = ()) -> Any:
        """Return the first row of a query as a tuple, or None."""
        return self._connection.execute(sql, parameters).fetchone()

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """Return the first column of the first row of a query, or None."""
        row = self.row(sql, parameters)
        return None if row is None else row[0]

    def setting(self, key: str) -> str | None:
        """Return a value kept by `set_setting`, or None."""
        found: str | None = self.value("SELECT value FROM setting WHERE key = ?", (key,))
        return found

    def set_setting(self, key: str, value: str) -> None:
        """Keep a small value under a key, replacing the one before."""
        self.execute(
            "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )

    def foreign_version(self) -> int:
        """Return a number that changes when another program has written to the study."""
        version: int = self.value("PRAGMA data_version")
        return version


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _advice(error: sqlite3.OperationalError) -> str:
    reason = str(error)
    if "locked" in reason or "busy" in reason:
        return "Another program is writing to this study. Try again; close the other one if it stays so."
    if "full" in reason:
        return "The disk is full. Make room, then try again: nothing that was shown as saved is lost."
    if "readonly" in reason:
        return "The study's folder cannot be written to. Change its permissions, or copy the study elsewhere."
    return "Run coder check on the study."
