"""Which program holds a database, as far as the system says."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCK_TABLE = Path("/proc/locks")
"""Where Linux lists the locks on files, a line each: `1: POSIX  ADVISORY  WRITE 4711 08:02:1234 120 120`."""
_COLUMNS = 8
_MOST_CHARACTERS = 40


def holder_of(path: Path) -> str:
    """Return who writes to a database: `coder codings import …, process 4711`; empty if that is not known.

    Args:
        path: The database's file.
    """
    locks = list(_locks())
    files = (
        {_number_of(path.with_name(f"{path.name}{suffix}")) for suffix in ("", "-shm")} if locks else set()
    )
    for process, file in locks:
        if file in files and process != os.getpid():
            return f"{_name_of(process)}process {process}"
    return ""


def _locks() -> Iterator[tuple[int, str]]:
    """Yield the process and the file of each lock for writing that is held, not waited for."""
    with suppress(OSError, ValueError):
        for line in LOCK_TABLE.read_text(encoding="utf-8").splitlines():
            columns = line.split()
            if len(columns) == _COLUMNS and columns[3] == "WRITE" and int(columns[4]) > 0:
                yield int(columns[4]), columns[5]


def _number_of(path: Path) -> str:
    """Return a file's device and inode as the table of locks writes them."""
    if sys.platform == "win32":
        return "none"
    with suppress(OSError):
        status = path.stat()
        return f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}:{status.st_ino}"
    return "none"


def _name_of(process: int) -> str:
    """Return the command line of a process with a comma behind, cut; empty if it cannot be read."""
    with suppress(OSError):
        program, *arguments = (
            Path(f"/proc/{process}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")
        )
        text = " ".join([Path(program).name, *arguments]).strip()
        cut = text if len(text) <= _MOST_CHARACTERS else f"{text[: _MOST_CHARACTERS - 1]}…"
        return f"{cut}, " if cut else ""
    return ""
