"""Whether an SPSS file says in which encoding its texts are; those of old versions do not."""

from __future__ import annotations

import struct

_HEADER = 2 * 2**20
"""Bytes; what a file says about itself stands before its data."""
_NAME_RECORD = (7, 20, 1)
"""Extension record 20: the encoding by name."""
_MACHINE_RECORD = (7, 3, 4, 8)
"""Extension record 3, eight numbers: the last is the code page."""
_UNSAID = frozenset({0, 1, 2, 3})
"""No code page: nothing, EBCDIC, 7 bits, 8 bits of any kind."""


def says_encoding(content: bytes) -> bool:
    """Tell whether a .sav or .zsav file names the encoding of its texts."""
    header = content[:_HEADER]
    for order in "<>":
        if struct.pack(f"{order}3i", *_NAME_RECORD) in header:
            return True
        start = header.find(struct.pack(f"{order}4i", *_MACHINE_RECORD))
        numbers = header[start + 16 : start + 48] if start != -1 else b""
        if len(numbers) == 32:  # noqa: PLR2004 - eight numbers of four bytes
            return struct.unpack(f"{order}8i", numbers)[-1] not in _UNSAID
    return False
