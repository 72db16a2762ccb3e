"""The columns of a survey file, and the role of each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment

from coder.domain.grammar import counted
from coder.tui.importing.column_lines import ColumnLine, order_of, text_of, with_opened
from coder.tui.kit.cursor_lines import CursorLines
from coder.tui.kit.fitting import fit

if TYPE_CHECKING:
    from collections.abc import Collection

    from coder.domain.surveys.survey_layout import Role, SurveyColumn, SurveyLayout

_NAME_SHARE = 0.45
"""A name or wording gets at most that part of the line."""
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
    """One line a column: wording or name, role, why, samples where there is room."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._columns: tuple[SurveyColumn, ...] = ()
        self._boxes: Counter[str] = Counter()
        self._order: tuple[ColumnLine, ...] = ()
        self._opened: set[str] = set()
        self._lines: list[ColumnLine] = []
        self._of_answers: Collection[str] = ()

    def begin(self, layout: SurveyLayout) -> None:
        """Put the columns in order: open questions, what is kept, what is left out by reason."""
        self._order, self._opened = order_of(layout), set()
        self.show(layout)

    def show(self, layout: SurveyLayout) -> None:
        """Show the columns as they are now; lines and cursor stay where they are."""
        self._columns = layout.columns
        self._boxes = Counter(column.question_id for column in layout.of_role("open"))
        self._lines = with_opened(self._order, self._opened)
        self.set_line_count(len(self._lines))

    def tell_of_answers(self, names: Collection[str]) -> None:
        """Show which attributes are of answers, by the names of their columns, once that is counted."""
        self._of_answers = names
        self.refresh()

    @property
    def current(self) -> int | None:
        """The column at the cursor; None on a line of several, or before the file is read."""
        line = self._lines[self.cursor] if self._lines else ColumnLine((), "none")
        return None if line.reason else line.positions[0]

    @property
    def above(self) -> int | None:
        """The column on the line above the cursor; None if there is none."""
        line = self._lines[self.cursor - 1] if self.cursor else ColumnLine((), "none")
        return None if line.reason else line.positions[0]

    def go_to(self, position: int) -> None:
        """Put the cursor on a column, and open the line it is folded into."""
        for line in self._order:
            if line.reason and position in line.positions:
                self._opened.add(line.reason)
        self._lines = with_opened(self._order, self._opened)
        self.set_line_count(len(self._lines))
        self.move_to(next(n for n, line in enumerate(self._lines) if line.positions == (position,)))

    def turn_fold(self) -> None:
        """Open or close the line of several columns at the cursor; a line of one stays as it is."""
        if not self._lines or not self._lines[self.cursor].reason:
            return
        self._opened ^= {self._lines[self.cursor].reason}
        self._lines = with_opened(self._order, self._opened)
        self.set_line_count(len(self._lines))

    def folded(self) -> tuple[str, tuple[str, ...]]:
        """Return why columns on the line at the cursor are left out, and the names of those that are."""
        line = self._lines[self.cursor]
        return line.reason, tuple(column.name for column in self._left_out(line))

    def _left_out(self, line: ColumnLine) -> list[SurveyColumn]:
        """Return the columns of a line that have not been given another role meanwhile."""
        columns = (self._columns[position] for position in line.positions)
        return [column for column in columns if column.role == "ignore"]

    def heading(self) -> str:
        """Return the names of the columns."""
        name, why, samples = self._widths()
        text = f"  {fit('Question or column', name)}  {fit('Part', _ROLE_WIDTH)}  {fit('Why', why)}"
        return f"{text}  Samples" if samples else text

    def draw_line(self, line: int) -> list[Segment]:
        """Draw `▶ Three challenges: second   open Q16 box 2   free text: ...   samples`."""
        style = self.row_style(line)
        fold = self._lines[line]
        if fold.reason:
            sign = "▾" if fold.reason in self._opened else "▸"
            count = f"{sign} {counted(len(self._left_out(fold)), 'column')} left out: {fold.reason}"
            muted = style if line == self.cursor else self.style_of("lines--muted")
            return [Segment(self.pointer(line) + fit(count, max(self.text_width - 2, 1)), muted)]
        column = self._columns[fold.positions[0]]
        if column.role == "ignore" and line != self.cursor:
            style = self.style_of("lines--muted")
        name, why, samples = self._widths()
        text_shown = ("  " if fold.is_within else "") + text_of(column)
        text = f"{self.pointer(line)}{fit(text_shown, name)}  {fit(self.role_text(column), _ROLE_WIDTH)}  "
        text += fit(column.reason, why)
        if samples:
            text += "  " + fit(" · ".join(column.samples), samples)
        return [Segment(text, style)]

    def role_text(self, column: SurveyColumn) -> str:
        """Return a column's role as people read it: `open Q16 box 2`."""
        if column.is_weight:
            return "weight"
        if column.role == "attribute" and self._is_of_answers(column):
            return "of answers"
        if column.role != "open":
            return _ROLE_TEXTS[column.role]
        several = self._boxes[column.question_id] > 1
        return f"open {column.question_id}{f' box {column.item}' if several else ''}"

    def _is_of_answers(self, column: SurveyColumn) -> bool:
        return column.about.of == "answer" if column.about else column.name in self._of_answers

    def _widths(self) -> tuple[int, int, int]:
        """Return the cells of the name, of the reason and of the samples."""
        longest = max((cell_len(text_of(column)) for column in self._columns), default=0)
        name = max(min(longest, int(self.text_width * _NAME_SHARE)), len("Question or column"))
        room = max(self.text_width - name - _ROLE_WIDTH - 6, 0)
        if self.text_width < _SAMPLES_FROM:
            return name, room, 0
        return name, room // 2, room - room // 2 - 2
