"""The tables screen: the report's tables, and the way to the answers behind each number.

What a person presses, from the answers:

- Table 21 by region, small bases marked: `t`, `]` until Table 21, `b`, `region`, Enter
- the answers of unitary councils in the South West that mention recruitment: `t`, `f`, `unitary`, Enter, `b`,
  `region`, Enter, the arrows to the cell, Enter
- the table as a Word file: `e`, a name that ends in .docx, Enter
- the themes that go together: `o`
- whether reading more answers still brings new themes: `s`
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.content import Content
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from coder.domain.filters import Filter
from coder.domain.study_settings import TableSetting
from coder.domain.tables.requests import TableOptions, TableRequest
from coder.errors import CoderError
from coder.store import codings, surveys
from coder.text.inert import inert
from coder.tui.kit.action_screen import ActionScreen
from coder.tui.kit.actions import bindings
from coder.tui.kit.key_bar import KeyBar
from coder.tui.tables import texts as views
from coder.tui.tables.keys import ACTIONS
from coder.tui.tables.rows import TableRows
from coder.workflows.tables.answers_behind import answers_behind
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Resize

    from coder.domain.tables.printed import PrintedRow, PrintedTable
    from coder.workflows.study.study import Study

TALL = 30
"""Rows from which the keys take two lines and the notes more."""
NOTES, NOTES_TALL = 2, 8
"""Lines of notes."""


@dataclass(frozen=True, slots=True)
class LeftTable:
    """A table as it was when one went to the answers behind a number of it."""

    listed: Filter
    """The answers."""
    place: int
    by: Mapping[str, str]
    where: tuple[str, str] | None
    options: TableOptions
    percents: bool
    cell: tuple[str, str]
    """Where the cursor was: the row's key, and the heading over the column."""


