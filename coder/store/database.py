"""Opening a study's database, and transactions on it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Any

from coder.domain.team.sight import EVERYTHING
from coder.errors import BusyError, CoderError, NotSavedError, ReadOnlyError
from coder.store.opening.complaints import advice, is_forbidden, not_saved
from coder.store.opening.connecting import Access, connect, in_turns
from coder.store.opening.open_files import OpenFiles
from coder.store.opening.patience import TURN_SECONDS, wait_for
from coder.store.opening.places import can_be_written, make_like, refuse_links, refuse_missing
from coder.store.opening.private_folders import deleted_on_failure
from coder.store.opening.read_copies import take_copy
from coder.store.opening.shape import CATALOGUE, Member, refuse_format, refuse_strangers
from coder.store.schema import CURRENT, Schema

if TYPE_CHECKING:
    from pathlib import Path

    from coder.store.opening.private_folders import PrivateFolder
    from coder.store.row_hashes import SqlValue

Parameters = Sequence[Any] | Mapping[str, Any]

APPLICATION_ID = 0x636F6472
"""What SQLite's header says of a study's file: `codr` in ASCII."""

BUSY_SECONDS = 10.0
"""How long a change waits for another program that is writing to the same study."""


class Database:
    """One connection to a study's database file.

    Every transaction is on disk when it returns (write-ahead log, synchronous = FULL): what the screen then
    calls saved survives a crash of program and machine. What SQLite complains of is a CoderError.

    Args:
        path: The file.
        access: What is to be done with it.
        copy: The private folder with a copy that is read in its place, where nothing can be written.
    """

    def __init__(self, path: Path, access: Access = "write", copy: PrivateFolder | None = None) -> None:
        self.path = path
        self.copy = copy
        self.patience = BUSY_SECONDS
        """Seconds for which a change waits for another program that is writing."""
        self.writer = os.urandom(8).hex()
        """Whose acts it writes: drawn at each opening, so that no copied folder uses another's name."""
        self.sight = EVERYTHING
        """Whose codings are read, and on which answers: `store.team.seeing` changes it."""
        self._file = copy.path / path.name if copy else path
        self._saving = False
        self._files: OpenFiles | None = None
        self._schema: tuple[Schema, int] | None = None
        with self._explained(), deleted_on_failure(copy):
            self._connection = connect(self._file, BUSY_SECONDS, access)
        if copy:
            copy.before_deleting.append(self._connection.close)

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
            database.configure(schema)
        return database

    @classmethod
    def open(cls, path: Path, schema: Schema = CURRENT, copy: PrivateFolder | None = None) -> Database:
        """Open a database, bringing an older one up to date; a copy of the old file is kept beside it.

        Where the file cannot be written to, a private copy of it is opened in its place: it can be read, and
        every change is refused.

        Args:
            path: The file.
            schema: What is to be in it.
            copy: The folder with the copy to open, if there is one already.

        Raises:
            CoderError: No such file, not a study's database, or made by a newer program.
        """
        refuse_missing(path)
        refuse_links(path)
        if copy is None and can_be_written(path):
            try:
                return _opened(cls(path), schema)
            except CoderError as error:
                # There are places of which only SQLite finds out.
                if not is_forbidden(error.__cause__):
                    raise
        return _opened(cls(path, "write", copy or take_copy(path)), schema)

    def migrate(self, schema: Schema) -> None:
        """Bring the tables to the newest version, all or nothing, after copying the file."""
        with self.transaction(passing=True):
            # Another program may have done it while this one waited.
            version = _version_found(self, schema)
            if version == schema.version:
                return
            name = f"{self.path.stem}-before-format-{schema.version}{self.path.suffix}"
            self.copy_to(self._file.with_name(name))
            for migration in schema.migrations[version - 1 :]:
                migration(self.execute)
            self.execute(f"PRAGMA user_version = {schema.version}")

    def copy_to(self, path: Path) -> None:
        """Write a consistent copy of what was last saved, even while the database is in use."""
        # A name that nobody can foresee, made anew: SQLite would follow a link that waits there.
        part = path.with_name(f"{path.name}.{os.urandom(4).hex()}.part")
        try:
            make_like(part, self._file, path)
            # A connection of its own: one that is in a transaction cannot be copied from.
            with (
                self._explained(),
                closing(sqlite3.connect(self._file, timeout=BUSY_SECONDS)) as source,
                closing(sqlite3.connect(part)) as target,
            ):
                source.backup(target)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the connection, and delete the private copy if there is one."""
        self._connection.close()
        if self.copy:
            self.copy.delete()

    @contextmanager
    def transaction(self, patience: float | None = None, *, passing: bool = False) -> Iterator[None]:
        """Do all of the block or nothing of it; on disk when the block ends.

        Args:
            patience: Seconds to wait for another program that is writing; None: as long as `patience` says.
            passing: Whether it may be done in a private copy too, and is lost with it: what can be worked out
                again, and how somebody looks at the study.

        Raises:
            ReadOnlyError: The study can only be read where it lies.
            BusyError: Another program went on writing.
            CoderError: Another program kept the study locked, the disk is full, or the like.
        """
        if not passing:
            refuse_changes(self)
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
            with in_turns(self._connection, min(seconds, TURN_SECONDS), BUSY_SECONDS):
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

    def configure(self, schema: Schema) -> None:
        """Set what holds for this connection alone, as the last step of opening."""
        self.rows("PRAGMA journal_mode = WAL")
        self.execute("PRAGMA synchronous = FULL")
        self.execute("PRAGMA foreign_keys = ON")
        self._schema = schema, self.value("PRAGMA schema_version")
        # What is written to a file without a name is gone when it is closed: `transaction` looks.
        self._files = OpenFiles(self._file)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, UnicodeDecodeError, OverflowError) as error:
            if self._saving:
                raise not_saved(error, self.path) from error
            msg = f"Cannot be read: {error} ({self.path})."
            raise CoderError(msg, advice(error, self.path)) from error
        except UnicodeEncodeError as error:
            # Half a surrogate pair, from a JSON escape or a name in no encoding.
            part = error.object[max(error.start - 20, 0) : error.end + 20]
            msg = f"{part!r} holds {error.object[error.start]!r}, which is no character."
            raise CoderError(msg, "Take it out, or save the file it comes from as UTF-8.") from None


def open_to_read(path: Path, *, is_still: bool = False) -> Database:
    """Open a database whatever is in it, to look at: nothing is written, and no trigger or view is run.

    Args:
        path: Its file.
        is_still: Whether nobody writes to it meanwhile: then SQLite makes no files beside it.

    Raises:
        CoderError: No such file, or nothing of it can be read.
    """
    refuse_missing(path)
    refuse_links(path)
    if not can_be_written(path):
        return Database(path, "read", take_copy(path))
    return Database(path, "read still" if is_still else "read")


def refuse_changes(database: Database) -> None:
    """Raise ReadOnlyError if a database is a private copy of one that can only be read where it lies."""
    if database.copy is not None:
        folder = database.path.absolute().parent
        msg = f"This study is read only: copy {folder} to a folder that you can write to, and code it there."
        raise ReadOnlyError(msg, "Nothing was changed.")


def remember(database: Database, key: str, text: str) -> None:
    """Keep how somebody looks at a study: not while another program writes, nor beyond a private copy."""
    with suppress(BusyError), database.transaction(passing=True):
        database.set_setting(key, text)


def _opened(database: Database, schema: Schema) -> Database:
    """Return a database once it is known for a study's, brought up to date and made ready."""
    with _closed_on_failure(database):
        # Another program's file is recognised before anything is set on it, and so is a stranger's work.
        version = _version_found(database, schema)
        database.execute("PRAGMA trusted_schema = OFF")
        _refuse_strangers(database, schema)
        if version < schema.version:
            database.migrate(schema)
            _refuse_strangers(database, schema)
        database.configure(schema)
    return database


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


@contextmanager
def _closed_on_failure(database: Database) -> Iterator[None]:
    try:
        yield
    except BaseException:
        database.close()
        raise
