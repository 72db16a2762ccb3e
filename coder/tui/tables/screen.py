"""The tables screen: the report's tables, and the way to the answers behind each number.

What a person presses, from the answers:

- Table 21 by region, small bases marked: `t`, `]` until Table 21, `b`, `region`, Enter
- the answers of unitary councils in the South West that mention recruitment: `t`, `f`, `unitary`, Enter, `b`,
  `region`, Enter, the arrows to the cell, Enter
- of those outside London, regions and types of council side by side: `t`, `f`, `!london`, Enter, `b`,
  `reg,type`, Enter; crossed: `b`, `reg:type`, Enter; a trend: `b`, `month of`, Enter
- themes that fewer than five mention joined, counts under three kept back: `m`, `fewer than 5`, Enter, `m`,
  `under 3`, Enter
- the table as a Word file: `e`, a name that ends in .docx, Enter
- the themes that go together: `o`
- whether reading more answers still brings new themes: `s`
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from coder.domain.filters import Filter
from coder.store import codings
from coder.text.inert import inert
from coder.tui.kit.action_screen import ActionScreen, bindings
from coder.tui.kit.key_bar import KeyBar
from coder.tui.kit.message_line import MessageLine
from coder.tui.tables import texts
from coder.tui.tables.desk import TablesDesk
from coder.tui.tables.keys import ACTIONS
from coder.tui.tables.rows import TableRows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Resize

    from coder.domain.tables.printed import PrintedRow
    from coder.tui.tables.desk import LeftTable
    from coder.workflows.study.study import Study

TALL = 30
"""Rows from which the keys take two lines and the notes more."""
NOTES, NOTES_TALL = 2, 8
"""Lines of notes."""


class TablesScreen(ActionScreen[Filter | None]):
    """One table at a time; returns the filter that lists the answers behind a number.

    Args:
        study: The study.
        question_id: The open question to begin with; its answers are those behind closed questions' numbers.
        left_table: The table to go on with instead.
    """

    ACTIONS: ClassVar = ACTIONS
    HELP_TITLE: ClassVar = "Help: tables"
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)
    DEFAULT_CSS = """
    TablesScreen #unsettled { height: auto; }
    TablesScreen #heading { height: auto; padding: 0 1; text-style: bold; }
    TablesScreen #empty { height: 1fr; padding: 1 3; }
    TablesScreen #rows { height: 1fr; padding: 0 1; }
    TablesScreen #detail { height: auto; padding: 0 1; border-top: solid $secondary 60%; }
    TablesScreen #notes { height: auto; padding: 0 1; color: $text-muted; }
    """

    def __init__(self, study: Study, question_id: str, left_table: LeftTable | None = None) -> None:
        super().__init__()
        self.desk = TablesDesk(study, question_id, left_table)

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield Static(id="status", markup=False)
        if self.desk.study.settings.note:
            yield Static(inert(self.desk.study.settings.note), id="note", markup=False)
        yield Static(id="unsettled", markup=False)
        yield Static(id="heading", markup=False)
        yield Static(id="empty", markup=False)
        yield TableRows(id="rows")
        yield Static(id="detail", markup=False)
        yield Static(id="notes", markup=False)
        yield MessageLine()
        yield KeyBar(ACTIONS)

    @property
    def rows(self) -> TableRows:
        """The rows."""
        return self.query_one("#rows", TableRows)

    def on_mount(self) -> None:
        """Show the table."""
        self.guard(self.count_anew)
        if self.desk.left_table is not None:
            self.rows.go_to(*self.desk.left_table.cell)
            self._show_detail()

    def on_resize(self, event: Resize) -> None:
        """Draw what depends on the width anew."""
        self.query_one(KeyBar).set_class(event.size.height >= TALL, "-two")
        self._show_around()

    def count_anew(self) -> None:
        """Count and show the table; the cursor stays on its row and column."""
        self.desk.count()
        instead = texts.instead_of_rows(self.desk)
        self.rows.display = not instead
        self._show("empty", instead)
        self.query_one("#heading", Static).update(inert(texts.heading(self.desk)))
        self._show("unsettled", texts.unsettled_line(self.desk))
        self.show_table()

    def show_table(self) -> None:
        """Show the table that was counted."""
        if self.desk.table is not None:
            self.rows.show(self.desk.table, percents=self.desk.choices.percents)
        self._show_around()

    def _show(self, name: str, text: str) -> None:
        """Show a text in its place; the place of an empty one is left out."""
        part = self.query_one(f"#{name}", Static)
        part.display = bool(text)
        part.update(text)

    def _show_around(self) -> None:
        """Draw what stands above and below the rows."""
        self.query_one("#status", Static).update(Content(texts.status(self.desk, self.size.width)))
        lines = NOTES_TALL if self.size.height >= TALL else NOTES
        self.query_one("#notes", Static).update(texts.short_notes(self.desk, self.size.width - 2, lines))
        self._show_detail()

    def _show_detail(self) -> None:
        """Say in full what is at the cursor."""
        row = self.current_row()
        self._show("detail", texts.in_full(self.desk, row, self.current_group()) if row else "")

    def current_row(self) -> PrintedRow | None:
        """Return the row at the cursor."""
        table = self.desk.table
        return table.rows[self.rows.cursor] if table and table.rows else None

    def current_group(self) -> str:
        """Return the heading over the column at the cursor; empty where columns have none."""
        return self.rows.columns[self.rows.column].group if self.rows.scrolls else ""

    def move(self, step: int) -> None:
        """Move the cursor by so many rows."""
        self.rows.move_to(self.rows.cursor + step)
        self._show_detail()

    def move_column(self, step: int) -> None:
        """Move the cursor by so many columns."""
        self.rows.move_column(step)
        self._show_detail()

    @on(TableRows.Clicked)
    def _open_clicked(self, message: TableRows.Clicked) -> None:
        self._show_detail()
        if message.again:
            self.guard(self.open_answers)

    def open_answers(self) -> None:
        """Have the answers behind the number at the cursor listed."""
        row = self.current_row()
        if row is None:
            return
        answers = self.desk.answers_behind(row, self.current_group())
        if codings.matching(self.desk.study.database, "", answers, limit=1):
            self.leave_for(answers)
        else:
            self.tell("No answer stands behind this number.", 3)

    def leave_for(self, answers: Filter) -> None:
        """Close the screen and have these answers listed, keeping how the table is."""
        row = self.current_row()
        self.desk.leave_for(answers, (row.key if row else "", self.current_group() if row else ""))
        self.dismiss(answers)

    def write(self, write_file: Callable[[], Path]) -> None:
        """Write a file in a thread, as some formats take their time, and say where it is."""
        self.run_worker(write_file, thread=True, exit_on_error=False)

    @on(Worker.StateChanged)
    def _written(self, event: Worker.StateChanged) -> None:
        if event.state == WorkerState.SUCCESS:
            self.tell(str(event.worker.result), 8, about="Written")
        elif event.state == WorkerState.ERROR and event.worker.error is not None:
            self.show_error(event.worker.error)
