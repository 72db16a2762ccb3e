"""Bars of tables: to a scale that is said, as long as there is room for, and never absurdly long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.tables.printed import Cell, PrintedColumn, PrintedRow, PrintedTable, Provenance
from coder.formats.tables.bars import LONGEST, SHORTEST, bars_of, room_for_bars
from coder.formats.tables.terminal import printed_text

SOURCE = Provenance("PCH", 1, 3, "2026-11-21T09:00:00Z", "coder")


def table(*numbers: float | None, kind: str = "percent", group: str = "") -> PrintedTable:
    """Make a table with a row for each number."""
    column = PrintedColumn("%", kind, group)  # type: ignore[arg-type]
    rows = tuple(PrintedRow("Pay", "theme", (Cell(number),)) for number in numbers)
    return PrintedTable("1", "Themes", "Theme", (column,), rows, (), SOURCE)


@pytest.mark.parametrize(
    ("largest", "kind", "limit"),
    [(41.5, "percent", "50%"), (100, "percent", "100%"), (7.5, "percent", "8%"), (22, "count", "30"),
     (7, "count", "7"), (1234, "count", "2,000"), (0.4, "percent", "0.4%")],
)  # fmt: skip
def test_the_scale_ends_at_a_round_number(largest: float, kind: str, limit: str) -> None:
    """A scale goes from nought to the next number with one digit that is not nought."""
    bars = bars_of(table(largest, 0, None, kind=kind))
    assert bars is not None
    assert bars.limit == limit
    assert bars.scale(12) == f"0{limit:>11}"
    assert list(bars.shares[1:]) == [0, 0]


@given(st.lists(st.floats(0.01, 100), min_size=1))
def test_bars_are_as_long_as_what_they_show(numbers: list[float]) -> None:
    """Shares are in the proportion of the numbers; the largest takes half of the scale or more."""
    bars = bars_of(table(*numbers))
    assert bars is not None
    assert 0.5 <= max(bars.shares) <= 1 + 1e-9
    ratios = [share / number for share, number in zip(bars.shares, numbers, strict=True)]
    assert max(ratios) == pytest.approx(min(ratios))


def test_columns_of_groups_and_tables_of_nothing_have_no_bars() -> None:
    """There are bars beside one column of numbers, if any of them is above nought."""
    assert bars_of(table(1, group="London")) is None
    assert bars_of(table(0)) is None
    assert bars_of(table()) is None


def test_bars_take_what_is_left_up_to_a_limit() -> None:
    """On a wide line bars stop at their limit; on a narrow one there are none."""
    assert room_for_bars(200) == LONGEST
    assert room_for_bars(20) == 20
    assert room_for_bars(SHORTEST - 1) == room_for_bars(-3) == 0
    for width, longest in ((80, LONGEST), (200, LONGEST)):
        text = printed_text([table(50, 25)], width)
        assert text.count("█") == longest + longest // 2
        assert "%" in next(line for line in text.splitlines() if line.endswith(" 50%"))
