"""Printed tables for tests of what is done with them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from coder.domain.tables.bases import TableBase
from coder.domain.tables.printed import (
    Cell,
    CellMark,
    ColumnKind,
    PrintedColumn,
    PrintedRow,
    PrintedTable,
    Provenance,
)

PROVENANCE = Provenance("Small & <odd>", 3, 1234, "2026-11-21T21:04:05Z", "coder 0.1.0")
SYNTHETIC = "SYNTHETIC: nobody wrote these answers."

PAIR: tuple[tuple[str, ColumnKind], ...] = (("Councils", "count"), ("%", "percent"))
"""The columns of a group."""

ODD_LABELS = (
    'Pay, "terms" & conditions <of> work',
    "=1+1",
    "+44",
    "-",
    "@home",
    "50% of a_b {c} ~ ^ \\ # $x$ $$y$$",
    "[a](b) | c * d `e`",
    "Жильё и работа",
    "?",
    "C’est l’été",
)


def theme_table(labels: tuple[str, ...] = ODD_LABELS) -> PrintedTable:
    """Return a frequency table whose counts fall by one from row to row; the first is a net of the next."""
    count = len(labels)
    rows = [
        PrintedRow(
            label,
            "net" if place == 0 and count > 1 else "theme",
            (Cell(count - place), Cell(100 * (count - place) / 60), Cell(place + 1)),
            level=1 if place == 1 else 0,
            key=f"t{place}",
            respondents=count - place,
            mentions=count - place + 5,
        )
        for place, label in enumerate(labels)
    ]
    return PrintedTable(
        "21",
        "Challenges | 2023",
        "Theme",
        (
            PrintedColumn("Councils", "count"),
            PrintedColumn("%", "percent", base=60),
            PrintedColumn("Rank", "number", decimals=0),
        ),
        tuple(rows),
        (SYNTHETIC, "Base: councils that answered Q16, n = 60."),
        PROVENANCE,
        key="Q16",
        subject="Q16",
        base=TableBase("answered", 60, asked=71, answered=60),
        counts="respondents",
    )


def region_table(
    labels: tuple[str, ...] = ("Pay", "Beds", "Нет"), regions: tuple[str, ...] = ("North", "South")
) -> PrintedTable:
    """Return a table of themes by region with a low and a suppressed cell, a total and a row without one."""
    columns = [
        PrintedColumn(name, kind, group=region, base=30 + place)
        for place, region in enumerate((*regions, "Total"))
        for name, kind in PAIR
    ]
    rows = [
        PrintedRow(label, "theme", tuple(_cells(place, len(columns))), key=f"t{place}")
        for place, label in enumerate(labels)
    ]
    return PrintedTable(
        "21b",
        "Challenges by region",
        "Theme",
        tuple(replace(column) for column in columns),
        tuple(rows),
        (SYNTHETIC, "Base: councils that answered Q16."),
        PROVENANCE,
        key="Q16-by-region",
        subject="Q16",
        by="region",
    )


def _cells(row: int, columns: int) -> list[Cell]:
    marks: dict[tuple[int, int], CellMark] = {
        (0, 0): "low", (0, 1): "low", (1, 2): "suppressed", (1, 3): "suppressed"
    }  # fmt: skip
    return [
        Cell(
            None if (row, column) == (2, 1) else (10 * row + column) * 1.37,
            marks.get((row, column), ""),
        )
        for column in range(columns)
    ]


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30)
_VALUE = st.none() | st.floats(0, 1e6, allow_nan=False).map(lambda value: round(value, 3))
_CELL = st.builds(Cell, _VALUE, st.sampled_from(("", "low", "suppressed")))


@st.composite
def any_table(draw: st.DrawFn) -> PrintedTable:
    """Draw a table with any labels, marks and groups."""
    groups = draw(st.lists(st.sampled_from(("", "North", "South: 1")), min_size=1, max_size=3, unique=True))
    columns = tuple(
        PrintedColumn(name, kind, group=group, base=draw(st.none() | st.integers(0, 99)))
        for group in groups
        for name, kind in PAIR
    )
    rows = draw(
        st.lists(
            st.builds(
                PrintedRow,
                _TEXT,
                st.sampled_from(("theme", "net", "total")),
                st.tuples(*[_CELL] * len(columns)),
                st.integers(0, 2),
            ),
            max_size=4,
        )
    )
    title, note = draw(_TEXT), draw(_TEXT)
    return PrintedTable("7", title, "Theme", columns, tuple(rows), (note,), PROVENANCE, subject="Q16")
