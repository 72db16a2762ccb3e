"""Tables on slides, read back by python-pptx: cells, heads, notes, and the workbooks behind charts."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import openpyxl
import pptx
import pytest
from hypothesis import given, settings
from lxml import etree
from printed_tables import PROVENANCE, SYNTHETIC, any_table, region_table, theme_table

from coder import cli
from coder.domain.tables.printed import Cell, PrintedColumn, PrintedRow, PrintedTable
from coder.domain.tables.tidy_rows import cell_value
from coder.formats.shared.escaping.plain_text import plain
from coder.formats.tables.cells import cell_text
from coder.formats.tables.registry import CHARTED_FORMATS, TABLE_FORMATS
from coder.formats.tables.slides import charted_pptx, printed_pptx
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from pathlib import Path

    from coder.workflows.study.study import Study


def slides_of(content: bytes) -> list[Any]:
    """Return the slides of a presentation."""
    return list(pptx.Presentation(io.BytesIO(content)).slides)


def grid_of(slide: Any) -> list[list[str]]:
    """Return the texts of the table on a slide, row by row."""
    (grid,) = [shape.table for shape in slide.shapes if shape.has_table]
    return [[cell.text for cell in row.cells] for row in grid.rows]


def shown(table: PrintedTable) -> list[list[str]]:
    """Return what the rows of a table show, labels first."""
    return [
        [row.label, *(cell_text(c, cell) for c, cell in zip(table.columns, row.cells, strict=True))]
        for row in table.rows
    ]


def long_table(rows: int, label: str = "Theme") -> PrintedTable:
    """Return a table with one column of counts."""
    lines = [PrintedRow(f"{label} {n}", "theme", (Cell(float(n)),)) for n in range(rows)]
    columns = (PrintedColumn("Councils", "count"),)
    return PrintedTable("7", "Long", "Theme", columns, tuple(lines), ("Base: all.",), PROVENANCE)


def test_the_samples_tables_have_a_slide_each(coded_sample: Study) -> None:
    """All eight tables but the longest fit; titles, labels and numbers are those printed."""
    tables = printed_tables(coded_sample)
    slides = slides_of(printed_pptx(tables))
    titles = [slide.shapes.title.text for slide in slides]
    assert [title.removesuffix(" (1 of 2)") for title in titles if "(2 of 2)" not in title] == [
        table.heading for table in tables
    ]
    assert len(slides) == len(tables) + 1
    for table in tables:
        rows = [
            row
            for slide in slides
            if slide.shapes.title.text.startswith(table.heading)
            for row in grid_of(slide)[1:]
        ]
        assert rows == shown(table)


def test_another_reader_finds_the_same_cells() -> None:
    """Read as plain XML, a slide's table has the texts that are shown, in their order."""
    table = theme_table()
    with ZipFile(io.BytesIO(printed_pptx([table]))) as archive:
        slide = etree.fromstring(archive.read("ppt/slides/slide1.xml"))
    name = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    rows = [
        ["".join(text.text or "" for text in cell.iter(f"{name}t")) for cell in row.iter(f"{name}tc")]
        for row in slide.iter(f"{name}tr")
    ]
    assert rows[1:] == shown(table)


def test_heads_stand_above_their_columns() -> None:
    """Groups are merged over theirs with their base; what has no group stands over both rows."""
    upper, lower, *_ = grid_of(slides_of(printed_pptx([region_table()]))[0])
    assert (upper[0], lower[1:3]) == ("Theme", ["Councils", "%"])
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in upper[1:] if text] == [
        "North (n = 30)",
        "South (n = 31)",
        "Total (n = 32)",
    ]


def test_a_slide_says_what_must_be_known() -> None:
    """At the foot study's note, base, shorthand, source; all notes are the speaker's; with a description."""
    table = replace(
        region_table(), notes=(SYNTHETIC, "Base: councils that answered Q16.", "Some other note.")
    )
    (slide,) = slides_of(printed_pptx([table]))
    foot = slide.shapes[1].text_frame.text
    assert foot.startswith(f"{SYNTHETIC}\nBase: councils")
    assert "[c] kept back" in foot
    assert str(PROVENANCE) in foot
    assert "Some other note." not in foot
    assert "Some other note." in slide.notes_slide.notes_text_frame.text
    (frame,) = [shape for shape in slide.shapes if shape.has_table]
    assert frame._element.nvGraphicFramePr.cNvPr.get("descr").startswith("Table 21b.")


