"""Rows at the end of a file that are no respondents'."""

from __future__ import annotations

import csv
import io
from itertools import cycle
from typing import TYPE_CHECKING

import pytest

from coder.domain.surveys.import_choices import NO_CHOICES, ImportChoices
from coder.formats.surveys.reading import read_rows, understand

if TYPE_CHECKING:
    from pathlib import Path

    from coder.formats.surveys.raw_tables import RawTable

TEXTS = ("More seats in the hall", "Longer hours, please", "The staff were kind", "Nothing but the price")
WITH_IDS = [["id", "team", "comment"]] + [
    [str(n + 1), team, f"{text} {n}"]
    for n, team, text in zip(range(12), cycle("AB"), cycle(TEXTS), strict=False)
]
WITHOUT_IDS = [["team", "score", "comment"]] + [
    [team, str(n % 5 + 1), f"{text} {n}"]
    for n, team, text in zip(range(12), cycle("AB"), cycle(TEXTS), strict=False)
]


def read(folder: Path, rows: list[list[str]], choices: ImportChoices = NO_CHOICES) -> RawTable:
    """Read rows that stand in a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    path = folder / "survey.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return read_rows(path, choices)


@pytest.mark.parametrize(
    ("table", "tail"),
    [
        (WITH_IDS, [["", "", ""], ["team", "count", ""], ["A", "6", ""], ["B", "6", ""]]),
        (WITH_IDS, [["", "", ""], ["Legend", "A = north", ""], ["", "B = south", ""]]),
        (WITH_IDS, [["", "n=12", ""]]),
        (WITH_IDS, [["", "", "N = 12"]]),
        (WITHOUT_IDS, [["", "n = 12", ""]]),
        (WITHOUT_IDS, [["", "", "12 responses"]]),
        ([[row[0], row[2]] for row in WITH_IDS], [["", "n=12"]]),
        (WITHOUT_IDS, [["", "3.0", ""]]),
        (WITHOUT_IDS, [["", "", ""], ["", "3.0", "12"]]),
    ],
)
def test_what_is_unlike_the_table_is_left_out_and_told(
    tmp_path: Path, table: list[list[str]], tail: list[list[str]]
) -> None:
    """One cell of another kind, or a small table below a blank row, is no respondent's."""
    raw = read(tmp_path, [*table, *tail])
    assert len(raw.rows) == 12
    assert "below the table" in raw.notes[-1]
    assert not understand(raw).doubts


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (WITHOUT_IDS, ["", "3.0", "30"]),
        (WITHOUT_IDS, ["20", "20", "20"]),
        (WITH_IDS, ["", "50% A", "12 comments"]),
        (WITH_IDS, ["", "average", "12"]),
    ],
)
def test_several_strange_cells_right_below_the_table_are_doubted(
    tmp_path: Path, table: list[list[str]], row: list[str]
) -> None:
    """They are left out, and `--last-row` settles it, also where there is a column of ids."""
    (doubt,) = understand(read(tmp_path, [*table, row])).doubts
    assert "--last-row 13 if that is right; --last-row 14 to keep" in doubt.remedy
    assert len(read(tmp_path, [*table, row], ImportChoices(last_row=14)).rows) == 13


def test_a_figure_alone_among_ages_is_kept_and_doubted(tmp_path: Path) -> None:
    """A mean of a column whose numbers all differ may be one more of them."""
    rows = [
        ["name", "age", "comment"],
        *([f"Ward {c}", str(20 + 3 * n), f"It is {c}"] for n, c in enumerate("ABCDEFGH")),
    ]
    raw = read(tmp_path, [*rows, ["", "30", ""]])
    assert len(raw.rows) == 9
    assert "--last-row 9 to leave that out" in raw.doubts[0].remedy


def test_a_text_alone_at_the_end_is_kept_and_doubted(tmp_path: Path) -> None:
    """It may be a respondent's who skipped all else, or a remark below the table."""
    raw = read(tmp_path, [*WITHOUT_IDS, ["", "", "All of this was typed by hand"]])
    (doubt,) = raw.doubts
    assert len(raw.rows) == 13
    assert "--last-row 13 to leave that out; --last-row 14 to keep it" in doubt.remedy


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (WITH_IDS, [["13", "", ""], ["14", "", ""]]),
        (WITH_IDS, [["", "", ""], ["13", "C", ""], ["14", "", ""]]),
        (WITH_IDS, [["", "A", "Report more often, please"]]),
        (WITHOUT_IDS, [["C", "5", "Fine"]]),
        (WITHOUT_IDS, [["A", "7", "10"]]),
        (WITHOUT_IDS, [["A", "", ""], ["B", "", ""]]),
        (WITHOUT_IDS, [["C", "1", "no"], ["C", "2", "It rains in"], ["C", "3", "none"]]),
        (WITHOUT_IDS, [["C", "7", "It is far"], ["C", "7", "It rains in"], ["C", "7", "none"]]),
    ],
)
def test_respondents_who_said_little_stay(
    tmp_path: Path, table: list[list[str]], rows: list[list[str]]
) -> None:
    """An id, or a value of which there are more, is a respondent's; new groups stand at the end."""
    raw = read(tmp_path, [*table, *rows])
    assert len(raw.rows) == 12 + sum(map(any, rows))
    assert not raw.doubts
