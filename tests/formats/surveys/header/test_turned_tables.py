"""Tables with a question a row and a respondent a column."""

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

PEOPLE = ("Ann", "Bo", "Cem", "Dee", "Eva")
AGES = ["Age", "31", "45", "28", "60", "52"]
LIKES = ["What is good?", "The staff", "More seats", "Nothing much", "It is near", "The café"]
DISLIKES = ["What is bad about it", "The noise", "Few seats", "All of it", "The lift", "Too dark"]


def read(folder: Path, rows: list[list[str]], choices: ImportChoices = NO_CHOICES) -> RawTable:
    """Read rows that stand in a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    path = folder / "survey.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return read_rows(path, choices)


@pytest.mark.parametrize(
    "rows",
    [
        [["Question", *PEOPLE], AGES, LIKES, DISLIKES],
        [["", *(f"P{n}" for n in range(1, 6))], LIKES, DISLIKES],
        [
            ["", *(f"TN{n:02}" for n in range(1, 6))],
            AGES,
            ["Sex", *"fmfmf"],
            [*LIKES],
            ["bad", *DISLIKES[1:]],
        ],
    ],
)
def test_a_table_on_its_side_is_doubted_and_turned(tmp_path: Path, rows: list[list[str]]) -> None:
    """Rows of one kind, or numbered columns, beside questions: `--turned` makes columns of them."""
    doubt = read(tmp_path, rows).doubts[-1]
    assert "5 respondents in its columns" in doubt.message
    assert not read(tmp_path, rows, ImportChoices(row_meaning="respondent")).doubts
    choices = ImportChoices(turned=True)
    raw = read(tmp_path, rows, choices)
    assert (raw.names[-2], len(raw.rows), raw.doubts) == (LIKES[0], 5, ())
    assert raw.rows[1][-1] == "Few seats"


def test_an_ordinary_table_is_not_turned(tmp_path: Path) -> None:
    """Numbered questions beside names of people, or beside answers, are as they should be."""
    rows = [["Name", "Q1", "Q2", "Q3"], *([name, "5", f"{name} says so", "x"] for name in PEOPLE)]
    assert not read(tmp_path, rows).doubts
    texts = [f"{text} was fine" for text in LIKES[1:]]
    rows = [["What else?", "Q1", "Q2", "Q3"], *([text, "5", f"{text} says so", "3"] for text in texts)]
    assert not understand(read(tmp_path, rows)).doubts
