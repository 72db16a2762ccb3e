"""Files that are no table: what they are, and what to do."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from coder.errors import CoderError
from coder.formats.surveys.files.file_kinds import kind_of

if TYPE_CHECKING:
    from pathlib import Path


def _zip(name: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(name, "text")
    return content.getvalue()


DOCCANO = b'{"id":1,"text":"Long waits","label":["Beds"]}\n{"id":2,"text":"No","label":[]}\n'
EXCEL_2003 = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
QDC = b'\xef\xbb\xbf<?xml version="1.0"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0"/>'
PORTABLE = b"0" * 40 + b"ASCII SPSS PORT FILE" + b" " * 20 + b"0" * 400
QDA = b'<?xml version="1.0"?><Project xmlns="urn:QDA-XML:project:1.0"></Project>'
FOREIGN = [
    (DOCCANO, "doccano", "as CSV"),
    (b'{"id":1,"answer":"Long waits"}\n{"id":2,"answer":"No"}\n', "JSON lines", "one row an answer"),
    (b'[{"id":1,"data":{"text":"waits"},"annotations":[]}]', "Label Studio", "export as CSV"),
    (b'[\n {"id": 1, "answer": "waits"}\n]', "JSON", "one row an answer"),
    (b'[\n {"id": 1, "q1": "waits"},\n {"id": 2, "ans', "JSON that breaks off in line 3", "Export it again"),
    (b'{"responses": [{"id": 1, "q1": "waits"', "JSON that breaks off in line 1", "Export it again"),
    (b'[{"id": 1 "answer": "waits"}, {"id": 2}]', "JSON that is damaged in line 1", "Export it again"),
    (b'{"codings": [], "marks": []}', "JSON with codings", "coder codings import"),
    (PORTABLE, "SPSS portable file", ".sav"),
    (b"* * * * * NOT A DATA FILE", "SPSS portable file", ".sav"),
    (b"<stata_dta><header>", "Stata", "CSV"),
    (b"\x73\x02\x01\x00" + b"\0" * 50, "Stata", "CSV"),
    (b"\0" * 12 + b"\xc2\xea\x81\x60" + b"\0" * 50, "SAS", "CSV"),
    (QDA, "REFI-QDA project", ".qdc"),
    (QDC, "codebook", "--codebook"),
    (EXCEL_2003, "2003", ".xlsx"),
    (b"<?xml version='1.0'?><a/>", "an XML document", "CSV UTF-8"),
    (b"PAR1\x15\x04", "Parquet", "CSV"),
    (_zip("project.qde"), "REFI-QDA project", ".qdc"),
    (_zip("Index/Document.iwa"), "Numbers", "CSV"),
    (_zip("data.csv"), "a zip archive", "Unpack"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "what", "remedy"), FOREIGN, ids=[f"{what}-{n}" for n, (_, what, _) in enumerate(FOREIGN)]
)
def test_what_it_is_and_what_to_do(tmp_path: Path, content: bytes, what: str, remedy: str) -> None:
    """A file of another kind is named, with a way to a table."""
    with pytest.raises(CoderError) as caught:
        kind_of(tmp_path / "survey.csv", content)
    assert what in caught.value.message
    assert remedy in caught.value.hint


@pytest.mark.parametrize(
    "content",
    [
        b"{id},{q1}\n1,beds\n", b"[id],[q1]\n1,beds\n", b"[1]\nnot json\n", b"rdx,q1\n1,beds\n",
        b"par1,q1\n1,a\n",        b'"{""a"": 1}",q1\n1,a\n', b"BZh,q1\n1,a\n", b"q,{}\n1,a\n",
    ],
)  # fmt: skip
def test_a_table_that_begins_alike_is_a_table(tmp_path: Path, content: bytes) -> None:
    """Brackets and names in a header do not make another kind of it."""
    assert kind_of(tmp_path / "survey.csv", content) == "text"
