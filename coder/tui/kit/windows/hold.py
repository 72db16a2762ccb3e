"""A window that waits until no other program writes to the study."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from coder.text.inert import inert

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coder.tui.kit.windows.window_values import Hold

TRY_AFTER = 0.5
"""Seconds after which it is looked again whether the study is free."""


class HoldWindow(ModalScreen[bool]):
    """Returns True once no other program is writing, or None after Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Give up", show=False)]
    DEFAULT_CSS = """
    HoldWindow { align: center middle; }
    HoldWindow Static {
        width: 80%; max-width: 76; height: auto; border: round $primary; background: $surface; padding: 0 2;
    }
    """

    def __init__(self, hold: Hold) -> None:
        super().__init__()
        self._hold = hold
        self._began = time.monotonic()

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        yield Static(markup=False)

    def on_mount(self) -> None:
        """Say for how long the change has waited, and look again and again."""
        self._draw()
        self.set_interval(TRY_AFTER, self._look)

    def _draw(self) -> None:
        waited = time.monotonic() - self._began
        text = f"{self._hold.why}\nThis change waits until it can be saved: {waited:.0f} s\n\nEsc gives it up"
        self.query_one(Static).update(inert(text))

    def _look(self) -> None:
        if self.is_current and not self._hold.is_held():
            self.dismiss(True)
        else:
            self._draw()
