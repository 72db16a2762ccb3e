"""What is told of where a study lies, and of second versions of its files beside it."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from coder.domain.path_names import on_one_line
from coder.domain.texts.shell_quoting import joined
from coder.formats.shared.leftovers import unfinished_files
from coder.workflows.study.surroundings.copy_names import conflicted_copies
from coder.workflows.study.surroundings.drives import network_drive
from coder.workflows.study.surroundings.readers import anybody_reads
from coder.workflows.study.surroundings.second_versions import GUIDE, told_of_copy
from coder.workflows.study.surroundings.surrounding import Surrounding
from coder.workflows.study.surroundings.synced_folders import synced_folder

if TYPE_CHECKING:
    from coder.workflows.study.surroundings.mounts import Mount
    from coder.workflows.study.surroundings.synced_folders import SyncedFolder

MOST_COPIES = 20
"""Second versions that are looked at; there are seldom two."""


def surroundings(folder: Path) -> list[Surrounding]:
    """Return what is to be told of where a study lies and of second versions of its files.

    Files and the tables of the system are read, nothing is written. It may take a while: a database that
    two machines have changed is read through.

    Args:
        folder: The study's.
    """
    # Unlike Path.home, it has an answer where the user has no folder.
    place, home = Path(os.path.realpath(folder)), Path(os.path.expanduser("~"))  # noqa: PTH111
    synced, drive = synced_folder(place, home, os.environ), network_drive(place)
    copies = conflicted_copies(_names_of_files(place), synced.program if synced else "")
    return [
        *(told_of_copy(place, copy) for copy in copies[:MOST_COPIES]),
        *([_of_synced(synced)] if synced else []),
        *([_of_drive(drive)] if drive else []),
        *([_of_readers(place)] if anybody_reads(place) else []),
    ]


def _of_synced(synced: SyncedFolder) -> Surrounding:
    return Surrounding(
        f"{synced.program} synchronises the folder of this study: have it open on one machine at a time.",
        f"The study lies in a folder that {synced.program} synchronises ({on_one_line(synced.folder)}).",
        f"Have it open on one machine at a time, and let {synced.program} finish before you open it on "
        f"another. Safer: move the study out, and keep copies there. {GUIDE} says why.",
        about=f"{synced.program} {synced.folder}",
    )


def _of_drive(drive: Mount) -> Surrounding:
    return Surrounding(
        f"The study lies on {drive.what}: have it open on one machine at a time.",
        f"The study lies on {drive.what} ({on_one_line(drive.source or drive.point)}).",
        "Have it open on one machine at a time: two at once can damage it. Safer: work on a copy on a disk "
        f"of this machine, and put it back afterwards. {GUIDE} says why.",
        about=f"{drive.what} {drive.point}",
    )


def _of_readers(folder: Path) -> Surrounding:
    return Surrounding(
        "Everybody with an account on this machine can read the answers of this study.",
        f"Everybody with an account on this machine can read the answers in {on_one_line(folder)}.",
        f"To keep it to yourself: {joined(['chmod', '-R', 'go-rwx', str(folder)])}; to your group: "
        f"{joined(['chmod', '-R', 'o-rwx', str(folder)])}.",
        about=f"readers {folder}",
    )


def unfinished_told(folder: Path) -> list[Surrounding]:
    """Return what is to be told of unfinished files in a study's folder."""
    return [
        Surrounding(
            f"{on_one_line(path.name)} is unfinished.",
            f"{on_one_line(path)} is the unfinished file of a program that was ended while writing.",
            "Delete it, unless something is being written at this moment.",
        )
        for path in unfinished_files(folder)
    ]


def _names_of_files(folder: Path) -> list[str]:
    names = []
    with suppress(OSError):
        for path in folder.iterdir():
            with suppress(OSError):
                if stat.S_ISREG(path.lstat().st_mode):
                    names.append(path.name)
    return names
