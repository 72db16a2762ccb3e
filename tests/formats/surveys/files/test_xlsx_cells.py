"""Cells of .xlsx files come in as a person sees them; what is lost, hidden or merged is told."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from hostile_files import archive, workbook
from openpyxl import Workbook

from coder.domain.surveys.import_choices import ImportChoices
from coder.errors import CoderError
from coder.formats.surveys.reading import read_rows, understand

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from coder.domain.surveys.survey_layout import SurveyLayout
    from coder.formats.surveys.raw_tables import RawTable

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ANSWERS = (
    "Long waits and few beds everywhere",
    "No money was left for the staff",
    "Agency costs are eating the budget",
    "The new house opened in our town",
    "Buses are late every single day",
    "More nurses on nights would help us",
)


def text(cell: str, content: str) -> str:
    """Return a cell with a text."""
    return f'<c r="{cell}" t="inlineStr"><is><t xml:space="preserve">{content}</t></is></c>'


def survey_rows(*, beside: Sequence[str] = (), answers: Sequence[str] = ANSWERS) -> str:
    """Return a sheet's rows: id, region, q1.

    Args:
        beside: The cell of each region, whole; by default N or S.
        answers: The cell of each answer, whole if it begins with `<`, else its text.
    """
    rows = ['<row r="1">' + text("A1", "id") + text("B1", "region") + text("C1", "q1") + "</row>"]
    for number, answer in enumerate(answers, 2):
        region = beside[number - 2] if beside else text(f"B{number}", "NS"[number % 2])
        cell = answer if answer.startswith("<") else text(f"C{number}", answer)
        rows.append(f'<row r="{number}">{text(f"A{number}", f"A{number - 2}")}{region}{cell}</row>')
    return "".join(rows)


def write(folder: Path, sheet: str, formats: Sequence[str] = (), **others: str) -> Path:
    """Write a workbook of one sheet.

    Args:
        folder: Where.
        sheet: What stands in `<worksheet>`.
        formats: A number format for each style from 1.
        others: Attributes of `<calcPr>`.
    """
    files = workbook(sheet)
    codes = "".join(f'<numFmt numFmtId="{n}" formatCode="{code}"/>' for n, code in enumerate(formats, 200))
    styles = "".join(f'<xf numFmtId="{n}"/>' for n, _ in enumerate(formats, 200))
    files["xl/styles.xml"] = (
        f'<styleSheet xmlns="{NAMESPACE}"><numFmts>{codes}</numFmts>'
        f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>'
    )
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"
    files["xl/_rels/workbook.xml.rels"] = files["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>", f'<Relationship Id="r9" Type="{relation}" Target="styles.xml"/></Relationships>'
    )
    attributes = " ".join(f'{name}="{attribute}"' for name, attribute in others.items())
    files["xl/workbook.xml"] = files["xl/workbook.xml"].replace(
        "</workbook>", f"<calcPr {attributes}/></workbook>"
    )
    path = folder / "survey.xlsx"
    path.write_bytes(archive(files))
    return path


def understood(path: Path, choices: ImportChoices | None = None) -> tuple[RawTable, SurveyLayout]:
    """Read a file and say how it is understood."""
    choices = choices or ImportChoices()
    raw = read_rows(path, choices)
    return raw, understand(raw, choices)


def test_errors_are_told_with_their_cells(tmp_path: Path) -> None:
    """Three answers and a region that are errors stand there as such, and are in doubt."""
    answers = list(ANSWERS)
    answers[1] = '<c r="C3" t="e"><f>-long waits</f><v>#NAME?</v></c>'
    answers[2] = '<c t="e" r="C4"><v>#N/A</v></c>'
    answers[3] = '<c r="C5" s="0" t="e"><v>#REF!</v></c>'
    regions = [text(f"B{n}", "N") for n in range(2, 7)] + ['<c r="B7" t="e"><v>#DIV/0!</v></c>']
    sheet = f"<sheetData>{survey_rows(beside=regions, answers=answers)}</sheetData>"
    raw, layout = understood(write(tmp_path, sheet))
    assert [row[2] for row in raw.rows][1:4] == ["#NAME?", "#N/A", "#REF!"]
    (doubt,) = layout.doubts
    assert doubt.message == (
        "3 answers and 1 value of q1, region are errors of formulas "
        "(#NAME? in C3, #N/A in C4, #REF! in C5, #DIV/0! in B7): "
        "what was written there is lost; look in the original."
    )
    assert doubt.examples == ("C3: =-long waits",)


def test_errors_of_columns_left_out_are_no_doubt(tmp_path: Path) -> None:
    """Errors where nothing is kept are a note."""
    regions = ['<c r="B2" t="e"><v>#DIV/0!</v></c>'] + [text(f"B{n}", "N") for n in range(3, 8)]
    sheet = f"<sheetData>{survey_rows(beside=regions)}</sheetData>"
    _, layout = understood(write(tmp_path, sheet), ImportChoices(attributes=("id",)))
    assert not layout.doubts
    assert "lost cells in columns that are left out: #DIV/0! in B2" in layout.notes


def test_errors_in_a_csv_are_told_as_well(tmp_path: Path) -> None:
    """A spreadsheet that wrote a CSV has lost the same text."""
    path = tmp_path / "survey.csv"
    lines = [f"A{n},{answer}" for n, answer in enumerate(ANSWERS)]
    path.write_text("\n".join(["id,q1", *lines, "A7,#NAME?", "A8,#WERT!"]) + "\n")
    (doubt,) = understood(path)[1].doubts
    assert "2 answers of q1 are errors of formulas (#NAME? in B8, #WERT! in B9)" in doubt.message


@pytest.mark.parametrize(
    ("cell", "source"),
    [
        ("<f>A1&amp;B1</f>", "=A1&B1"),
        ("<f>A1</f><v></v>", "=A1"),
        ("<f>A1</f><v/>", "=A1"),
        ('<f t="shared" ref="C3:C4" si="0">A2</f>', "=A2"),
    ],
)
def test_formulas_without_a_value_are_told(tmp_path: Path, cell: str, source: str) -> None:
    """A formula that nobody has calculated is no blank: it stands there, and is in doubt."""
    answers = list(ANSWERS)
    answers[1] = f'<c r="C3">{cell}</c>'
    raw, layout = understood(write(tmp_path, f"<sheetData>{survey_rows(answers=answers)}</sheetData>"))
    assert raw.rows[1][2] == source
    (doubt,) = layout.doubts
    assert "1 answer of q1 is a formula that was never calculated (C3)" in doubt.message


def test_formulas_with_a_value_are_no_doubt(tmp_path: Path) -> None:
    """Formulas give their value; one that gives an empty text is blank."""
    answers = list(ANSWERS)
    answers[1] = '<c r="C3" t="str"><f>A1</f><v>Long waits</v></c>'
    answers[2] = '<c r="C4" t="str"><f>A1</f><v></v></c>'
    answers[3] = '<c r="C5"><f>A1</f><v>0</v></c>'
    raw, layout = understood(write(tmp_path, f"<sheetData>{survey_rows(answers=answers)}</sheetData>"))
    assert [row[2] for row in raw.rows][1:4] == ["Long waits", "", "0"]
    assert not layout.doubts


def test_formulas_that_wait_to_be_calculated_are_told(tmp_path: Path) -> None:
    """A program that cannot calculate writes 0 for each formula, and has Excel calculate the file."""
    regions = [f'<c r="B{n}"><f>1+{n}</f><v>0</v></c>' for n in range(2, 8)]
    sheet = f"<sheetData>{survey_rows(beside=regions)}</sheetData>"
    choices = ImportChoices(attributes=("region",))
    (doubt,) = understood(write(tmp_path, sheet, fullCalcOnLoad="1"), choices)[1].doubts
    assert "6 values of region are formulas that were never calculated" in doubt.message
    assert not understood(write(tmp_path, sheet), choices)[1].doubts


@pytest.mark.parametrize(
    ("code", "stored", "shown"),
    [
        ("0000", "1", "0001"),
        ("0%", "0.25", "25%"),
        ("0.0%", "0.256", "25.6%"),
        ("000-00-0000", "123456789", "123-45-6789"),
        ("[&lt;=9999999]###-####;(###) ###-####", "2125551234", "(212) 555-1234"),
        ("0#\\ ##\\ ##\\ ##\\ ##", "612345678", "06 12 34 56 78"),
        ("&quot;ID &quot;0000", "7", "ID 0007"),
        ("0 &quot;years&quot;", "25", "25 years"),
        ("0.00", "2.5", "2.5"),
        ("#,##0.00", "1234.5", "1234.5"),
        ("[$£-809]#,##0.00;[Red]-[$£-809]#,##0.00", "1234.5", "1234.5"),
        ("yyyy-mm-dd", "45000", "2023-03-15"),
        ("d\\-mmm\\-yy", "45000", "2023-03-15"),
        ("mmm yyyy", "45000", "Mar 2023"),
        ("mmmm\\ yyyy;@", "45000.5", "March 2023"),
        ("[$-409]mmm\\-yy;@", "45000", "Mar-23"),
        ("mm/yyyy", "45000", "03/2023"),
        ("yyyy", "45000", "2023"),
        ("dddd", "45000", "Wednesday"),
        ("[$-407]mmmm\\ yyyy;@", "45000", "2023-03-15"),
        ("mmm yyyy", "99999999", "99999999"),
        ("0.00E+00", "11000000000", "11000000000"),
        ("@", "12", "12"),
        ("General", "1234567890123456789", "1234567890123456789"),
    ],
)
def test_numbers_come_in_as_shown(tmp_path: Path, code: str, stored: str, shown: str) -> None:
    """Zeros, percent signs and signs between digits are kept; formats that only round change nothing.

    A date without its day is given none; other dates are ISO.
    """
    regions = [f'<c r="B{n}" s="1"><v>{stored}</v></c>' for n in range(2, 8)]
    path = write(tmp_path, f"<sheetData>{survey_rows(beside=regions)}</sheetData>", [code])
    assert {row[1] for row in read_rows(path).rows} == {shown}


def test_months_are_counted_from_the_first_day_of_the_workbook(tmp_path: Path) -> None:
    """Excel for Mac counted its days from 1904."""
    regions = [f'<c r="B{n}" s="1"><v>45000</v></c>' for n in range(2, 8)]
    path = write(tmp_path, f"<sheetData>{survey_rows(beside=regions)}</sheetData>", ["mmm yyyy"])
    with zipfile.ZipFile(path) as files:
        parts = {name: files.read(name).decode() for name in files.namelist()}
    parts["xl/workbook.xml"] = re.sub(
        r"(<workbook[^>]*>)", r'\1<workbookPr date1904="1"/>', parts["xl/workbook.xml"]
    )
    path.write_bytes(archive(parts))
    assert {row[1] for row in read_rows(path).rows} == {"Mar 2027"}


def test_cells_merged_downwards_are_filled(tmp_path: Path) -> None:
    """A region that stands beside three rows is that of all three, and that is told."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in [["id", "region", "q1"], *([f"A{n}", "", answer] for n, answer in enumerate(ANSWERS))]:
        sheet.append(row)
    sheet["B2"], sheet["B5"] = "North", "South"
    sheet.merge_cells("B2:B4")
    sheet.merge_cells("B5:B7")
    stream = io.BytesIO()
    book.save(stream)
    path = tmp_path / "survey.xlsx"
    path.write_bytes(stream.getvalue())
    raw, layout = understood(path)
    assert [row[1] for row in raw.rows] == ["North"] * 3 + ["South"] * 3
    assert "column B: 4 merged cells given the text above" in raw.notes
    assert not layout.doubts


