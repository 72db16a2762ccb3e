"""Unfinished files and folders that a program left behind which was killed: `NAME.1a2b3c4d.part`.

Only what can be nobody's work is deleted. A leftover has exactly the name that this program gives, beside
the file that it was to become; it is an ordinary file, no link, has no other name, and is the user's own; and
nothing was written to it for ten minutes, by the clock of the disk that it lies on, which may be another
machine's. Whoever writes gives a file its name right after the last byte. Should a program have paused in
between for longer (Ctrl+Z, a laptop that slept), it says that its file cannot be written, and no file is
harmed: what stood under the name stands.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

_SHORT = 40
"""Characters of a file's name that the name of its unfinished part begins with."""
_RANDOM_BYTES = 4
_UNFINISHED = re.compile(r"(?P<beginning>.+)\.[0-9a-f]{8}\.part(-journal|-wal|-shm)?", re.DOTALL)
"""A database has a journal beside it."""
_IDLE_SECONDS = 600
"""How long nothing was written to a leftover."""
_DATABASE_SUFFIXES = re.compile(r"-(journal|wal|shm)$")
_HAS_OPEN_FOLDERS = {os.open, os.unlink, os.rmdir} <= os.supports_dir_fd and os.scandir in os.supports_fd


def unfinished_path(path: Path) -> Path:
    """Return where a file is written before it takes its name: a name that nobody can foresee.

    Whoever made the folder may have left links in it.
    """
    return path.with_name(f"{path.name[:_SHORT]}.{os.urandom(_RANDOM_BYTES).hex()}.part")


def unfinished_files(folder: Path) -> list[Path]:
    """Return the files of a folder that have the name of an unfinished one, by name."""
    with suppress(OSError):
        return sorted(path for path in folder.iterdir() if _UNFINISHED.fullmatch(path.name) and _is_own(path))
    return []


def sweep(folder: Path, names: Iterable[str], *, at_once: bool = False) -> None:
    """Delete what was left unfinished of files of these names; nothing is said, and nothing hinders.

    Args:
        folder: Where the files are.
        names: The names of the files themselves.
        at_once: Whether also what was written to just now goes, though somebody may still be writing.
    """
    beginnings = {name[:_SHORT] for name in names}
    with suppress(OSError):
        leftovers = [path for path in unfinished_files(folder) if _beginning(path) in beginnings]
        if not leftovers:
            return
        newest = _written_now(folder / min(beginnings))
        for path in leftovers:
            if _is_own(path) and (at_once or newest - path.lstat().st_mtime > _IDLE_SECONDS):
                path.unlink()


def sweep_all(folder: Path) -> list[Path]:
    """Delete whatever was left unfinished in a folder; return what may still be written to."""
    sweep(folder, [beginning for path in unfinished_files(folder) if (beginning := _beginning(path))])
    return unfinished_files(folder)


def sweep_folders(folder: Path, contents: Collection[str]) -> None:
    """Delete folders that were left unfinished of one of this name; nothing is said, and nothing hinders.

    Args:
        folder: The folder itself; those beside it are looked at.
        contents: The names of the files that are put into it.
    """
    if sys.platform == "win32" or not _HAS_OPEN_FOLDERS:
        return
    with suppress(OSError):
        names = [path.name for path in folder.parent.iterdir() if _beginning(path) == folder.name[:_SHORT]]
        if not names:
            return
        newest = _written_now(folder)
        parent = os.open(folder.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            for name in names:
                _sweep_folder(parent, name, contents, newest - _IDLE_SECONDS)
        finally:
            os.close(parent)


def _sweep_folder(parent: int, name: str, contents: Collection[str], latest: float) -> None:
    """Delete a folder of an open one if nothing in it was written to after a moment."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        folder = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=parent)
        try:
            with os.scandir(folder) as entries:
                files = {entry.name: entry.stat(follow_symlinks=False) for entry in entries}
            is_leftover = (
                all(_is_put_there(file, contents) for file in files)
                and all(map(_is_own_file, files.values()))
                and _is_mine(os.fstat(folder))
                and all(status.st_mtime < latest for status in (os.fstat(folder), *files.values()))
            )
            if not is_leftover:
                return
            for file in files:
                os.unlink(file, dir_fd=folder)
        finally:
            os.close(folder)
        os.rmdir(name, dir_fd=parent)


def _is_put_there(name: str, contents: Collection[str]) -> bool:
    """Tell whether a file's name is one of these, that of one being written, or SQLite's for one."""
    match = _UNFINISHED.fullmatch(name)
    if match:
        return match["beginning"] in {whole_name[:_SHORT] for whole_name in contents}
    return _DATABASE_SUFFIXES.sub("", name) in contents


def _beginning(path: Path) -> str | None:
    match = _UNFINISHED.fullmatch(path.name)
    return match["beginning"] if match else None


def _is_own(path: Path) -> bool:
    """Tell whether a path is an ordinary file of this user, without a second name."""
    try:
        return _is_own_file(path.lstat())
    except OSError:
        return False


def _is_own_file(status: os.stat_result) -> bool:
    return stat.S_ISREG(status.st_mode) and status.st_nlink == 1 and _is_mine(status)


def _is_mine(status: os.stat_result) -> bool:
    return not hasattr(os, "getuid") or status.st_uid == os.getuid()


def _written_now(path: Path) -> float:
    """Return what the clock of a file's disk says, by a file that is made there and deleted."""
    probe = unfinished_path(path)
    probe.open("xb").close()
    try:
        return probe.lstat().st_mtime
    finally:
        probe.unlink()
