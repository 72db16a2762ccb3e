"""Numbers of cells, rounded as they are printed."""

from __future__ import annotations

import pytest

from coder.domain.tables.printed import Cell, PrintedColumn
from coder.domain.tables.tidy_rows import cell_value
from coder.formats.tables.cells import cell_text


@pytest.mark.parametrize(
    ("number", "text"), [(-0.001, "0.00"), (-0.005, "-0.01"), (0.004, "0.00"), (0.125, "0.13")]
)
def test_what_is_rounded_to_nought_has_no_sign(number: float, text: str) -> None:
    """The end of an interval just under nought is printed 0.00; halves are rounded away from it."""
    column = PrintedColumn("from", "number", decimals=2)
    assert cell_text(column, Cell(number)) == text
    assert str(cell_value(column, Cell(number))) == str(float(text))
