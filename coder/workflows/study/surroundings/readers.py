"""Who, of those with an account on this machine, can read a study."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from coder.workflows.study.study import DATABASE_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def anybody_reads(folder: Path) -> bool:
    """Tell whether those who neither own a study nor are of its group can read its answers.

    Besides the file's own permission they need to get through every folder above it. False where the system
    has no such permissions: on Windows a folder is read by whom the folder above it allows.

    Args:
        folder: The study's, its links followed.
    """
    path = folder / DATABASE_FILE
    if os.name != "posix":
        return False
    try:
        return bool(path.stat().st_mode & stat.S_IROTH) and all(
            above.stat().st_mode & stat.S_IXOTH for above in _folders_above(path)
        )
    except OSError:
        return False


def _folders_above(path: Path) -> Iterable[Path]:
    return path.parents
