"""Opening a study's database, and transactions on it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from coder.errors import CoderError, NotSavedError
from coder.store.schema import CURRENT, Schema

if TYPE_CHECKING:
    from pathlib import Path

Parameters = Sequence[Any] | Mapping[str, Any]

APPLICATION_ID = 0x636F6472
"""What SQLite's header says of a study's file: `codr` in ASCII."""

BUSY_SECONDS = 10.0
"""How long a change waits for another program that is writing to the same study."""


class Database:
    """One connection to a study's database file.

    Every transaction is on disk when it returns (write-ahead log, synchronous = FULL), so what the
    screen then calls saved survives a crash of the program and of the machine. Whatever SQLite
    complains of, here or in reading, reaches the caller as a CoderError.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._saving = False
        self._file: tuple[int, int] | None = None
        with self._explained():
            self._connection = sqlite3.connect(
                path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )

    @classmethod
    def create(
        cls, path: Path, schema: Schema = CURRENT, fill: Callable[[Database], None] | None = None
    ) -> Database:
        """Make a new database, and fill it in the same transaction.

        Raises:
            CoderError: There is a file of that name already, or none can be written there.
        """
        try:
            path.open("xb").close()
        except FileExistsError:
            msg = f"{path} exists already."
            raise CoderError(msg, "Choose another folder.") from None
        except OSError:
            # SQLite says why.
            pass
        database = cls(path)
        with _closed_on_failure(database):
            # There is nothing yet that a journal on the disk could save.
            database.rows("PRAGMA journal_mode = MEMORY")
            with database.transaction():
                for statement in schema.statements:
                    database.execute(statement)
                if fill is not None:
                    fill(database)
                for rule in schema.rules:
                    database.execute(rule)
                database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                database.execute(f"PRAGMA user_version = {schema.version}")
            database._configure()
        return database

    @classmethod
    def open(cls, path: Path, schema: Schema = CURRENT) -> Database:
        """Open a database, bringing an older one up to date; a copy of the old file is kept beside it.

        Raises:
            CoderError: No such file, not a study's database, or made by a newer program.
        """
        if not path.is_file():
            msg = f"There is no study database at {path}."
            raise CoderError(msg, "Make a study with: coder new DIR --from FILE")
        refuse_links(path)
        database = cls(path)
        with _closed_on_failure(database):
            # Another program's file is recognised before anything is set on it.
            if database._version_found(schema) < schema.version:
                database.migrate(schema)
            database._configure()
        return database

    def migrate(self, schema: Schema) -> None:
        """Bring the tables to the newest version, all or nothing, after copying the file."""
        with self.transaction():
            # Another program may have done it while this one waited.
            version = self._version_found(schema)
            if version == schema.version:
                return
            name = f"{self.path.stem}-before-format-{schema.version}{self.path.suffix}"
            self.copy_to(self.path.with_name(name))
            for migration in schema.migrations[version - 1 :]:
                migration(self.execute)
            self.execute(f"PRAGMA user_version = {schema.version}")

    def copy_to(self, path: Path) -> None:
        """Write a consistent copy of what was last saved, even while the database is in use."""
        # A name that nobody can foresee, made anew: SQLite would follow a link that waits there.
        part = path.with_name(f"{path.name}.{os.urandom(4).hex()}.part")
        try:
            _make_like(part, self.path)
            # A connection of its own: one that is in a transaction cannot be copied from.
            with (
                self._explained(),
                closing(sqlite3.connect(self.path, timeout=BUSY_SECONDS)) as source,
                closing(sqlite3.connect(part)) as target,
            ):
                source.backup(target)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all of the block or nothing of it; on disk when the block ends.

        Raises:
            CoderError: Another program kept the study locked, the disk is full, or the like.
        """
        self._saving = True
        try:
            if self._file is not None:
                _refuse_another(self.path, self._file)
            self.execute("BEGIN IMMEDIATE")
            yield
            self.execute("COMMIT")
        except BaseException:
            # A full disk may have ended the transaction already.
            if self._connection.in_transaction:
                self.execute("ROLLBACK")
            raise
        finally:
            self._saving = False

    def execute(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one statement that changes something; return the number of the row it inserted last."""
        with self._explained():
            return self._connection.execute(sql, parameters).lastrowid or 0

    def execute_many(self, sql: str, rows: Iterable[Parameters]) -> None:
        """Run one statement for each row of parameters."""
        with self._explained():
            self._connection.executemany(sql, rows)

    def stream(self, sql: str, parameters: Parameters = ()) -> Iterator[Any]:
        """Yield the rows of a query, as tuples, without holding them all."""
        with self._explained():
            yield from self._connection.execute(sql, parameters)

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Any]:
        """Return all rows of a query, as tuples."""
        with self._explained():
            return self._connection.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Parameters = ()) -> Any:
        """Return the first row of a query as a tuple, or None."""
        with self._explained():
            return self._connection.execute(sql, parameters).fetchone()

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """Return the first column of the first row of a query, or None."""
        row = self.row(sql, parameters)
        return None if row is None else row[0]

    def setting(self, key: str) -> str | None:
        """Return a value kept by `set_setting`, or None."""
        text: str | None = self.value("SELECT value FROM setting WHERE key = ?", (key,))
        return text

    def set_setting(self, key: str, text: str) -> None:
        """Keep a small value under a key, replacing the one before."""
        self.execute(
            """INSERT INTO setting (key, value) VALUES (?, ?)
            ON CONFLICT (key) DO UPDATE SET value = excluded.value""",
            (key, text),
        )

    def foreign_version(self) -> int:
        """Return a number that changes when another program has written to the study."""
        version: int = self.value("PRAGMA data_version")
        return version

    def _version_found(self, schema: Schema) -> int:
        if self.value("PRAGMA application_id") != APPLICATION_ID:
            msg = f"{self.path} is a database, but not a study's."
            raise CoderError(msg, "Restore a copy of the study, or make one: coder new DIR --from FILE")
        version: int = self.value("PRAGMA user_version")
        if version > schema.version:
            msg = f"{self.path} was made by a newer version of coder: format {version}, not {schema.version}."
            raise CoderError(msg, "Install the newer version.")
        return version

    def _configure(self) -> None:
        self.rows("PRAGMA journal_mode = WAL")
        self.execute("PRAGMA synchronous = FULL")
        self.execute("PRAGMA foreign_keys = ON")
        # What is written to a file without a name is gone when it is closed: `transaction` looks.
        self._file = _identity(self.path)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            if self._saving:
                msg = f"Not saved: {error} ({self.path})."
                raise NotSavedError(msg, _advice(error)) from error
            msg = f"Cannot be read: {error} ({self.path})."
            raise CoderError(msg, _advice(error)) from error
        except UnicodeEncodeError as error:
            # Half a surrogate pair, from a JSON escape or a name in no encoding.
            part = error.object[max(error.start - 20, 0) : error.end + 20]
            msg = f"{part!r} holds {error.object[error.start]!r}, which is no character."
            raise CoderError(msg, "Take it out, or save the file it comes from as UTF-8.") from None


