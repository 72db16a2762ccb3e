"""What the actions of the coding screen may ask of it, and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.screen import Screen

    from coder.domain.codings import Span
    from coder.tui.coding.desk import Desk
    from coder.tui.kit.action_screen import Answer
    from coder.tui.kit.windows.window_values import Window
    from coder.workflows.coding.session import StepOutcome


class Drawing(Protocol):
    """The parts of the screen, which draw what the desk says."""

    def draw_answer(self) -> None:
        """Draw the answer, its themes and the reasons."""

    def begin_themes(self) -> None:
        """Draw the answer with other themes on the number keys: the cursor goes to the first."""

    def draw_reasons(self) -> None:
        """Draw the answer and the reasons, where the themes are as they were."""

    def move_cursor(self, step: int) -> None:
        """Move the cursor of the themes by so many rows."""

    def point_at(self, theme_id: str) -> None:
        """Put the cursor of the themes on one."""

    def reveal(self, words: Sequence[Span]) -> None:
        """Bring words of the answer into view."""

    def scroll(self, direction: int) -> None:
        """Scroll a long answer down (1) or up (-1) by half of its pane."""


class CodingView(Protocol):
    """The coding screen as its actions know it: the desk, and ways to show what has become of it."""

    @property
    def desk(self) -> Desk:
        """What the coder has before them."""

    @property
    def panes(self) -> Drawing:
        """The parts of the screen, which draw what the desk says."""

    def show(self, number: int | None, *, jumped: bool = False) -> None:
        """Put another answer on screen; None: nothing is listed."""

    def list_anew(self, current: int | None) -> None:
        """Fetch the list anew, with the cursor on an answer, and count how far the coder has come."""

    def draw_titles(self) -> None:
        """Draw the status line and the titles of list and themes."""

    def stepped(self, outcome: StepOutcome, *, leaving: bool = False) -> None:
        """Go on from a step; `leaving`: another answer comes on screen at once, so this one is not drawn."""

    def tell(self, text: str, seconds: float, *, warning: bool = False, about: str = "") -> None:
        """Say something, for some seconds at least, in place of what was said; `about` is its heading."""

    def unsay(self) -> None:
        """Take away what was said."""

    def ask(
        self, window: Window[Answer] | Screen[Answer], take: Callable[[Answer | None], object] | None = None
    ) -> None:
        """Open a window; `take` is given what it returns. An error in that is shown."""

    def after_saying(self, says: str, act: Callable[[], object]) -> None:
        """Say what is done, and do it once that is on screen. An error in it is shown."""

    def window(self) -> object:
        """Return the window or screen that lies on top."""

    def leave_program(self) -> None:
        """Quit, whatever waits."""

    def use_codebook(self) -> None:
        """Start the suggestion engine anew: it is to know the codebook as it is now."""

    def switch_theme(self) -> None:
        """Change between light and dark."""

    def revive_engine(self) -> bool:
        """Start the suggestion engine again in a while, as it has died; False if that was so too often."""

    @property
    def columns(self) -> int:
        """How wide the screen is."""

    @property
    def is_uncovered(self) -> bool:
        """Whether no other screen lies over this one; windows may."""
