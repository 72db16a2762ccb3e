"""The fullest sheet of a workbook is read; another one that looks like responses is a doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from coder.domain.surveys.import_choices import ImportChoices
from coder.formats.surveys.reading import read_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ANSWERS = [
    ["id", "region", "What should change?"],
    *([f"A{n}", "NS"[n % 2], f"Answer number {n} is about beds"] for n in range(8)),
]
WAVE = [ANSWERS[0], *([f"B{n}", "N", f"Another answer {n} on staff"] for n in range(3))]
OTHERS = [["who", "comment from staff"], *([f"C{n}", f"Something else {n} they wrote"] for n in range(6))]
DICTIONARY = [["Variable", "Label"], *([f"v{n}", f"What is asked in question {n}"] for n in range(6))]
EXPLAINED = [
    ["Spalte", "Bedeutung"],
    ["id", "Nummer der Person im Versand"],
    ["region", "Teil des Landes, Nord oder Süd"],
    ["What should change?", "Offene Frage am Ende des Bogens"],
    ["a", "b c d e"],
    ["b", "c d e f"],
]
LOOKUP = [["postcode", "area"], *([f"N{n}", "North"] for n in range(6))]
TOTALS = [["region", "count"], ["N", 4], ["S", 4]]


def write(folder: Path, others: Sequence[Sequence[object]], *, hidden: bool = False) -> Path:
    """Write a workbook with answers on one sheet, and another one."""
    book = Workbook()
    book.worksheets[0].title = "Answers"
    other = book.create_sheet("Other")
    for sheet, rows in ((book.worksheets[0], ANSWERS), (other, others)):
        for row in rows:
            sheet.append(list(row))
    other.sheet_state = "hidden" if hidden else "visible"
    path = folder / "survey.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("others", [WAVE, OTHERS], ids=["wave", "other texts"])
def test_another_sheet_of_responses_is_in_doubt(tmp_path: Path, others: Sequence[Sequence[object]]) -> None:
    """A second wave, or texts of others, may be meant; naming a sheet settles it."""
    path = write(tmp_path, others)
    (doubt,) = read_rows(path).doubts
    assert doubt.message.startswith("'Answers' is read, the sheet with the most filled cells; 'Other' (")
    assert "--sheet Answers if" in doubt.remedy
    assert not read_rows(path, ImportChoices(sheet="Answers")).doubts
    assert read_rows(path, ImportChoices(sheet="Other")).rows[0][0] == others[1][0]


@pytest.mark.parametrize(
    "others", [DICTIONARY, EXPLAINED, LOOKUP, TOTALS, [["Notes"], ["We asked in May and June"]], []],
    ids=["variables", "explained", "lookup", "totals", "notes", "empty"],
)  # fmt: skip
def test_other_sheets_are_no_doubt(tmp_path: Path, others: Sequence[Sequence[object]]) -> None:
    """Lists of variables, codes and notes are left alone, with a note."""
    raw = read_rows(write(tmp_path, others))
    assert not raw.doubts
    assert "sheet 'Answers' (not used: Other)" in raw.notes


def test_hidden_sheets_are_told(tmp_path: Path) -> None:
    """A hidden sheet is not read, and said to be hidden."""
    raw = read_rows(write(tmp_path, WAVE, hidden=True))
    assert not raw.doubts
    assert "sheet 'Answers' (not used: Other (hidden))" in raw.notes
