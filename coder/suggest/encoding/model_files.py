"""Is what lies in a model's folder fit to be read? The folder may come from a stranger."""

from __future__ import annotations

import hashlib
import stat
from typing import TYPE_CHECKING

from coder.errors import CoderError

if TYPE_CHECKING:
    import os
    from pathlib import Path

_MOST_BYTES = {
    **dict.fromkeys((".safetensors", ".onnx"), 4 * 2**30),
    **dict.fromkeys((".json", ".txt", ".model"), 100 * 2**20),
}
"""How large files may be that are read, by the endings of their names; large models have a quarter."""
_MOST_FILES = 5_000
_HINT = (
    "Give a folder that sentence-transformers or coder model export wrote (the line 'model' of study.toml)."
)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def refuse_unfit_files(folder: Path) -> None:
    """Raise CoderError if a model's folder holds a pipe, a device, or a file that is far too large.

    Links are followed, as the hub's own store of models has them. What is hidden is not looked at.
    """
    folders, count = [folder], 0
    while folders:
        for entry in _entries(folders.pop()):
            count += 1
            if count > _MOST_FILES:
                msg = f"{folder} holds more than {_MOST_FILES:,} files: it is no model's folder."
                raise CoderError(msg, _HINT)
            status = _status(entry)
            if status is not None and stat.S_ISDIR(status.st_mode):
                folders.append(entry)
            elif status is not None:
                _refuse_unfit(entry, status)


def _entries(folder: Path) -> list[Path]:
    try:
        return [entry for entry in folder.iterdir() if not entry.name.startswith(".")]
    except OSError:
        return []


def _status(path: Path) -> os.stat_result | None:
    """Return what a path leads to; None if it leads nowhere, or round in a circle."""
    try:
        return path.stat()
    except OSError:
        return None


def _refuse_unfit(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        msg = f"The model's folder holds {path.name}, which is no ordinary file ({path})."
        raise CoderError(msg, _HINT)
    most = _MOST_BYTES.get(path.suffix.casefold())
    if most is not None and status.st_size > most:
        size, limit = status.st_size / 2**20, most // 2**20
        msg = f"{path} has {size:,.0f} MB; the limit for such a file of a model is {limit:,} MB."
        raise CoderError(msg, _HINT)
