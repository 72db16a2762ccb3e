"""Files changed at random, the same each time: as a bad disk, a bad program or a stranger changes them."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

ODD_BYTES = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\x1b[2J", b"\r", b"\n\n", b"\t", b'"', b"'",
    b",", b";", b": ", b"<", b"&x;", b"&#0;", b"&#x1F;", b"]]>", b"<!--", b"{", b"[" * 3000, b"{" * 3000,
    b"- " * 1500, b"(" * 500, b"-1", b"99999999999999999999", b"1e999", b"NaN", b"null", b"true", b"=1+1",
    b"*a", b"&a", b"!!python/object:x ", b"%", b"\\x", b"../../x", b"x" * 100_000, "\u202e".encode(),
    "\U0001f469\u200d\U0001f4bb".encode(),
)  # fmt: skip
"""Bytes that mean something to a reader, are no text, or are far too many."""
MOST_CHANGES = 3
LONGEST = 200
IN_ARCHIVE_SHARE = 0.65
"""Of the changes to an archive are made to a file in it, as its checksums find all others."""


def mutate(content: bytes, chance: random.Random) -> bytes:
    """Return a file with some changes at random; an archive most often in a file within."""
    if zipfile.is_zipfile(io.BytesIO(content)) and chance.random() < IN_ARCHIVE_SHARE:
        return _mutate_archive(content, chance)
    return _mutate_bytes(content, chance)


def _mutate_bytes(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, MOST_CHANGES)):
        start = chance.randrange(len(changed) + 1)
        end = min(len(changed), start + chance.randint(1, LONGEST))
        match chance.randrange(7):
            case 0:
                for _ in range(chance.randint(1, 20)):
                    place = chance.randrange(len(changed) + 1)
                    changed[place : place + 1] = chance.randbytes(1)
            case 1:
                del changed[start:]
            case 2:
                del changed[start:end]
            case 3:
                changed[start:start] = changed[start:end] * chance.choice((1, 2, 50))
            case 4:
                changed[start:start] = chance.choice(ODD_BYTES)
            case 5:
                changed[start:end] = chance.choice(ODD_BYTES)
            case _:
                changed[start:end] = chance.randbytes(end - start)
    return bytes(changed)


def _mutate_archive(content: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        files = [(name, packed.read(name)) for name in packed.namelist()]
    place = chance.randrange(len(files))
    name, inner = files[place]
    match chance.randrange(10):
        case 0:
            del files[place]
        case 1:
            files[place] = (name, b"")
        case 2:
            files.append((f"{name}x", inner))
        case 3:
            files[place] = (name, files[chance.randrange(len(files))][1])
        case _:
            files[place] = (name, _mutate_bytes(inner, chance))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for inner_name, inner_content in files:
            packed.writestr(zipfile.ZipInfo(inner_name), inner_content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
