"""Opening a study's database, and transactions on it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from coder.errors import BusyError, CoderError, NotSavedError
from coder.store.opening.complaints import advice, is_busy
from coder.store.opening.connecting import Access, connect
from coder.store.opening.lock_holder import holder_of
from coder.store.opening.open_files import OpenFiles
from coder.store.opening.patience import TURN_SECONDS, wait_for
from coder.store.opening.shape import CATALOGUE, Member, refuse_format, refuse_strangers
from coder.store.schema import CURRENT, Schema

if TYPE_CHECKING:
    from pathlib import Path

    from coder.store.row_hashes import SqlValue

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

    def __init__(self, path: Path, access: Access = "write") -> None:
        self.path = path
        self.patience = BUSY_SECONDS
        """Seconds for which a change waits for another program that is writing."""
        self._saving = False
        self._files: OpenFiles | None = None
        self._schema: tuple[Schema, int] | None = None
        with self._explained():
            self._connection = connect(path, BUSY_SECONDS, access)

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
            database._configure(schema)
        return database

    @classmethod
    def open(cls, path: Path, schema: Schema = CURRENT) -> Database:
        """Open a database, bringing an older one up to date; a copy of the old file is kept beside it.

        Raises:
            CoderError: No such file, not a study's database, or made by a newer program.
        """
        _refuse_missing(path)
        refuse_links(path)
        database = cls(path)
        with _closed_on_failure(database):
            # Another program's file is recognised before anything is set on it, and so is a stranger's work.
            version = _version_found(database, schema)
            database.execute("PRAGMA trusted_schema = OFF")
            _refuse_strangers(database, schema)
            if version < schema.version:
                database.migrate(schema)
                _refuse_strangers(database, schema)
            database._configure(schema)
        return database

    def migrate(self, schema: Schema) -> None:
        """Bring the tables to the newest version, all or nothing, after copying the file."""
        with self.transaction():
            # Another program may have done it while this one waited.
            version = _version_found(self, schema)
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
    def transaction(self, patience: float | None = None) -> Iterator[None]:
        """Do all of the block or nothing of it; on disk when the block ends.

        Args:
            patience: Seconds to wait for another program that is writing; None: as long as `patience` says.

        Raises:
            BusyError: Another program went on writing.
            CoderError: Another program kept the study locked, the disk is full, or the like.
        """
        self._saving = True
        try:
            if self._files is not None:
                self._files.refuse_others(lambda: self.row("PRAGMA wal_checkpoint(PASSIVE)")[1])
            self.begin(patience)
            self._schema = self._schema and _refuse_new_strangers(self, *self._schema)
            yield
            self.execute("COMMIT")
            if self._files is not None:
                self._files.note_saved()
        except BaseException:
            # A full disk may have ended the transaction already.
            if self._connection.in_transaction:
                self.execute("ROLLBACK")
            raise
        finally:
            self._saving = False

    def begin(self, patience: float | None) -> None:
        """Begin to write; raise BusyError if another program is writing for longer than one is patient."""
        seconds = self.patience if patience is None else patience
        was_saving, self._saving = self._saving, True
        try:
            with _in_turns(self._connection, min(seconds, TURN_SECONDS)):
                wait_for(lambda: self.execute("BEGIN IMMEDIATE"), self.path, seconds)
        finally:
            self._saving = was_saving

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

    def add_function(self, name: str, function: Callable[..., SqlValue], parameters: int = 1) -> None:
        """Let statements call a function that always returns the same for the same arguments."""
        self._connection.create_function(name, parameters, function, deterministic=True)

    def _configure(self, schema: Schema) -> None:
        self.rows("PRAGMA journal_mode = WAL")
        self.execute("PRAGMA synchronous = FULL")
        self.execute("PRAGMA foreign_keys = ON")
        self._schema = schema, self.value("PRAGMA schema_version")
        # What is written to a file without a name is gone when it is closed: `transaction` looks.
        self._files = OpenFiles(self.path)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, UnicodeDecodeError, OverflowError) as error:
            if self._saving:
                raise _not_saved(error, self.path) from error
            msg = f"Cannot be read: {error} ({self.path})."
            raise CoderError(msg, advice(error, self.path)) from error
        except UnicodeEncodeError as error:
            # Half a surrogate pair, from a JSON escape or a name in no encoding.
            part = error.object[max(error.start - 20, 0) : error.end + 20]
            msg = f"{part!r} holds {error.object[error.start]!r}, which is no character."
            raise CoderError(msg, "Take it out, or save the file it comes from as UTF-8.") from None


def _not_saved(error: Exception, path: Path) -> NotSavedError:
    if not is_busy(error):
        return NotSavedError(f"Not saved: {error} ({path}).", advice(error, path))
    holder = holder_of(path)
    msg = f"Not saved: another program{f' ({holder})' if holder else ''} keeps {path} locked."
    return BusyError(msg, advice(error, path))


@contextmanager
def _in_turns(connection: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """Have a connection wait only so long at a time for other programs."""
    connection.execute(f"PRAGMA busy_timeout = {seconds * 1000:.0f}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")


def open_to_read(path: Path, *, is_still: bool = False) -> Database:
    """Open a database whatever is in it, to look at: nothing is written, and no trigger or view is run.

    Args:
        path: Its file.
        is_still: Whether nobody writes to it meanwhile: then SQLite makes no files beside it.

    Raises:
        CoderError: No such file, or nothing of it can be read.
    """
    _refuse_missing(path)
    refuse_links(path)
    return Database(path, "read still" if is_still else "read")


def _refuse_missing(path: Path) -> None:
    if not path.is_file():
        msg = f"There is no study database at {path}."
        raise CoderError(msg, "Make a study with: coder new DIR --from FILE")


def _version_found(database: Database, schema: Schema) -> int:
    if database.value("PRAGMA application_id") != APPLICATION_ID:
        msg = f"{database.path} is a database, but not a study's."
        raise CoderError(msg, "Restore a copy of the study, or make one: coder new DIR --from FILE")
    version: int = database.value("PRAGMA user_version")
    refuse_format(database.path, version, schema)
    return version


def _refuse_strangers(database: Database, schema: Schema) -> None:
    refuse_strangers(database.path, map(Member._make, database.rows(CATALOGUE)), schema)


def _refuse_new_strangers(database: Database, schema: Schema, stamp: int) -> tuple[Schema, int]:
    """Refuse to write where another program has made tables, triggers or views since this one looked.

    Returns:
        The schema, with the number that changes when any of them does.
    """
    new_stamp: int = database.value("PRAGMA schema_version")
    if new_stamp != stamp:
        try:
            _version_found(database, schema)
            _refuse_strangers(database, schema)
        except CoderError as error:
            msg = f"Not saved: {error.message}"
            raise NotSavedError(msg, error.hint) from None
    return schema, new_stamp


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
def rehearsal(database: Database, patience: float | None = None) -> Iterator[None]:
    """Run the block in a transaction and take everything back: to see what it would change.

    Raises:
        BusyError: Another program went on writing; `patience` as in `Database.transaction`.
    """
    database.begin(patience)
    try:
        yield
    finally:
        database.execute("ROLLBACK")


def is_held(database: Database) -> bool:
    """Tell whether another program is writing to a database at this moment."""
    try:
        with rehearsal(database, patience=0):
            return False
    except BusyError:
        return True


@contextmanager
def _closed_on_failure(database: Database) -> Iterator[None]:
    try:
        yield
    except BaseException:
        database.close()
        raise
