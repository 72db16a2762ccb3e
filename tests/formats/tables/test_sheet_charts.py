"""Excel's own charts in a workbook, read back by openpyxl: what they refer to holds the table's numbers."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import openpyxl
from printed_tables import region_table, theme_table

from coder.domain.tables.printed import Cell, PrintedTable
from coder.domain.tables.tidy_rows import cell_value
from coder.formats.tables.cells import cell_text
from coder.formats.tables.workbook import charted_xlsx, printed_xlsx
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

    from coder.workflows.study.study import Study


def chart_xml(content: bytes) -> str:
    """Return the first chart as it stands in the file."""
    with ZipFile(io.BytesIO(content)) as archive:
        return archive.read("xl/charts/chart1.xml").decode()


def charts_on(workbook: Workbook, sheet: str) -> list[Any]:
    """Return a worksheet's charts as openpyxl reads them."""
    charts: list[Any] = vars(workbook[sheet])["_charts"]
    return charts


def cells_at(workbook: Workbook, formula: str) -> list[object]:
    """Return what the cells hold that a formula refers to, one column of one or more ranges."""
    cells = []
    for sheet, area in re.findall(r"'([^']+)'!([$A-Z0-9:]+)", formula):
        found = workbook[sheet][area.replace("$", "")]
        rows = found if isinstance(found, tuple) else ((found,),)
        cells += [cell.value for row in rows for cell in (row if isinstance(row, tuple) else (row,))]
    return cells


def test_every_table_of_the_sample_has_a_chart_of_its_cells(coded_sample: Study) -> None:
    """Labels, numbers and title of each chart are by reference, and those of its table."""
    tables = printed_tables(coded_sample)
    content = charted_xlsx(tables)
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    for table in tables:
        (chart,) = charts_on(workbook, f"Table {table.number}")
        rows = [row for row in table.rows if row.kind not in {"total", "base"}]
        for series in chart.series:
            assert cells_at(workbook, series.cat.strRef.f if series.cat.strRef else series.cat.numRef.f) == [
                row.label for row in rows
            ]
            found = cells_at(workbook, series.val.numRef.f)
            printed = [
                [cell_value(column, row.cells[place]) for row in rows]
                for place, column in enumerate(table.columns)
                if column.kind != "number"
            ]
            assert found in printed
        assert cells_at(workbook, chart.title.tx.strRef.f) == [table.heading]


def with_total_between(table: PrintedTable) -> PrintedTable:
    """Return a table whose second row is a total."""
    first, second, *others = table.rows
    return replace(table, rows=(first, replace(second, kind="total"), *others))


def test_totals_between_rows_are_left_out() -> None:
    """Rows above and below a total are drawn, the total is not."""
    table = with_total_between(theme_table())
    content = charted_xlsx([table])
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    formulas = re.findall(r"<c:cat>.*?<c:f>(.*?)</c:f>", chart_xml(content).replace("&apos;", "'"))
    labels = [row.label for row in table.rows if row.kind != "total"]
    assert [cells_at(workbook, formula) for formula in formulas] == [labels]


def test_what_is_kept_back_has_its_mark_and_no_number() -> None:
    """The cell says [c], so does its label in the chart; a small base makes a hollow bar with [u]."""
    table = region_table()
    secret = replace(table.rows[1], cells=tuple(
        Cell(98765.4, "suppressed") if cell.mark == "suppressed" else cell for cell in table.rows[1].cells
    ))  # fmt: skip
    content = charted_xlsx([replace(table, rows=(table.rows[0], secret, table.rows[2]))])
    with ZipFile(io.BytesIO(content)) as archive:
        everything = "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    assert "98765" not in everything
    labels = re.findall(r"<a:t>(.*?)</a:t>", chart_xml(content))
    assert "[c]" in labels
    assert cell_text(table.columns[1], table.rows[0].cells[1]) in labels
    assert chart_xml(content).count("<c:dPt>") == 1
    (chart,) = charts_on(openpyxl.load_workbook(io.BytesIO(content)), "Table 21b")
    assert len(chart.series) == 2


def test_without_charts_the_workbook_has_none(coded_sample: Study) -> None:
    """A worksheet says what it holds."""
    tables = printed_tables(coded_sample)[:1]
    plain, charted = (openpyxl.load_workbook(io.BytesIO(f(tables))) for f in (printed_xlsx, charted_xlsx))
    assert plain["Table 1"]["A2"].value == "This worksheet contains one table."
    assert charted["Table 1"]["A2"].value == "This worksheet contains one table and, below it, a chart of it."
    assert charts_on(plain, "Table 1") == []
