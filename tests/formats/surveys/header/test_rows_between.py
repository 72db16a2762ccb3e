"""Rows among the respondents' that are none of theirs."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from coder.domain.surveys.import_choices import NO_CHOICES, ImportChoices
from coder.formats.surveys.reading import read_rows, understand

if TYPE_CHECKING:
    from pathlib import Path

    from coder.formats.surveys.raw_tables import RawTable

HEADER = ["id", "team", "comment"]
TEXTS = ("More seats in the hall", "Longer hours, please", "The staff were kind", "Nothing but the price")


def respondents(first: int, count: int) -> list[list[str]]:
    """Return rows of an id, a team and a sentence."""
    return [[str(n), "AB"[n % 2], f"{TEXTS[n % 4]} {n}"] for n in range(first, first + count)]


def read(folder: Path, rows: list[list[str]], choices: ImportChoices = NO_CHOICES) -> RawTable:
    """Read rows that stand in a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    path = folder / "survey.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return read_rows(path, choices)


def test_titles_of_sections_are_left_out_and_doubted(tmp_path: Path) -> None:
    """Rows of one cell that is no id are no respondents, unless a person says so."""
    rows = [HEADER, ["North", "", ""], *respondents(1, 8), ["South", "", ""], *respondents(9, 8)]
    raw = read(tmp_path, rows)
    (doubt,) = raw.doubts
    assert (len(raw.rows), raw.numbers[7:9]) == (16, [10, 12])
    assert "(row 2: 'North', row 11: 'South')" in doubt.message
    assert understand(raw).of_role("id")
    dropped = read(tmp_path, rows, ImportChoices(lone_rows="drop"))
    assert (len(dropped.rows), dropped.doubts) == (16, ())
    assert "as you said" in dropped.notes[-1]
    kept = read(tmp_path, rows, ImportChoices(lone_rows="keep"))
    assert (len(kept.rows), kept.doubts) == (18, ())


def test_totals_of_sections_are_doubted(tmp_path: Path) -> None:
    """A mean below each section is no respondent's."""
    rows = [["id", "score", "comment"], *([f"A{n}", str(n % 5), TEXTS[n % 4]] for n in range(6))]
    rows += [["Average", "2.1", ""], *([f"B{n}", str(n % 5), TEXTS[n % 4]] for n in range(6))]
    (doubt,) = read(tmp_path, rows).doubts
    assert "1 row among the answers is no respondent's (row 8: 'Average')" in doubt.message
    assert len(read(tmp_path, rows, ImportChoices(lone_rows="drop")).rows) == 12
    assert len(read(tmp_path, rows, ImportChoices(lone_rows="keep")).rows) == 13


@pytest.mark.parametrize("page", ["Page 1 of 2", "Seite 1 von 2", "Exported on 4 May"])
def test_page_numbers_are_left_out_and_told(tmp_path: Path, page: str) -> None:
    """What says something of the file needs no question."""
    raw = read(tmp_path, [HEADER, *respondents(1, 8), [page, "", ""], *respondents(9, 8)])
    assert (len(raw.rows), raw.doubts) == (16, ())
    assert page in raw.notes[-1]


def test_respondents_who_gave_one_cell_stay(tmp_path: Path) -> None:
    """An id alone, a team alone, or a comment alone is a respondent's."""
    alone = [["20", "", ""], ["", "A", ""], ["", "", "Only this remark"]]
    rows = [HEADER, *respondents(1, 8), *alone, *respondents(9, 8)]
    raw = read(tmp_path, rows)
    assert (len(raw.rows), raw.doubts) == (19, ())


def test_a_header_that_stands_there_again_is_left_out_and_told(tmp_path: Path) -> None:
    """Exports that were pasted below each other have the header of each, of all its rows."""
    raw = read(tmp_path, [HEADER, *respondents(1, 8), HEADER, *respondents(9, 8)])
    assert (len(raw.rows), raw.doubts) == (16, ())
    assert "1 row repeats the column names (row 10): left out" in raw.notes
    raw = read(tmp_path, [HEADER, *respondents(1, 8), ["ID", "Team ", "Comment"], *respondents(9, 8)])
    assert len(raw.rows) == 16
    header = [
        ["StartDate", "ResponseId", "Q1"],
        ["Start Date", "Response ID", "What else?"],
        ['{"ImportId":"startDate"}', '{"ImportId":"_recordId"}', '{"ImportId":"QID1_TEXT"}'],
    ]
    bodies = [[["2024-05-01", f"R_{n}", TEXTS[n % 4]] for n in range(m, m + 5)] for m in (0, 5)]
    raw = read(tmp_path, [*header, *bodies[0], *header, *bodies[1]])
    assert len(raw.rows) == 10
    assert "3 rows repeat the column names (row 9, 10, 11): left out" in raw.notes
