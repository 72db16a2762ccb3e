"""The lines of a file by which its encoding is told: those with bytes beyond ASCII."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ODD_BYTE = re.compile(rb"[\x80-\xff]")
_STRETCHES = 8
_LINES_OF_A_STRETCH = 25
_LONGEST_LINE = 400


def odd_lines(content: bytes) -> Iterator[bytes]:
    """Yield lines that hold bytes beyond ASCII, from all over the content, long ones cut."""
    stretch = max(len(content) // _STRETCHES, 1)
    position = 0
    for start in range(0, len(content), stretch):
        position = max(position, start)
        for _ in range(_LINES_OF_A_STRETCH):
            hit = ODD_BYTE.search(content, position, start + stretch)
            if hit is None:
                break
            begin = content.rfind(b"\n", max(0, hit.start() - _LONGEST_LINE), hit.start()) + 1
            begin = begin or max(0, hit.start() - _LONGEST_LINE)
            end = content.find(b"\n", hit.start(), hit.start() + _LONGEST_LINE)
            position = end if end >= 0 else min(hit.start() + _LONGEST_LINE, len(content))
            yield content[begin:position].rstrip(b"\r")
