"""A question is called by the number that the file gives it, and by no other question's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coder.formats.surveys.columns.column_names import question_id
from coder.workflows.exchange.survey_import import plan_import

if TYPE_CHECKING:
    from pathlib import Path

ROW = "C{0},North,we need {0} more people in the team,yes,there is never money for {0} of us"


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Q15. What went well?", "Q15"),
        ("15) What went well?", "Q15"),
        ("Q15 What went well?", "Q15"),
        ("Question 15b What went well?", "Q15B"),
        ("q15", "Q15"),
        ("15 minutes: what did you do in them?", "Q1"),
        ("Quality of care: what went well with you?", "Q1"),
        ("What went well in your first 15 days with us?", "Q1"),
    ],
)
def test_by_its_number(name: str, called: str) -> None:
    """A bare number before words may be one of anything; with a Q it is the question's."""
    assert question_id(name, "", ()) == called


@pytest.mark.parametrize(
    ("header", "called"),
    [
        ("id,Region,Q1 What went well?,Q1 contact,Q2 What could be better?", ["Q1", "Q2"]),
        (
            "id,Q1. Region,What went well for you?,Q2. Contact,What could be better here?",
            ["Q3", "Q4"],
        ),
        (
            "id,Q2 Region,What went well for you?,Q4 Contact,What could be better here?",
            ["Q1", "Q3"],
        ),
    ],
)
def test_no_question_has_another_ones_number(tmp_path: Path, header: str, called: list[str]) -> None:
    """Where closed questions have numbers, open ones without are not called by them."""
    survey = tmp_path / "survey.csv"
    rows = [
        ROW.replace("C1", f"C{n}").replace("people", f"people {n}").replace("money", f"money {n}")
        for n in range(12)
    ]
    survey.write_text("\n".join([header, *rows]), "utf-8")
    layout = plan_import(survey).layout
    assert [column.question_id for column in layout.of_role("open")] == called
