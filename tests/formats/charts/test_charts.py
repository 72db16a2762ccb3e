"""Charts: nothing cut, nothing on top of anything else, every number printed, the same bytes each time."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pytest
from hypothesis import given, settings
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba
from matplotlib.patches import Rectangle
from PIL import Image
from printed_tables import any_table, region_table, theme_table

from coder.domain.tables.printed import Cell
from coder.formats.charts.canvas import Type, own_settings, text_width, wrapped
from coder.formats.charts.drawing import bar_chart, heat_map, picture
from coder.formats.tables.cells import has_groups, heading_groups

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.transforms import BboxBase

    from coder.domain.tables.printed import PrintedTable
    from coder.formats.charts.canvas import Canvas, PictureKind

LONG = "A very long label that says all there is to say about this theme, at length, and then a little more"
WELSH = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
REGIONS = (
    "East Midlands", "East of England", "London", "North East", "North West", "South East", "South West",
    "West Midlands", "Yorkshire and The Humber",
)  # fmt: skip
MANY = tuple(f"Theme {place} of the codebook" for place in range(20))


def texts_of(canvas: Canvas) -> tuple[list[tuple[str, BboxBase]], BboxBase]:
    """Return every text of a chart with its place on the sheet, and the sheet's."""
    figure = canvas.figure()
    with own_settings():
        FigureCanvasAgg(figure)
        texts = [(text.get_text(), text.get_window_extent()) for text in figure.axes[0].texts]
    return [(text, box) for text, box in texts if text.strip()], figure.bbox


def boxes_of(canvas: Canvas) -> list[Rectangle]:
    """Return the boxes of a chart, without the line that bars begin at."""
    patches = canvas.figure().axes[0].patches
    return [patch for patch in patches if isinstance(patch, Rectangle) and patch.get_width() > 1]


