"""Every text that the bytes of a file can stand for, whatever the file is.

A file is read as UTF-8 and as UTF-16 of either order, from either byte, and where it is no UTF-8 in the two
code pages of Europe that older files have; what is escaped as in JSON, YAML or Markdown is read as it means,
XML also without its tags, and the members of ZIP archives (workbooks, documents, bundles) as files.
"""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape
from typing import IO, TYPE_CHECKING
from zlib import error as ZlibError  # noqa: N812 - it is an error

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PIECE = 2**22
"""Bytes that are read at a time."""
OVERLAP = 2**13
"""Bytes of a piece that the next one has as well: words in them are not cut."""
_MOST_MEMBER = 2**30
_DEPTH = 3
"""Archives within archives, so deep."""
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|\r?\n[ \t]*|(.))")
_BLANKS = dict.fromkeys("nrtbfv", " ")
"""What is escaped by a letter, and parts words."""
_TAG = re.compile(r"<[^<>]{0,2000}>")
_BLOCK = re.compile(
    r"</?(?:(?:w|a|text|table|office):)?(?:p|br|tab|t[rcdh]|cell|div|li|h[1-6]|h|si|row|table-cell|line-break|s)"
    r"(?![\w:-])[^<>]{0,2000}>",
    re.IGNORECASE,
)
"""Tags that part words; the others change how letters look, also within a word."""
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
_CODE_PAGES = ("cp1252", "cp1250")
_PACKED = (
    *(b"\x1f\x8b", b"%PDF", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ", b"Rar!", b"\x28\xb5\x2f\xfd"),
    *(b"age-encryption.org", b"PAR1", b"$FL2", b"$FL3", b"\xd0\xcf\x11\xe0"),
)
"""How files begin whose bytes are packed, encrypted or parted in a way that is not looked into.

Of tables these are Parquet, SPSS (which parts texts into eights) and the older Excel and Word.
"""


class OpaqueFileError(Exception):
    """A file, or a member of one, is packed in a way that cannot be looked into."""


def texts_in(path: Path) -> Iterator[tuple[str, str]]:
    """Yield what the bytes of a file can stand for, piece by piece, each with where in it; empty: the file.

    Raises:
        OpaqueFileError: It cannot be looked into; the bytes as they are were yielded before.
        OSError: It cannot be read.
    """
    with path.open("rb") as stream:
        begin = stream.read(32)
        stream.seek(0)
        behind = b""
        while piece := stream.read(PIECE):
            for text in _texts_of(behind + piece):
                yield "", text
            behind = piece[-OVERLAP:]
    if begin.startswith(_PACKED):
        raise OpaqueFileError(path.name)
    if zipfile.is_zipfile(path):
        with path.open("rb") as stream:
            yield from _members(stream, 1)


def _members(stream: IO[bytes], depth: int) -> Iterator[tuple[str, str]]:
    opaque = []
    try:
        with zipfile.ZipFile(stream) as archive:
            for member in archive.infolist():
                yield member.filename, member.filename
                try:
                    yield from _member(archive, member, depth)
                except OpaqueFileError as error:
                    # The others are looked into all the same.
                    opaque.append(str(error))
    except (zipfile.BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError) as error:
        raise OpaqueFileError(str(error)) from error
    if opaque:
        raise OpaqueFileError(opaque[0])


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, depth: int) -> Iterator[tuple[str, str]]:
    if member.file_size > _MOST_MEMBER or member.flag_bits & 1:
        raise OpaqueFileError(member.filename)
    content = archive.read(member)
    for text in _texts_of(content):
        yield member.filename, text
    if content.startswith(_PACKED):
        raise OpaqueFileError(member.filename)
    if content.startswith(b"PK\x03\x04"):
        if depth >= _DEPTH:
            raise OpaqueFileError(member.filename)
        for inner_name, text in _members(io.BytesIO(content), depth + 1):
            yield f"{member.filename}/{inner_name}", text


def _texts_of(content: bytes) -> Iterator[str]:
    for encoding in _ENCODINGS:
        for begin in range(1 if encoding == "utf-8" else 2):
            text = content[begin:].decode(encoding, "replace")
            yield from _readings(text)
            if encoding == "utf-8" and "\ufffd" in text and b"\0" not in content:
                for code_page in _CODE_PAGES:
                    yield from _readings(content.decode(code_page, "replace"))


def _readings(text: str) -> Iterator[str]:
    """Yield a text as it is, and as it reads where what is written in it is escaped or has tags."""
    yield text
    if "\\" in text:
        yield _ESCAPED.sub(_unescaped, text)
    if "''" in text:
        # Within single quotes YAML doubles them.
        yield text.replace("''", "'")
    if "<" in text:
        # Within a document a word may be parted by a change of its look.
        yield unescape(_TAG.sub("", _BLOCK.sub(" ", text)))


def _unescaped(match: re.Match[str]) -> str:
    if digits := match[1] or match[2]:
        return chr(int(digits, 16))
    letter = match[3] or ""
    return _BLANKS.get(letter, letter)
