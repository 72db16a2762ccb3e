"""Read whole files; text must be UTF-8."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.errors import CoderError

if TYPE_CHECKING:
    from pathlib import Path


def read_bytes(path: Path) -> bytes:
    """Return what a file holds; raise CoderError if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror}."
        raise CoderError(msg, "Check the path.") from None


def read_utf8(path: Path) -> str:
    """Return a file's text, line ends as they are, without a byte-order mark.

    Raises:
        CoderError: The file cannot be read or is not UTF-8; the message names line and column.
    """
    content = read_bytes(path)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = (
            content.count(b"\n", 0, error.start) + 1,
            error.start - content.rfind(b"\n", 0, error.start),
        )
        message = f"{path.name}:{line}:{column}: The byte 0x{content[error.start]:02X} is not UTF-8."
        raise CoderError(message, "Save the file in the encoding UTF-8.") from None
