"""The codebook screen: the tree of themes with counts, and all that is said of the one at the cursor.

What a person presses, from the tree, with the cursor on the theme:

- rename a theme: `e`, the new label, Enter
- write a definition: `e` Tab, the text, `^s`
- merge two themes: Space on the one, Space on the other, `m`, Enter on the one that stays; Enter applies
- split one in three: `s`, three names, one a line, `^s`; Enter applies
- move a theme to another net: `>`, part of the net's name, Enter; Enter applies
- retire it, or bring it back: `x`; Enter applies
- take the latest revision back: `u`; any other: `h`, Enter on it; Enter applies
- see its answers: Enter
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Container, VerticalScroll
from textual.widgets import Static

from coder.domain.filters import Filter
from coder.text.inert import inert
from coder.tui.codebook import browsing, texts
from coder.tui.codebook.desk import CodebookDesk
from coder.tui.codebook.keys import ACTIONS
from coder.tui.codebook.rows import CodebookRows
from coder.tui.kit.action_screen import ActionScreen, bindings
from coder.tui.kit.key_bar import KeyBar
from coder.tui.kit.message_line import MessageLine
from coder.tui.kit.study_held import when_free

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Resize

    from coder.tui.codebook.tree import CodebookRow
    from coder.workflows.study.study import Study

WIDE, TALL = 100, 30
"""Columns from which the details stand beside the tree, and rows from which the keys take two lines."""
POLL_SECONDS = 2.0
"""How often the screen looks whether somebody else revised the codebook."""


class CodebookScreen(ActionScreen[Filter | None]):
    """One question's themes at a time, or all; returns the filter that lists a theme's answers.

    Args:
        study: The study.
        coder_id: Who revises.
        question_id: The question to begin with.
        changed: Called after the study's codebook has changed.
    """

    ACTIONS: ClassVar = ACTIONS
    HELP_TITLE: ClassVar = "Help: codebook"
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)
    DEFAULT_CSS = """
    CodebookScreen #note, CodebookScreen #waiting {
        height: 1; color: $text-warning; text-style: italic; padding: 0 1;
    }
    CodebookScreen #waiting { text-style: bold; }
    CodebookScreen #empty { height: 1fr; padding: 1 3; }
    CodebookScreen #body { layout: horizontal; height: 1fr; }
    CodebookScreen #rows { width: 62%; max-width: 100; padding: 0 1; }
    CodebookScreen #details {
        width: 1fr; padding: 0 1; scrollbar-size-vertical: 1; border-left: solid $secondary 60%;
    }
    CodebookScreen.-narrow #body { layout: vertical; }
    CodebookScreen.-narrow #rows { width: 100%; max-width: 100%; height: 1fr; }
    CodebookScreen.-narrow #details {
        width: 100%; height: 40%; border-left: none; border-top: solid $secondary 60%;
    }
    """

    def __init__(self, study: Study, coder_id: str, question_id: str, changed: Callable[[], None]) -> None:
        super().__init__()
        self.desk = CodebookDesk(study, coder_id, question_id)
        self._changed = changed

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield Static(id="status", markup=False)
        if self.desk.study.settings.note:
            yield Static(inert(self.desk.study.settings.note), id="note", markup=False)
        yield Static(id="waiting", markup=False)
        yield Static(texts.EMPTY, id="empty", markup=False)
        with Container(id="body"):
            yield CodebookRows(id="rows")
            with VerticalScroll(id="details", can_focus=False):
                yield Static(markup=False)
        yield MessageLine()
        yield KeyBar(self.actions)

    @property
    def rows(self) -> CodebookRows:
        """The rows."""
        return self.query_one("#rows", CodebookRows)

    def on_mount(self) -> None:
        """Show the themes."""
        self.guard(self.count_anew)
        self.set_interval(POLL_SECONDS, lambda: self.guard(self.notice_others))

    def on_resize(self, event: Resize) -> None:
        """Put the details below the tree where there is no room beside it."""
        self.set_class(event.size.width < WIDE, "-narrow")
        self.query_one(KeyBar).set_class(event.size.height >= TALL, "-two")
        self._show_status()

    def count_anew(self, theme_id: str | None = None) -> None:
        """Count and show the themes anew; the cursor goes to a theme, or stays on its own."""
        row = self.current()
        self.desk.count()
        self.draw_rows(theme_id or (row.theme.id if row else None))
        self.query_one("#body").display = bool(self.desk.tree)
        self.query_one("#empty").display = not self.desk.tree
        waiting = self.query_one("#waiting", Static)
        waiting.update(texts.waiting(self.desk))
        waiting.display = self.desk.study.edits_wait or self.desk.study.file_fault is not None
        self._show_status()
        self.call_after_refresh(lambda: self.guard(self._find_near))

    def draw_rows(self, theme_id: str | None = None) -> None:
        """Draw the themes and their marks, the cursor on a theme or where it was."""
        self.rows.show(self.desk.tree, self.desk.study.settings.respondents, self.desk.marked, theme_id)
        self._show_details()

    def _find_near(self) -> None:
        """Look for themes that are close to each other, once the themes are on screen."""
        if self.is_attached:
            self.desk.find_near()
            self._show_details()

    def _show_status(self) -> None:
        """Draw the top line."""
        line = texts.status(self.desk, self.size.width)
        self.query_one("#status", Static).update(line, layout=False)

    def _show_details(self) -> None:
        """Show all that is to be said of the theme at the cursor."""
        row = self.current()
        if row is not None:
            self.query_one("#details Static", Static).update(texts.details(self.desk, row))

    def current(self) -> CodebookRow | None:
        """Return the row at the cursor."""
        return self.desk.tree[self.rows.cursor] if self.desk.tree else None

    def move(self, step: int) -> None:
        """Move the cursor by so many rows."""
        self.go_to_row(self.rows.cursor + step)

    def go_to_row(self, index: int) -> None:
        """Put the cursor on a row, the nearest there is, and show its details from their beginning."""
        self.rows.move_to(index)
        self.query_one("#details").scroll_home(animate=False)
        self._show_details()

    def scroll_details(self, direction: int) -> None:
        """Scroll what is said of the theme: down (1) or up (-1)."""
        details = self.query_one("#details")
        details.scroll_relative(y=direction * max(1, details.size.height - 1), animate=False)

    @on(CodebookRows.Clicked)
    def _open_clicked(self, message: CodebookRows.Clicked) -> None:
        self.go_to_row(self.rows.cursor)
        if message.again:
            self.guard(browsing.list_answers, self)

    def list_answers(self, answers: Filter | None) -> None:
        """Close the screen and have these answers listed; None: those that were."""
        self.dismiss(answers)

    def guard(self, act: Callable[..., object], *arguments: object) -> Exception | None:
        """Do something, as soon as no other program is writing to the study; an error is shown."""
        return super().guard(when_free, self, self.desk.study.database, partial(act, *arguments))

    def revised(self, theme_id: str | None = None) -> None:
        """Show the codebook as a revision has left it, with the cursor on a theme, and let others know."""
        self.desk.revised()
        self._changed()
        self.count_anew(theme_id)

    def notice_others(self) -> None:
        """Take up what somebody else made of the codebook meanwhile."""
        codebook_before = self.desk.study.codebook
        if self.desk.codebook_edited():
            self.guard(self.desk.take_up_unless_busy)
        if self.desk.study.codebook != codebook_before:
            self._changed()
        if self.desk.is_behind():
            self.count_anew()
