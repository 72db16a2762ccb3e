"""Names of files and folders in what people read: a line break in one could pass for a line of output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.errors import CoderError

if TYPE_CHECKING:
    from pathlib import Path

_LINE_BREAK = "␊"


def on_one_line(path: Path | str) -> str:
    """Return a path as text, line breaks in its names made visible."""
    return str(path).replace("\n", _LINE_BREAK)


def refuse_line_breaks(path: Path | str) -> None:
    """Raise CoderError if a name in a path holds a line break: messages name the path as it is."""
    if "\n" in str(path):
        msg = f"The name {on_one_line(path)} holds a line break ({_LINE_BREAK})."
        raise CoderError(msg, "Rename the file or folder: its second line could pass for a message.")
