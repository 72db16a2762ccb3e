"""The columns of a survey file, and the role of each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment

from coder.tui.kit.cursor_lines import CursorLines
from coder.tui.kit.fitting import fit

if TYPE_CHECKING:
    from coder.domain.surveys.survey_layout import Role, SurveyColumn, SurveyLayout

_NAME_SHARE = 4
"""A name gets at most that part of the line."""
_ROLE_WIDTH = 15
_SAMPLES_FROM = 100
"""Cells from which samples stand in the line, beside the reason."""
_ROLE_TEXTS: dict[Role, str] = {
    "id": "id",
    "open": "open",
    "attribute": "attribute",
    "ignore": "left out",
    "question": "question",
    "text": "answer",
    "response": "answer's id",
    "item": "box number",
}


class ColumnRows(CursorLines):
    """One line a column: name, role, why, and samples where there is room."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._columns: tuple[SurveyColumn, ...] = ()
        self._boxes: Counter[str] = Counter()

    def show(self, layout: SurveyLayout) -> None:
        """Show the columns; the cursor stays where it is."""
        self._columns = layout.columns
        self._boxes = Counter(column.question_id for column in layout.of_role("open"))
        self.set_line_count(len(layout.columns))

    def heading(self) -> str:
        """Return the names of the columns."""
        name, why, samples = self._widths()
        text = f"  {fit('Column', name)}  {fit('Part', _ROLE_WIDTH)}  {fit('Why', why)}"
        return f"{text}  Samples" if samples else text

    def draw_line(self, line: int) -> list[Segment]:
        """Draw `▶ q16_2   open Q16 box 2   free text: ...   samples`."""
        column = self._columns[line]
        style = self.row_style(line)
        if column.role == "ignore" and line != self.cursor:
            style = self.style_of("lines--muted")
        name, why, samples = self._widths()
        text = f"{self.pointer(line)}{fit(column.name, name)}  {fit(self.role_text(column), _ROLE_WIDTH)}  "
        text += fit(column.reason, why)
        if samples:
            text += "  " + fit(" · ".join(column.samples), samples)
        return [Segment(text, style)]

    def role_text(self, column: SurveyColumn) -> str:
        """Return a column's role as people read it: `open Q16 box 2`."""
        if column.role != "open":
            return _ROLE_TEXTS[column.role]
        several = self._boxes[column.question_id] > 1
        return f"open {column.question_id}{f' box {column.item}' if several else ''}"

    def _widths(self) -> tuple[int, int, int]:
        """Return the cells of the name, of the reason and of the samples."""
        longest = max((cell_len(column.name) for column in self._columns), default=0)
        name = max(min(longest, self.text_width // _NAME_SHARE), len("Column"))
        room = max(self.text_width - name - _ROLE_WIDTH - 6, 0)
        if self.text_width < _SAMPLES_FROM:
            return name, room, 0
        return name, room // 2, room - room // 2 - 2
