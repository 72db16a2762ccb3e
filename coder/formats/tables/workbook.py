"""Printed tables as a workbook, by the UK's guidance on releasing statistics in spreadsheets.

A cover, contents, notes, then one table to a worksheet: no merged or empty cells, shorthand in square
brackets, every table marked as one, headings in words. The guidance's own library, gptables, reads markup
in labels (`[a](b)`, `$$a$$`), makes formulas of them and refuses those without a Latin letter; labels here
are whatever respondents and researchers wrote.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from coder.domain.tables.tidy_rows import cell_value, decimals_of
from coder.formats.shared.escaping.plain_text import plain
from coder.formats.shared.escaping.spreadsheets import SheetNames, unlike
from coder.formats.shared.sheet_limits import refuse_large, refuse_long, written
from coder.formats.shared.sheet_rows import lines_in_cell
from coder.formats.tables.cells import (
    NOT_APPLICABLE,
    STRONG,
    cell_text,
    flat_headings,
    least_text,
    marks_of,
    origin,
    row_texts,
    shorthand,
    tied_base,
)
from coder.formats.tables.charted import has_chart
from coder.formats.tables.sheet_charts import add_chart
from coder.formats.tables.sheet_lines import LINE_HEADS, LINES_ABOUT, LINES_SHEET, LINES_TOP, line_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from coder.domain.tables.printed import Cell, PrintedColumn, PrintedTable
    from coder.formats.tables.sheet_lines import LineRow

_FONT = {"font_name": "Arial", "font_size": 12, "valign": "top"}
_COVER, _CONTENTS, _NOTES = "Cover", "Contents", "Notes"
_LONGEST_HEADING = 255
"""Of a column in what Excel calls a table."""
_LABEL_WIDTH, _TEXT_WIDTH, _NAME_WIDTH = 60, 100, 20
_NARROWEST, _WIDEST = 8, 24
"""Of a column of numbers, in characters."""
_INDENT = 2
_LETTERS, _STRONG_LETTERS = 1.15, 1.0
"""Of a column's width in noughts of Excel's own type, how many letters stand on a line."""
_LINE_HEIGHT = 15.75
"""Points."""
_LINES_BETWEEN = 2
"""From a table to its chart."""
_A4 = 9
"""Its number among Excel's sizes of paper."""
_WIDEST_UPRIGHT = 110
"""Of a worksheet, in characters, until it is printed on its side."""


def printed_xlsx(tables: Sequence[PrintedTable]) -> bytes:
    """Return tables as one workbook; the same tables always give the same bytes.

    Raises:
        CoderError: A table has more columns, or a text more characters, than a workbook holds.
    """
    return _workbook(tables, charts=False)


def charted_xlsx(tables: Sequence[PrintedTable]) -> bytes:
    """Return the same workbook with a chart of its own below each table that has something to draw.

    Raises:
        CoderError: As `printed_xlsx`.
    """
    return _workbook(tables, charts=True)


def _workbook(tables: Sequence[PrintedTable], *, charts: bool) -> bytes:
    import xlsxwriter

    for table in tables:
        refuse_large(_lines_above(table) + len(table.rows), 1 + len(table.columns), table.heading)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        _Writer(workbook, tables, charts).write()
    return file.getvalue()


def _lines_above(table: PrintedTable) -> int:
    """Return how many rows of a table's worksheet are not the table's own, its headings among them."""
    return len(table.notes) + len(("title", "about", "shorthand", "provenance", "headings"))


def sheet_names(tables: Sequence[PrintedTable]) -> list[str]:
    """Return a worksheet's name for each table: valid, and no two alike whatever the case."""
    sheets = SheetNames((_COVER, _CONTENTS, _NOTES, LINES_SHEET))
    names = []
    for number, table in enumerate(tables, start=1):
        title = f"Table {table.number}" if table.number else table.key or f"Table {number}"
        names.append(sheets.new(title, f"Table {number}"))
    return names


def _number_widths(table: PrintedTable) -> list[int]:
    """Return how wide each column of numbers is: as its numbers, and the longest word of its heading."""
    cells = list(zip(*row_texts(table), strict=True)) or [()] * len(table.columns)
    return [
        min(max(len(text) for text in (*column, *tied_base(head).split(" "), " " * _NARROWEST)) + 1, _WIDEST)
        for head, column in zip(flat_headings(table), cells, strict=True)
    ]


def _told_apart(headings: Sequence[str]) -> list[str]:
    """Return headings of which no two are alike; where one is too long for a table, all as they are."""
    if max(map(len, headings)) > _LONGEST_HEADING:
        return list(headings)
    taken: set[str] = set()
    return [unlike(heading, taken, _LONGEST_HEADING) for heading in headings]


