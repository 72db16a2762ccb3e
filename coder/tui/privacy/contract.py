"""What the actions of the redaction screen may ask of it, and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from coder.tui.kit.action_screen import Answer
    from coder.tui.kit.windows.window_values import Window
    from coder.tui.privacy.desk import RedactionDesk


class RedactionView(Protocol):
    """The redaction screen as its actions know it: the desk, and ways to show what has become of it."""

    @property
    def desk(self) -> RedactionDesk:
        """The places as the person has them before them."""

    def draw(self) -> None:
        """Show everything as the desk has it."""

    def search_anew(self) -> None:
        """Search the answers again: they are others now."""

    def tell(self, text: str, seconds: float, *, about: str = "") -> None:
        """Say something for some seconds, in place of what was said before; `about` is its heading."""

    def ask(
        self, window: Window[Answer] | Screen[Answer], take: Callable[[Answer | None], object] | None = None
    ) -> None:
        """Open a window; `take` is given what it returns. An error in that is shown."""

    def after_saying(self, says: str, act: Callable[[], object]) -> None:
        """Say what is done, and do it once that is on screen. An error in it is shown."""
