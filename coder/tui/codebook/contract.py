"""What the actions of the codebook screen may ask of it, and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from coder.domain.filters import Filter
    from coder.tui.codebook.desk import CodebookDesk
    from coder.tui.codebook.tree import CodebookRow
    from coder.tui.kit.action_screen import Answer
    from coder.tui.kit.windows.window_values import Window


class RevisingView(Protocol):
    """A screen on which the codebook can be revised."""

    @property
    def desk(self) -> CodebookDesk:
        """The codebook as the person has it before them."""

    def revised(self, theme_id: str | None = None) -> None:
        """Show the codebook as a revision has left it, with the cursor on a theme, and let others know."""

    def tell(self, text: str, seconds: float, *, about: str = "") -> None:
        """Say something for some seconds, in place of what was said before; `about` is its heading."""

    def ask(
        self, window: Window[Answer] | Screen[Answer], take: Callable[[Answer | None], object] | None = None
    ) -> None:
        """Open a window; `take` is given what it returns. An error in that is shown."""

    def after_saying(self, says: str, act: Callable[[], object]) -> None:
        """Say what is done, and do it once that is on screen. An error in it is shown."""


class CodebookView(RevisingView, Protocol):
    """The codebook screen as its actions know it: the desk, and ways to show what has become of it."""

    def current(self) -> CodebookRow | None:
        """Return the row at the cursor."""

    def go_to_row(self, index: int) -> None:
        """Put the cursor on a row, the nearest there is."""

    def count_anew(self, theme_id: str | None = None) -> None:
        """Count and show the themes anew; the cursor goes to a theme, or stays on its own."""

    def draw_rows(self) -> None:
        """Draw the themes and their marks."""

    def list_answers(self, answers: Filter | None) -> None:
        """Close the screen and have these answers listed; None: those that were."""
