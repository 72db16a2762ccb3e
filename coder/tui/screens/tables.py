"""The tables screen: how many mention each theme, and the way to the answers behind each count."""

from __future__ import annotations

from dataclasses import replace
from operator import methodcaller
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content
from textual.widgets import Static

from coder.domain.filters import Filter
from coder.domain.tables import TableOptions
from coder.store import surveys
from coder.text.inert import inert
from coder.tui.action_screen import MOVING, PROGRAM, ActionScreen
from coder.tui.actions import Action, bindings
from coder.tui.dialogs.ask import Ask
from coder.tui.fitting import spread
from coder.tui.widgets.key_bar import KeyBar
from coder.tui.widgets.table_rows import TableRows
from coder.workflows.tabulating import cell_filter, frequency_table

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from coder.domain.tables import Counted, FrequencyTable, TableRow
    from coder.workflows.studies import Study

TABLE = "The table"

ACTIONS = (
    Action("answers", ("enter",), "answers",
           "List the answers behind the row, to read and code.", methodcaller("open_answers"), TABLE),
    Action("back", ("escape", "q", "t"), "back",
           "Back to the answers.", methodcaller("dismiss", None), TABLE),
    Action("next", ("right_square_bracket", "right"), "next",
           "The next table or question.", methodcaller("change_table", 1), TABLE),
    Action("previous", ("left_square_bracket", "left"), "before",
           "The table or question before.", methodcaller("change_table", -1), TABLE, in_bar=False),
    Action("count", ("c",), "count",
           "Count respondents, or mentions (coded answers).", methodcaller("switch_count"), TABLE),
    Action("nets", ("n",), "nets",
           "Show themes under their nets, or alone.", methodcaller("switch_nets"), TABLE),
    Action("export", ("e",), "export",
           "Write the table to a file: .csv, .md or .json.", methodcaller("ask_export"), TABLE),
    Action("zeros", ("z",), "zeros",
           "Show or hide the themes that nobody mentions.", methodcaller("switch_zeros"), TABLE),
    *MOVING,
    *PROGRAM,
)  # fmt: skip
"""Every key of the tables screen, in the order of the key bar and of help."""


