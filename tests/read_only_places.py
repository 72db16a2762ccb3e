"""Studies where nothing can be written: in truth, on a disk mounted read-only, and as the program is told."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from collections.abc import Iterator


def study_with_log(folder: Path) -> Path:
    """Make a study whose last codings stand in `study.db-wal` alone: a copy of one that was open."""
    with_log = small_study(folder.with_name("open"))
    CodingSession(with_log, "jo").toggle(1, "staff")
    with_log.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    CodingSession(with_log, "jo").toggle(3, "beds")
    CodingSession(with_log, "jo").toggle(1, "pay")
    folder.mkdir()
    for name in ("study.toml", "codebook.yaml", "study.db", "study.db-wal"):
        shutil.copy2(with_log.folder / name, folder / name)
    with_log.close()
    shutil.rmtree(with_log.folder)
    return folder


def forbid_writing(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Have the system say that nothing in a folder can be written to."""
    allowed = os.access

    def access(path: str | Path, mode: int) -> bool:
        is_inside = Path(path).resolve().is_relative_to(folder.resolve())
        return not (is_inside and mode & os.W_OK) and allowed(path, mode)

    monkeypatch.setattr(os, "access", access)


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return what is in a folder, with the time of each file."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


@contextmanager
def on_read_only_disk(point: Path) -> Iterator[Path]:
    """Make a study as `study_with_log` does on a disk of its own, which is then mounted read-only."""
    point.mkdir()
    if _mount("-t", "tmpfs", "tmpfs", str(point)):
        pytest.skip("no disk can be mounted here: that takes root, and not in every container")
    try:
        folder = study_with_log(point / "study")
        assert not _mount("-o", "remount,ro", str(point))
        yield folder
    finally:
        subprocess.run([str(shutil.which("umount")), "-l", str(point)], check=True)


def _mount(*arguments: str) -> int:
    """Mount something; return mount's exit code, 1 where there is no such program."""
    program = shutil.which("mount")
    if program is None:
        return 1
    return subprocess.run([program, *arguments], capture_output=True, check=False).returncode
