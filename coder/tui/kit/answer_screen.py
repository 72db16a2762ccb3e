"""A screen that goes from answer to answer: the one at hand stands in a box, what is said of it below."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from coder.text.inert import inert
from coder.tui.kit.action_screen import ActionScreen
from coder.tui.kit.fitting import plain_title
from coder.tui.kit.key_bar import KeyBar
from coder.tui.kit.message_line import MessageLine

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coder.tui.kit.windows.window_values import StyledText

TALL = 22
"""Rows from which the keys take two lines."""


class AnswerScreen(ActionScreen[None]):
    """A screen whose parts are a top line, the study's note, an answer, what is said of it, and the keys."""

    DEFAULT_CSS: ClassVar[str] = """
    AnswerScreen #answer {
        height: auto; max-height: 40%; border: round $secondary 60%; padding: 0 1;
        scrollbar-size-vertical: 1; border-title-color: $text;
    }
    AnswerScreen #answer Static { height: auto; }
    """

    def top_parts(self, note: str) -> ComposeResult:
        """Yield the parts above what is said of the answer; a study without a note has none."""
        yield Static(id="status", markup=False)
        if note:
            yield Static(inert(note), id="note", markup=False)
        with VerticalScroll(id="answer", can_focus=False):
            yield Static(markup=False)

    def bottom_parts(self) -> ComposeResult:
        """Yield the parts below it."""
        yield MessageLine()
        yield KeyBar(self.actions)

    def lay_keys_out(self, height: int) -> None:
        """Have the keys take as many lines as there is room for."""
        self.query_one(KeyBar).set_class(height >= TALL, "-two")

    def draw_status(self, text: str) -> None:
        """Show the top line."""
        self.query_one("#status", Static).update(Content(text))

    def draw_answer(self, title: str, text: StyledText) -> None:
        """Show the answer at hand."""
        box = self.query_one("#answer", VerticalScroll)
        box.border_title = plain_title(title)
        box.query_one(Static).update(Content.assemble(*text))

    def leave(self) -> None:
        """Go back to where one came from, or quit where this is all that is open."""
        if self.app.screen_stack[0] is self:
            self.app.exit()
        else:
            self.dismiss(None)
