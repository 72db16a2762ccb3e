"""Folders of this user alone, for as long as a process needs them: `coder-reading-1a2b3c4d` under TMPDIR.

They hold answers, so they go with the process, however it ends: when they are no longer needed, at its exit,
and on the signals that end a program. What a killed process has left is swept when a study is next opened:
each folder has a file that its process keeps locked, and only one that nobody has locked is deleted.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import signal
import stat
import sys
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

_PREFIX = "coder-reading-"
_NAME = re.compile(rf"{_PREFIX}[a-z0-9_]{{8}}")
_LOCK, _NEW_LOCK = "in-use", "in-use.new"
_YOUNG_SECONDS = 60
"""So long a folder without its lock counts as one that is just being made."""
_ENDING = ("SIGTERM", "SIGHUP")
"""Signals at which Python runs nothing more; Ctrl+C is an exception to it."""
_PAUSES = (0.0, 0.05, 0.2, 0.5)
"""Seconds after which a folder that was not deleted is tried again: the engine may just be ending."""


class PrivateFolder:
    """A folder that nobody else can look into.

    Args:
        path: Where it is.
        lock: The file that says it is in use; None: it is another process that has it, and deletes it.
    """

    def __init__(self, path: Path, lock: BinaryIO | None = None) -> None:
        self.path = path
        self.before_deleting: list[Callable[[], object]] = []
        """What closes the files in it: Windows deletes none that are open."""
        self._lock = lock
        self._process = os.getpid()

    def delete(self) -> None:
        """Delete it with all that is in it; without effect a second time, and in other processes."""
        lock, self._lock = self._lock, None
        if lock is None or self._process != os.getpid():
            return
        _in_use.discard(self)
        for close in self.before_deleting:
            close()
        if sys.platform == "win32":
            lock.close()
        for pause in _PAUSES:
            time.sleep(pause)
            shutil.rmtree(self.path, ignore_errors=True)
            if not self.path.exists():
                break
        lock.close()


_in_use: set[PrivateFolder] = set()


def make_private_folder() -> PrivateFolder:
    """Make a private folder that goes when this process ends, and sweep those that were left.

    Raises:
        CoderError: There is no place for temporary files.
    """
    # It takes time to load, and is needed seldom.
    import tempfile

    sweep_private_folders()
    try:
        folder = _locked(Path(tempfile.mkdtemp(prefix=_PREFIX)))
    except OSError as error:
        reason = error.strerror or error
        msg = f"The study is read only, and no private copy of it can be made to read: {reason}."
        raise CoderError(
            msg, "Say where there is room for temporary files: set TMPDIR to a folder."
        ) from None
    _in_use.add(folder)
    atexit.register(folder.delete)
    _delete_on_signals()
    return folder


@contextmanager
def deleted_on_failure(folder: PrivateFolder | None) -> Iterator[None]:
    """Delete a folder, if there is one, should the block fail."""
    try:
        yield
    except BaseException:
        if folder is not None:
            folder.delete()
        raise


def sweep_private_folders() -> None:
    """Delete the folders that processes of this user have left which were killed; nothing hinders."""
    import tempfile

    with suppress(OSError):
        for entry in list(os.scandir(tempfile.gettempdir())):
            if _NAME.fullmatch(entry.name) and _is_abandoned(Path(entry.path)):
                shutil.rmtree(entry.path, ignore_errors=True)


def _locked(path: Path) -> PrivateFolder:
    """Return a new folder with a file in it that is locked until this process ends."""
    try:
        return PrivateFolder(path, _lock_in(path))
    except OSError:
        shutil.rmtree(path, ignore_errors=True)
        raise


def _lock_in(path: Path) -> BinaryIO:
    if sys.platform == "win32":
        # Nobody can delete a file there that somebody has open.
        return (path / _LOCK).open("xb")
    import fcntl

    lock = (path / _NEW_LOCK).open("xb")
    # On a disk that has no locks, such folders are not swept either.
    with suppress(OSError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    # Under its own name it is never without its lock.
    (path / _NEW_LOCK).rename(path / _LOCK)
    return lock


def _is_abandoned(path: Path) -> bool:
    """Tell whether a folder is this user's own, and the process that made it has ended."""
    try:
        status = path.lstat()
    except OSError:
        return False
    try:
        if not stat.S_ISDIR(status.st_mode) or (hasattr(os, "getuid") and status.st_uid != os.getuid()):
            return False
        return _is_unlocked(path / _LOCK)
    except FileNotFoundError:
        return time.time() - status.st_mtime > _YOUNG_SECONDS
    except OSError:
        return False


def _is_unlocked(lock_path: Path) -> bool:
    if sys.platform == "win32":
        lock_path.unlink()
        return True
    import fcntl

    with lock_path.open("r+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return True


def _delete_on_signals() -> None:
    """Have the signals delete the folders that end the process at once, unless they have handlers already."""
    if threading.current_thread() is not threading.main_thread():
        return
    for name in _ENDING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def _end(number: int, _frame: FrameType | None) -> None:
    for folder in list(_in_use):
        folder.delete()
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
