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


class Show(ModalScreen[None]):
    """Shows a text until a key closes it; the arrow keys scroll."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,question_mark,d", "dismiss(None)", "Close", show=False)
    ]
    DEFAULT_CSS = """
    Show { align: center middle; }
    Show > VerticalScroll {
        width: 92%; max-width: 92; height: auto; max-height: 92%;
        border: round $primary; background: $surface; padding: 0 1; scrollbar-size-vertical: 1;
    }
    """

    def __init__(self, title: str, content: Content | Table) -> None:
        super().__init__()
        self._title = title
        self._content = content

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        with VerticalScroll() as box:
            box.border_title = self._title
            box.border_subtitle = "↑↓ scroll · Esc close"
            yield Static(self._content)
