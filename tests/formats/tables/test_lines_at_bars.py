"""Intervals in charts: lines at the bars, in pictures, in Excel's charts and in PowerPoint's."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise
from typing import Any
from zipfile import ZipFile

import openpyxl
import pptx
import pytest
from lxml import etree
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from printed_tables import PROVENANCE, theme_table

from coder.domain.tables.printed import Cell, PrintedColumn, PrintedRow, PrintedTable
from coder.formats.charts.drawing import bar_chart, picture
from coder.formats.tables.charted import WHISKERS, series_of
from coder.formats.tables.slides import charted_pptx
from coder.formats.tables.workbook import charted_xlsx, printed_xlsx

CHART = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
HIDDEN = (Cell(98765.4, "suppressed"),) * 4
LINE = "#111111"


def columns_of(group: str) -> tuple[PrintedColumn, ...]:
    """Return the columns of a group: count, percentage, and the ends of its interval."""
    return (
        PrintedColumn("Councils", "count", group),
        PrintedColumn("%", "percent", group, decimals=1),
        PrintedColumn("95% from", "number", group, decimals=1, end="from"),
        PrintedColumn("95% to", "number", group, decimals=1, end="to"),
    )


def interval_table(*groups: str) -> PrintedTable:
    """Return a table with intervals: two rows with one, a small base, one without, one kept back, a total."""
    of_rows: dict[str, tuple[Cell, ...]] = {
        "Pay": (Cell(30), Cell(50.04), Cell(37.73), Cell(62.31)),
        "Beds": (Cell(6), Cell(10.0), Cell(4.66), Cell(20.15)),
        "Vans": (Cell(1), Cell(20.0, "low"), Cell(3.6), Cell(62.4)),
        "Food": (Cell(3), Cell(5.0), Cell(None, "blank"), Cell(None, "blank")),
        "Heat": HIDDEN,
    }
    times = max(len(groups), 1)
    rows = [PrintedRow(label, "theme", cells * times) for label, cells in of_rows.items()]
    rows.append(PrintedRow("All", "total", (Cell(60), Cell(100), *[Cell(None, "blank")] * 2) * times))
    columns = tuple(column for group in groups or ("",) for column in columns_of(group))
    return PrintedTable("7", "Intervals", "Theme", columns, tuple(rows), ("Base: all.",), PROVENANCE)


def lines_on(table: PrintedTable) -> list[tuple[float, float]]:
    """Return where the lines of a picture begin and end, in points, from top to bottom."""
    patches = bar_chart(table).figure().axes[0].patches
    boxes = [patch for patch in patches if isinstance(patch, Rectangle)]
    lines = [box for box in boxes if to_hex(box.get_facecolor()) == LINE and box.get_width() > 2]
    return [(box.get_x(), box.get_x() + box.get_width()) for box in lines]


def test_intervals_are_those_printed() -> None:
    """Rounded half up as in the cells; none where there is none, or any of the three is kept back."""
    (series,) = series_of(interval_table())
    assert series.intervals == ((37.7, 62.3), (4.7, 20.2), (3.6, 62.4), None, None)
    # By hand: 50.0 - 37.7, 62.3 - 50.0; 10.0 - 4.7, 20.2 - 10.0; 20.0 - 3.6, 62.4 - 20.0.
    assert series.lines == [(12.3, 12.3), (5.3, 10.2), (16.4, 42.4), None, None]
    hidden_end = replace(
        interval_table().rows[0], cells=(Cell(30), Cell(50.0), Cell(37.7), Cell(9, "suppressed"))
    )
    (series,) = series_of(replace(interval_table(), rows=(hidden_end,)))
    assert series.intervals == (None,)


def test_lines_of_a_picture_reach_from_end_to_end() -> None:
    """By the scale of the bars; a row without an interval has none, nor has one that is kept back."""
    table = interval_table()
    lines = lines_on(table)
    assert len(lines) == 3
    bars = [
        patch
        for patch in bar_chart(table).figure().axes[0].patches
        if isinstance(patch, Rectangle) and patch.get_height() > 10 and patch.get_width() > 2
    ]
    axis, scale = bars[0].get_x(), bars[0].get_width() / 50.04
    ends = [(round((left - axis) / scale, 6), round((right - axis) / scale, 6)) for left, right in lines]
    assert ends == [(37.7, 62.3), (4.7, 20.2), (3.6, 62.4)]
    assert lines_on(theme_table()) == []


def test_lines_are_seen_on_every_bar() -> None:
    """Black on bars of at least the contrast that small type needs, 4.5 to 1; numbers stand behind."""
    table = interval_table()
    rows = (replace(table.rows[0], kind="net"), *table.rows[1:])
    for patch in bar_chart(replace(table, rows=rows)).figure().axes[0].patches:
        assert isinstance(patch, Rectangle)
        if patch.get_height() > 10 and patch.get_width() > 2:
            assert contrast(to_hex(patch.get_facecolor()), LINE) > 4.5
    texts = {text.get_text(): text.get_position()[0] for text in bar_chart(table).figure().axes[0].texts}
    assert texts["30 (50.0%)"] > lines_on(table)[0][1]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours by WCAG 2.1."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_words_say_what_the_lines_are() -> None:
    """In the description with the ends of those it names, and on the picture; a heat map has no lines."""
    chart = picture(interval_table(), "svg")
    assert chart.alt == (
        "Bar chart: Table 7. Intervals. Largest of 5 rows: Pay (50.0%, 37.7 to 62.3), Vans (20.0% [u], 3.6 "
        f"to 62.4) and Beds (10.0%, 4.7 to 20.2). {WHISKERS}"
    )
    words = "".join(etree.fromstring(chart.content).itertext("{http://www.w3.org/2000/svg}text"))
    assert WHISKERS in words
    heat = picture(interval_table("North", "South"), "svg")
    assert WHISKERS not in heat.alt
    assert WHISKERS.encode() not in heat.content
    assert WHISKERS not in picture(theme_table(), "svg").alt


def first_chart(content: bytes, name: str) -> Any:
    """Return the first chart in an archive."""
    with ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


@pytest.mark.parametrize("groups", [(), ("North", "South")], ids=["one", "two"])
def test_excels_lines_are_cells(groups: tuple[str, ...]) -> None:
    """They refer to a worksheet that says how far each reaches; what is kept back is nowhere."""
    content = charted_xlsx([theme_table(), interval_table(*groups)])
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = list(book["Chart lines"].iter_rows(min_row=5, values_only=True))
    assert [row[2:] for row in rows] == [
        ("Pay", 12.3, 12.3), ("Beds", 5.3, 10.2), ("Vans", 16.4, 42.4), ("Food", "[z]", "[z]"),
        ("Heat", "[c]", "[c]"),
    ] * max(len(groups), 1)  # fmt: skip
    chart = first_chart(content, "xl/charts/chart2.xml")
    lines = chart.xpath("//c:errBars", namespaces=CHART)
    assert len(lines) == max(len(groups), 1)
    for place, line in enumerate(lines):
        minus, plus = (line.xpath(f"c:{side}//c:f/text()", namespaces=CHART)[0] for side in ("minus", "plus"))
        first = 5 + 5 * place
        assert minus == f"'Chart lines'!$D${first}:$D${first + 4}"
        assert plus == f"'Chart lines'!$E${first}:$E${first + 4}"
    (most,) = chart.xpath("//c:valAx/c:scaling/c:max/@val", namespaces=CHART)
    assert float(most) == 70
    with ZipFile(io.BytesIO(content)) as archive:
        everything = "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    assert "98765" not in everything
    assert WHISKERS in everything


def test_numbers_stand_behind_excels_lines() -> None:
    """A second row of bars, which is not seen, ends where the lines do and carries the numbers."""
    content = charted_xlsx([interval_table()])
    bars, carrier = first_chart(content, "xl/charts/chart1.xml").xpath("//c:ser", namespaces=CHART)
    assert bars.xpath("c:dLbls", namespaces=CHART) == []
    assert carrier.xpath("c:spPr/a:noFill", namespaces=CHART)
    assert carrier.xpath("c:val//c:f/text()", namespaces=CHART)[0].endswith("!$E$7:$E$11")
    assert carrier.xpath("c:dLbls//a:t/text()", namespaces=CHART) == [
        "50.0",
        "10.0",
        "20.0 [u]",
        "5.0",
        "[c]",
    ]


def test_without_intervals_there_are_no_lines() -> None:
    """Neither in the chart nor as a worksheet; nor in a workbook without charts."""
    content = charted_xlsx([theme_table()])
    assert not first_chart(content, "xl/charts/chart1.xml").xpath("//c:errBars", namespaces=CHART)
    for without in (content, printed_xlsx([interval_table()])):
        assert "Chart lines" not in openpyxl.load_workbook(io.BytesIO(without)).sheetnames
    assert b"errBars" not in ZipFile(io.BytesIO(charted_pptx([theme_table()]))).read("ppt/charts/chart1.xml")


@pytest.mark.parametrize("groups", [(), ("North", "South")], ids=["one", "two"])
def test_powerpoints_lines_are_in_the_workbook_behind(groups: tuple[str, ...]) -> None:
    """What a line refers to there is what it shows; where there is none it has no length."""
    content = charted_pptx([interval_table(*groups)])
    (chart,) = [
        s.chart
        for slide in pptx.Presentation(io.BytesIO(content)).slides
        for s in slide.shapes
        if s.has_chart
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).worksheets[0]
    root = etree.fromstring(etree.tostring(chart._chartSpace))
    lines = root.xpath("//c:errBars", namespaces=CHART)
    assert len(lines) == max(len(groups), 1)
    for line in lines:
        for side, expected in (("minus", [12.3, 5.3, 16.4, 0, 0]), ("plus", [12.3, 10.2, 42.4, 0, 0])):
            numbers = [float(n) for n in line.xpath(f"c:{side}//c:v/text()", namespaces=CHART)]
            assert numbers == expected
            (formula,) = line.xpath(f"c:{side}//c:f/text()", namespaces=CHART)
            cells = sheet[formula.partition("!")[2].replace("$", "")]
            assert [cell.value or 0 for (cell,) in cells] == expected
    assert chart.value_axis.maximum_scale > 62.4
    texts = root.xpath("//c:ser[last()]/c:dLbls//a:t/text()", namespaces=CHART)
    assert ("50.0" in texts) is not bool(groups)
    assert [row.value for row in sheet["A"][1:]][-1].startswith("Heat [c]")


def test_a_slide_with_lines_says_what_they_are() -> None:
    """At its foot; not that of the table, which has none."""
    slides = list(pptx.Presentation(io.BytesIO(charted_pptx([interval_table()]))).slides)
    feet = [
        "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame) for slide in slides
    ]
    assert [WHISKERS in foot for foot in feet] == [False, True]


def test_rows_on_slides_are_shared_out_evenly() -> None:
    """No slide of a long table has a row or two where the others are full; nor is there one more for it."""
    table = interval_table()
    long = replace(table, rows=tuple(replace(table.rows[0], label=f"Theme {n}") for n in range(30)))
    slides = list(pptx.Presentation(io.BytesIO(charted_pptx([long]))).slides)
    counts = [len(shape.table.rows) - 1 for slide in slides for shape in slide.shapes if shape.has_table]
    assert sum(counts) == 30
    assert all(abs(one - other) <= 2 for one, other in pairwise(counts))