def like(part: str) -> str:
    """Return the pattern for LIKE, escaped by backslashes, of the texts that hold this part."""
    for special in ("\\", "%", "_"):
        part = part.replace(special, "\\" + special)
    return f"%{part}%"


def refuse_links(path: Path) -> None:
    """Raise CoderError if a database, or a file that SQLite writes beside it, is a link."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        file = path.with_name(f"{path.name}{suffix}")
        if file.is_symlink():
            msg = f"{file} is a link. What is coded would be written to another file than the study's."
            raise CoderError(msg, "Put the file itself there, or open the study in the folder it leads to.")


def _make_like(path: Path, model: Path) -> None:
    """Make an empty file that nobody may read who may not read another."""
    try:
        path.open("xb").close()
        path.chmod(model.stat().st_mode & 0o777)
    except OSError as error:
        msg = f"{path} cannot be written: {error.strerror}."
        raise CoderError(msg, "Make room, or see to it that the study's folder can be written.") from None


def _identity(path: Path) -> tuple[int, int] | None:
    """Return device and inode of a file, which tell it from another of its name; None if it is gone."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _refuse_another(path: Path, file: tuple[int, int]) -> None:
    if _identity(path) != file:
        msg = f"Not saved: {path} was moved, deleted or replaced while it was open."
        raise NotSavedError(msg, "Put the file back if it is gone; then quit, and open the study again.")


@contextmanager
def one_moment(database: Database) -> Iterator[None]:
    """Read everything in the block as it stood at its beginning, whatever others write meanwhile.

    Within another such block it is the moment of that one.
    """
    # Unlike BEGIN, a savepoint may stand within another.
    database.execute("SAVEPOINT moment")
    try:
        yield
    finally:
        database.execute("RELEASE moment")


@contextmanager
def rehearsal(database: Database) -> Iterator[None]:
    """Run the block in a transaction and take everything back: to see what it would change."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        database.execute("ROLLBACK")


@contextmanager
def _closed_on_failure(database: Database) -> Iterator[None]:
    try:
        yield
    except BaseException:
        database.close()
        raise


_BUSY = "Another program is writing to this study. Try again; close the other one if it stays so."
_FULL = "The disk is full. Make room, then try again: nothing that was shown as saved is lost."
_FORBIDDEN = "The study's folder cannot be written to. Change its permissions, or copy the study elsewhere."
_DAMAGED = "Restore a copy of the study, or make it again with coder new and coder codings import."
_ADVICE = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _FORBIDDEN,
    sqlite3.SQLITE_CANTOPEN: _FORBIDDEN,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}


def _advice(error: sqlite3.DatabaseError) -> str:
    # The low byte is the kind of error; the rest tells its varieties apart.
    kind = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF
    return _ADVICE.get(kind, "Run coder check on the study.")
