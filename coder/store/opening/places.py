"""What is looked at before a database is opened: is the file there, is it no link, can it be written to?"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from coder.errors import CoderError

if TYPE_CHECKING:
    from pathlib import Path

_FILES = ("", "-wal", "-shm", "-journal")
"""What SQLite puts behind the name of a database for the files that it writes to."""
OWNER, GROUP = 0o700, 0o2770
"""Permissions of a study's folder. In one of a group, what is made belongs to the group as well."""
_PERMISSIONS, _NO_PROGRAM = 0o777, 0o666


def can_be_written(path: Path) -> bool:
    """Tell whether a database and its folder can be written to, as far as the system says.

    Permissions count, and disks that are mounted read-only. The file is not opened: to close it again would
    give up the locks that SQLite has on it in this process.

    Args:
        path: The database's file.
    """
    files = (path.with_name(f"{path.name}{suffix}") for suffix in _FILES)
    return os.access(path.parent, os.W_OK | os.X_OK) and all(
        os.access(file, os.W_OK) for file in files if file.exists()
    )


def refuse_missing(path: Path) -> None:
    """Raise CoderError if there is no database."""
    if not path.is_file():
        msg = f"There is no study database at {path}."
        raise CoderError(msg, "Make a study with: coder new DIR --from FILE")


def refuse_links(path: Path) -> None:
    """Raise CoderError if a database, or a file that SQLite writes beside it, is a link."""
    for suffix in _FILES:
        file = path.with_name(f"{path.name}{suffix}")
        if file.is_symlink():
            msg = f"{file} is a link. What is coded would be written to another file than the study's."
            raise CoderError(msg, "Put the file itself there, or open the study in the folder it leads to.")


def restrict(folder: Path, readers: int) -> None:
    """Say who may read and write a study's folder: `OWNER`, or `GROUP`.

    A disk without permissions keeps what it has: `coder check` tells of that.
    """
    with suppress(OSError):
        folder.chmod(readers)


def restrict_like(path: Path, folder: Path) -> None:
    """Give a file, or a folder, the readers of a study's folder; without effect if it is not there.

    Where others may read that folder it is left as it is: people share studies in ways of their own too.
    """
    with suppress(OSError):
        readers = folder.stat().st_mode & _PERMISSIONS
        if readers in {OWNER & _PERMISSIONS, GROUP & _PERMISSIONS}:
            path.chmod(readers if path.is_dir() else readers & _NO_PROGRAM)


def make_like(path: Path, model: Path, whole: Path) -> None:
    """Make an empty file that nobody may read who may not read another.

    Args:
        path: The file.
        model: The other.
        whole: What it is to be called once it is whole: messages name that.

    Raises:
        CoderError: It cannot be made.
    """
    try:
        path.open("xb").close()
        path.chmod(model.stat().st_mode & 0o777)
    except OSError as error:
        msg = f"{whole} cannot be written: {error.strerror}."
        raise CoderError(msg, "Make room, or see to it that the study's folder can be written.") from None
