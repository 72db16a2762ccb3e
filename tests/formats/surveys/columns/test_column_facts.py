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
