"""Names come from the rows that hold them, and respondents from the rows of the table alone."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from coder.domain.surveys.import_choices import NO_CHOICES, ImportChoices
from coder.errors import CoderError
from coder.formats.surveys.header.plain_wording import plain
from coder.formats.surveys.reading import RawTable, read_rows, understand

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = (
    "Long waits and few beds everywhere",
    "No money was left for the staff",
    "Agency costs are eating the budget",
    "The new house opened in our town",
    "Nobody answers the telephone at night",
    "Families are asked too late",
)


def read(folder: Path, rows: list[list[str]], choices: ImportChoices = NO_CHOICES) -> RawTable:
    """Write rows as CSV and read them."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    path = folder / "survey.csv"
    path.write_bytes(text.getvalue().encode())
    return read_rows(path, choices)


def respondents(count: int = 6) -> list[list[str]]:
    """Return rows of an id, a region and a sentence."""
    return [[f"A{n}", ("North", "South")[n % 2], f"{TEXTS[n % 6]} {n // 6}"] for n in range(count)]


def test_a_header_that_begins_with_a_hash_is_no_comment(tmp_path: Path) -> None:
    """A comment is one cell, or fewer than the row below it: "#Council,Main comment" are names."""
    towns = ("Leeds", "Hull", "Bath", "York", "Ely", "Wells")
    raw = read(tmp_path, [["#Council", "Main comment"], *map(list, zip(towns, TEXTS, strict=True))])
    assert raw.names == ("#Council", "Main comment")
    assert len(raw.rows) == 6
    commented = read(
        tmp_path, [["# made by hand"], ["#by Jo", "May"], ["id", "region", "q1"], *respondents()]
    )
    assert commented.names == ("id", "region", "q1")
    assert commented.numbers[0] == 4


def test_boxes_in_a_second_header_row(tmp_path: Path) -> None:
    """A row that is blank under the id, and filled where the first one is blank, holds boxes."""
    upper = ["id", "What are you proud of?", "", "", "Anything else?"]
    lower = ["", "First", "Second", "Third", ""]
    body = [[f"A{n}", text, f"{text} too", f"{text} as well", text[::-1]] for n, text in enumerate(TEXTS)]
    blank = read(tmp_path, [upper, lower, *body])
    merged = [cell or upper[1] for cell in upper[:4]]
    for raw in (blank, read(tmp_path, [[*merged, upper[4]], ["id", *lower[1:]], *body])):
        layout = understand(raw)
        assert [column.name for column in layout.of_role("id")] == ["id"]
        assert [raw.rows[0][0], len(raw.rows), raw.numbers[0]] == ["A0", 6, 3]
        questions = [column.question_id for column in layout.of_role("open")]
        assert [questions.count(question) for question in dict.fromkeys(questions)] == [3, 1]
        assert layout.of_role("open")[0].label == "What are you proud of? - First"
        assert any("2 header rows" in note for note in layout.notes)
        assert not layout.doubts


def test_groups_above_the_names(tmp_path: Path) -> None:
    """A row of groups is no row of names; with boxes below there are three header rows."""
    bands = ["About you", "", "Your views", ""]
    names = ["id", "region", "pleased", "troubled"]
    body = [[f"A{n}", "N", text, text[::-1]] for n, text in enumerate(TEXTS)]
    raw = read(tmp_path, [bands, names, *body])
    assert raw.names == tuple(names)
    assert raw.labels[2] == "Your views - pleased"
    boxes = ["", "", "First", "Second"]
    three = read(tmp_path, [bands, ["id", "region", "What else?", ""], boxes, *body])
    assert three.numbers[0] == 4
    assert three.labels[2:] == ("What else? - First", "What else? - Second")


def test_wordings_below_codes(tmp_path: Path) -> None:
    """A second row that is unlike all rows below it has the wordings."""
    body = [[str(n), str(20 + n), ("yes", "no")[n % 2], text] for n, text in enumerate(TEXTS)]
    names = ["lfd", "v_1", "v_2", "v_3"]
    wordings = ["Running number", "How old are you?", "Do you agree?", "What else?"]
    raw = read(tmp_path, [names, wordings, *body])
    assert (raw.names, raw.labels, len(raw.rows)) == (tuple(names), tuple(wordings), 6)
    plain_file = read(tmp_path, [names, *body])
    assert (plain_file.labels, len(plain_file.rows)) == (("",) * 4, 6)


def test_a_first_respondent_with_blanks_is_no_header(tmp_path: Path) -> None:
    """A column without name and a row with blanks do not make a second header row."""
    body = [["", "North", "beds", ""], ["A1", "South", "", "late"], ["A2", "North", "none", "early"]]
    raw = read(tmp_path, [["id", "region", "q1", ""], *body])
    assert (raw.names, len(raw.rows)) == (("id", "region", "q1", "column 4"), 3)


