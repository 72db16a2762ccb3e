"""The figures of a cell."""

from __future__ import annotations

import pytest

from coder.domain.tables.weights import WeightedSize
from coder.tables.figures.cell_figures import FigureStyle, Share, figures
from coder.tables.small_numbers import small_number_notes

PLAIN = FigureStyle("People", low=10, weighted=True)


@pytest.mark.parametrize(("times", "mark"), [(9_960, ""), (9_940, "low")])
def test_a_base_is_of_few_as_it_is_printed(times: int, mark: str) -> None:
    """9.96 reads 10.0 and is not under ten, 9.94 reads 9.9 and is: in the cell and in the note alike."""
    # Its square over that of its squares: (1000 x times)^2 / (10^9 x times).
    size = WeightedSize(100, 1_000 * times, 1_000_000_000 * times)
    assert round(size.effective, 2) == times / 1_000
    _, percent = figures(PLAIN, Share(5, 100, 500 * times, size))
    assert percent.mark == mark
    notes = list(small_number_notes("people", [("North", round(size.effective, 1))], 10, effective=True))
    assert bool(notes) == (mark == "low")
