"""The columns of a table on the screen: as wide as need be, the one at the cursor always in view."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coder.domain.tables.printed import Cell, CellMark, PrintedColumn, PrintedRow, PrintedTable, Provenance
from coder.tui.tables.columns import GAP, ShownColumn, first_in_view, in_view, shown_columns

MADE = Provenance("PCH", 1, 3, "2026-11-21T09:00:00Z", "coder")


def made(columns: list[PrintedColumn], *rows: list[Cell]) -> PrintedTable:
    """Make a table."""
    printed = tuple(PrintedRow("Pay", "theme", tuple(row)) for row in rows)
    return PrintedTable("1", "Themes", "Theme", tuple(columns), printed, (), MADE)


def by(group: str, base: int, mark: CellMark = "") -> PrintedTable:
    """Make a table with one group of columns."""
    columns = [PrintedColumn("Councils", "count", group), PrintedColumn("%", "percent", group, base, 0)]
    return made(columns, [Cell(1), Cell(100 / base, mark)])


def test_a_group_shows_counts_or_percentages() -> None:
    """One column a group, with its base below its name, and a mark where that is small."""
    table = by("North West", 8, "low")
    assert shown_columns(table, percents=False) == [
        ShownColumn("North West", 0, ("North", "West", "8 [u]"), ("1",), 6, has_base=True)
    ]
    assert shown_columns(table, percents=True) == [
        ShownColumn("North West", 1, ("North", "West", "8 [u]"), ("13 [u]",), 6, has_base=True)
    ]


def test_mentions_have_no_percentages() -> None:
    """Columns of mentions show these, whatever is asked for, and no base."""
    table = made([PrintedColumn("Mentions", "count", "London")], [Cell(3)])
    assert shown_columns(table, percents=True) == [ShownColumn("London", 0, ("London",), ("3",), 6)]


def test_a_table_without_groups_has_all_but_ranks() -> None:
    """Counts and percentages stand beside each other."""
    columns = [
        PrintedColumn("Councils", "count"),
        PrintedColumn("%", "percent", base=8),
        PrintedColumn("Rank", "number"),
    ]
    found = shown_columns(made(columns, [Cell(1), Cell(12.5), Cell(1)]), percents=False)
    assert [(column.index, column.heading, column.texts) for column in found] == [
        (0, ("Councils",), ("1",)),
        (1, ("%",), ("12.5",)),
    ]


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=80))
def test_headings_are_cut_to_three_lines(name: str) -> None:
    """However long a name, it takes three lines at most and little width."""
    (column,) = shown_columns(by(name, 8), percents=False)
    assert len(column.heading) <= 4
    assert column.width <= 30


@given(
    widths=st.lists(st.integers(6, 14), min_size=1, max_size=20),
    room=st.integers(0, 80),
    moves=st.lists(st.integers(0, 19), max_size=10),
)
def test_the_cursor_is_always_in_view(widths: list[int], room: int, moves: list[int]) -> None:
    """Wherever it goes; the columns in view have room, and none is left over at the end."""
    columns = [ShownColumn(f"{place}", place, ("x",), (), width) for place, width in enumerate(widths)]
    left = 0
    for move in moves:
        cursor = min(move, len(columns) - 1)
        left = first_in_view(columns, left, cursor, room)
        shown = in_view(columns, left, room)
        assert cursor in shown
        assert len(shown) == 1 or sum(GAP + columns[place].width for place in shown) <= room
        if shown.stop == len(columns) and left:
            assert in_view(columns, left - 1, room).stop < len(columns)
