"""The rows of a frequency table: label, count, per cent and a bar."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment

from coder.tui.fitting import bar, fit
from coder.tui.widgets.cursor_lines import CursorLines

if TYPE_CHECKING:
    from coder.domain.tables import FrequencyTable, TableRow

_PERCENT_WIDTH = 7
_COUNT_WIDTH = 8
_LEAST_BAR = 4
"""The bar's least share of the line: a fourth, even where labels are long."""
_INDENT = "  "


class TableRows(CursorLines):
    """Shows a table; counts are read as numbers and as bars."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"table--bar"}
    DEFAULT_CSS = "TableRows .table--bar { color: $primary; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._rows: tuple[TableRow, ...] = ()
        self._largest = 0
        self._longest = 0
        self._unit = ""
        self._percents = False

    def show(self, table: FrequencyTable, theme_id: str | None) -> None:
        """Show a table, the cursor on the row of a theme if it has one."""
        self._rows = table.rows
        self._largest = max((row.count for row in table.rows), default=0)
        self._longest = max((cell_len(_label(row)) for row in table.rows), default=0)
        self._unit = "mentions" if table.options.what == "mentions" else table.respondents_word
        self._percents = table.options.what == "respondents"
        places = [place for place, row in enumerate(table.rows) if row.theme_id == theme_id]
        self.cursor = places[0] if places else 0
        self.set_line_count(len(table.rows))

    def heading(self) -> str:
        """Return the names of the columns."""
        label, count, _ = self._widths()
        percent = "%".rjust(_PERCENT_WIDTH) if self._percents else ""
        return f"  {fit('Theme', label)} {self._unit.rjust(count)}{percent}"

    def draw_line(self, line: int) -> list[Segment]:
        """Draw `▶ Recruitment and retention    31   45.6 ████████`."""
        row = self._rows[line]
        label, count, room = self._widths()
        style = self.row_style(line)
        percent = "" if not self._percents else f"{row.percent:.1f}" if row.percent is not None else "–"
        numbers = f" {row.count:>{count},}{percent.rjust(_PERCENT_WIDTH) if self._percents else ''} "
        drawn = bar(row.count / self._largest, room) if self._largest else ""
        text = self.pointer(line) + fit(_label(row), label) + numbers
        return [Segment(text, style), Segment(drawn.ljust(room), style + self.style_of("table--bar"))]

    def _widths(self) -> tuple[int, int, int]:
        """Return the cells of the label, of the count and of the bar."""
        count = max(len(self._unit), _COUNT_WIDTH)
        numbers = count + 2 + (_PERCENT_WIDTH if self._percents else 0)
        room = self.text_width - 2 - numbers
        label = max(min(self._longest, room - self.text_width // _LEAST_BAR), 1)
        return label, count, max(room - label, 0)


def _label(row: TableRow) -> str:
    return _INDENT * row.level + ("▾ " if row.kind == "net" else "") + row.label
