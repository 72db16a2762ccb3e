"""Multiple response sets in an SPSS data file: which variables are the answers to one question.

pyreadstat writes none, so their record is put into what it wrote. Format of the file and of the record
(type 7, subtype 7): PSPP Developers Guide, "System File Format" and "Multiple Response Sets Records"; what a
set of dichotomies is: IBM SPSS Statistics, command MRSETS, subcommand MDGROUP.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_HEADER_BYTES = 176
_INTEGER = struct.Struct("=i")
"""pyreadstat writes in the machine's own order of bytes."""
_VARIABLE, _VALUE_LABELS, _LABELLED_VARIABLES, _DOCUMENT, _EXTENSION, _END = 2, 3, 4, 6, 7, 999
_SETS, _LONG_NAMES = 7, 13
"""Subtypes of extensions."""
_DOCUMENT_LINE = 80
_FEWEST = 2
"""Variables that SPSS wants in a set."""
_COUNTED = "1"


class ResponseSet(NamedTuple):
    """Variables that are 1 where a respondent gave that answer to a question."""

    name: str
    """Begins with `$`."""
    label: str
    variables: Sequence[str]
    """By the names that people see."""


class _Record(NamedTuple):
    """A record of the file's dictionary."""

    start: int
    kind: int
    subtype: int
    """Of an extension; 0 for others."""
    content: bytes
    """Of an extension."""


def with_response_sets(content: bytes, sets: Sequence[ResponseSet]) -> bytes:
    """Return an SPSS data file, as pyreadstat writes them, with sets of at least two variables."""
    records = list(_records(content))
    short_names = _short_names(records)
    lines = [_line(one_set, short_names) for one_set in sets if len(one_set.variables) >= _FEWEST]
    if not lines:
        return content
    text = "".join(lines).encode()
    head = b"".join(map(_INTEGER.pack, (_EXTENSION, _SETS, 1, len(text))))
    end = next(record.start for record in records if record.kind == _END)
    return content[:end] + head + text + content[end:]


def _line(one_set: ResponseSet, short_names: Mapping[str, str]) -> str:
    """Return a set as the record has it: `$Q16=D1 1 10 Challenges pay beds`, lengths in bytes."""
    names = "".join(f" {short_names.get(name, name).lower()}" for name in one_set.variables)
    counted = f"D{len(_COUNTED)} {_COUNTED}"
    # A line break would end the set.
    label = " ".join(one_set.label.split())
    return f"{one_set.name}={counted} {len(label.encode())} {label}{names}\n"


def _short_names(records: Sequence[_Record]) -> dict[str, str]:
    """Map the names that people see to those of eight letters, by which the record calls variables."""
    pairs = (
        pair.split("=", 1)
        for record in records
        if record.subtype == _LONG_NAMES
        for pair in record.content.decode().split("\t")
    )
    return {long: short for short, long in pairs}


def _records(content: bytes) -> Iterator[_Record]:
    """Yield the records of the dictionary, up to the one that ends it."""
    start = _HEADER_BYTES
    while True:
        kind = _integer(content, start)
        if kind == _EXTENSION:
            subtype, size, times = (_integer(content, start + offset) for offset in (4, 8, 12))
            end = start + 16 + size * times
            yield _Record(start, kind, subtype, content[start + 16 : end])
        else:
            yield _Record(start, kind, 0, b"")
            if kind == _END:
                return
            end = _end_of(content, kind, start + _INTEGER.size)
        start = end


def _end_of(content: bytes, kind: int, start: int) -> int:
    """Return where a record ends whose content, after its kind, begins at `start`."""
    if kind == _VARIABLE:
        _, has_label, missing = (_integer(content, start + offset) for offset in (0, 4, 8))
        end = start + 28
        if has_label:
            end += 4 + -(-_integer(content, end) // 4) * 4
        return end + 8 * abs(missing)
    if kind == _VALUE_LABELS:
        end = start + 4
        for _ in range(_integer(content, start)):
            end += 8 + -(-(content[end + 8] + 1) // 8) * 8
        return end
    size = {_LABELLED_VARIABLES: 4, _DOCUMENT: _DOCUMENT_LINE}[kind]
    return start + 4 + size * _integer(content, start)


def _integer(content: bytes, start: int) -> int:
    number: int = _INTEGER.unpack_from(content, start)[0]
    return number
