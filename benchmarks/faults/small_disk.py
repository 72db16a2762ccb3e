"""A disk that is full: a small tmpfs, or a limit of file size where none can be mounted."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KILOBYTE = 1024
FILLER = "filler"


class SmallDisk:
    """A folder with so much room.

    Attributes:
        folder: Where it is.
        is_mounted: Whether it is a disk of its own; else programs are held to a size of files.
    """

    def __init__(self, folder: Path, *, is_mounted: bool) -> None:
        self.folder = folder
        self.is_mounted = is_mounted
        self._left: int | None = None

    @property
    def kind(self) -> str:
        """Return what stands in for a full disk."""
        return "a small tmpfs" if self.is_mounted else "RLIMIT_FSIZE (no tmpfs can be mounted here)"

    @property
    def file_limit(self) -> int | None:
        """The largest file that a program may write; None: the disk itself sees to it."""
        if self.is_mounted or self._left is None:
            return None
        largest = max((path.stat().st_size for path in self.folder.rglob("*") if path.is_file()), default=0)
        return largest // 2 + self._left

    def leave(self, kilobytes: int) -> None:
        """Fill the disk but for so much."""
        self._left = kilobytes * KILOBYTE
        if self.is_mounted:
            free = shutil.disk_usage(self.folder).free - self._left
            with (self.folder / FILLER).open("wb") as filler, suppress(OSError):
                for _ in range(max(free, 0) // KILOBYTE):
                    filler.write(b"x" * KILOBYTE)

    def make_room(self) -> None:
        """Free what was filled."""
        self._left = None
        (self.folder / FILLER).unlink(missing_ok=True)

    def clear(self) -> None:
        """Take everything away."""
        self.make_room()
        for path in self.folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()


@contextmanager
def small_disk(folder: Path, megabytes: int, *, may_mount: bool = True) -> Iterator[SmallDisk]:
    """Make a small disk in a folder, and take it away in the end."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    is_mounted = may_mount and _succeeds(mount)
    try:
        yield SmallDisk(folder, is_mounted=is_mounted)
    finally:
        if is_mounted:
            _succeeds(["umount", "-l", str(folder)])


def _succeeds(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
