"""A window that says what the program is at, while it can take no keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import ModalScreen
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult


class Working(ModalScreen[None]):
    """Says what is done; once that is on screen, closes and has it begin.

    Args:
        says: What is done.
        begin: Has the screen below do it.
    """

    DEFAULT_CSS = """
    Working { align: center middle; }
    Working Static {
        width: auto; max-width: 90%; height: auto; border: round $primary; background: $surface; padding: 0 2;
    }
    """

    def __init__(self, says: str, begin: Callable[[], object]) -> None:
        super().__init__()
        self._says = says
        self._begin_work = begin

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        yield Static(self._says, markup=False)

    def on_mount(self) -> None:
        """Begin once the text is on screen."""
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.dismiss()
        self._begin_work()
