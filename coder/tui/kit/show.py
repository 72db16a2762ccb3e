"""A window to read in: help, the details of a theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

if TYPE_CHECKING:
    from rich.table import Table
    from textual.app import ComposeResult
    from textual.content import Content

_SHARE = 92
"""Per cent of the screen's width that the window takes."""
_WIDEST = 92
_FRAME = 5
"""Columns of the window's frame, margins and scroll bar."""


class Show(ModalScreen[None]):
    """Shows a text until a key closes it; the arrow keys scroll."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,question_mark,d", "dismiss(None)", "Close", show=False)
    ]
    DEFAULT_CSS = f"""
    Show {{ align: center middle; }}
    Show > VerticalScroll {{
        width: {_SHARE}%; max-width: {_WIDEST}; height: auto; max-height: 92%;
        border: round $primary; background: $surface; padding: 0 1; scrollbar-size-vertical: 1;
    }}
    """

    def __init__(self, title: str, content: Content | Table) -> None:
        super().__init__()
        self._title = title
        self._content = content

    @staticmethod
    def room(width: int) -> int:
        """Return how many characters of a line fit into the window, on a screen so many wide."""
        return min(width * _SHARE // 100, _WIDEST) - _FRAME

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        with VerticalScroll() as box:
            box.border_title = self._title
            box.border_subtitle = "↑↓ scroll · Esc close"
            yield Static(self._content)