@dataclass(slots=True)
class _Writer:
    """Writes the worksheets of one workbook."""

    workbook: Workbook
    tables: Sequence[PrintedTable]
    charts: bool
    table_names: set[str] = field(default_factory=set)
    """In lower case, those given so far."""

    def write(self) -> None:
        names = sheet_names(self.tables)
        numbers: dict[str, int] = {}
        for note in (note for table in self.tables for note in table.notes):
            numbers.setdefault(note, len(numbers) + 1)
        lines = line_rows(self.tables, names) if self.charts else []
        self._cover()
        self._contents(names)
        self._note_sheet(numbers)
        for name, table in zip(names, self.tables, strict=True):
            self._table(name, table, numbers, lines)
        if lines:
            self._line_sheet(lines)

    def _cover(self) -> None:
        sheet = self._sheet(_COVER, (_TEXT_WIDTH,))
        provenance = self.tables[0].provenance if self.tables else None
        title = provenance.study if provenance else "Tables"
        lines = [f"Tables in this workbook: {len(self.tables)}, each on a worksheet of its own."]
        lines.append(f"The worksheet {_CONTENTS} lists them; the worksheet {_NOTES} holds all their notes.")
        if provenance:
            # What every table says first holds for the whole workbook.
            opening_notes = {table.notes[:1] for table in self.tables}
            lines = [
                *(next(iter(opening_notes)) if len(opening_notes) == 1 else ()),
                *lines,
                origin(provenance),
            ]
            self.workbook.set_properties(
                {
                    "title": plain(title),
                    "author": provenance.program,
                    "comments": plain(origin(provenance)),
                    "created": datetime.fromisoformat(provenance.made).replace(tzinfo=None),
                }
            )
        self._lines(sheet, title, lines)

    def _contents(self, names: Sequence[str]) -> None:
        sheet = self._sheet(_CONTENTS, (_NAME_WIDTH, _TEXT_WIDTH))
        self._lines(sheet, _CONTENTS, ["This worksheet contains one table."])
        link = self._format(underline=1, font_color="#0000FF")
        self._heads(sheet, 2, ("Worksheet", "Table"))
        for row, (name, table) in enumerate(zip(names, self.tables, strict=True), start=3):
            written(sheet.write_url(row, 0, f"internal:'{name}'!A1", link, name), f"A link to {name}")
            self._text(sheet, (row, 1), table.heading, self._format(text_wrap=True))
            self._make_room(sheet, row, [(table.heading, _TEXT_WIDTH)])
        self._mark(sheet, 2, len(names), ("Worksheet", "Table"), "contents")

    def _note_sheet(self, numbers: dict[str, int]) -> None:
        sheet = self._sheet(_NOTES, (_NAME_WIDTH, _TEXT_WIDTH))
        self._lines(sheet, _NOTES, ["This worksheet contains one table."])
        self._heads(sheet, 2, ("Note", "Text"))
        for row, (note, number) in enumerate(numbers.items(), start=3):
            self._text(sheet, (row, 0), f"[note {number}]", self._format())
            self._text(sheet, (row, 1), note, self._format(text_wrap=True))
            self._make_room(sheet, row, [(note, _TEXT_WIDTH)])
        self._mark(sheet, 2, len(numbers), ("Note", "Text"), "notes")

    def _line_sheet(self, lines: Sequence[LineRow]) -> None:
        sheet = self._sheet(LINES_SHEET, (_NAME_WIDTH, _NAME_WIDTH, _LABEL_WIDTH, _NARROWEST, _NARROWEST))
        self._lines(sheet, LINES_SHEET, ["This worksheet contains one table.", LINES_ABOUT])
        self._heads(sheet, LINES_TOP, LINE_HEADS)
        for row, line in enumerate(lines, start=LINES_TOP + 1):
            for column, text in enumerate((line.sheet_name, line.heading, line.label)):
                self._text(sheet, (row, column), text, self._format(text_wrap=True))
            self._make_room(sheet, row, [(line.heading, _NAME_WIDTH), (line.label, _LABEL_WIDTH)])
            for column, number in enumerate((line.below, line.above), start=3):
                if number is None:
                    self._text(sheet, (row, column), line.missing, self._format(align="right"))
                else:
                    written(sheet.write_number(row, column, number, self._format(align="right")), LINES_SHEET)
        self._mark(sheet, LINES_TOP, len(lines), LINE_HEADS, "chart_lines")

    def _table(
        self, name: str, table: PrintedTable, numbers: dict[str, int], lines: Sequence[LineRow]
    ) -> None:
        widths = (_LABEL_WIDTH, *_number_widths(table))
        sheet = self._sheet(name, widths)
        charted = self.charts and has_chart(table)
        about = [f"This worksheet contains one table{' and, below it, a chart of it' * charted}."]
        about += [f"[note {numbers[note]}] {note}" for note in table.notes]
        about += filter(None, [shorthand(table), str(table.provenance)])
        self._lines(sheet, table.heading, about)
        top = 1 + len(about)
        heads = _told_apart((table.stub, *flat_headings(table)))
        self._heads(sheet, top, heads)
        self._make_room(sheet, top, list(zip(heads, widths, strict=True)), strong=True)
        for line, row in enumerate(table.rows, start=top + 1):
            strong = row.kind in STRONG
            label = self._format(text_wrap=True, bold=strong, indent=_INDENT * row.level)
            self._text(sheet, (line, 0), row.label, label)
            width = _LABEL_WIDTH - _INDENT * row.level
            self._make_room(sheet, line, [(row.label, width)], strong=strong)
            for column_number, (column, cell) in enumerate(
                zip(table.columns, row.cells, strict=True), start=1
            ):
                self._cell(sheet, (line, column_number), column, cell, strong=strong)
        sheet.repeat_rows(top)
        self._mark(sheet, top, len(table.rows), heads, self._table_name(name))
        if charted:
            add_chart(self.workbook, sheet, table, (top, top + len(table.rows) + _LINES_BETWEEN), lines)

    def _table_name(self, sheet_name: str) -> str:
        """Return a name by which formulas may refer to a worksheet's table: `Table_21`."""
        name = re.sub(r"\W", "_", sheet_name)
        name = name if re.match(r"[^\W\d]{2}\w*_", name) else f"Table_{name}"
        return unlike(name, self.table_names, _LONGEST_HEADING).replace(" ", "_")

    def _cell(
        self, sheet: Worksheet, position: tuple[int, int], column: PrintedColumn, cell: Cell, *, strong: bool
    ) -> None:
        number = cell_value(column, cell)
        if number is None:
            # Cells of a worksheet are never empty.
            self._text(
                sheet,
                position,
                cell_text(column, cell) or NOT_APPLICABLE,
                self._format(align="right", bold=strong),
            )
            return
        decimals = decimals_of(column, cell)
        number_format = "#,##0" + ("." + "0" * decimals if decimals else "")
        if least := least_text(column, cell):
            # The number as it is, shown as it is printed: rounded it would be none.
            number, number_format = float(cell.value or 0), f'"{least}"'
        number_format += f'"{column.sign}"' if column.sign and cell.decimals is None else ""
        for mark in filter(None, marks_of(cell)):
            # The cell stays a number; marks belong to how it is shown.
            number_format += f'" {mark}"'
        shown = self._format(align="right", bold=strong, num_format=number_format)
        written(sheet.write_number(*position, number, shown), f"A number of the worksheet {sheet.name}")

    def _text(self, sheet: Worksheet, position: tuple[int, int], text: str, shown: Format) -> None:
        refuse_long(text, f"A text of the worksheet {sheet.name}")
        written(sheet.write_string(*position, text, shown), f"A text of the worksheet {sheet.name}")

    def _make_room(
        self, sheet: Worksheet, row: int, texts: Sequence[tuple[str, int]], *, strong: bool = False
    ) -> None:
        """Make a row as high as its texts need, which come with the widths of their columns."""
        share = _STRONG_LETTERS if strong else _LETTERS
        lines = max(lines_in_cell(text, share * width) for text, width in texts)
        if lines > 1:
            written(sheet.set_row(row, lines * _LINE_HEIGHT), f"A row of the worksheet {sheet.name}")

    def _sheet(self, name: str, widths: Sequence[int]) -> Worksheet:
        sheet = self.workbook.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        if sum(widths) > _WIDEST_UPRIGHT:
            sheet.set_landscape()
        for column_number, width in enumerate(widths):
            written(sheet.set_column(column_number, column_number, width), f"The worksheet {name}")
        return sheet

    def _lines(self, sheet: Worksheet, title: str, lines: Sequence[str]) -> None:
        self._text(sheet, (0, 0), title, self._format(bold=True, font_size=16))
        for row, line in enumerate(lines, start=1):
            self._text(sheet, (row, 0), line, self._format())

    def _heads(self, sheet: Worksheet, row: int, heads: Sequence[str]) -> None:
        for column_number, head in enumerate(heads):
            self._text(sheet, (row, column_number), head, self._head_format(sheet, column_number))

    def _head_format(self, sheet: Worksheet, column_number: int) -> Format:
        align = "right" if column_number and sheet.name not in {_CONTENTS, _NOTES} else "left"
        return self._format(bold=True, bottom=1, text_wrap=True, align=align)

    def _mark(self, sheet: Worksheet, top: int, rows: int, heads: Sequence[str], name: str) -> None:
        """Mark cells as a table, which screen readers announce.

        Excel has none without rows, and none with longer headings: there they are written whole instead.
        """
        if rows and max(map(len, heads)) <= _LONGEST_HEADING:
            # Without its own format a head would lose what was written before.
            columns = [
                {"header": plain(head), "header_format": self._head_format(sheet, number)}
                for number, head in enumerate(heads)
            ]
            options = {"name": name, "columns": columns, "autofilter": False, "style": None}
            written(sheet.add_table(top, 0, top + rows, len(heads) - 1, options), f"The table {name}")

    def _format(self, **more: object) -> Format:
        return self.workbook.add_format({**_FONT, **more})