def test_a_file_without_a_header_is_doubted_and_can_be_settled(tmp_path: Path) -> None:
    """Row 1 that looks like data is a respondent, which is told; `--header` says what it is."""
    raw = read(tmp_path, respondents())
    assert raw.names == ("column 1", "column 2", "column 3")
    assert (len(raw.rows), raw.numbers[0]) == (6, 1)
    (doubt,) = raw.doubts
    assert "row 1" in doubt.message
    assert "this looks like data ('A0', 'North')" in doubt.message
    assert "--header none" in doubt.remedy
    settled = read(tmp_path, respondents(), ImportChoices(header="none"))
    assert (settled.names, len(settled.rows), settled.doubts) == (raw.names, 6, ())
    named = read(tmp_path, respondents(), ImportChoices(header="1"))
    assert (named.names[0], len(named.rows), named.doubts) == ("A0", 5, ())


def test_a_person_says_which_rows_hold_the_names(tmp_path: Path) -> None:
    """`--header 2-3` joins two rows; rows above are left out, and a wrong one is refused."""
    rows = [["a", "b", "c"], ["id", "views", ""], ["", "good", "bad"], *respondents()]
    raw = read(tmp_path, rows, ImportChoices(header="2-3"))
    assert (raw.names[0], raw.labels[1:], raw.numbers[0]) == ("id", ("views - good", "views - bad"), 4)
    for header in ("x", "0", "3-2", "99"):
        with pytest.raises(CoderError, match="--header"):
            read(tmp_path, rows, ImportChoices(header=header))


def test_few_names_are_doubted(tmp_path: Path) -> None:
    """Columns without a name are called by their place; where most have none, that is in doubt."""
    body = [[str(n), text, "x", "z", "y"] for n, text in enumerate(TEXTS)]
    raw = read(tmp_path, [["id", "text", "", "", "code"], *body])
    assert raw.names[2:4] == ("column 3", "column 4")
    assert not raw.doubts
    raw = read(tmp_path, [["id", "text", "", "", ""], *body])
    assert "only 2 of 5 columns have a name" in raw.doubts[0].message
    assert not read(tmp_path, [["id", "text", "", "", ""], *body], ImportChoices(header="1")).doubts


def footed(folder: Path, *footers: list[str], choices: ImportChoices = NO_CHOICES) -> RawTable:
    """Read a table with rows below it."""
    return read(folder, [["id", "region", "q1"], *respondents(12), *footers], choices)


@pytest.mark.parametrize(
    "footers",
    [
        [["Total: 12 responses", "", ""], ["Exported on 4 September 2023 by the survey team", "", ""]],
        [["", "", ""], ["Mean", "", "4.5"]],
        [["", "", ""], ["", "", ""], ["", "", "12 of 40 asked"]],
        [["Kindly gathered by the survey team", "", ""]],
        [["Quelle: eigene Erhebung", "", ""]],
        [["", "", "3.9"], ["", "", "4.1"], ["", "", ""], ["", "", "12"]],
    ],
)
def test_rows_below_the_table_are_no_respondents(tmp_path: Path, footers: list[list[str]]) -> None:
    """What says something of the file, or is unlike the table below a blank row, is left out and noted."""
    raw = footed(tmp_path, *footers)
    assert len(raw.rows) == 12
    assert "below the table" in raw.notes[-1]
    assert "row" in raw.notes[-1]
    assert not raw.doubts


def test_a_total_right_below_the_table_is_doubted(tmp_path: Path) -> None:
    """Numbers behind "Total" may be a respondent's: `--last-row` says so."""
    raw = footed(tmp_path, ["Total", "12", "4"])
    (doubt,) = raw.doubts
    assert len(raw.rows) == 12
    assert "--last-row 13" in doubt.remedy
    assert "--last-row 14" in doubt.remedy
    settled = footed(tmp_path, ["Total", "12", "4"], choices=ImportChoices(last_row=14))
    assert (len(settled.rows), settled.doubts) == (13, ())
    assert len(footed(tmp_path, choices=ImportChoices(last_row=5)).rows) == 4


@pytest.mark.parametrize(
    "row",
    [["A99", "", ""], ["N/A", "", ""], ["", "North", "Total chaos in the wards"], ["", "", "Total chaos"]],
)
def test_respondents_with_blanks_stay(tmp_path: Path, row: list[str]) -> None:
    """Who gave an id alone, or skipped the id, has answered all the same."""
    assert len(footed(tmp_path, row).rows) == 13


def test_blank_rows_between_respondents_part_nothing(tmp_path: Path) -> None:
    """Respondents below a blank row stay."""
    rows = respondents(12)
    raw = read(tmp_path, [["id", "region", "q1"], *rows[:6], ["", "", ""], *rows[6:]])
    assert len(raw.rows) == 12


