"""Read whole files; text must be UTF-8."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from coder.errors import CoderError

if TYPE_CHECKING:
    from pathlib import Path


MOST_BYTES = 2**30
"""Of a file that people import; a million answers have a quarter."""
MOST_TEXT = 20 * 2**20
"""Bytes of a file that people write, such as a codebook; the largest have a twentieth."""


def read_bytes(path: Path, most: int = MOST_BYTES, *, start: int | None = None) -> bytes:
    """Return what a file holds, or so many bytes from its beginning.

    Raises:
        CoderError: It cannot be read, is no ordinary file, or has more bytes than `most`.
    """
    try:
        return bytes_of(path, most, start=start)
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror}."
        raise CoderError(msg, "Check the path.") from None


def bytes_of(path: Path, most: int, *, start: int | None = None) -> bytes:
    """Return what an ordinary file holds.

    Args:
        path: The file.
        most: Bytes that it may have.
        start: So many bytes from its beginning are enough.

    Raises:
        OSError: It cannot be read.
        CoderError: It is a device or a pipe, which may never end; or it has more bytes than `most`.
    """
    status = path.stat()
    # Opening a pipe would wait for somebody to write into it.
    if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
        msg = f"{path} is not an ordinary file."
        raise CoderError(msg, "Save what it holds as a file, and give that.")
    with path.open("rb") as file:
        # Room for no more than it has is asked for; it may grow meanwhile.
        content = file.read(min(most, status.st_size) + 1 if start is None else start)
        if start is None and len(content) > status.st_size:
            content += file.read(most + 1 - len(content))
    if max(status.st_size, len(content)) > most:
        msg = f"{path} has {status.st_size / 2**20:,.0f} MB; the limit is {most // 2**20:,} MB."
        raise CoderError(msg, "Is it the right file?")
    return content


def read_utf8(path: Path) -> str:
    """Return a file's text, line ends as they are, without a byte-order mark.

    Raises:
        CoderError: The file cannot be read or is not UTF-8; the message names line and column.
    """
    content = read_bytes(path, MOST_TEXT)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = (
            content.count(b"\n", 0, error.start) + 1,
            error.start - content.rfind(b"\n", 0, error.start),
        )
        message = f"{path.name}:{line}:{column}: The byte 0x{content[error.start]:02X} is not UTF-8."
        raise CoderError(message, "Save the file in the encoding UTF-8.") from None
