"""A window to read in: help, the details of a theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from coder.tui.kit.windows.window_values import SHOWN_SHARE, SHOWN_WIDEST

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coder.tui.kit.windows.window_values import Show


class ShowWindow(ModalScreen[None]):
    """Shows a text until a key closes it; the arrow keys scroll."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,question_mark,d", "dismiss(None)", "Close", show=False)
    ]
    DEFAULT_CSS = f"""
    ShowWindow {{ align: center middle; }}
    ShowWindow > VerticalScroll {{
        width: {SHOWN_SHARE}%; max-width: {SHOWN_WIDEST}; height: auto; max-height: 92%;
        border: round $primary; background: $surface; padding: 0 1; scrollbar-size-vertical: 1;
    }}
    """

    def __init__(self, show: Show) -> None:
        super().__init__()
        self._to_read = show

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        with VerticalScroll() as box:
            box.border_title = self._to_read.title
            box.border_subtitle = "↑↓ scroll · Esc close"
            content = self._to_read.content
            yield Static(Content.assemble(*content) if isinstance(content, tuple) else content)
