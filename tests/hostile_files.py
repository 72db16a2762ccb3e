"""Files made to do harm to whoever reads them, written anew for each test."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def archive(files: Mapping[str, str | bytes]) -> bytes:
    """Return a zip archive of files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            # OpenDocument has its kind at the beginning, as it is.
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            packed.writestr(zipfile.ZipInfo(name), content, packing)
    return stream.getvalue()


def workbook(sheet: str, at: str = "worksheets/sheet1.xml") -> dict[str, str]:
    """Return the files of an .xlsx file with one sheet.

    Args:
        sheet: What stands in `<worksheet>`.
        at: Where the sheet lies in `xl/`.
    """
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_RELATIONS}/worksheet" Target="{at}"/></Relationships>',
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_RELATIONS}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        f"xl/{at}": f"<worksheet {_MAIN}>{sheet}</worksheet>",
    }


def text_rows(rows: Iterable[tuple[str, str]]) -> str:
    """Return rows of two texts as they stand in a sheet."""
    return "".join(
        f'<row r="{n}"><c r="A{n}" t="str"><v>{a}</v></c><c r="B{n}" t="str"><v>{b}</v></c></row>'
        for n, (a, b) in enumerate(rows, 1)
    )


def far_cell(dimension: str = "", cell: str = "XFD1048576") -> str:
    """Return a sheet with a small table and one more cell far away."""
    row = "".join(filter(str.isdigit, cell))
    table = text_rows([("id", "answer"), ("a2", "b2"), ("a3", "b3")])
    stated = f'<dimension ref="{dimension}"/>' if dimension else ""
    return f'{stated}<sheetData>{table}<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>'


def endless_ods() -> bytes:
    """Return an OpenDocument sheet that is cut off after a row: calamine reads it for ever."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{office}:office:1.0" xmlns:table="{office}:table:1.0" '
        f'xmlns:text="{office}:text:1.0"><office:body><office:spreadsheet><table:table table:name="S">'
        '<table:table-row><table:table-cell office:value-type="string"><text:p>id</text:p></table:table-cell>'
        "</table:table-row>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{office}:manifest:1.0"/>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return archive({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def with_stated_size(content: bytes, name: str, size: int) -> bytes:
    """Return an archive that says of one of its files that it unpacks to so many bytes."""
    changed = bytearray(content)
    for mark, offset, name_offset in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        start = -1
        while (start := content.find(mark, start + 1)) != -1:
            if content[start + name_offset :].startswith(name.encode()):
                struct.pack_into("<I", changed, start + offset, size)
    return bytes(changed)