@pytest.mark.parametrize("filtered", [True, False])
def test_hidden_rows_are_in_doubt(tmp_path: Path, filtered: bool) -> None:
    """Hidden rows are imported and told; a person can keep them or leave them out."""
    rows = (
        survey_rows()
        .replace('<row r="3">', '<row r="3" hidden="1">')
        .replace('<row r="5">', '<row hidden="true" r="5">')
    )
    by_filter = '<autoFilter ref="A1:C7"><filterColumn colId="1"/></autoFilter>' if filtered else ""
    path = write(tmp_path, f"<sheetData>{rows}</sheetData>{by_filter}")
    raw, layout = understood(path)
    assert len(raw.rows) == 6
    (doubt,) = layout.doubts
    words = "hidden by a filter" if filtered else "hidden"
    assert (
        doubt.message == f"2 rows of 6 are {words} in the workbook (3, 5). They are imported like the others."
    )
    raw, layout = understood(path, ImportChoices(hidden_rows="drop"))
    assert list(raw.numbers) == [2, 4, 6, 7]
    assert not layout.doubts
    raw, layout = understood(path, ImportChoices(hidden_rows="keep"))
    assert len(raw.rows) == 6
    assert not layout.doubts


def test_a_sheet_of_hidden_rows_alone_is_refused(tmp_path: Path) -> None:
    """`--hidden-rows drop` where that leaves nobody says so, and imports no hidden row."""
    rows = re.sub('<row r="([2-9])">', r'<row r="\1" hidden="1">', survey_rows())
    path = write(tmp_path, f"<sheetData>{rows}</sheetData>")
    with pytest.raises(CoderError, match=r"6 rows of 6 are hidden .* without them nobody is there to import"):
        read_rows(path, ImportChoices(hidden_rows="drop"))


