"""A sheet of an OpenDocument spreadsheet, read from its XML: calamine glues its texts together."""

from __future__ import annotations

import io
import re
import zipfile
from typing import IO, TYPE_CHECKING, Any

from coder.errors import CoderError
from coder.formats.surveys.files.cell_texts import cell_text
from coder.formats.surveys.files.workbooks.sheet_marks import SheetMarks
from coder.formats.surveys.raw_tables import MergedCells, OddCell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_URN = "urn:oasis:names:tc:opendocument:xmlns"
_TABLE, _TEXT, _OFFICE = (f"{{{_URN}:{name}:1.0}}" for name in ("table", "text", "office"))
_CALCULATED_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_INDENTED = re.compile("\r?\n[ \t]+")
_FORMULA_PREFIX = re.compile("^[a-z]+:(?==)")
_DURATION = re.compile(r"(-?)PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")
_WITHOUT_DAY = re.compile(r"[^\W\d_]{3,}\.?[ \-/]?(?:\d{4}|\d{2})|(?:\d{1,2}[/.\-])?\d{4}|\d{4}-\d{1,2}")
"""Dates that are shown without their day: `Jan 2024`, `01/2024`, `2024`."""
_LONG_NUMBER = re.compile(r"-?\d{16,40}")
_SAYS_MORE = re.compile(r"^-?0\d|\d-\d|\(\d+\) ?\d|(?!\d[eE][+-]?\d)[^\W\d_]")
"""Zeros before a number, signs between its digits, or letters: more than how it is rounded."""
_SCIENTIFIC = re.compile(r"-?[\d.,]+[eE][+-]?\d+")
_HIDDEN = ("collapse", "filter")
_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_VALUE_OF_TEXT = re.compile(rb'(office:value-type="string")\s+office:value="[^"<]*"')
_MOST_CELLS = 50_000_000
_MOST_COLUMNS = 16_384


def is_ods(content: bytes) -> bool:
    """Tell whether a workbook is an OpenDocument spreadsheet."""
    stream = io.BytesIO(content)
    if not zipfile.is_zipfile(stream):
        return False
    with zipfile.ZipFile(stream) as archive:
        names = archive.namelist()
    return "content.xml" in names and not any(name.startswith("xl/") for name in names)


def mended(content: bytes) -> bytes:
    """Return an OpenDocument spreadsheet without what keeps it from being read, though it is sound.

    Some programs leave out the member that says what it is; Google gave texts that look like addresses of
    pages a number's attribute (`office:value="example.org"`).
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(stream, "w") as anew:
        anew.writestr("mimetype", _MIMETYPE)
        for name in package.namelist():
            if name != "mimetype":
                member = package.read(name)
                anew.writestr(name, _VALUE_OF_TEXT.sub(rb"\1", member) if name == "content.xml" else member)
    return stream.getvalue()


def even(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """Yield rows that are at least as long as the longest before them, as a workbook's reader gives them."""
    width = 0
    for row in rows:
        width = max(width, len(row))
        yield row + [""] * (width - len(row))


