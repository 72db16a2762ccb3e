"""Are the files of an open database still those that were opened?

SQLite goes on writing to a file that was deleted or replaced meanwhile: what it saves there is gone when it
is closed, or makes no sense of the file that took its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.errors import NotSavedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_HEADER = 32
_SALT = slice(16, 20)
"""Where in the header of the write-ahead log a number stands that grows by one when it is begun anew."""
_MOST_BEGINNINGS = 1_000_000
"""More often the log is not begun anew between two changes; the number of another log is any."""


class _Log(NamedTuple):
    """What was last seen of a write-ahead log."""

    size: int
    header: bytes
    """Empty until something was written."""


class OpenFiles:
    """The database's file, its write-ahead log and the index of that, as they were when it was opened.

    Args:
        path: The database. It is open, and was read from: its log and index are there.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._paths = [path, *(path.with_name(f"{path.name}-{part}") for part in ("wal", "shm"))]
        self._identities = [_identity(path) for path in self._paths]
        self._log = _log(self._paths[1])

    def note_saved(self) -> None:
        """Remember how far the write-ahead log has come: it never gets shorter while it is in use."""
        self._log = _log(self._paths[1])

    def refuse_others(self, frames_in_log: Callable[[], int]) -> None:
        """Raise NotSavedError if one of the files was moved, deleted, replaced or cut off.

        Args:
            frames_in_log: Asks SQLite how many pages it takes the log to hold.
        """
        for path, identity in zip(self._paths, self._identities, strict=True):
            if _identity(path) != identity:
                raise _not_saved(path, "was moved, deleted or replaced while it was open")
        log = _log(self._paths[1])
        emptied = not log.size and self._log.size and not frames_in_log()
        if not emptied and not _follows(log, self._log):
            raise _not_saved(self._paths[1], "was written over by another program while it was open")


def _not_saved(path: Path, event: str) -> NotSavedError:
    return NotSavedError(
        f"Not saved: {path} {event}.",
        "Put the file back if it is gone; then quit, and open the study again: until then nothing is saved.",
    )


def _identity(path: Path) -> tuple[int, int] | None:
    """Return device and inode of a file, which tell it from another of its name; None if it is gone."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _log(path: Path) -> _Log:
    # Closing the database's file or the index would give up SQLite's locks on them; on the log it has none.
    try:
        with path.open("rb", buffering=0) as file:
            return _Log(path.stat().st_size, file.read(_HEADER))
    except OSError:
        return _Log(0, b"")


def _follows(now: _Log, earlier: _Log) -> bool:
    """Tell whether SQLite itself can have made the one log of the other."""
    if len(earlier.header) < _HEADER:
        return True
    if now.header == earlier.header:
        return now.size >= earlier.size
    # Begun anew, once all of it was in the database.
    grown = (_number(now.header[_SALT]) - _number(earlier.header[_SALT])) % 2**32
    return 0 < grown < _MOST_BEGINNINGS


def _number(field: bytes) -> int:
    return int.from_bytes(field, "big")
