"""Files for other programs: how they come to be in their place, whole or not at all."""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from coder.domain.path_names import on_one_line, unfit_for_windows
from coder.errors import CoderError
from coder.formats.shared.leftovers import sweep, unfinished_path

_PERMISSIONS = 0o777
_PAUSES = (0.05, 0.1, 0.25, 0.6)
"""Seconds between the attempts to put a file in its place, on Windows."""


def replace_file(path: Path, content: str | bytes) -> None:
    """Write a file as a whole or leave it as it was, whatever happens meanwhile.

    A file that was there keeps its permissions. What a killed program left of an earlier writing is deleted.

    Raises:
        CoderError: It cannot be written, or is a link: whoever made the folder chose where that leads.
    """
    refuse_unfit_name(path)
    if target := link_target(path):
        msg = f"{path} is a link to {on_one_line(target)}, and nothing is written through a link."
        raise CoderError(msg, "Name that file itself, delete the link, or choose another name.")
    part = unfinished_path(path)
    try:
        write_new(part, content)
        if path.is_file():
            part.chmod(path.stat().st_mode & _PERMISSIONS)
        _put_in_place(part, path)
    except OSError as error:
        msg = f"{path} cannot be written: {error.strerror}."
        raise CoderError(msg, "Close it in other programs, or choose another place.") from None
    finally:
        _discard(part)
    sweep(path.parent, [path.name])


def write_new(path: Path, content: str | bytes) -> None:
    """Write a file that is not there yet; a text in UTF-8, line ends as they are.

    Raises:
        OSError: Something of that name is there, be it a link that leads nowhere, or it cannot be written.
    """
    with path.open("xb") as file:
        file.write(content if isinstance(content, bytes) else content.encode("utf-8"))
        file.flush()
        os.fsync(file.fileno())


def make_file(path: Path, content: str | bytes) -> None:
    """Write a file that is not there yet, whole or not at all; raise CoderError if that cannot be done."""
    refuse_unfit_name(path)
    part = unfinished_path(path)
    try:
        write_new(part, content)
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        _put_in_place(part, path)
    except OSError as error:
        msg = f"{path} cannot be written: {error.strerror}."
        raise CoderError(msg, "Choose another place.") from None
    finally:
        _discard(part)


def refuse_unfit_name(path: Path) -> None:
    """Raise CoderError, on Windows, if a file's name is none there: its content would be lost in silence.

    What is written to `NUL.csv` is gone, and a colon leads into a second content of another file.
    """
    if sys.platform == "win32" and (fault := unfit_for_windows(path)):
        msg = f"{path} can be no file on Windows: its name {fault}."
        raise CoderError(msg, "Choose another name.")


def _put_in_place(part: Path, path: Path) -> None:
    """Give a written file its name, over what stood there.

    On Windows a scanner may have just opened the one or the other: it is tried again for a second.
    """
    for pause in _PAUSES if sys.platform == "win32" else ():
        try:
            part.replace(path)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    part.replace(path)


def _discard(part: Path) -> None:
    """Delete an unfinished file if there is one; of what cannot be deleted nothing more is said."""
    with suppress(OSError):
        if sys.platform == "win32":
            # A file that nobody may write to is not deleted there either.
            part.chmod(_PERMISSIONS)
        part.unlink(missing_ok=True)


def link_target(path: Path) -> Path | None:
    """Return where a link leads, followed to its end; None if it is no link."""
    return Path(os.path.realpath(path)) if path.is_symlink() else None