def svg(table: PrintedTable) -> str:
    """Return the words of a table's SVG chart, parted by line ends."""
    root = ET.fromstring(picture(table, "svg").content)  # noqa: S314  # made just now
    return "\n".join("".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text"))


@pytest.mark.parametrize(
    "canvas",
    [
        bar_chart(theme_table()),
        bar_chart(theme_table(("One",))),
        bar_chart(theme_table(tuple(f"{LONG} {place}" for place in range(60)))),
        bar_chart(theme_table(("W" * 120, "i" * 300, "Net of bold words that need more room than others"))),
        bar_chart(theme_table(())),
        heat_map(region_table()),
        heat_map(region_table(MANY, REGIONS)),
        heat_map(region_table((LONG, LONG), (WELSH, "B"))),
        heat_map(region_table((*MANY, LONG * 2, LONG * 2, *MANY), REGIONS)),
        bar_chart(replace(theme_table(("One", "Two")), title="WMWM " * 60)),
    ],
)
def test_no_text_is_cut_or_covered(canvas: Canvas) -> None:
    """Every text lies on the sheet, and no two of them on each other."""
    texts, sheet = texts_of(canvas)
    assert texts
    for text, box in texts:
        assert box.x0 >= 0, text
        assert box.y0 >= 0, text
        assert box.x1 <= sheet.x1, text
        assert box.y1 <= sheet.y1, text
    for (one, box), (other, another) in combinations(texts, 2):
        assert not box.padded(-1).overlaps(another.padded(-1)), (one, other)


def test_labels_end_before_the_bars_begin() -> None:
    """A bold label has the room it needs as well."""
    canvas = bar_chart(theme_table())
    texts, _ = texts_of(canvas)
    left = min(bar.get_window_extent().x0 for bar in boxes_of(canvas))
    labels = [box for text, box in texts if text.startswith("Pay")]
    assert labels[0].x1 < left


def test_every_number_is_printed_beside_its_bar() -> None:
    """Counts with their percentages; a low one is marked, a suppressed one shows no bar."""
    table = theme_table(("Pay", "Beds", "Staff"))
    rows = list(table.rows)
    rows[1] = replace(rows[1], cells=(Cell(2, "low"), Cell(3.3, "low"), Cell(2)))
    rows[2] = replace(rows[2], cells=(Cell(98765, "suppressed"), Cell(98765, "suppressed"), Cell(3)))
    table = replace(table, rows=tuple(rows))
    words = svg(table)
    assert "3 (5.0%)" in words
    assert "2 (3.3% [u])" in words
    assert "[c]" in words
    assert "98765" not in words.replace(",", "")
    assert len(boxes_of(bar_chart(table))) == 2


def test_bars_are_as_long_as_their_numbers() -> None:
    """The lengths have the proportions of the numbers."""
    lengths = [bar.get_width() for bar in boxes_of(bar_chart(theme_table(tuple("abcde"))))]
    assert [round(length / lengths[0], 6) for length in lengths] == [1, 0.8, 0.6, 0.4, 0.2]


def test_a_heat_map_is_darker_where_numbers_are_larger() -> None:
    """Greys fall as numbers rise; what is kept back is white."""
    greys = [to_rgba(box.get_facecolor())[0] for box in boxes_of(heat_map(region_table()))]
    # Pay: 1.4, 4.1, 6.9; Beds: 15.1, kept back, 20.6; the last row: none, 31.5, 34.3.
    assert greys[0] > greys[1] > greys[2] > greys[3] > greys[5] > greys[7] > greys[8]
    assert greys[4] == greys[6] == 1
    words = svg(region_table())
    assert "1.4% [u]" in words
    assert "[z]" in words


def test_totals_are_not_drawn() -> None:
    """A total would dwarf the other bars."""
    table = theme_table(("Pay", "Beds", "All councils"))
    table = replace(table, rows=(*table.rows[:2], replace(table.rows[2], kind="total")))
    assert "All councils" not in svg(table)


@pytest.mark.parametrize("kind", ["svg", "png"])
@pytest.mark.parametrize("table", [theme_table(), region_table()], ids=["bars", "heat map"])
def test_the_same_table_gives_the_same_bytes(kind: PictureKind, table: PrintedTable) -> None:
    """Neither the moment nor the settings of whoever draws it change a chart."""
    first = picture(table, kind)
    with mpl.rc_context({"svg.fonttype": "path", "text.color": "red", "savefig.dpi": 30}):
        assert picture(table, kind) == first


def test_a_png_is_a_picture_and_says_what_it_shows() -> None:
    """The file opens, holds the description, and is readable in greyscale: black on white."""
    chart = picture(theme_table(), "png")
    image = Image.open(io.BytesIO(chart.content))
    assert image.format == "PNG"
    assert image.info["Description"] == chart.alt
    assert image.convert("L").getextrema() == (17, 255)


def test_an_svg_has_texts_title_and_description() -> None:
    """Texts stay texts, and screen readers are told what it is."""
    chart = picture(theme_table(), "svg")
    text = chart.content.decode()
    assert "<title>Table 21. Challenges | 2023</title>" in text
    assert "Жильё и работа" in text
    assert not re.search(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.", text)


def test_the_description_names_the_three_largest() -> None:
    """The alternative text says what, how many rows, and the largest, nets left out."""
    assert picture(theme_table(tuple("abcde")), "svg").alt == (
        "Bar chart: Table 21. Challenges | 2023. Largest of 5 rows: b (6.7%), c (5.0%) and d (3.3%)."
    )
    assert picture(region_table(), "svg").alt == (
        "Heat map: Table 21b. Challenges by region. Largest of 3 rows: Нет in South (31.5%),"
        " Beds in North (15.1%) and Pay in South (4.1%)."
    )


@given(any_table())
@settings(max_examples=15, deadline=None)
def test_any_table_can_be_drawn(table: PrintedTable) -> None:
    """Whatever letters the labels have, the chart is well-formed and holds each heading."""
    words = svg(table)
    if len(heading_groups(table)) > 1 and has_groups(heading_groups(table)):
        assert "In each box" in words
    assert "Source:" in words


def test_words_wider_than_the_line_are_broken() -> None:
    """Lines keep to the width, and nothing is lost."""
    kind = Type(9)
    lines = wrapped("a " + "M" * 40, kind, 50)
    assert all(text_width(line, kind) <= 50 for line in lines)
    assert "".join(lines) == "a" + "M" * 40


_DRAWING = """
import os, sys
opened = []
sys.addaudithook(lambda event, args: opened.append(args[0]) if event == "open" else None)
from printed_tables import theme_table
from coder.formats.charts.drawing import picture
content = picture(theme_table(), "svg").content
here = os.getcwd()
inside = {name for name in opened if isinstance(name, str) and os.path.dirname(os.path.abspath(name)) == here}
assert not inside, inside
sys.stdout.buffer.write(content)
"""


def test_no_settings_from_the_current_folder(tmp_path: Path) -> None:
    """Whatever matplotlibrc a study's folder holds, it is not opened, and charts are the same bytes."""
    (tmp_path / "matplotlibrc").write_bytes(b"backend: module://evil\nfont.size: 90\n\xff\n")
    drawn = subprocess.run(
        [sys.executable, "-c", _DRAWING],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=False,
    )
    assert drawn.stderr == b""
    assert drawn.stdout == picture(theme_table(), "svg").content