def test_equal_names_are_told_apart(tmp_path: Path) -> None:
    """A short name gets the question in front of it, a long one its number; a note says so."""
    header = ["id", "Which area do you live in?", "Other", "What would you change?", "Other"]
    body = [[f"A{n}", "North", "", text, ""] for n, text in enumerate(TEXTS)]
    raw = read(tmp_path, [header, *body])
    assert raw.names[2::2] == ("Other [Which area do you live in?]", "Other [What would you change?]")
    assert "'Other' 2 times" in raw.notes[-1]
    asked_again = ["What is the main reason for which you came to us at that time?"] * 2
    raw = read(tmp_path, [["id", "yes", "yes", *asked_again], *body])
    assert raw.names[1:] == ("yes", "yes (2nd)", asked_again[0], f"{asked_again[0]} (2nd)")
    assert len(set(raw.names)) == 5
    assert not raw.doubts


def test_wordings_lose_their_html(tmp_path: Path) -> None:
    """Names and wordings have neither tags nor entities; answers stay as they are."""
    assert plain("<p>What&nbsp;else would you&#39;d like to tell&nbsp;us?</p>\n<br>") == (
        "What else would you'd like to tell us?"
    )
    assert plain('<div style="x"><b>Wh</b>ich</div><div>region&amp;nbsp;?</div>') == "Which region ?"
    assert plain("Aged <18 or > 65 & more; AT&T") == "Aged <18 or > 65 & more; AT&T"
    answer = "it&#39;s <b>bad</b> &amp; worse"
    raw = read(tmp_path, [["id", "Likes&nbsp;<strong>most</strong>"], ["A1", answer], ["A2", "none"]])
    assert raw.names[1] == "Likes most"
    assert raw.rows[0][1] == answer


@pytest.mark.parametrize(
    "wording",
    ["a <a> b", "<5 years or >10", "pick <s> or <q>", "Choose <i> for info", "if a <b and c> d",
     "I <3 you > me", "the &region; of &notit;", "&copy2", "R&D; and &#1234567;", "<option>"],
)  # fmt: skip
def test_text_that_is_no_html_stays(wording: str) -> None:
    """What only looks like a tag or an entity is text."""
    assert plain(wording) == wording


def test_a_wording_cut_off_within_its_html_loses_it() -> None:
    """Programs cut long wordings: a tag may be left open, or closed alone."""
    assert plain('<b>What do you <span style="x">think') == "What do you think"
    assert plain("of us</b></span>?<br") == "of us?<br"
    assert plain("<i> Please </i>say") == "Please say"


def test_rows_that_all_lack_the_last_cells(tmp_path: Path) -> None:
    """Columns of which no row has a cell are blank, which is noted."""
    raw = read(tmp_path, [["id", "region", "q1", "Approve"], *respondents()])
    assert raw.rows[0] == ["A0", "North", f"{TEXTS[0]} 0", ""]
    assert any("Approve" in note for note in raw.notes)


def test_a_merged_title_and_notes_stand_above_the_header(tmp_path: Path) -> None:
    """A title filled over all columns, and notes of two cells, are no header."""
    rows = [
        ["Survey 2024"] * 3,
        ["Exported:", "2 May", ""],
        ["", "", ""],
        ["id", "region", "q1"],
        *respondents(),
    ]
    raw = read(tmp_path, rows)
    assert (raw.names, raw.numbers[0]) == (("id", "region", "q1"), 5)
    assert "row 1 is a title above the header: Survey 2024" in raw.notes
    narrow = read(tmp_path, [["Survey 2024"], [], ["id", "region", "q1"], *respondents()])
    assert (narrow.names, narrow.numbers[0]) == (("id", "region", "q1"), 4)


def test_merged_boxes_in_a_workbook(tmp_path: Path) -> None:
    """Questions over merged cells with boxes below them: three boxes of one question, and another one."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["id", "Region", "What are you proud of?", "", "", "Anything else?"])
    sheet.append(["", "", "First", "Second", "Third", ""])
    sheet.merge_cells("C1:E1")
    for n, text in enumerate(TEXTS):
        sheet.append([f"A{n}", "North", text, f"{text} too", f"{text} as well", text[::-1]])
    sheet.append(["", "", "", "", "", ""])
    sheet.append(["Total: 6 responses"])
    path = tmp_path / "survey.xlsx"
    book.save(path)
    raw = read_rows(path)
    layout = understand(raw)
    assert [raw.rows[0][0], len(raw.rows)] == ["A0", 6]
    questions = [column.question_id for column in layout.of_role("open")]
    assert [questions.count(question) for question in dict.fromkeys(questions)] == [3, 1]
    assert not layout.doubts
