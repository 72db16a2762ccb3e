"""A database that cannot be written to where it lies is read from a private copy.

SQLite would read it there only as `immutable`, which skips what stands in the write-ahead log and may read
pages that another machine is just writing. So the file is copied together with its log, and it is looked
whether either changed meanwhile. Copied together they are what SQLite finds after a power cut: it takes up
every change that was complete.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from contextlib import suppress
from shutil import copyfileobj
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from coder.errors import CoderError
from coder.store.opening.private_folders import PrivateFolder, deleted_on_failure, make_private_folder

if TYPE_CHECKING:
    from pathlib import Path

_FILES = ("", "-wal", "-journal")
"""What belongs to a database: its log, or the journal of a change that was cut short."""
_STILL_SECONDS = 0.05
"""So long nothing may have changed before copying begins: two changes at once leave the same time."""
_TRIES = 12
_MOST_SECONDS = 0.5
"""The longest pause between two tries."""
_OPEN_TO_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG)


class _Stamp(NamedTuple):
    """What changes when a file is written to."""

    size: int
    mtime_ns: int


def take_copy(path: Path) -> PrivateFolder:
    """Return a new private folder with a copy of a database, as it stood at one moment.

    Raises:
        CoderError: It cannot be read, is written to without a pause, or there is no room for the copy.
    """
    folder = make_private_folder()
    with deleted_on_failure(folder):
        add_copy(path, folder)
    return folder


def add_copy(path: Path, folder: PrivateFolder) -> Path:
    """Copy a database into a private folder, with its log, as they stood together at one moment.

    Returns:
        Where the copy is; of a database that is not there, where it would be.

    Raises:
        CoderError: As `take_copy` does.
    """
    target = folder.path / path.name
    copied: dict[str, _Stamp | None] = dict.fromkeys(_FILES)
    try:
        for attempt in range(_TRIES):
            time.sleep(min(_STILL_SECONDS * attempt, _MOST_SECONDS))
            stamps = _stamps(path)
            time.sleep(_STILL_SECONDS)
            if _stamps(path) != stamps:
                continue
            for suffix in (suffix for suffix in _FILES if copied[suffix] != stamps[suffix]):
                _copy(_beside(path, suffix), _beside(target, suffix))
            copied = stamps
            if _stamps(path) == stamps:
                return target
    except OSError as error:
        raise _not_copied(path, error) from None
    msg = f"{path} is being written to without a pause, so it cannot be read as it stood at one moment."
    raise CoderError(msg, "Try again when nobody is at work on the study.")


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(f"{path.name}{suffix}")


def _stamps(path: Path) -> dict[str, _Stamp | None]:
    """Return a stamp of each of a database's files; None for one that is not there."""
    return {suffix: _stamp(_beside(path, suffix)) for suffix in _FILES}


def _stamp(path: Path) -> _Stamp | None:
    # Over a network a file's size and time are only sure to be fresh once it is opened.
    try:
        with _opened(path) as file:
            status = os.fstat(file.fileno())
    except FileNotFoundError:
        return None
    return _Stamp(status.st_size, status.st_mtime_ns)


def _opened(path: Path) -> BinaryIO:
    file = os.fdopen(os.open(path, _OPEN_TO_READ), "rb", buffering=0)
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        msg = f"{path} is no ordinary file."
        raise CoderError(msg, "Restore a copy of the study.")
    return file


def _copy(path: Path, target: Path) -> None:
    """Copy a file, or take away the copy of one that is there no longer."""
    target.unlink(missing_ok=True)
    with suppress(FileNotFoundError), _opened(path) as source, target.open("xb") as copy:
        copyfileobj(source, copy)


def _not_copied(path: Path, error: OSError) -> CoderError:
    if error.errno in _FULL:
        megabytes = sum(stamp.size for stamp in _stamps(path).values() if stamp) / 1e6
        msg = f"There is no room for a private copy of {path}, from which it is read: {error.strerror}."
        return CoderError(msg, f"Set TMPDIR to a folder with {megabytes:,.1f} MB of room.")
    msg = f"{path} cannot be read: {error.strerror}."
    return CoderError(msg, "Ask whoever owns it for the permission, or copy the study elsewhere.")
