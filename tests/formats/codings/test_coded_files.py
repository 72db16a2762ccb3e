"""Files of codings: what is read, what is refused, what is written."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from coder.domain.codings import Coding, Span
from coder.domain.responses import Response
from coder.errors import CoderError
from coder.formats.codings.coding_files import (
    CodingRecord,
    CodingRow,
    MarkRecord,
    codings_csv,
    codings_json,
    read_coding_file,
)

if TYPE_CHECKING:
    from pathlib import Path

RESPONSE = Response(1, "R1.Q1.1", "R1", "Q1", 1, 'He said "no",\nthen left')
RECORDS = [
    CodingRecord(RESPONSE, Coding(1, "pay", "jo", (Span(0, 7), Span(8, 12)), "hand"), "Pay"),
    CodingRecord(RESPONSE, Coding(1, "beds", "jo"), "Beds"),
]


def written(folder: Path, text: str, name: str = "codings.csv") -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "response_id,theme,coder\nR1,Pay,jo\n"),
        ("a.csv", "\ufeffResponse ID;Theme;Coder\r\nR1;Pay;jo\r\n"),
        ("a.tsv", "coder\tresponse\tTHEME\njo\tR1\tPay\n"),
    ],
)
def test_columns_are_found_by_name(tmp_path: Path, name: str, text: str) -> None:
    """Spelling, order, delimiter and byte-order mark do not matter."""
    file = read_coding_file(written(tmp_path, text, name))
    assert file.rows == (CodingRow("row 2", response_id="R1", theme="Pay", coder_id="jo"),)
    assert file.coder_ids == ("jo",)
    assert file.marks is None


def test_rows_by_respondent_and_question(tmp_path: Path) -> None:
    """Respondent, question and item serve where no response id is known; blank rows are skipped."""
    text = "respondent_id,question,item,theme,mention\n,,,,\nR1,Q1,2,Pay,too low\n"
    (row,) = read_coding_file(written(tmp_path, text)).rows
    assert row == CodingRow(
        "row 3", respondent_id="R1", question_id="Q1", item="2", theme="Pay", mention="too low"
    )


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("response_id,themes\n1,Pay\n", "no column is called 'theme'", "'themes'"),
        ("theme,who\nPay,R1\n", "nothing says which response", "response_id"),
        ("response_id,theme,theme\n1,Pay,Pay\n", "2 columns are the theme", "Take one out."),
        ("response_id,theme\nR1,Pay,terms\n", "row 2: 3 cells, but the header has 2", "comma"),
        ("", "no column is called 'theme'", ""),
    ],
)
def test_tables_that_cannot_be_codings(tmp_path: Path, text: str, message: str, hint: str) -> None:
    """What is missing is named with its place."""
    with pytest.raises(CoderError, match=message) as caught:
        read_coding_file(written(tmp_path, text))
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "[",
        "[]",
        '{"codings": 1}',
        '{"codings": [1]}',
        '{"codings": [], "marks": [2]}',
        '{"codings": [], "marks": null}',
        '{"codings": [{"theme": "a", "spans": 5}]}',
        "[" * 100_000,
    ],
)
def test_json_that_is_not_ours(tmp_path: Path, text: str) -> None:
    """JSON of another shape is refused with the command that writes the right one."""
    with pytest.raises(CoderError) as caught:
        read_coding_file(written(tmp_path, text, "a.json"))
    assert caught.value.hint == "Export it again: coder codings export --format json"


def test_a_missing_file(tmp_path: Path) -> None:
    """A file that is not there is named."""
    with pytest.raises(CoderError, match=r"none\.csv cannot be read: No such file"):
        read_coding_file(tmp_path / "none.csv")


def test_csv_has_a_row_for_each_span() -> None:
    """Texts are verbatim; a coding of the whole response has no span."""
    rows = list(csv.DictReader(io.StringIO(codings_csv(RECORDS), newline="")))
    assert [(row["theme_id"], row["start"], row["end"], row["mention"]) for row in rows] == [
        ("pay", "0", "7", "He said"),
        ("pay", "8", "12", '"no"'),
        ("beds", "", "", ""),
    ]
    assert rows[0]["coder"] == "jo"


def test_csv_keeps_a_lone_carriage_return() -> None:
    """A mention with a carriage return comes back as it was."""
    response = Response(1, "R1.Q1.1", "R1", "Q1", 1, "one\rtwo")
    text = codings_csv([CodingRecord(response, Coding(1, "pay", "jo", (Span(0, 7),)), "Pay")])
    assert next(csv.DictReader(io.StringIO(text, newline="")))["mention"] == "one\rtwo"


def test_json_reads_as_it_was_written(tmp_path: Path) -> None:
    """Spans become rows again, and marks come along."""
    text = codings_json("Study", "a note", RECORDS, [MarkRecord("R1.Q1.1", "jo", "memo", "pay", "odd")])
    assert json.loads(text)["note"] == "a note"
    file = read_coding_file(written(tmp_path, text, "a.json"))
    assert [(row.where, row.theme_id, row.start, row.mention) for row in file.rows] == [
        ("coding 1", "pay", "0", "He said"),
        ("coding 1", "pay", "8", '"no"'),
        ("coding 2", "beds", "", ""),
    ]
    assert file.marks is not None
    assert [(mark.aspect, mark.theme_id, mark.content) for mark in file.marks] == [("memo", "pay", "odd")]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "mac_roman", "utf-16"])
@pytest.mark.parametrize("first", ["", "sep=;\n", '"sep=;"\n'])
def test_codings_are_read_as_surveys_are(tmp_path: Path, encoding: str, first: str) -> None:
    """Semicolons, other encodings and a line that names the delimiter; rows keep their number in the file."""
    path = tmp_path / "codings.csv"
    text = f"{first}respondent;question;theme\nKöln;Q1;Ärzte für Ältere\nMünchen;Q1;Schüler\n"
    path.write_bytes(text.encode(encoding))
    rows = read_coding_file(path).rows
    assert [(row.respondent_id, row.theme) for row in rows] == [
        ("Köln", "Ärzte für Ältere"),
        ("München", "Schüler"),
    ]
    assert rows[0].where == ("row 3" if first else "row 2")


def test_a_doubtful_encoding_of_codings_is_refused_unless_it_is_said(tmp_path: Path) -> None:
    """Themes that would be matched by wrong letters are not guessed at."""
    path = tmp_path / "codings.csv"
    path.write_bytes(b"respondent,question,theme\nA1,Q1,Kuri\xf8\n")
    with pytest.raises(CoderError, match="cp1257") as caught:
        read_coding_file(path)
    assert "--encoding" in caught.value.hint
    assert read_coding_file(path, "cp1257").rows[0].theme == "Kurių"
