"""What parts the cells of delimited text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coder.formats.surveys.files.delimited import read_delimited

if TYPE_CHECKING:
    from pathlib import Path


def rows_of(folder: Path, text: str, name: str = "a.csv") -> list[list[str]]:
    """Return the rows of a text as a file."""
    return [row for row in read_delimited(folder / name, text.encode()).rows if row]


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;", "sep=;;;", "\ufeffsep=;"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_sep_line_names_the_delimiter(tmp_path: Path, first: str, end: str) -> None:
    """Excel's first line is no row, however it is written; rows keep their number in the file."""
    text = end.join([first, "id;q1", "A1;Long, long waits", "A2;Beds", ""])
    assert rows_of(tmp_path, text) == [["id", "q1"], ["A1", "Long, long waits"], ["A2", "Beds"]]
    assert read_delimited(tmp_path / "a.csv", text.encode()).rows[1] == ["id", "q1"]


@pytest.mark.parametrize(
    ("first", "sign"), [("sep=\t", "\t"), ("sep=\\t", "\t"), ("sep=^", "^"), ("sep=,", ",")]
)
def test_sep_line_may_name_any_delimiter(tmp_path: Path, first: str, sign: str) -> None:
    """Also a tab, and signs that no file has of itself."""
    text = f"{first}\nid{sign}q1\nA1{sign}beds\n"
    assert rows_of(tmp_path, text) == [["id", "q1"], ["A1", "beds"]]


def test_a_column_of_that_name_is_no_sep_line(tmp_path: Path) -> None:
    """Only the line that says nothing else names a delimiter."""
    assert rows_of(tmp_path, "sep,q1\n1,beds\n") == [["sep", "q1"], ["1", "beds"]]


@pytest.mark.parametrize(
    "lines",
    [
        ["Comment", "Long waits, few beds", "Staff, beds, money", "None", "Beds"],
        ["Comment", "Long waits, few beds", "Staff, beds", "No, none"],
        ["What, if anything, would you change?", "Nothing, really", "More beds", "a, b, c, d"],
        ["Comment", 'They said "no", twice', "Beds; staff, money", "a | b"],
        ["Comment", '"Good" is not the word, sadly', "Beds"],
        ["Comment", "Well; it depends", "Yes; no; maybe", "Fine"],
        ["Comment", "Staff, beds, money", "Waits, beds, staff", "Noise, food, beds"],
        ["Comment", "Staff, beds", "Waits, staff", "Noise, food"],
        ["What, if anything?", "The beds, thanks", "More staff, really", "The noise, at night", "Nothing"],
    ],
)
def test_a_list_of_answers_is_one_column(tmp_path: Path, lines: list[str]) -> None:
    """Answers one a line, without quotation marks: commas are punctuation."""
    assert rows_of(tmp_path, "\n".join([*lines, ""])) == [[line] for line in lines]


def test_one_column_may_be_quoted(tmp_path: Path) -> None:
    """Cells in quotation marks are read as ever, line breaks in them included."""
    text = 'Comment\n"Long waits, few beds"\n"two\nlines, ""so"""\nplain, text\n'
    expected = [["Comment"], ["Long waits, few beds"], ['two\nlines, "so"'], ["plain, text"]]
    assert rows_of(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("Good was; bad was\nthe staff; the food\nthe room; long waits\n", ["Good was", " bad was"]),
        ("id, q1\n1, more beds\n2, staff\n", ["id", " q1"]),
        ("id;weight;q1\n1;3,5;Beds, staff\n2;2,75;None, really\n", ["id", "weight", "q1"]),
        ("id\tq1, open\n1\ta, b, c\n2\td\n", ["id", "q1, open"]),
        ("id|q1\n1|a, b; c\n2|d\n", ["id", "q1"]),
        ('id;"Alter, Jahre";"Was, bitte?"\n1;30;a, b\n2;40;c\n', ["id", "Alter, Jahre", "Was, bitte?"]),
        ("Survey of 2023\n\nid;region;q1\n1;N;a, b\n2;S;c\n", ["Survey of 2023"]),
        ("Survey of 2023\n\nid,q1\n1,beds\n2,more staff\n", ["Survey of 2023"]),
        ('Survey of 2023\nid,q1\n1,"beds, staff, food"\n2,"more, much more"\n', ["Survey of 2023"]),
    ],
)
def test_the_delimiter_is_what_cuts_evenly(tmp_path: Path, text: str, header: list[str]) -> None:
    """Decimal commas and commas in answers do not mislead; lines above the table neither."""
    rows = rows_of(tmp_path, text)
    assert rows[0] == header
    assert len(rows[-1]) >= 2


def test_lines_may_end_as_on_an_old_macintosh(tmp_path: Path) -> None:
    """Excel's "CSV (Macintosh)" ends lines with a carriage return, and is in Mac Roman."""
    text = "id,q1\rA1,We don’t get enough beds\rA2,“Short” waits they said\r"
    content = text.encode("mac_roman")
    expected = [["id", "q1"], ["A1", "We don’t get enough beds"], ["A2", "“Short” waits they said"]]
    assert read_delimited(tmp_path / "a.csv", content).rows == expected
    assert rows_of(tmp_path, 'Comment\r"Good" it is not, sadly\rBeds, staff\r') == [
        ["Comment"], ['"Good" it is not, sadly'], ["Beds, staff"],
    ]  # fmt: skip