@pytest.mark.parametrize(("rows", "slides"), [(3, 1), (20, 1), (70, 4)])
def test_a_long_table_goes_on(rows: int, slides: int) -> None:
    """Each row once, in order, heads again on every slide, and no slide with more than it has room for."""
    made = slides_of(printed_pptx([long_table(rows)]))
    assert len(made) == slides
    texts = [row for slide in made for row in grid_of(slide)[1:]]
    assert texts == shown(long_table(rows))
    assert {grid_of(slide)[0][1] for slide in made} == {"Councils"}
    for slide in made:
        (frame,) = [shape for shape in slide.shapes if shape.has_table]
        height = sum(row.height for row in frame.table.rows)
        assert frame.top + height <= slide.shapes[1].top


def test_a_broad_table_is_divided_with_its_labels() -> None:
    """No column is lost, and each slide has all labels."""
    table = region_table(regions=tuple(f"A region with a long name {n}" for n in range(14)))
    made = slides_of(printed_pptx([table]))
    assert len(made) > 1
    grids = [grid_of(slide)[2:] for slide in made]
    assert all([row[0] for row in grid] == [row.label for row in table.rows] for grid in grids)
    joined = [[cell for grid in grids for cell in grid[n][1:]] for n in range(len(table.rows))]
    assert joined == [row[1:] for row in shown(table)]


@given(any_table())
@settings(max_examples=25, deadline=None)
def test_any_table_reads_back_the_same(table: PrintedTable) -> None:
    """Whatever labels, marks and groups a table has, the slide shows the same."""
    (slide,) = slides_of(printed_pptx([table]))
    heads = 2 if any(column.group for column in table.columns) else 1
    assert grid_of(slide)[heads:] == [[plain(label), *texts] for label, *texts in shown(table)]


def charts_of(content: bytes) -> list[Any]:
    """Return the charts of a presentation."""
    return [shape.chart for slide in slides_of(content) for shape in slide.shapes if shape.has_chart]


def test_a_chart_has_the_tables_numbers() -> None:
    """Labels in order, the percentages as printed, in the chart and in the workbook behind it."""
    table = theme_table()
    (chart,) = charts_of(charted_pptx([table]))
    (bars,) = chart.plots[0].series
    numbers = [cell_value(table.columns[1], row.cells[1]) for row in table.rows]
    assert list(bars.values) == numbers
    assert list(chart.plots[0].categories) == [plain(row.label) for row in table.rows]
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).worksheets[0]
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == numbers
    assert chart.category_axis.reverse_order


def test_what_is_kept_back_has_no_bar_and_no_number() -> None:
    """Its mark stands behind the label with the group; the total is left out; a low bar is hollow."""
    table = region_table()
    secret = replace(table.rows[1], cells=tuple(
        replace(cell, value=98765.4) if cell.mark == "suppressed" else cell for cell in table.rows[1].cells
    ))  # fmt: skip
    content = charted_pptx([replace(table, rows=(table.rows[0], secret, table.rows[2]))])
    (chart,) = charts_of(content)
    north, south = chart.plots[0].series
    assert list(chart.plots[0].categories)[1] == "Beds [c] South"
    assert south.values[1] is None
    assert north.points[0].data_label.text_frame.text == "1.4 [u]"
    assert "98765" not in everything_in(content)


def everything_in(archive: bytes) -> str:
    """Return all that is in an archive and the archives in it."""
    texts = []
    with ZipFile(io.BytesIO(archive)) as opened:
        for name in opened.namelist():
            content = opened.read(name)
            texts.append(
                everything_in(content) if content[:2] == b"PK" else content.decode("utf-8", "replace")
            )
    return "\n".join(texts)


def test_all_slides_of_a_chart_have_one_scale() -> None:
    """A bar is as long as its number says, on whichever slide."""
    charts = charts_of(charted_pptx([long_table(60)]))
    assert len(charts) > 1
    assert len({chart.value_axis.maximum_scale for chart in charts}) == 1
    assert [value for chart in charts for value in chart.plots[0].series[0].values] == list(range(60))


