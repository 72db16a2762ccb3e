"""The files in a study's folder: what each holds, and who can read it."""

from __future__ import annotations

import fnmatch
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from coder.workflows.study.study import CACHE_FOLDER, CODEBOOK_FILE, DATABASE_FILE, SETTINGS_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

_HOLDS = {
    DATABASE_FILE: "answers, attributes, codings, notes, and the log of who did what when",
    f"{DATABASE_FILE}-*": "the latest changes, until they are in the database",
    SETTINGS_FILE: "settings: titles, tables, names of columns",
    CODEBOOK_FILE: "themes; their examples may be words of answers",
    f"{CACHE_FOLDER}/*": "embeddings: numbers worked out from the texts of answers; may be deleted",
    "study-before-*.db": "the database as it was before a repair or a newer version of the program",
    "*.coderbundle": "a file for another copy of the study: a pack holds answers",
}
_FRAME = "how many were asked, for response rates"
_OTHER = "not one of the study's own: an export, or something put there; see what it holds"


class StudyFile(NamedTuple):
    """A file in a study's folder."""

    name: str
    """Its path from the folder on, with slashes."""
    holds: str
    size: int
    """Bytes."""
    readers: str
    """Who can read it, as far as its permissions say."""


def study_files(folder: Path, frames: Collection[str] = ()) -> list[StudyFile]:
    """Return all files in a study's folder and in the folders in it, by name. Links are not followed.

    Args:
        folder: The study's.
        frames: Names of files in it that say how many were asked, for response rates.
    """
    return sorted(_files_in(folder, folder.stat().st_mode, folder, frames))


def _files_in(folder: Path, way: int, top: Path, frames: Collection[str]) -> Iterator[StudyFile]:
    for entry in os.scandir(folder):
        try:
            status = entry.stat(follow_symlinks=False)
            if entry.is_dir(follow_symlinks=False):
                yield from _files_in(Path(entry.path), way & status.st_mode, top, frames)
                continue
        except OSError:
            # It went meanwhile, or the folder is not this user's to look into.
            continue
        name = Path(entry.path).relative_to(top).as_posix()
        holds = _FRAME if name in frames else _held_by(name)
        yield StudyFile(name, holds, status.st_size, readers_of(Path(entry.path), way))


def _held_by(name: str) -> str:
    return next((text for pattern, text in _HOLDS.items() if fnmatch.fnmatchcase(name, pattern)), _OTHER)


def readers_of(path: Path, way: int) -> str:
    """Return who can read a file, or a folder, as far as permissions say.

    Args:
        path: Where it is.
        way: The permissions of the folders on the way to it, those that all of them have.
    """
    if sys.platform == "win32":
        return "whom its folder allows"
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        return "a link: whoever may read where it leads"
    if mode & stat.S_IROTH and way & stat.S_IXOTH:
        return "everybody on this machine"
    if mode & stat.S_IRGRP and way & stat.S_IXGRP:
        return f"{_name(path.owner)} and the group {_name(path.group)}"
    return _name(path.owner)


def _name(of_whom: Callable[[], str]) -> str:
    """Return the name of a user or group; one that is no longer in the system's list has none."""
    try:
        return of_whom()
    except KeyError:
        return "somebody without a name on this machine"