class TablesScreen(ActionScreen[Filter | None]):
    """One question's table at a time; returns the filter that lists the answers behind a row."""

    ACTIONS: ClassVar = ACTIONS
    HELP_TITLE: ClassVar = "Help: tables"
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)
    DEFAULT_CSS = """
    TablesScreen { layout: vertical; overflow: hidden; }
    TablesScreen #status { height: 1; background: $primary 30%; color: $text; }
    TablesScreen #note { height: 1; color: $text-warning; text-style: italic; padding: 0 1; }
    TablesScreen #heading { height: auto; padding: 0 1; text-style: bold; }
    TablesScreen #empty { height: 1fr; padding: 1 3; }
    TablesScreen #rows { height: 1fr; padding: 0 1; }
    TablesScreen #detail { height: auto; padding: 0 1; border-top: solid $secondary 60%; }
    TablesScreen #notes { height: auto; max-height: 7; padding: 0 1; color: $text-muted; }
    """

    def __init__(self, study: Study, question_id: str) -> None:
        super().__init__()
        self.study = study
        self.question_ids = _in_order(study)
        self.place = self.question_ids.index(question_id)
        self.options = TableOptions()
        self.table: FrequencyTable | None = None

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield Static(id="status", markup=False)
        if self.study.settings.note:
            yield Static(inert(self.study.settings.note), id="note", markup=False)
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

    def on_mount(self) -> None:
        """Show the table."""
        self.guard(self.count_anew)

    def on_resize(self) -> None:
        """Draw the top line anew."""
        self.show_status()

    def count_anew(self) -> None:
        """Count and show the table; the cursor stays on its theme."""
        row = self.current_row()
        self.table = frequency_table(self.study, self.question_ids[self.place], self.options)
        self.rows.show(self.table, row.theme_id if row else None)
        found = bool(self.table.rows)
        self.rows.display = found
        self.query_one("#empty").display = not found
        self.query_one("#empty", Static).update(_nothing_yet(self.table))
        self.query_one("#heading", Static).update(inert(self.table.heading))
        notes = [note for note in self.table.notes if note != self.study.settings.note]
        self.query_one("#notes", Static).update(inert(" ".join(notes)))
        self.show_status()
        self.show_detail()

    def show_status(self) -> None:
        """Draw the top line: the study, and where among its tables this one stands."""
        question_id = self.question_ids[self.place]
        right = f"{question_id} · {self.place + 1} of {len(self.question_ids)}"
        if self.table is not None:
            right += f" · base {self.table.base_size:,} {self.table.respondents_word}"
        line = spread(f"{self.study.settings.title} · Tables", right, self.size.width)
        self.query_one("#status", Static).update(Content(line))

    def show_detail(self) -> None:
        """Show the row at the cursor whole."""
        row = self.current_row()
        detail = self.query_one("#detail", Static)
        detail.display = row is not None
        if row is not None and self.table is not None:
            detail.update(inert(f"{row.label}\n{_in_words(self.table, row)}"))

    def current_row(self) -> TableRow | None:
        """Return the row at the cursor."""
        return self.table.rows[self.rows.cursor] if self.table and self.table.rows else None

    def move(self, step: int) -> None:
        """Move the cursor by so many rows."""
        self.rows.move_to(self.rows.cursor + step)
        self.show_detail()

    def change_table(self, step: int) -> None:
        """Go to the table after or before this one, round and round."""
        self.place = (self.place + step) % len(self.question_ids)
        self.table = None
        self.count_anew()

    def switch_count(self) -> None:
        """Count mentions instead of respondents, or the other way round."""
        other: Counted = "respondents" if self.options.what == "mentions" else "mentions"
        self._set(replace(self.options, what=other))

    def switch_nets(self) -> None:
        """Show themes under their nets, or alone."""
        self._set(replace(self.options, nets=not self.options.nets))

    def switch_zeros(self) -> None:
        """Show or hide the themes that nobody mentions."""
        self._set(replace(self.options, zeros=not self.options.zeros))

    def _set(self, options: TableOptions) -> None:
        self.options = options
        self.count_anew()

    @on(TableRows.Clicked)
    def clicked(self, message: TableRows.Clicked) -> None:
        """Show the row that was clicked whole; a second click opens it."""
        self.show_detail()
        if message.again:
            self.open_answers()

    def open_answers(self) -> None:
        """Return the filter that lists the answers behind the row at the cursor."""
        row = self.current_row()
        if self.table is None or row is None:
            return
        if row.mentions:
            self.dismiss(cell_filter(self.table, row))
        else:
            self.notify("No answer is coded with this theme yet.", timeout=3)

    def ask_export(self) -> None:
        """Ask where the table is to be written."""
        if self.table is not None:
            number = self.table.number
            name = f"table-{number}.csv" if number else f"{self.table.question_id.lower()}.csv"
            hint = f"⏎ writes it · .csv, .md or .json · in {Path.cwd()} · Esc writes nothing"
            self._ask_file("Write this table to", name, hint, None)

    def _ask_file(self, title: str, name: str, hint: str, replaced: Path | None) -> None:

        def named(answer: str | None) -> None:
            self.guard(self._export, replaced, answer)

        self.app.push_screen(Ask(title, name, hint), named)

    def _export(self, replaced: Path | None, name: str | None) -> None:
        """Write the table; a file that exists is asked about once more, and then replaced."""
        from coder.formats.output_files import format_of, write_file
        from coder.formats.table_files import tables_as

        if not name or not name.strip() or self.table is None:
            return
        path = Path(name.strip()).expanduser()
        kind = format_of(path.name, ("csv", "md", "json"))
        if path.exists() and path != replaced:
            hint = "⏎ again replaces it · another name keeps it · Esc writes nothing"
            self._ask_file("This file exists already", name, hint, path)
            return
        write_file(path, tables_as(kind, [self.table]))
        self.notify(inert(str(path.resolve())), title="Written", timeout=8, markup=False)


def _in_order(study: Study) -> list[str]:
    """Return the study's questions: those with a numbered table first, as `study.toml` lists them."""
    questions = [question.id for question in surveys.questions(study.database)]
    listed = [table.question_id for table in study.settings.tables if table.question_id in questions]
    return list(dict.fromkeys((*listed, *questions)))


def _nothing_yet(table: FrequencyTable) -> str:
    return inert(
        f"No codings yet for {table.question_id}: nothing to count.\n\n"
        "Esc goes back to the answers: keys 1-9 choose a theme there.\n"
        "Codings made elsewhere come in with: coder codings import FILE"
    )


def _in_words(table: FrequencyTable, row: TableRow) -> str:
    share = "" if row.percent is None else f" · {row.percent:.1f}% of {table.base_size:,}"
    net = f" · a net of {len(row.theme_ids) - 1} themes" if row.kind == "net" else ""
    counts = f"{table.respondents_word}: {row.respondents:,} · mentions: {row.mentions:,}"
    return f"{counts}{share}{net}"
