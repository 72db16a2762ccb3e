"""The parts of the coding screen, drawn from the desk: list, answer, themes, and why they are suggested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static

from coder.tui.coding.comparing.side_reading import SideReading
from coder.tui.coding.desk import ask_why
from coder.tui.coding.panes.answer_view import AnswerView
from coder.tui.coding.panes.response_list import ResponseList
from coder.tui.coding.panes.theme_panel import ThemePanel
from coder.tui.coding.texts.answer import answer_content
from coder.tui.coding.texts.equal_answers import group_line
from coder.tui.coding.texts.reasons import read_by, why
from coder.tui.coding.texts.status import list_title
from coder.tui.coding.texts.themes import theme_rows, themes_title
from coder.tui.kit.fitting import plain_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from coder.domain.codings import Span
    from coder.tui.coding.desk import Desk


class CodingPanes(Container):
    """Draws what the desk says; changes nothing of it but where the cursor of the themes is.

    Args:
        desk: The desk.
    """

    DEFAULT_CSS = """
    CodingPanes { layout: horizontal; height: 1fr; }
    CodingPanes #list, CodingPanes #themes, CodingPanes #why { border-title-color: $text; }
    CodingPanes #work { layout: horizontal; width: 1fr; }
    CodingPanes #list { width: 42%; max-width: 60; border: round $secondary 60%; }
    CodingPanes #answer { width: 1fr; border: round $primary; }
    CodingPanes #side { width: 34%; max-width: 56; }
    CodingPanes #themes { height: 1fr; border: round $secondary 60%; }
    CodingPanes #why { height: 12; border: round $secondary 60%; padding: 0 1; }
    CodingPanes.-narrow #work { layout: vertical; }
    CodingPanes.-narrow #list { width: 100%; max-width: 100%; height: 7; max-height: 35%; }
    CodingPanes.-narrow #side { width: 36; max-width: 45%; }
    CodingPanes.-narrow #why { height: 8; max-height: 40%; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._ticked = 0
        self._beside = SideReading(self, desk, self._draw_text)
        self.list = ResponseList(desk.listing, id="list")
        self.answer = AnswerView(id="answer")
        self.themes = ThemePanel(id="themes")
        self._why = Static(id="why", markup=False)
        self._why.border_title = "Why"

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        with Container(id="work"):
            yield self.list
            yield self.answer
        with Vertical(id="side"):
            yield self.themes
            yield self._why

    def begin_answer(self) -> None:
        """Draw another answer: the list's cursor goes to it, the themes' cursor to the first."""
        self.list.show_cursor()
        self.begin_themes()

    def begin_themes(self) -> None:
        """Draw the answer with other themes on the number keys: the cursor goes to the first."""
        self.themes.cursor = 0
        self.draw_answer()

    def draw_answer(self) -> None:
        """Draw the answer, its themes and the reasons; a cursor that was moved stays on its theme."""
        moved_to = self._desk.here.cursor_theme if self.themes.cursor else None
        self.themes.show(*theme_rows(self._desk), cursor=self.themes.cursor)
        self.themes.follow(moved_to)
        self._desk.point_at(self.themes.current)
        self._draw_themes_title()
        self._draw_group()
        self.draw_reasons()

    def draw_reasons(self) -> None:
        """Draw the answer and the reasons, where the themes are as they were."""
        self._draw_text()
        self._beside.look_at_desk()
        self._why.update(Content.assemble(*why(self._desk)), layout=False)
        self._why.border_subtitle = plain_title(read_by(self._desk))

    def draw_titles(self) -> None:
        """Draw the titles of list and themes, and how many answers say the same."""
        self._draw_group()
        if self._ticked != len(self._desk.listing.ticks):
            self._ticked = len(self._desk.listing.ticks)
            self.list.refresh()
            self._draw_text()
        self.list.set_title(plain_title(list_title(self._desk)))
        self._draw_themes_title()

    def move_cursor(self, step: int) -> None:
        """Move the cursor of the themes by so many rows."""
        self.themes.move(step)
        self._cursor_moved()

    def point_at(self, theme_id: str) -> None:
        """Put the cursor of the themes on one, so that its words, and no others, are underlined."""
        if theme_id != self._desk.here.cursor_theme:
            self.themes.follow(theme_id)
            self._cursor_moved()

    def reveal(self, words: Sequence[Span]) -> None:
        """Bring words of the answer into view."""
        self.answer.reveal(words)

    def scroll(self, direction: int) -> None:
        """Scroll a long answer down (1) or up (-1) by half of its pane."""
        self.answer.scroll_half(direction)

    def _cursor_moved(self) -> None:
        self._desk.point_at(self.themes.current)
        self.draw_reasons()
        ask_why(self._desk)

    def _draw_group(self) -> None:
        self.answer.border_subtitle = plain_title(group_line(self._desk))

    def _draw_text(self) -> None:
        """Draw the answer, and what stands in its pane with it: the lines that are others than they were."""
        self.answer.show(answer_content(self._desk))

    def _draw_themes_title(self) -> None:
        self.themes.set_title(plain_title(themes_title(self._desk)))
