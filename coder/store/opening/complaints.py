"""What SQLite complains of, in words: what is the matter, and what to do about it."""

from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING

from coder.errors import BusyError, NotSavedError
from coder.store.opening.lock_holder import holder_of

if TYPE_CHECKING:
    from pathlib import Path

_NEEDED_MB = 20
"""Free space below which a disk counts as full: a change with its journal takes far less."""
_BUSY = "Another program is writing to this study. Try again; close the other one if it stays so."
_FORBIDDEN = "The study's folder cannot be written to. Change its permissions, or copy the study elsewhere."
_DAMAGED = "Restore a copy of the study, or make it again with coder new and coder codings import."
_MEMORY = "The machine is out of memory. Close other programs, then try again."
_ADVICE = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_READONLY: _FORBIDDEN,
    sqlite3.SQLITE_CANTOPEN: _FORBIDDEN,
    sqlite3.SQLITE_PERM: _FORBIDDEN,
    sqlite3.SQLITE_AUTH: _DAMAGED,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_NOMEM: _MEMORY,
}
LOOK = "coder check tells what of the study is whole."


def is_busy(error: BaseException | None) -> bool:
    """Tell whether SQLite said no because another program holds the database."""
    return isinstance(error, sqlite3.Error) and _kind(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def is_of_disk(error: BaseException) -> bool:
    """Tell whether it is the disk that is full or does not take and give data."""
    return isinstance(error, sqlite3.Error) and _kind(error) in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)


def is_forbidden(error: BaseException | None) -> bool:
    """Tell whether SQLite said no because it may not write where the database lies."""
    return isinstance(error, sqlite3.Error) and _ADVICE.get(_kind(error)) == _FORBIDDEN


def not_saved(error: Exception, path: Path) -> NotSavedError:
    """Return what a complaint of SQLite's means for a change; where another program writes, a BusyError."""
    if not is_busy(error):
        return NotSavedError(f"Not saved: {error} ({path}).", advice(error, path))
    holder = holder_of(path)
    msg = f"Not saved: another program{f' ({holder})' if holder else ''} keeps {path} locked."
    return BusyError(msg, advice(error, path))


def advice(error: Exception, path: Path) -> str:
    """Return what to do about an error of SQLite's, or of Python's in reading from it.

    Args:
        error: The error.
        path: The database's file.
    """
    if not isinstance(error, sqlite3.Error):
        return LOOK
    kind = _kind(error)
    if kind == sqlite3.SQLITE_FULL:
        return f"The disk is full. Make room{_where(path)}, then try again: {_STANDS}"
    if kind == sqlite3.SQLITE_IOERR:
        return _unreachable(path)
    return _ADVICE.get(kind, LOOK)


_STANDS = "nothing that was shown as saved is lost."


def _kind(error: sqlite3.Error) -> int:
    # The low byte is the kind of error; the rest tells its varieties apart.
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK)) & 0xFF


def _where(path: Path) -> str:
    """Return how much is free where, and how much should be: ` in /home/jo/study (0.2 MB are free ...)`."""
    free = _free_mb(path)
    if free is None:
        return ""
    if free >= _NEEDED_MB:
        return f" for {path.parent} ({free:,.0f} MB are free, so a quota or a limit of file size was reached)"
    return f" for {path.parent} ({free:.1f} MB are free; {_NEEDED_MB} MB are enough)"


def _unreachable(path: Path) -> str:
    free = _free_mb(path)
    if free is None:
        return (
            f"The disk with {path.parent} is not there any more. Connect it again, then open the study again."
        )
    if free < _NEEDED_MB:
        return f"The disk is full. Make room{_where(path)}, then try again: {_STANDS}"
    return (
        f"The disk does not take or give data, though {free:,.0f} MB are free: it failed, was taken out, or a"
        f" quota or limit of file size was reached. Make room in your quota, or copy {path.parent} to another"
        f" disk; {_STANDS}"
    )


def _free_mb(path: Path) -> float | None:
    try:
        return shutil.disk_usage(path.parent).free / 1e6
    except OSError:
        return None