class OdsSheet:
    """One sheet; its marks and merged cells are complete once its rows have been read.

    Args:
        path: The file, for messages.
        name: The sheet's name.
    """

    def __init__(self, path: Path, name: str) -> None:
        self._path = path
        self._name = name
        self.marks = SheetMarks()
        self.merged: list[MergedCells] = []
        self._columns = 0

    def rows(self, content: IO[bytes]) -> Iterator[list[str]]:
        """Yield the rows as far as there is something in them.

        Raises:
            CoderError: The XML is damaged, or the sheet too large.
        """
        from lxml import etree

        try:
            yield from self._filled(self._elements(content))
        except etree.XMLSyntaxError as error:
            msg = f"{self._path.name} cannot be read as a workbook: {error.msg}."
            raise CoderError(msg, "Open it in LibreOffice and save it anew.") from None

    def _filled(self, elements: Iterator[Any]) -> Iterator[list[str]]:
        blank = number = cells = 0
        for row in elements:
            texts = self._texts(row, number + blank + 1)
            times = _times(row, "number-rows-repeated")
            if not texts:
                blank += times
                continue
            cells += (times + blank) * len(texts)
            if cells > _MOST_CELLS:
                raise self._too_large()
            yield from ([] for _ in range(blank))
            number, blank = number + blank, 0
            hidden = row.get(_TABLE + "visibility") or ""
            self.marks.filtered = self.marks.filtered or hidden == "filter"
            for _ in range(times):
                number += 1
                if hidden in _HIDDEN:
                    self.marks.hidden_rows.append(number)
                yield list(texts)

    def _elements(self, content: IO[bytes]) -> Iterator[Any]:
        """Yield the sheet's rows as elements, and forget each afterwards."""
        from lxml import etree

        with zipfile.ZipFile(content) as archive, archive.open("content.xml") as xml:
            tags = [_TABLE + "table", _TABLE + "table-column", _TABLE + "table-row"]
            events = etree.iterparse(
                xml, ("start", "end"), tag=tags, resolve_entities=False, no_network=True, load_dtd=False
            )
            depth, ours = 0, False
            for event, element in events:
                if element.tag == tags[0]:
                    depth += 1 if event == "start" else -1
                    if event == "start" and depth == 1:
                        ours = element.get(_TABLE + "name") == self._name
                elif event == "end" and depth == 1:
                    if ours and element.tag == tags[1]:
                        self._take_column(element)
                    elif ours:
                        yield element
                    if element.tag == tags[2]:
                        _forget(element)

    def _take_column(self, element: Any) -> None:
        start = self._columns
        self._columns += _times(element, "number-columns-repeated")
        if element.get(_TABLE + "visibility") in _HIDDEN:
            last = min(self._columns, _MOST_COLUMNS)
            self.marks.hidden_columns += range(start + 1, last + 1)

    def _texts(self, row: Any, number: int) -> list[str]:
        """Return what the cells of a row show, up to the last that shows something."""
        texts: list[str] = []
        blank = 0
        for cell in row.iterchildren(_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            times = _times(cell, "number-columns-repeated")
            text = "" if cell.tag.endswith("covered-table-cell") else _shown(cell)
            column = len(texts) + blank + 1
            if text == "" and (formula := cell.get(_TABLE + "formula")) and _never_calculated(cell):
                text = _FORMULA_PREFIX.sub("", formula)
                self.marks.odd_cells.append(OddCell(number, column, "formula", text))
            elif cell.get(_CALCULATED_TYPE) == "error":
                formula = _FORMULA_PREFIX.sub("", cell.get(_TABLE + "formula", ""))
                self.marks.odd_cells.append(OddCell(number, column, "error", formula))
            self._take_merged(cell, number, column)
            if text == "":
                blank += times
            elif len(texts) + blank + times > _MOST_COLUMNS:
                raise self._too_large()
            else:
                texts += [""] * blank + [text] * times
                blank = 0
        return texts

    def _take_merged(self, cell: Any, row: int, column: int) -> None:
        high = _times(cell, "number-rows-spanned")
        if high > 1:
            self.merged.append(MergedCells(row, column, row + high - 1))

    def _too_large(self) -> CoderError:
        msg = f"{self._path.name}: the sheet '{self._name}' has too many cells to be read."
        return CoderError(msg, "Delete the rows and columns beyond the table, and save it again.")


def _times(element: Any, name: str) -> int:
    number = element.get(_TABLE + name, "1")
    return max(int(number), 1) if number.isdecimal() and len(number) < 9 else 1  # noqa: PLR2004 - any sheet's


def _forget(element: Any) -> None:
    """Free an element and those before it: a sheet need not fit into memory as XML."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _never_calculated(cell: Any) -> bool:
    return cell.get(_OFFICE + "value-type") is None and cell.get(_CALCULATED_TYPE) is None


def _shown(cell: Any) -> str:
    """Return what a cell shows: its text, a date in ISO form, a number as stored unless it shows more."""
    kind = cell.get(_OFFICE + "value-type")
    text = "\n".join(map(_paragraph, cell.iterchildren(_TEXT + "p")))
    if kind == "date":
        moment = cell.get(_OFFICE + "date-value", "").replace("T", " ").partition(".")[0]
        if _WITHOUT_DAY.fullmatch(text):
            return text
        return moment.removesuffix(" 00:00:00") or text
    if kind == "time":
        return _time(cell.get(_OFFICE + "time-value", "")) or text
    if kind == "boolean":
        return cell.get(_OFFICE + "boolean-value", "").upper() or text
    if kind in ("float", "currency", "percentage"):
        return _number(kind, cell.get(_OFFICE + "value", ""), text)
    return text or (cell.get(_OFFICE + "string-value") or "")


def _number(kind: str, stored: str, text: str) -> str:
    if kind == "percentage" and text:
        return text
    if kind == "float" and not _SCIENTIFIC.fullmatch(text) and _SAYS_MORE.search(text):
        return text
    if _LONG_NUMBER.fullmatch(stored):
        return stored
    try:
        return cell_text(float(stored))
    except ValueError:
        return text


def _time(duration: str) -> str:
    match = _DURATION.fullmatch(duration)
    if match is None:
        return ""
    hours, minutes, seconds = (int(number or 0) for number in match.group(2, 3, 4))
    return f"{match[1]}{hours:02}:{minutes:02}:{seconds:02}"


def _paragraph(element: Any) -> str:
    """Return a paragraph's text; spaces, tabs and line breaks are elements in it."""
    return _flat(element.text) if len(element) == 0 else "".join(_pieces(element))


def _flat(text: str | None) -> str:
    """Return a text without the line breaks of indented XML, which nobody typed."""
    return _INDENTED.sub(" ", text) if text else ""


def _pieces(element: Any) -> Iterator[str]:
    yield _flat(element.text)
    for child in element:
        if child.tag == _TEXT + "s":
            times = child.get(_TEXT + "c", "1")
            yield " " * (min(int(times), _MOST_COLUMNS) if times.isdecimal() else 1)
        elif child.tag == _TEXT + "tab":
            yield "\t"
        elif child.tag == _TEXT + "line-break":
            yield "\n"
        elif child.tag in (_TEXT + "span", _TEXT + "a", _TEXT + "ruby", _TEXT + "ruby-base"):
            yield from _pieces(child)
        elif isinstance(child.tag, str) and child.tag.startswith(_TEXT) and len(child) == 0:
            # Fields: the date, the sheet's name ...
            yield "" if child.tag == _TEXT + "ruby-text" else child.text or ""
        yield _flat(child.tail)
