"""Names of files and folders: in what people read, and such as every system can have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coder.errors import CoderError

if TYPE_CHECKING:
    from pathlib import Path

_LINE_BREAK = "␊"
"""A line break in a name could pass for a line of output."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_DEVICE = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])", re.IGNORECASE)
"""What Windows takes for a device, whatever suffix stands behind it."""
_MOST_BYTES = 120
"""Of a name that is made of what people wrote: with suffixes it stays within the 255 that disks allow."""


def on_one_line(path: Path | str) -> str:
    """Return a path as text, line breaks in its names made visible."""
    return str(path).replace("\n", _LINE_BREAK)


def refuse_line_breaks(path: Path | str) -> None:
    """Raise CoderError if a name in a path holds a line break: messages name the path as it is."""
    if "\n" in str(path):
        msg = f"The name {on_one_line(path)} holds a line break ({_LINE_BREAK})."
        raise CoderError(msg, "Rename the file or folder: its second line could pass for a message.")


def fit_name(text: str, otherwise: str) -> str:
    """Return a name for a file or a folder, made of a text, such as Windows, macOS and Linux can all have.

    Args:
        text: What it is to say; what no name may hold becomes `-`.
        otherwise: The name where nothing is left of it.
    """
    short = text.encode("utf-8", "ignore")[:_MOST_BYTES].decode("utf-8", "ignore")
    # A blank or a dot at the end is cut off on Windows; a dot in front hides a file elsewhere.
    name = _FORBIDDEN.sub("-", short).strip(" .-") or otherwise
    return f"_{name}" if _is_device(name) else name


def unfit_for_windows(path: Path) -> str | None:
    """Return what is wrong with a path's name on Windows; None where nothing is."""
    name = path.name
    if signs := sorted(set(_FORBIDDEN.findall(name))):
        return f"holds {' '.join(signs)}"
    if name != ".." and name != name.rstrip(" ."):
        return "ends in a blank or a dot"
    return "is that of a device" if _is_device(name) else None


def _is_device(name: str) -> bool:
    return _DEVICE.fullmatch(name.split(".", maxsplit=1)[0].rstrip()) is not None
