"""What the values of a column are like, from a sample."""

from __future__ import annotations

import pytest

from coder.formats.surveys.columns.column_facts import facts_of


@pytest.mark.parametrize("period", [2, 3, 4, 5])
def test_rows_that_alternate_do_not_hide_the_answers(period: int) -> None:
    """Every second row may be of another visit or group, where the question was not asked and has an x."""
    answers = [f"more time for people on ward {n}" for n in range(1200)]
    cells = ["x" if n % period == 0 else answer for n, answer in enumerate(answers)]
    facts = facts_of(cells)
    assert facts.median_words > 1
    assert facts.variety > 1 / 3


@pytest.mark.parametrize(
    ("ticked", "cells"),
    [
        (
            True,
            [
                "Mon (before 9, or late), Fri (all day)",
                "Mon (before 9, or late)",
                "Fri (all day), Sun",
                "Sun",
            ],
        ),
        (True, ["Bus; Car; Bike", "Bus; Car", "Bike; Bus", "Car; Bike"]),
        (False, ["Buses, cars, and noise", "Noise, dirt, and dogs", "No shops, no doctor", "Cars, and dirt"]),
        (
            False,
            ["Too far, too late", "Too dear (for me, at least), too far", "Fine, thanks", "Good, but cold"],
        ),
    ],
)
def test_options_ticked_are_known_in_small_files(ticked: bool, cells: list[str]) -> None:
    """Their parts repeat, whatever stands in brackets; parts of what people wrote do not."""
    assert facts_of(cells).options_only == ticked