class TablesScreen(ActionScreen[Filter | None]):
    """One table at a time; returns the filter that lists the answers behind a number.

    Args:
        study: The study.
        question_id: The open question to begin with; its answers are those behind closed questions' numbers.
        left: The table to go on with instead.
    """

    ACTIONS: ClassVar = ACTIONS
    HELP_TITLE: ClassVar = "Help: tables"
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)
    DEFAULT_CSS = """
    TablesScreen #heading { height: auto; padding: 0 1; text-style: bold; }
    TablesScreen #empty { height: 1fr; padding: 1 3; }
    TablesScreen #rows { height: 1fr; padding: 0 1; }
    TablesScreen #detail { height: auto; padding: 0 1; border-top: solid $secondary 60%; }
    TablesScreen #notes { height: auto; padding: 0 1; color: $text-muted; }
    """

    def __init__(self, study: Study, question_id: str, left: LeftTable | None = None) -> None:
        super().__init__()
        self.study = study
        self.opened = question_id
        self.question_ids = [question.id for question in surveys.questions(study.database)]
        self.settings = _in_order(study, self.question_ids)
        self.place = next(
            n for n, each in enumerate(self.settings) if each.subject == question_id and not each.by
        )
        self.options = TableOptions()
        self.where: tuple[str, str] | None = None
        self.table: PrintedTable | None = None
        self._by: dict[str, str] = {}
        self.percents = False
        self.left = left
        if left is not None:
            self.place, self.where, self.options = left.place, left.where, left.options
            self._by, self.percents = dict(left.by), left.percents

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield Static(id="status", markup=False)
        if self.study.settings.note:
            yield Static(inert(self.study.settings.note), id="note", markup=False)
        yield Static(id="unsettled", markup=False)
        yield Static(id="heading", markup=False)
        yield Static(id="empty", markup=False)
        yield TableRows(id="rows")
        yield Static(id="detail", markup=False)
        yield Static(id="notes", markup=False)
        yield KeyBar(ACTIONS)

    @property
    def rows(self) -> TableRows:
        """The rows."""
        return self.query_one("#rows", TableRows)

    @property
    def setting(self) -> TableSetting:
        """What the table on screen is of, as the study has it."""
        return self.settings[self.place]

    @property
    def of_themes(self) -> bool:
        """Whether it is of an open question's themes."""
        return self.setting.subject in self.question_ids

    @property
    def request(self) -> TableRequest:
        """What the table on screen is asked for with."""
        by = self._by.get(self._topic, "")
        chosen = TableRequest(by=by or self.setting.by, where=self.where, options=self.options)
        if self.setting.number:
            return replace(chosen, number=self.setting.number)
        return replace(chosen, subjects=(self.setting.subject,))

    @property
    def _topic(self) -> str:
        # Tables of themes go by the same attribute, one after the other; each other table by its own.
        return "" if self.of_themes else f"{self.place}"

    def on_mount(self) -> None:
        """Show the table."""
        self.guard(self.count_anew)
        if self.left is not None:
            self.rows.go_to(*self.left.cell)
            self.show_detail()

    def leave_for(self, listed: Filter) -> None:
        """Leave the table for these answers, noting how it is."""
        row = self.current_row()
        cell = (row.key if row else "", self.current_group() if row else "")
        self.left = LeftTable(listed, self.place, self._by, self.where, self.options, self.percents, cell)
        self.dismiss(listed)

    def on_resize(self, event: Resize) -> None:
        """Draw what depends on the width anew."""
        self.query_one(KeyBar).set_class(event.size.height >= TALL, "-two")
        self.show_status()
        self.show_notes_below()

    def count_anew(self) -> None:
        """Count and show the table; the cursor stays on its row and column."""
        try:
            (self.table,) = printed_tables(self.study, self.request)
        except CoderError as error:
            self.table = None
            missing = inert(f"{error.message}\n\n{error.hint}")
        else:
            missing = "" if self.table.rows else views.nothing(self.table, self.where)
        self.rows.display = not missing
        self.query_one("#empty").display = bool(missing)
        self.query_one("#empty", Static).update(missing)
        self.query_one("#heading", Static).update(
            inert(self.table.heading if self.table else self.setting.title)
        )
        waiting = views.not_final(self.study, self.setting.subject) if self.of_themes else ""
        self.query_one("#unsettled").display = bool(waiting)
        self.query_one("#unsettled", Static).update(waiting)
        self.show_table()

    def show_table(self) -> None:
        """Show the table that was counted."""
        if self.table is not None:
            self.rows.show(self.table, percents=self.percents)
        self.show_status()
        self.show_detail()
        self.show_notes_below()

    def show_status(self) -> None:
        """Draw the top line."""
        place = f"{self.place + 1} of {len(self.settings)}"
        line = views.status(self.study, self.setting, place, self.table, self.size.width)
        self.query_one("#status", Static).update(Content(line))

    def show_detail(self) -> None:
        """Say in words what is at the cursor."""
        row = self.current_row()
        detail = self.query_one("#detail", Static)
        detail.display = row is not None
        if row is not None and self.table is not None:
            detail.update(views.in_words(self.study, self.table, row, self.current_group()))

    def show_notes_below(self) -> None:
        """Draw as much of the notes as there is room for."""
        lines = NOTES_TALL if self.size.height >= TALL else NOTES
        text = ""
        if self.table is not None:
            text = views.short_notes(self.table, self.study.settings.note, self.size.width - 2, lines)
        self.query_one("#notes", Static).update(text)

    def current_row(self) -> PrintedRow | None:
        """Return the row at the cursor."""
        return self.table.rows[self.rows.cursor] if self.table and self.table.rows else None

    def current_group(self) -> str:
        """Return the heading over the column at the cursor; empty where columns have none."""
        return self.rows.columns[self.rows.column].group if self.rows.scrolls else ""

    def move(self, step: int) -> None:
        """Move the cursor by so many rows."""
        self.rows.move_to(self.rows.cursor + step)
        self.show_detail()

    def move_column(self, step: int) -> None:
        """Move the cursor by so many columns."""
        self.rows.move_column(step)
        self.show_detail()

    def change_table(self, step: int) -> None:
        """Go to the table after or before this one, round and round."""
        self.place = (self.place + step) % len(self.settings)
        self.count_anew()

    def choose_by(self, attribute: str) -> None:
        """Show a column for each value of an attribute; an empty name takes that back."""
        self._by[self._topic] = attribute
        self.count_anew()

    def choose_where(self, where: tuple[str, str] | None) -> None:
        """Count those with this value of this attribute alone; None counts all again."""
        self.where = where
        self.count_anew()

    def choose(self, **changed: Any) -> None:
        """Count differently."""
        if self.must_be_of_themes():
            self.options = replace(self.options, **changed)
            self.count_anew()

    def must_be_of_themes(self) -> bool:
        """Tell whether the table is of themes, and the person if it is not."""
        if not self.of_themes:
            self.notify(
                "This is for tables of themes. study.toml says how the others are counted.", timeout=4
            )
        return self.of_themes

    @on(TableRows.Clicked)
    def clicked(self, message: TableRows.Clicked) -> None:
        """Say what was clicked; a second click opens it."""
        self.show_detail()
        if message.again:
            self.guard(self.open_answers)

    def open_answers(self) -> None:
        """Return the filter that lists the answers behind the number at the cursor."""
        row = self.current_row()
        if row is None:
            return
        chosen = answers_behind(self.study, self.request, row, self.current_group(), self.opened)
        if codings.matching(self.study.database, "", chosen, limit=1):
            self.leave_for(chosen)
        else:
            self.notify("No answer stands behind this number.", timeout=3)

    def write(self, work: Callable[[], Path]) -> None:
        """Write a file in a thread: some formats take their time."""
        self.run_worker(work, thread=True, exit_on_error=False)

    @on(Worker.StateChanged)
    def written(self, event: Worker.StateChanged) -> None:
        """Tell where the file is, or why there is none."""
        if event.state == WorkerState.SUCCESS:
            self.notify(str(event.worker.result), title="Written", timeout=8)
        elif event.state == WorkerState.ERROR and event.worker.error is not None:
            self.show_error(event.worker.error)


def _in_order(study: Study, question_ids: Sequence[str]) -> list[TableSetting]:
    """Return the study's tables: those that `study.toml` lists, in its order, then its other questions'."""
    known = {question_id.casefold(): question_id for question_id in question_ids}
    listed = [
        replace(each, subject=known.get(each.subject.casefold(), each.subject))
        for each in study.settings.tables
    ]
    there = {each.subject for each in listed if not each.by}
    return [*listed, *(TableSetting(each) for each in question_ids if each not in there)]
