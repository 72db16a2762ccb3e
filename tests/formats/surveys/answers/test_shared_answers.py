"""Answers in merged cells are those of several respondents, which a person has to confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import Workbook

from coder.formats.surveys.reading import read_rows, understand

if TYPE_CHECKING:
    from pathlib import Path


def workbook(path: Path, *merged: str) -> Path:
    """Write a workbook of twelve respondents with these cells merged."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["id", "region", "comment"])
    for n in range(12):
        sheet.append([n + 1, "North", f"we waited {n} hours for somebody to come"])
    for cells in merged:
        sheet.merge_cells(cells)
    book.save(path)
    return path


def test_answer_of_several_rows_is_in_doubt(tmp_path: Path) -> None:
    """Whether three people said so, or one of them, changes a count."""
    raw = read_rows(workbook(tmp_path / "a.xlsx", "C2:C4", "C8:C9"))
    (doubt,) = understand(raw).doubts
    assert doubt.message.startswith("5 answers stand in cells merged over several rows (C2:C4, C8:C9): ")


def test_merged_attributes_are_no_doubt(tmp_path: Path) -> None:
    """A region over its respondents is how people write tables; cells merged sideways share nothing."""
    assert understand(read_rows(workbook(tmp_path / "a.xlsx", "B2:B4", "B8:C8"))).doubts == ()