def test_hidden_columns_are_told(tmp_path: Path) -> None:
    """A column that a person does not see is read like the others, with a note."""
    columns = '<cols><col min="2" max="2" hidden="1"/><col min="3" max="9"/></cols>'
    raw, layout = understood(write(tmp_path, f"{columns}<sheetData>{survey_rows()}</sheetData>"))
    assert raw.names == ("id", "region", "q1")
    assert "hidden, and read like the others: 1 column (B)" in raw.notes
    assert not layout.doubts


def test_cells_without_a_place_are_found(tmp_path: Path) -> None:
    """A writer may leave out where a cell is: it comes after the one before it."""
    rows = "".join(
        f'<row><c t="str"><v>A{n}</v></c><c s="1"><v>{n}</v></c><c t="e"><v>#N/A</v></c></row>'
        for n in range(3)
    )
    header = '<row><c t="str"><v>id</v></c><c t="str"><v>n</v></c><c t="str"><v>q1</v></c></row>'
    raw = read_rows(write(tmp_path, f"<sheetData>{header}{rows}</sheetData>", ["000"]))
    assert raw.rows == [[f"A{n}", f"00{n}", "#N/A"] for n in range(3)]


@pytest.mark.parametrize("at", ["worksheets/sheet1.xml", "elsewhere/data.xml"])
@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_sheets_of_other_writers_are_read(tmp_path: Path, at: str, strict: bool, prefix: str) -> None:
    """Sheets at other places, with a prefix, in Strict OOXML are looked through as well."""
    answers = [*ANSWERS[:5], '<c r="C7" t="e"><v>#REF!</v></c>']
    files = workbook(f"<sheetData>{survey_rows(answers=answers)}</sheetData>", at)
    sheet = files.pop(f"xl/{at}")
    if prefix:
        sheet = (
            sheet.replace("</", "<//")
            .replace("<", "<x:")
            .replace("<x://", "</x:")
            .replace("xmlns=", "xmlns:x=")
        )
    files[f"xl/{at}"] = sheet
    path = tmp_path / "survey.xlsx"
    if strict:
        transitional = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        files = {
            name: part.replace(NAMESPACE, "http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
                transitional, "http://purl.oclc.org/ooxml/officeDocument/relationships"
            )
            for name, part in files.items()
        }
    path.write_bytes(archive(files))
    assert read_rows(path).rows[5][2] == "#REF!"


