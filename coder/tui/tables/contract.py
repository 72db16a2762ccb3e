"""What the actions of the tables screen may ask of it, and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.screen import Screen

    from coder.domain.filters import Filter
    from coder.tui.kit.action_screen import Answer
    from coder.tui.kit.windows.window_values import Window
    from coder.tui.tables.desk import TablesDesk


class TablesView(Protocol):
    """The tables screen as its actions know it: the desk, and ways to show what has become of it."""

    @property
    def desk(self) -> TablesDesk:
        """Which table is shown, and how it counts."""

    def count_anew(self) -> None:
        """Count and show the table; the cursor stays on its row and column."""

    def show_table(self) -> None:
        """Show the table that was counted."""

    def leave_for(self, answers: Filter) -> None:
        """Close the screen and have these answers listed, keeping how the table is."""

    def tell(self, text: str, seconds: float) -> None:
        """Say something for some seconds, in place of what was said before."""

    def ask(
        self, window: Window[Answer] | Screen[Answer], take: Callable[[Answer | None], object] | None = None
    ) -> None:
        """Open a window; `take` is given what it returns. An error in that is shown."""

    def write(self, write_file: Callable[[], Path]) -> None:
        """Write a file in a thread, and say where it is."""
