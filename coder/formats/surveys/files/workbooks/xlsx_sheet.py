"""What calamine leaves out of a sheet of an .xlsx file, read from its XML.

That is errors, formulas nobody has calculated, numbers shown with zeros or a percent sign, whole numbers
beyond what a float holds, and what is hidden. The XML is searched, not parsed: a clean sheet costs a few
searches for bytes, and where something is found, the cells that hold it alone are looked at.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from html import unescape
from typing import IO, TYPE_CHECKING, NamedTuple

from coder.formats.surveys.files.cell_texts import column_letters, column_number
from coder.formats.surveys.files.workbooks.month_formats import hides_the_day, month_as_shown
from coder.formats.surveys.files.workbooks.number_formats import as_shown
from coder.formats.surveys.files.workbooks.sheet_marks import SheetMarks
from coder.formats.surveys.raw_tables import OddCell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coder.formats.surveys.files.workbooks.xlsx_parts import XlsxParts
    from coder.formats.surveys.raw_tables import OddKind

_CHUNK = 8 * 2**20


_PATTERNS = {
    "row end": r"</:row>",
    "row or cell": r"<:(row|c)(?=[\s/>])",
    "unplaced": r"""<:c(?=[\s/>])(?![^>]*\sr=["'])""",
    "error": r"""t=["'](e)["']([^>]*)(?<!/)>(.*?)</:c>""",
    "formula": r"""<:c\s([^>]*)(?<!/)>\s*<:f\b([^>]*?)(?:/>|>([^<]*)</:f>)\s*"""
    r"""(?:<:v\s*/>|<:v>\s*(0?)\s*</:v>|(?=</:c>))""",
    "formula text": r"<:f\b[^>]*>([^<]+)<",
    "shared formula": r"""<:f\b(?=[^>]*\bt=["']shared["'])[^>]*\bsi=["'](\d+)["'][^>]*>([^<]+)<""",
    "calculated": r"(?:/>|</:f>)\s*<:v>(?!\s*0?\s*<)",
    "long": r"""<:c\s([^>]*)(?<!/)>\s*<:v>(-?\d{16,40})</""",
    "long value": r"<:v>-?\d{16}",
    "value": r"<:v>([^<]*)<",
    "hidden row": r"""<:row\s(?=[^>]*\bhidden=["'](?:1|true)["'])[^>]*\br=["'](\d+)["']""",
    "hidden columns": r"""<:col\s(?=[^>]*\bhidden=["'](?:1|true)["'])([^>]*)>""",
    "styled": r"""s=["'](STYLES)["']([^>]*)(?<!/)>(.*?)</:c>""",
}
"""What is searched for; `<:` and `</:` begin a tag, with the prefix that the sheet has for its namespace."""
_ROOT = re.compile(rb"<(?:(\w{1,20}):)?worksheet\b")
_PLACE = re.compile(rb'\br=["\']([A-Z]{1,3})(\d{1,7})["\']')
_ATTRIBUTE = re.compile(rb'\b(min|max|t|si)=["\']([^"\']*)["\']')
_BEGINNING = 2**16
"""Bytes; a writer says where its cells are, or leaves it out of all of them."""
_DATA_BEGINS = b"sheetData"
_FILTER = b"filterColumn"
_MOST_COLUMNS = 16_384


def marks_of(stream: IO[bytes], parts: XlsxParts) -> SheetMarks:
    """Return what calamine leaves out of a sheet.

    Args:
        stream: The sheet's XML.
        parts: The number formats of the workbook, and whether its formulas wait to be calculated.
    """
    marks = SheetMarks()
    search = _Search(marks, parts)
    for chunk in _rows_together(stream):
        search.look_into(chunk)
    search.finish()
    return marks


def _patterns_of(beginning: bytes, styles: Iterable[int]) -> dict[str, re.Pattern[bytes]]:
    """Compile the patterns, with the prefix that the sheet has for its namespace."""
    root = _ROOT.search(beginning)
    prefix = root[1].decode("ascii", "ignore") + ":" if root and root[1] else ""
    wanted = "|".join(map(str, styles)) or "none"
    return {
        name: re.compile(
            pattern.replace("<:", "<" + prefix)
            .replace("</:", "</" + prefix)
            .replace("STYLES", wanted)
            .encode("ascii"),
            re.DOTALL,
        )
        for name, pattern in _PATTERNS.items()
    }


def _rows_together(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the XML in chunks that end with a row, or with the sheet."""
    pending = b""
    while chunk := stream.read(_CHUNK):
        pending += chunk
        end = pending.rfind(b"row>", max(0, len(pending) - _CHUNK))
        if end != -1:
            yield pending[: end + len(b"row>")]
            pending = pending[end + len(b"row>") :]
    yield pending


class _Cell(NamedTuple):
    """A cell as it stands in the XML."""

    place: tuple[int, int]
    mark: bytes
    """The value of the attribute that was searched for."""
    attributes: bytes
    inside: bytes
    stored: bytes | None
    """Its value, if it has one."""


class _Search:
    """Looks through a sheet, a chunk after the other."""

    def __init__(self, marks: SheetMarks, parts: XlsxParts) -> None:
        self._marks = marks
        self._parts = parts
        self._patterns: dict[str, re.Pattern[bytes]] = {}
        self._begun = False
        self._row = 0
        self._column = 0
        self._shared: dict[bytes, str] = {}
        self._noughts: list[tuple[tuple[int, int], str]] = []
        """Formulas with the value 0 in a file whose formulas wait to be calculated."""
        self._calculated = 0
        self._style_marks = [mark % style for style in parts.formats for mark in (b's="%d"', b"s='%d'")]

    def look_into(self, chunk: bytes) -> None:
        """Take up what a chunk holds."""
        if not self._patterns:
            self._patterns = _patterns_of(chunk, self._parts.formats)
        if self._patterns["unplaced"].search(chunk, 0, chunk.rfind(b">", 0, _BEGINNING) + 1):
            chunk = self._patterns["row or cell"].sub(self._placed, chunk)
        if not self._begun:
            self._look_at_columns(chunk)
            self._begun = _DATA_BEGINS in chunk
        if b"hidden=" in chunk:
            self._marks.hidden_rows += [int(match[1]) for match in self._each("hidden row", chunk)]
        self._marks.filtered = self._marks.filtered or _FILTER in chunk
        if any(mark in chunk for mark in self._style_marks):
            self._look_at_formats(chunk)
        if self._patterns["long value"].search(chunk):
            self._look_at_long_numbers(chunk)
        if b't="e"' in chunk or b"t='e'" in chunk:
            self._look_at_errors(chunk)
        if b"f>" in chunk or b"f/>" in chunk:
            self._look_at_formulas(chunk)

    def _each(self, name: str, chunk: bytes) -> Iterator[re.Match[bytes]]:
        return self._patterns[name].finditer(chunk)

    def finish(self) -> None:
        """Decide about formulas whose value is 0 in a file whose formulas wait to be calculated."""
        if self._noughts and not self._calculated:
            for place, text in self._noughts:
                self._odd(place, "formula", text)
        self._marks.odd_cells.sort(key=lambda cell: (cell.row, cell.column))

    def _placed(self, match: re.Match[bytes]) -> bytes:
        """Return the beginning of a row or cell with its place, which a writer may leave out."""
        tag = match[0]
        end = match.string.find(b">", match.end())
        attributes = match.string[match.end() : end]
        stated = re.search(rb'\br=["\']([A-Z]*)(\d+)["\']', attributes)
        if match[1] == b"row":
            self._row = int(stated[2]) if stated else self._row + 1
            self._column = 0
            return tag if stated else tag + b' r="%d"' % self._row
        self._column = column_number(stated[1]) if stated else self._column + 1
        return tag if stated else tag + b' r="%s%d"' % (column_letters(self._column).encode(), self._row)

    def _look_at_columns(self, chunk: bytes) -> None:
        for match in self._each("hidden columns", chunk):
            ends = {name: int(number) for name, number in _ATTRIBUTE.findall(match[1]) if number.isdigit()}
            first, last = ends.get(b"min", 1), min(ends.get(b"max", 0), _MOST_COLUMNS)
            self._marks.hidden_columns += range(first, last + 1)

    def _cells(self, name: str, chunk: bytes) -> Iterator[_Cell]:
        """Yield the cells that have an attribute with one of the values of a pattern."""
        for match in self._each(name, chunk):
            begins = chunk.rfind(b"<", 0, match.start())
            attributes = chunk[begins : match.end(2)]
            place = _place(attributes)
            if place is not None and chunk[match.start() - 1 : match.start()].isspace():
                stored = self._patterns["value"].search(match[3])
                yield _Cell(place, match[1], attributes, match[3], stored[1] if stored else None)

    def _look_at_formats(self, chunk: bytes) -> None:
        for cell in self._cells("styled", chunk):
            if cell.stored is None or dict(_ATTRIBUTE.findall(cell.attributes)).get(b"t", b"n") != b"n":
                continue
            try:
                shown = self._shown(Decimal(cell.stored.decode("ascii")), self._parts.formats[int(cell.mark)])
            except (InvalidOperation, ValueError):
                continue
            if shown is not None:
                self._marks.put(cell.place, shown)

    def _shown(self, number: Decimal, code: str) -> str | None:
        if hides_the_day(code):
            return month_as_shown(number, code, from_1904=self._parts.from_1904)
        return as_shown(number, code)

    def _look_at_long_numbers(self, chunk: bytes) -> None:
        for match in self._each("long", chunk):
            place = _place(match[1])
            if place is None or dict(_ATTRIBUTE.findall(match[1])).get(b"t", b"n") != b"n":
                continue
            self._marks.texts.setdefault(place[0], {}).setdefault(place[1], match[2].decode("ascii"))

    def _look_at_errors(self, chunk: bytes) -> None:
        for cell in self._cells("error", chunk):
            formula = self._patterns["formula text"].search(cell.inside)
            self._marks.put(cell.place, _decoded(cell.stored) if cell.stored else "#ERROR!")
            self._odd(cell.place, "error", "=" + _decoded(formula[1]) if formula else "")

    def _look_at_formulas(self, chunk: bytes) -> None:
        self._shared |= {match[1]: _decoded(match[2]) for match in self._each("shared formula", chunk)}
        waits = self._parts.to_be_calculated
        if waits:
            self._calculated += len(self._patterns["calculated"].findall(chunk))
        for match in self._each("formula", chunk):
            kinds, place = dict(_ATTRIBUTE.findall(match[1])), _place(match[1])
            if place is None or kinds.get(b"t") in {b"str", b"e", b"s"}:
                continue
            shared = dict(_ATTRIBUTE.findall(match[2])).get(b"si", b"")
            text = "=" + (_decoded(match[3] or b"") or self._shared.get(shared, "..."))
            if match[4] and waits:
                self._noughts.append((place, text))
            elif not match[4]:
                self._marks.put(place, text)
                self._odd(place, "formula", text)

    def _odd(self, place: tuple[int, int], kind: OddKind, formula: str) -> None:
        self._marks.odd_cells.append(OddCell(*place, kind, formula))


def _decoded(text: bytes) -> str:
    return unescape(text.decode("utf-8", "replace"))


def _place(attributes: bytes) -> tuple[int, int] | None:
    """Return the row and the column of a cell, from 1."""
    match = _PLACE.search(attributes)
    return None if match is None else (int(match[2]), column_number(match[1]))
