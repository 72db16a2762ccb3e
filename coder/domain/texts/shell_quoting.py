"""Arguments in commands that messages print, quoted so that they can be pasted into a shell.

Elsewhere as POSIX shells have it. On Windows in double quotes, which PowerShell and cmd read alike; an
argument with signs that mean something within them stands in single quotes, as PowerShell has it, which is
what a terminal there opens.
"""

from __future__ import annotations

import os
import re
import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ON_WINDOWS = os.name == "nt"
_PLAIN = re.compile(r"[\w.:/\\+=-]+")
_LIVE_SIGNS = re.compile(r'["$`%!]|\\\Z')
"""What PowerShell or cmd would take for more than a sign within double quotes."""
_BEFORE_QUOTES = re.compile(r'(\\*)("|\Z)')
_PIECE = re.compile(r"'((?:[^']|'')*)'|\"([^\"]*)\"|([^'\"]+)")


def quoted(argument: str) -> str:
    """Return an argument as it is to be typed, in quotes where it needs some."""
    if not _ON_WINDOWS:
        typed = shlex.quote(argument)
        # Within a sentence a bare comma at the end would be the sentence's.
        return f"'{typed}'" if typed.endswith(",") else typed
    if _PLAIN.fullmatch(argument):
        return argument
    if not _LIVE_SIGNS.search(argument):
        return f'"{argument}"'
    # Windows PowerShell (5.1) hands double quotes on bare: backslashes keep them for the program, as
    # `CommandLineToArgvW` reads them.
    escaped = _BEFORE_QUOTES.sub(lambda met: 2 * met[1] + ('\\"' if met[2] else ""), argument)
    return "'" + escaped.replace("'", "''") + "'"


def joined(arguments: Iterable[str]) -> str:
    """Return a command of some arguments, each quoted where it needs to be."""
    return " ".join(map(quoted, arguments))


def unquoted(typed: str) -> str:
    """Return the argument that `quoted` has written so."""
    if not _ON_WINDOWS:
        return "".join(shlex.split(typed))
    return "".join(
        _BEFORE_QUOTES.sub(lambda met: met[1][: len(met[1]) // 2] + met[2], single.replace("''", "'"))
        or double
        or plain
        for single, double, plain in _PIECE.findall(typed)
    )
