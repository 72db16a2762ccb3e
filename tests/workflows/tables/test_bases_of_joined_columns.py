"""Where weighted percentages stand alone, one note tells the bases of all columns side by side."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from visit_study import WEIGHTS, visit_study

from coder.domain.study_settings import Settings, TableLayout, TableSetting
from coder.domain.tables.requests import TableRequest
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


def told(heading: str, respondents: Collection[str]) -> str:
    """Return what a note says of a column: Kish's effective base and design effect, worked out by hand."""
    weights = [float(WEIGHTS[name]) for name in respondents]
    effective = sum(weights) ** 2 / sum(weight**2 for weight in weights)
    return f"{heading} {effective:.1f} ({len(weights) / effective:.2f})"


NORTH, SOUTH, ALL = told("North", ["P1", "P4"]), told("South", ["P2", "P3"]), ["P1", "P2", "P3", "P4"]
TOTAL = told("Total", ALL)
GLAD, SAD = told("mood: glad", ["P1", "P2"]), told("mood: sad", ["P1", "P3"])
UNTOLD = told("mood: Not stated", ["P4"])
BASES = {
    "region": [NORTH, SOUTH, TOTAL],
    "mood": [*(text.removeprefix("mood: ") for text in (GLAD, SAD, UNTOLD)), TOTAL],
    "region,mood": [f"region: {NORTH}", f"region: {SOUTH}", GLAD, SAD, UNTOLD, TOTAL],
    "Q1:pay,mood": [
        told("Pay (Q1): mention Pay", ["P1", "P4"]), told("Pay (Q1): do not mention Pay", ["P2", "P3"]),
        GLAD, SAD, UNTOLD, TOTAL,
    ],
    "Q1": [
        told("Q1: Pay", ["P1", "P4"]), told("Q1: Beds", ["P1", "P2"]), told("Q1: Money", ["P3"]), TOTAL,
    ],
    "visit.month": [
        told("January 2026", ["P1", "P2"]), "February 2026 0.0 (none)",
        told("March 2026", ["P1", "P3", "P4"]), TOTAL,
    ],
    "region:mood": [
        told("North \N{MIDDLE DOT} glad", ["P1"]), told("North \N{MIDDLE DOT} sad", ["P1"]),
        told("North \N{MIDDLE DOT} Not stated", ["P4"]), told("South \N{MIDDLE DOT} glad", ["P2"]),
        told("South \N{MIDDLE DOT} sad", ["P3"]), TOTAL,
    ],
}  # fmt: skip


@pytest.mark.parametrize("by", BASES)
def test_each_column_has_its_base_in_one_note(tmp_path: Path, by: str) -> None:
    """Of attributes, what is known of answers, months, themes and combinations, in the columns' order."""
    layout = TableLayout(numbers="percent")
    settings = Settings("Visits", weight="wt", tables=(TableSetting("Q1", by=by, layout=layout),))
    with closing(visit_study(tmp_path / "study", settings=settings)) as study:
        (table,) = printed_tables(study, TableRequest(subjects=("Q1",), by=by))
    notes = [note for note in table.notes if "in brackets the design effect" in note]
    assert notes == [f"Effective bases (in brackets the design effect): {', '.join(BASES[by])}."]
    assert len(table.columns) == len(BASES[by])


def test_of_closed_questions_too(tmp_path: Path) -> None:
    """A table of an attribute by two others."""
    setting = TableSetting("region", by="Q1:pay,Q1:beds", layout=TableLayout(numbers="percent"))
    settings = Settings("Visits", weight="wt", tables=(setting,))
    with closing(visit_study(tmp_path / "study", settings=settings)) as study:
        (table,) = printed_tables(study, TableRequest(subjects=("region",), by=setting.by))
    (note,) = (note for note in table.notes if "in brackets the design effect" in note)
    for text in (
        told("Pay (Q1): mention Pay", ["P1", "P4"]),
        told("Beds (Q1): mention Beds", ["P1", "P2"]),
        told("Beds (Q1): do not mention Beds", ["P3", "P4"]),
    ):
        assert text in note


def test_where_rows_have_the_bases_no_note_does(tmp_path: Path) -> None:
    """Counts and percentages together have rows of bases, in each column its own."""
    with closing(visit_study(tmp_path / "study", settings=Settings("Visits", weight="wt"))) as study:
        (table,) = printed_tables(study, TableRequest(subjects=("Q1",), by="mood"))
    assert not any("in brackets the design effect" in note for note in table.notes)
    (row,) = (row for row in table.rows if row.label == "Effective base")
    figures = [f"{cell.value:.1f}" for cell in row.cells if cell.value is not None]
    assert figures == [text.split(" ")[-2] for text in BASES["mood"]]