def test_the_same_tables_give_the_same_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even the workbooks behind them say when they were made."""
    tables = [theme_table(), region_table()]
    assert CHARTED_FORMATS["xlsx"](tables) == CHARTED_FORMATS["xlsx"](tables)
    first = charted_pptx(tables)

    class AnyMoment(type):
        """Takes every moment for one of its own, as whoever asks for the kind of a moment expects."""

        def __instancecheck__(cls, instance: object) -> bool:
            """Tell whether it is a moment."""
            return isinstance(instance, datetime)

    class Later(datetime, metaclass=AnyMoment):
        """A clock that is a day ahead."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Later:
            """Return tomorrow."""
            return super().now(tz) + timedelta(days=1)

    monkeypatch.setattr("xlsxwriter.core.datetime", Later)
    assert charted_pptx(tables) == first


def test_without_rows_there_is_no_chart() -> None:
    """A table that has nothing to draw has its slide alone."""
    empty = replace(theme_table(), rows=())
    assert len(slides_of(charted_pptx([empty]))) == 1
    assert printed_pptx([])[:2] == b"PK"


def test_the_command_draws_charts_where_a_format_has_them(
    coded_sample: Study, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """--charts goes with xlsx and pptx; with any other format, and without a file, it says so."""
    folder, out = str(coded_sample.folder), tmp_path / "t.pptx"
    assert cli.main(["tables", folder, "--number", "21", "--charts", "--out", str(out)]) == cli.DONE
    assert len(charts_of(out.read_bytes())) == 1
    for arguments in (["--out", str(tmp_path / "t.docx")], []):
        assert cli.main(["tables", folder, "--charts", *arguments]) == cli.FAILED
        assert "--out tables.xlsx or --out tables.pptx" in capsys.readouterr().err
    assert set(CHARTED_FORMATS) <= set(TABLE_FORMATS)


def test_long_labels_of_a_chart_may_be_broken() -> None:
    """LibreOffice squeezes them into one line unless it is said that they are not turned."""
    with ZipFile(io.BytesIO(charted_pptx([theme_table()]))) as archive:
        chart = etree.fromstring(archive.read("ppt/charts/chart1.xml"))
    names = {
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    }
    assert chart.xpath("//c:catAx/c:txPr/a:bodyPr/@rot", namespaces=names) == ["0"]


def test_empty_cells_are_no_higher_than_others() -> None:
    """Cells without a text have the table's size of type: PowerPoint's own would make their rows higher."""
    table = region_table()
    blank = replace(table.rows[0], kind="base", cells=(Cell(None, "blank"),) * len(table.columns))
    with ZipFile(io.BytesIO(printed_pptx([replace(table, rows=(*table.rows, blank))]))) as archive:
        slide = etree.fromstring(archive.read("ppt/slides/slide1.xml"))
    name = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    empty = [c for c in slide.iter(f"{name}tc") if not "".join(c.itertext()).strip() and not c.get("hMerge")]
    sizes = {size.get("sz") for size in slide.iter(f"{name}tbl") for size in size.iter(f"{name}rPr")}
    assert len(empty) >= len(table.columns)
    assert {end.get("sz") for cell in empty for end in cell.iter(f"{name}endParaRPr")} == sizes


def test_notes_without_end_leave_room_for_the_table() -> None:
    """What has no room at the foot is left to the speaker notes, which is said; the table has its slide."""
    notes = (SYNTHETIC, "Base: all.", *(f"Warning {n}: {'very ' * 200}long." for n in range(9)))
    table = replace(theme_table(), notes=notes)
    for slide in slides_of(charted_pptx([table])):
        foot = slide.shapes[1]
        assert foot.text_frame.text.startswith(f"{SYNTHETIC}\nBase: all.")
        assert "Further notes are the speaker notes" in foot.text_frame.text
        assert foot.height < slide.part.package.presentation_part.presentation.slide_height * 0.4
        assert notes[-1] in slide.notes_slide.notes_text_frame.text
        (other,) = [shape for shape in slide.shapes if shape.has_table or shape.has_chart]
        assert other.top + (other.height if other.has_chart else 0) <= foot.top
