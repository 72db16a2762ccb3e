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

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Container, VerticalScroll
from textual.widgets import Static

from coder.domain.filters import Filter
from coder.store import surveys
from coder.text.inert import inert
from coder.tui.codebook import texts as views
from coder.tui.codebook.keys import ACTIONS
from coder.tui.codebook.rows import CodebookRow, CodebookRows
from coder.tui.kit.action_screen import ActionScreen
from coder.tui.kit.actions import bindings
from coder.tui.kit.key_bar import KeyBar
from coder.workflows.study.codebook_file import codebook_stamp, take_up

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Resize

    from coder.workflows.revising.near_duplicates import Near
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
    CodebookScreen #rows { width: 62%; padding: 0 1; }
    CodebookScreen #details {
        width: 1fr; padding: 0 1; scrollbar-size-vertical: 1; border-left: solid $secondary 60%;
    }
    CodebookScreen.-narrow #body { layout: vertical; }
    CodebookScreen.-narrow #rows { width: 100%; height: 1fr; }
    CodebookScreen.-narrow #details {
        width: 100%; height: 40%; border-left: none; border-top: solid $secondary 60%;
    }
    """

    def __init__(self, study: Study, coder_id: str, question_id: str, changed: Callable[[], None]) -> None:
        super().__init__()
        self.study = study
        self.coder_id = coder_id
        self.changed = changed
        self.questions = [*(question.id for question in surveys.questions(study.database)), None]
        self._opened = question_id
        self.place = self.questions.index(question_id)
        self.tree_rows: list[CodebookRow] = []
        self.marked: set[str] = set()
        self.made: set[int] = set()
        """Versions of the codebook made on this screen."""
        self.near: list[Near] = []
        self._seen = self._state()
        self._stamp = codebook_stamp(study)

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield Static(id="status", markup=False)
        if self.study.settings.note:
            yield Static(inert(self.study.settings.note), id="note", markup=False)
        yield Static(views.WAITING, id="waiting", markup=False)
        yield Static(views.EMPTY, id="empty", markup=False)
        with Container(id="body"):
            yield CodebookRows(id="rows")
            with VerticalScroll(id="details", can_focus=False):
                yield Static(markup=False)
        yield KeyBar(ACTIONS)

    @property
    def rows(self) -> CodebookRows:
        """The rows."""
        return self.query_one("#rows", CodebookRows)

    @property
    def question_id(self) -> str | None:
        """The question whose themes are shown; None for all of them."""
        return self.questions[self.place]

    def on_mount(self) -> None:
        """Show the themes."""
        self.guard(self.reload)
        self.set_interval(POLL_SECONDS, lambda: self.guard(self.notice_others))

    def on_resize(self, event: Resize) -> None:
        """Put the details below the tree where there is no room beside it."""
        self.set_class(event.size.width < WIDE, "-narrow")
        self.query_one(KeyBar).set_class(event.size.height >= TALL, "-two")
        self.show_status()

    def reload(self, theme_id: str | None = None) -> None:
        """Count and show the themes anew; the cursor goes to a theme, or stays on its own."""
        current = self.current()
        self.tree_rows = views.rows_of(self.study, self.question_id)
        self.marked &= {row.theme.id for row in self.tree_rows}
        self._seen = self._state()
        self.near = []
        self.draw_rows(theme_id or (current.theme.id if current else None))
        self.query_one("#body").display = bool(self.tree_rows)
        self.query_one("#empty").display = not self.tree_rows
        self.query_one("#waiting").display = self.study.waiting
        self.show_status()
        self.call_after_refresh(lambda: self.guard(self.look_for_near))

    def draw_rows(self, theme_id: str | None = None) -> None:
        """Draw the themes, the cursor on one of them or where it was."""
        self.rows.show(self.tree_rows, self.study.settings.respondents, self.marked, theme_id)
        self.show_details()

    def look_for_near(self) -> None:
        """Work out which themes are close to each other, once the themes are on screen."""
        from coder.workflows.revising.near_duplicates import near_duplicates

        if self.is_attached:
            self.near = near_duplicates(self.study, self.question_id)
            self.show_details()

    def show_status(self) -> None:
        """Draw the top line."""
        line = views.status(self.study, self.question_id, self.tree_rows, self.size.width)
        self.query_one("#status", Static).update(line, layout=False)

    def show_details(self) -> None:
        """Show all that is to be said of the theme at the cursor."""
        row = self.current()
        if row is not None:
            text = views.details(self.study, row, views.near_lines(self.study, row.theme.id, self.near))
            self.query_one("#details Static", Static).update(text)

    def current(self) -> CodebookRow | None:
        """Return the row at the cursor."""
        return self.tree_rows[self.rows.cursor] if self.tree_rows else None

    def move(self, step: int) -> None:
        """Move the cursor by so many rows."""
        self.go_to_row(self.rows.cursor + step)

    def go_to_row(self, place: int) -> None:
        """Put the cursor on a row and show what it stands for from its beginning."""
        self.rows.move_to(place)
        self.query_one("#details").scroll_home(animate=False)
        self.show_details()

    def go_to_theme(self, theme_id: str) -> None:
        """Put the cursor on a theme, if need be among those of another question."""
        places = {row.theme.id: place for place, row in enumerate(self.tree_rows)}
        if theme_id in places:
            self.go_to_row(places[theme_id])
            return
        theme = self.study.codebook.find(theme_id)
        self.place = next(
            place for place, each in enumerate(self.questions) if not each or theme.serves(each)
        )
        self.reload(theme_id)

    def scroll_details(self, direction: int) -> None:
        """Scroll what is said of the theme."""
        details = self.query_one("#details")
        details.scroll_relative(y=direction * max(1, details.size.height - 1), animate=False)

    def change_question(self, step: int) -> None:
        """Go to the question after or before this one, round and round; after the last come all together."""
        self.place = (self.place + step) % len(self.questions)
        self.reload()

    def mark(self) -> None:
        """Mark the theme at the cursor, or take the mark away, and go to the next."""
        row = self.current()
        if row is not None:
            self.marked ^= {row.theme.id}
            self.draw_rows()
            self.move(1)

    @on(CodebookRows.Clicked)
    def clicked(self, message: CodebookRows.Clicked) -> None:
        """Show the theme that was clicked; a second click lists its answers."""
        self.go_to_row(self.rows.cursor)
        if message.again:
            self.list_answers()

    def list_answers(self, *, to_recode: bool = False) -> None:
        """Return the filter that lists the answers of the theme at the cursor, a net's with all under it."""
        row = self.current()
        if row is None:
            return
        if not (row.to_recode if to_recode else row.mentions):
            missing = "needs a fresh look" if to_recode else "is coded with this theme yet"
            self.notify(f"No answer {missing}.", timeout=3)
            return
        theme_ids = (row.theme.id,) if to_recode else tuple(self.study.codebook.members(row.theme.id))
        chosen = Filter(self.question_id or self._question_of(theme_ids), theme_ids=theme_ids)
        self.dismiss(replace(chosen, show="recode") if to_recode else chosen)

    def _question_of(self, theme_ids: tuple[str, ...]) -> str | None:
        """Return the question that was coded, or the first other with answers of these themes."""
        asked = [self._opened, *(question_id for question_id in self.questions if question_id)]
        return next((each for each in asked if views.is_coded(self.study, each, theme_ids)), None)

    def leave(self) -> None:
        """Take the marks away; else go back to the answers."""
        if self.marked:
            self.marked.clear()
            self.draw_rows()
        else:
            self.dismiss(None)

    def revised(self, theme_id: str | None = None) -> None:
        """Show the codebook as it has become, and let others know."""
        self.marked.clear()
        self._stamp = codebook_stamp(self.study)
        self.changed()
        self.reload(theme_id)

    def notice_others(self) -> None:
        """Take up what somebody else made of the codebook meanwhile."""
        stamp, before = codebook_stamp(self.study), self.study.codebook
        if stamp != self._stamp:
            self._stamp = stamp
            self.guard(take_up, self.study, self.coder_id)
        if self.study.codebook != before:
            self.changed()
        if self._state() != self._seen:
            self.reload()

    def _state(self) -> tuple[object, ...]:
        return self.study.codebook, self.study.waiting, self.study.database.foreign_version()
