"""CSV and its cousins: encoding and delimiter found out, cells kept as they are."""

from __future__ import annotations

import codecs
import csv
import io
import re
import sys
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from coder.errors import CoderError
from coder.formats.surveys.files.file_kinds import misnamed
from coder.formats.surveys.raw_tables import MAX_CELL, PROGRESS_EVERY, FileRows, oversized_cell

if TYPE_CHECKING:
    from _csv import Reader
    from collections.abc import Iterator
    from pathlib import Path

    from coder.domain.progress import Progress

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_SAVE_UTF8 = "Open it in a spreadsheet program and save it as CSV UTF-8."
# A third of the time that str.replace takes in a large file.
_CRLF = re.compile("\r\n")
_NON_ASCII = re.compile(r"[^\x00-\x7f\ufffd]")
# What cp1252 makes of other alphabets: few letters of western Europe, many of these.
_UNLIKELY = re.compile(
    "[\u0192\u201a\u201e\u2020\u2021\u02c6\u2030\u2039\u00a4-\u00a8\u00aa-\u00ae\u00b5\u00b6\u00d7\u00f7]"
)
_SAMPLE = 100_000
_SAMPLE_LINES = 200
_MOST_NULS = 0.02
_MOST_CONTROLS = 0.2
_CONTROLS = bytes((*range(9), *range(14, 27), *range(28, 32)))


def read_delimited(path: Path, content: bytes, progress: Progress) -> FileRows:
    """Read delimited text.

    Raises:
        CoderError: Bytes that are no text, a quote left open, or a cell beyond the limit.
    """
    text, encoding = _decode(path, content)
    notes = [f"encoding: {encoding}"]
    if "\0" in text:
        notes.append(f"{text.count(chr(0)):,} NUL characters were left out")
        text = text.replace("\0", "")
    text = _CRLF.sub("\n", text)
    delimiter = _find_delimiter(text, path.suffix)
    notes.append(f"delimiter: {_DELIMITERS[delimiter]}")
    if misnamed(path, "text"):
        notes.append(f"the file is delimited text although its name ends in {path.suffix}")
    return FileRows(path, _parse(path, text, delimiter, progress), notes=tuple(notes))


def _decode(path: Path, content: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding."""
    encoding = _declared_encoding(path, content)
    try:
        return content.decode(encoding), encoding.removesuffix("-sig")
    except UnicodeDecodeError as error:
        if encoding != "utf-8" or _is_broken_utf8(content):
            raise _undecodable(path, content, error) from None
    return _decode_without_unicode(path, content)


def _find_delimiter(text: str, suffix: str) -> str:
    """Return the delimiter that cuts the first rows into the most even columns."""
    sample = list(io.StringIO(text[:_SAMPLE], newline=""))
    if len(text) > _SAMPLE:
        del sample[-1]
    lines = [line for line in sample[:_SAMPLE_LINES] if not line.startswith("#")]
    order = sorted(_DELIMITERS, key=lambda d: (d == "\t") is not (suffix.casefold() == ".tsv"))

    def evenness(delimiter: str) -> tuple[float, int]:
        widths = [len(row) for row in csv.reader(lines or [""], delimiter=delimiter) if row]
        if not widths or widths[0] == 1:
            return 0.0, 0
        return sum(width == widths[0] for width in widths) / len(widths), widths[0]

    with _field_limit(sys.maxsize):
        best = max(order, key=evenness)
        return best if evenness(best)[1] else ","


def _declared_encoding(path: Path, content: bytes) -> str:
    for bom, name in _BOMS:
        if content.startswith(bom):
            return name
    sample = content[:_SAMPLE]
    half = len(sample) / 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) > 0.7 * half and min(even, odd) < 0.1 * half:
        return "utf-16-le" if odd > even else "utf-16-be"
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if sample.count(0) > _MOST_NULS * len(sample) or controls > _MOST_CONTROLS * len(sample):
        share = f"{controls:,} of its first {len(sample):,} bytes"
        msg = f"{path.name} is not text: {share} are NUL or control bytes."
        raise CoderError(msg, "Save the table as .xlsx or as CSV UTF-8.")
    return "utf-8"


def _is_broken_utf8(content: bytes) -> bool:
    repaired = content.decode("utf-8", errors="replace")
    return len(_NON_ASCII.findall(repaired)) > repaired.count("\ufffd")


def _decode_without_unicode(path: Path, content: bytes) -> tuple[str, str]:
    try:
        text = content.decode("cp1252")
        if _is_plausible(text):
            return text, "cp1252"
    except UnicodeDecodeError:
        pass
    from charset_normalizer import from_bytes

    best_guess = from_bytes(content[:_SAMPLE]).best()
    try:
        return content.decode(
            best_guess.encoding if best_guess else "ascii"
        ), best_guess.encoding if best_guess else "ascii"
    except UnicodeDecodeError as error:
        raise _undecodable(path, content, error) from None


def _is_plausible(text: str) -> bool:
    special = len(_NON_ASCII.findall(text))
    unlikely = len(_UNLIKELY.findall(text))
    return unlikely * 4 <= special and special * 4 <= len(text)


def _undecodable(path: Path, content: bytes, error: UnicodeDecodeError) -> CoderError:
    line = content.count(b"\n", 0, error.start) + 1
    byte = f"byte {error.start:,} (0x{content[error.start]:02x})"
    return CoderError(f"{path.name}, line {line}: {byte} is not {error.encoding} text.", _SAVE_UTF8)


def _parse(path: Path, text: str, delimiter: str, progress: Progress) -> list[list[str]]:
    rows: list[list[str]] = []
    with _field_limit(MAX_CELL):
        reader = _reader(text, delimiter)
        try:
            done = -1
            while done < len(rows):
                done = len(rows)
                rows.extend(islice(reader, PROGRESS_EVERY))
                progress(len(rows), None)
        except csv.Error:
            raise _explained(path, text, delimiter, len(rows)) from None
    return rows


def _explained(path: Path, text: str, delimiter: str, sound: int) -> CoderError:
    """Say what is wrong with the row after so many sound ones."""
    with _field_limit(sys.maxsize):
        reader = _reader(text, delimiter)
        for _ in islice(reader, sound):
            pass
        line = reader.line_num + 1
        try:
            lengths = [len(cell) for cell in next(reader)]
        except csv.Error:
            return CoderError(
                f"{path.name}, row {sound + 1} (line {line}): "
                "a quotation mark opens a cell and is not closed where the cell ends.",
                f'Close it, or double the quotation marks inside the answer (""), near line {line}.',
            )
        return oversized_cell(path, sound + 1, lengths.index(max(lengths)) + 1, max(lengths))


def _reader(text: str, delimiter: str) -> Reader:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


@contextmanager
def _field_limit(limit: int) -> Iterator[None]:
    usual_limit = csv.field_size_limit(limit)
    try:
        yield
    finally:
        csv.field_size_limit(usual_limit)
