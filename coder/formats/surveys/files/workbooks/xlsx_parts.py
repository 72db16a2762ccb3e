"""What an .xlsx file says outside its sheets: where they lie, and how numbers are shown."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from coder.formats.surveys.files.workbooks.month_formats import MONTH_AND_YEAR, hides_the_day
from coder.formats.surveys.files.workbooks.number_formats import BUILT_IN, is_followed

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

_MOST_BYTES = 64 * 2**20
"""Of a part of a workbook other than its sheets and texts."""
_ROOT_RELATIONS = "_rels/.rels"


@dataclass(frozen=True, slots=True)
class XlsxParts:
    """Where the sheets of a workbook lie, and what holds for all of them."""

    sheets: dict[str, str]
    """The name of each sheet, and that of its file in the archive."""
    formats: dict[int, str] = field(default_factory=dict)
    """The number formats that are followed, by the number of the style that cells refer to."""
    from_1904: bool = False
    """Whether days are counted from 1904, as Excel for Mac did."""
    to_be_calculated: bool = False
    """True if the program that wrote the file leaves it to Excel to calculate its formulas."""


def parts_of(archive: zipfile.ZipFile) -> XlsxParts | None:
    """Return what a workbook says outside its sheets; None if it is no .xlsx that can be understood.

    Raises:
        zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError: A part is damaged.
    """
    at = next(
        (target for kind, target in _relations(archive, _ROOT_RELATIONS, "") if kind[1] == "officeDocument"),
        "",
    )
    book = _root(archive, at)
    if book is None:
        return None
    folder, name = posixpath.split(at)
    relations = dict(_relations(archive, f"{folder}/_rels/{name}.rels".lstrip("/"), folder))
    targets = {identifier: target for (identifier, _), target in relations.items()}
    sheets = {
        element.get("name", ""): targets[identifier]
        for element in _named(book, "sheet")
        for key, identifier in element.attrib.items()
        if key.endswith("}id") and identifier in targets
    }
    styles = next((target for (_, kind), target in relations.items() if kind == "styles"), "")
    calculation = next(_named(book, "calcPr"), None)
    waits = calculation is not None and calculation.get("fullCalcOnLoad") in {"1", "true"}
    properties = next(_named(book, "workbookPr"), None)
    from_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
    return XlsxParts(sheets, _formats(_root(archive, styles)), from_1904, waits)


def _relations(archive: zipfile.ZipFile, name: str, folder: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the id and kind of each relation of a part, and the name of the file that it leads to."""
    root = _root(archive, name)
    for element in [] if root is None else _named(root, "Relationship"):
        target = unquote(element.get("Target", ""))
        path = (
            target.lstrip("/")
            if target.startswith("/")
            else posixpath.normpath(posixpath.join(folder, target))
        )
        yield (element.get("Id", ""), element.get("Type", "").rpartition("/")[2]), path


def _formats(styles: Any) -> dict[int, str]:
    if styles is None:
        return {}
    codes = BUILT_IN | MONTH_AND_YEAR
    for element in _named(styles, "numFmt"):
        if (number := element.get("numFmtId", "")).isdecimal():
            codes[int(number)] = element.get("formatCode", "")
    followed = {number: code for number, code in codes.items() if is_followed(code) or hides_the_day(code)}
    cells = next(_named(styles, "cellXfs"), ())
    numbers = [element.get("numFmtId", "0") for element in cells if isinstance(element.tag, str)]
    return {
        style: followed[int(number)]
        for style, number in enumerate(numbers)
        if number.isdecimal() and int(number) in followed
    }


def _named(root: Any, name: str) -> Iterator[Any]:
    """Yield the elements of a name, whatever their namespace: Strict OOXML has others."""
    yield from root.iter(f"{{*}}{name}")


def _root(archive: zipfile.ZipFile, name: str) -> Any:
    """Return the root element of a part; None if there is none of that name, or it is no XML."""
    from lxml import etree

    by_folded_name = {part.casefold(): part for part in archive.namelist()}
    actual = by_folded_name.get(name.casefold())
    if actual is None or archive.getinfo(actual).file_size > _MOST_BYTES:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(archive.read(actual), parser)
    except etree.XMLSyntaxError:
        return None