def test_texts_are_kept_whole(tmp_path: Path) -> None:
    """Runs are joined, spaces kept, escapes read; readings above Japanese words are no part of the text."""
    rich = (
        '<c r="C3" t="inlineStr"><is><r><t xml:space="preserve">rich </t></r>'
        '<r><t xml:space="preserve"> text_x000D_\non </t></r><rPh sb="0" eb="1"><t>reading</t></rPh></is></c>'
    )
    answers = [ANSWERS[0], rich, '<c r="C4" t="b"><v>1</v></c>', "'quoted", *ANSWERS[4:]]
    raw = read_rows(write(tmp_path, f"<sheetData>{survey_rows(answers=answers)}</sheetData>"))
    assert [row[2] for row in raw.rows][1:4] == ["rich  text\non ", "TRUE", "'quoted"]


@pytest.mark.parametrize(
    "harm",
    [
        '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"])
def test_entities_are_not_followed(tmp_path: Path, harm: str, part: str) -> None:
    """What a part of a workbook points to is not read, and nothing is blown up."""
    path = write(tmp_path, f"<sheetData>{survey_rows()}</sheetData>", ["0000"])
    with zipfile.ZipFile(path) as packed:
        files = {name: packed.read(name).decode() for name in packed.namelist()}
    files[part] = harm + files[part]
    path.write_bytes(archive(files))
    assert len(read_rows(path).rows) == 6
