"""Survey files of every kind come in as the same rows; broken ones are named with row and column."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from coder.domain.surveys.import_choices import ImportChoices
from coder.errors import CancelledError, CoderError
from coder.formats.surveys.raw_tables import MAX_CELL
from coder.formats.surveys.reading import RawTable, read_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

TABLE = 'id,region,q1\nA1,North,"Long waits, and no beds"\nA2,South,Café hours – “short”\n'
ROWS = [["A1", "North", "Long waits, and no beds"], ["A2", "South", "Café hours – “short”"]]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(folder: Path, content: str | bytes, name: str = "survey.csv", sheet: str | None = None) -> RawTable:
    """Write a file and read it."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_rows(path, ImportChoices(sheet=sheet))


def fault(folder: Path, content: str | bytes, name: str = "survey.csv", sheet: str = "") -> CoderError:
    """Write a file that cannot be read and return the error."""
    with pytest.raises(CoderError) as caught:
        read(folder, content, name, sheet or None)
    return caught.value


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """Make an .xlsx file of these sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encoding_is_found_out(tmp_path: Path, encoding: str) -> None:
    """Every common encoding gives the same text."""
    raw = read(tmp_path, TABLE.encode(encoding))
    assert raw.names == ("id", "region", "q1")
    assert raw.rows == ROWS


def test_other_alphabets_are_found_out(tmp_path: Path) -> None:
    """Text that is not western European is not taken for cp1252."""
    answer = "персонала и денег на лечение людей не хватает"
    text = "id,q1\n" + "".join(f"{n},{answer}\n" for n in range(40))
    assert read(tmp_path, text.encode("cp1251")).rows[0][1] == answer


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_dialect_is_found_out(tmp_path: Path, delimiter: str, line_end: str) -> None:
    """Each delimiter with each line end gives the same rows."""
    rows = [["id", "area", "q1"], ["A1", "N", "beds"], ["A2", "S", "staff"]]
    raw = read(tmp_path, line_end.join(map(delimiter.join, rows)) + line_end)
    assert raw.rows == rows[1:]


def test_text_stays_as_written(tmp_path: Path) -> None:
    """Quotes, spaces, delimiters, escapes and lines in a cell stay; CRLF becomes LF and NUL goes."""
    cell = '  "No", he said;\r\n- beds\t\x1b[31m \u2028end '
    quoted = cell.replace('"', '""')
    raw = read(tmp_path, f'id,q1\r\nA1,"{quoted}\0"\r\nA2,beds\r\n')
    assert raw.rows[0][1] == cell.replace("\r\n", "\n")
    assert any("NUL" in note for note in raw.notes)


LETTERS = st.characters(
    exclude_categories=["Cc", "Cs"], include_characters="\t\n\x1b", exclude_characters="\ufeff"
)


@given(st.lists(st.text(LETTERS), min_size=1, max_size=8))
def test_any_text_survives_quoting(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    """What a CSV writer quotes is read back letter by letter."""
    rows = [[f"A{n}", text] for n, text in enumerate(texts)]
    content = "respondent,answer\n" + "".join('{},"{}"\n'.format(a, b.replace('"', '""')) for a, b in rows)
    assert read(tmp_path_factory.mktemp("csv"), content).rows == rows


def test_comment_and_blank_rows_keep_row_numbers(tmp_path: Path) -> None:
    """Leading comments and blank rows are skipped, and rows keep their place in the file."""
    raw = read(tmp_path, "# Synthetic, nobody wrote it\n\nid,q1\nA1,beds\n,\nA2,staff\n")
    assert list(raw.numbers) == [4, 6]
    assert "row 1 is a comment: # Synthetic,  nobody wrote it" in raw.notes


def test_title_rows_above_the_header_are_skipped(tmp_path: Path) -> None:
    """A title in the first cell of a sheet is no header; it is noted, and rows keep their numbers."""
    raw = read(tmp_path, "Residents' survey 2024,,,\n,,,\nid,region,age,q1\nA1,N,30,beds\n")
    assert (raw.names, list(raw.numbers)) == (("id", "region", "age", "q1"), [4])
    assert "row 1 is a title above the header: Residents' survey 2024" in raw.notes


def test_trailing_empty_cells_are_tolerated(tmp_path: Path) -> None:
    """Blank cells beyond the header do no harm, nor does a last column without name and content."""
    raw = read(tmp_path, "id,q1,\nA1,beds,,,\nA2,staff\n")
    assert raw.names == ("id", "q1")
    assert raw.rows == [["A1", "beds"], ["A2", "staff"]]


def test_workbook_cells_read_as_shown(tmp_path: Path) -> None:
    """Whole numbers lose their point, 0 stays, dates are ISO, blanks are empty."""
    day = dt.date(2023, 9, 4)
    when = dt.datetime.combine(day, dt.time(10, 30))
    rows: list[list[object]] = [["id", "n", "when", "day", "q1"]]
    rows += [1, 0, when, day, None], [2, 0.5, None, None, "x_x000D_\ny"]
    raw = read(tmp_path, workbook({"Data": rows}), "survey.xlsx")
    assert raw.rows == [["1", "0", "2023-09-04 10:30:00", "2023-09-04", ""], ["2", "0.5", "", "", "x\ny"]]


def test_fullest_sheet_is_taken(tmp_path: Path) -> None:
    """Of several sheets the one with data is read and named; --sheet chooses another."""
    answers = [["id", "q1"], ["A1", "beds"]]
    codes = [["k", "v"], ["a", "b"], ["c", "d"]]
    book = workbook({"About": [["Survey"]], "Answers": answers, "Codes": codes})
    assert read(tmp_path, book, "s.xlsx", "answers").names == ("id", "q1")
    raw = read(tmp_path, book, "s.xlsx")
    assert raw.names == ("k", "v")
    assert "sheet 'Codes' (not used: About, Answers)" in raw.notes
    error = fault(tmp_path, book, "s.xlsx", "Answer")
    assert "no sheet 'Answer'" in error.message
    assert "'Answers'" in error.hint


def test_ods_is_read(tmp_path: Path) -> None:
    """An OpenDocument sheet gives the same rows."""
    import pandas as pd

    path = tmp_path / "survey.ods"
    pd.DataFrame(ROWS, columns=["id", "region", "q1"]).to_excel(path, index=False)
    assert read_rows(path).rows == ROWS


@pytest.mark.parametrize("name", ["survey.sav", "survey.zsav"])
def test_spss_labels_are_kept(tmp_path: Path, name: str) -> None:
    """Value labels stand in place of numbers, variable labels are the wording."""
    import pandas as pd
    import pyreadstat

    path = tmp_path / name
    frame = pd.DataFrame({"id": [1.0, 2.0], "agree": [1.0, None], "q1": ["Long waits", ""]})
    pyreadstat.write_sav(
        frame, path, column_labels=["", "Do you agree?", "What else?"],
        variable_value_labels={"agree": {1.0: "Yes"}}, compress=name.endswith("zsav"),
    )  # fmt: skip
    raw = read_rows(path)
    assert raw.rows == [["1", "Yes", "Long waits"], ["2", "", ""]]
    assert raw.labels == ("", "Do you agree?", "What else?")


def test_spss_file_that_claims_too_much_is_damaged(tmp_path: Path) -> None:
    """A damaged count of rows is found before it fills the memory."""
    import pandas as pd
    import pyreadstat

    path = tmp_path / "survey.sav"
    pyreadstat.write_sav(pd.DataFrame({"id": [1.0], "q1": ["Long waits"]}), path)
    content = bytearray(path.read_bytes())
    content[80:84] = (2**29).to_bytes(4, "little")
    error = fault(tmp_path, bytes(content), "survey.sav")
    assert "it claims 536,870,912 rows, more than fit into its size" in error.message


def test_content_decides_over_the_name(tmp_path: Path) -> None:
    """CSV named .xlsx and a workbook named .csv are read, with a note."""
    raw = read(tmp_path, TABLE, "survey.xlsx")
    assert raw.rows == ROWS
    assert any("although its name ends in .xlsx" in note for note in raw.notes)
    raw = read(tmp_path, workbook({"S": [["id", "q1"], ["A1", "beds"]]}), "survey.csv")
    assert raw.rows == [["A1", "beds"]]
    assert any("although its name ends in .csv" in note for note in raw.notes)


def _zip(member: str, content: str = "x") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        # Without a date of its own it would have today's, and its test another name in each process.
        archive.writestr(zipfile.ZipInfo(member), content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \r\n\r\n", "is empty"),
        (b"\xef\xbb\xbf", "no rows"),
        (b",,\n,,\n", "no rows"),
        (b"id,q1\n", "no answers under it"),
        (b"# only a comment\n", "no rows"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n....", "a picture (PNG)"),
        (b"\xff\xd8\xff\xe0....", "a picture (JPEG)"),
        (b"{\\rtf1 hello}", "a rich-text document"),
        (b"\r\n<!DOCTYPE html><table>", "a web page"),
        (b"PK\x03\x04 and then nothing", "is damaged"),
        (OLE + b"\0" * 600, "cannot be read as a workbook"),
        (OLE + "WordDocument".encode("utf-16-le"), "a Word document"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"$FL2" + b"\0" * 50, "cannot be read as an SPSS file"),
        (b"\x00\x01\x02\x03" * 100, "is not text"),
        (_zip("word/document.xml"), "a Word document"),
        (_zip("mimetype", "application/vnd.oasis.opendocument.text"), "a text document"),
        (_zip("notes.txt"), "a zip archive"),
        (_zip("xl/workbook.xml"), "cannot be read as a workbook"),
        (b"id,q1\nid,q1\n", "has a header (row 1) and no answers under it"),
        (b"id,q1\nA1,beds\nA2,staff,more\n", "row 3: 3 cells where the header has 2"),
        (b"id,area,q1\nA1,beds\n", "row 2: 2 cells where the header has 3"),
        (b'id,q1\nA1,beds\nA2,"staff\nA3,more\n', "row 3 (line 3): a quotation mark"),
        (b'id,q1\nA1,"the "best" beds"\n', "row 2 (line 2): a quotation mark"),
        (b"\xff\xfei\0d\0,\0q", "is not utf-16"),
    ],
)  # fmt: skip
def test_broken_files_are_named(tmp_path: Path, content: bytes, words: str) -> None:
    """Each fault says what it is and where, and what to do next."""
    error = fault(tmp_path, content)
    assert words in error.message
    assert "survey.csv" in error.message
    assert error.hint


def test_empty_sheet_is_an_error(tmp_path: Path) -> None:
    """An empty sheet is named."""
    error = fault(tmp_path, workbook({"Blank": []}), "survey.xlsx")
    assert "the sheet 'Blank' is empty" in error.message


def test_missing_file_and_folder(tmp_path: Path) -> None:
    """A name without a file and a folder are told apart."""
    with pytest.raises(CoderError, match="There is no file"):
        read_rows(tmp_path / "absent.csv")
    with pytest.raises(CoderError, match="is a folder"):
        read_rows(tmp_path)


def test_sheet_of_a_text_file_is_an_error(tmp_path: Path) -> None:
    """A CSV file has no sheets to choose from."""
    assert "is not a workbook" in fault(tmp_path, TABLE, sheet="Data").message


@pytest.mark.parametrize("size", [MAX_CELL + 1, 50_000_000])
def test_giant_cell_is_named(tmp_path: Path, size: int) -> None:
    """A cell beyond the limit is named by row and column."""
    error = fault(tmp_path, "id,area,q1\nA1,N,beds\nA2,S," + "x" * size + "\n")
    assert f"row 3, column 3: the cell holds {size:,} characters" in error.message


def test_largest_cell_allowed_is_read(tmp_path: Path) -> None:
    """A cell at the limit is an answer like any other."""
    assert len(read(tmp_path, f"id,q1\nA1,{'x' * MAX_CELL}\n").rows[0][1]) == MAX_CELL


def test_headers_that_are_numbers_are_names(tmp_path: Path) -> None:
    """Question numbers as names are no data when text stands under them."""
    assert read(tmp_path, "id,1,2\nA1,long waits,none\nA2,few beds,some\n").names == ("id", "1", "2")


def test_tick_boxes_named_after_their_value_are_names(tmp_path: Path) -> None:
    """A box whose only value is its own name does not make the header data."""
    assert read(tmp_path, "id,Phone,Post\nA1,Phone,\nA2,,Post\nA3,Phone,Post\n").names[1] == "Phone"


def test_progress_is_told_and_may_cancel(tmp_path: Path) -> None:
    """Progress comes at least every 1,000 rows, and what it raises ends the reading."""
    path = tmp_path / "many.csv"
    path.write_text("id,q1\n" + "".join(f"A{n},text {n}\n" for n in range(3_500)))
    seen: list[int] = []
    read_rows(path, progress=lambda done, _total: seen.append(done))
    assert max(b - a for a, b in zip([0, *seen], seen, strict=False)) <= 1_000

    def cancel(done: int, _total: int | None) -> None:
        if done > 1_000:
            raise CancelledError

    with pytest.raises(CancelledError):
        read_rows(path, progress=cancel)


def test_semicolons_in_answers_are_no_delimiters(tmp_path: Path) -> None:
    """The delimiter is the one that cuts the rows evenly."""
    commas = read(tmp_path, "id,q1\nA1,a; b; c\nA2,d; e\n")
    assert commas.rows == [["A1", "a; b; c"], ["A2", "d; e"]]
    assert "delimiter: comma" in commas.notes
    semicolons = read(tmp_path, "id;q1\nA1;a, b, c\nA2;d, e\n")
    assert semicolons.rows == [["A1", "a, b, c"], ["A2", "d, e"]]
    assert "delimiter: semicolon" in semicolons.notes


def test_single_column_is_read(tmp_path: Path) -> None:
    """A file of one column needs no delimiter."""
    assert read(tmp_path, "comments\nlong waits\nfew beds\n").rows == [["long waits"], ["few beds"]]


def test_utf8_is_preferred_to_cp1252(tmp_path: Path) -> None:
    """Bytes that are valid UTF-8 are never read as anything else."""
    raw = read(tmp_path, "é\nCafé\n".encode())
    assert (raw.names, raw.rows) == (("é",), [["Café"]])
    assert "encoding: utf-8" in raw.notes


def test_a_column_called_pk_is_no_workbook(tmp_path: Path) -> None:
    """A table whose first letters are those of a zip archive is read as the text it is."""
    assert read(tmp_path, TABLE.replace("id", "PK", 1)).names == ("PK", "region", "q1")


def test_long_ids_keep_their_last_digit(tmp_path: Path) -> None:
    """Whole numbers of sixteen digits stay apart: rounded, two respondents would be one."""
    ids = [1234567890123456, 1234567890123457, 1234567890123458]
    content = workbook({"a": [["id", "q1"], *([each, f"answer {each}"] for each in ids)]})
    assert read(tmp_path, content, "a.xlsx").column(0) == list(map(str, ids))


@pytest.mark.parametrize("content", ["x", None])
def test_a_stray_cell_in_the_last_corner(tmp_path: Path, content: str | None) -> None:
    """A cell that would make a sheet of 17 billion is refused in words; a mere format there is nothing."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["id", "q1"], ["A1", "Long waits"], ["A2", "No beds"]):
        sheet.append(row)
    corner = sheet["XFD1048576"]
    corner.value = content
    corner.number_format = "0.00"
    path = tmp_path / "far.xlsx"
    book.save(path)
    if content is None:
        assert read_rows(path).names == ("id", "q1")
    else:
        with pytest.raises(CoderError, match="stray cell near XFD1048576"):
            read_rows(path)
