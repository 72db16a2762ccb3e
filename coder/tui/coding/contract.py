"""What the actions of the coding screen may ask of it, and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.geometry import Size
    from textual.screen import Screen

    from coder.tui.coding.desk import Desk
    from coder.tui.coding.panes.panes import CodingPanes
    from coder.tui.kit.action_screen import Answer
    from coder.workflows.coding.session import StepOutcome


class CodingView(Protocol):
    """The coding screen as its actions know it: the desk, and ways to show what has become of it."""

    @property
    def desk(self) -> Desk:
        """What the coder has before them."""

    @property
    def panes(self) -> CodingPanes:
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
        """Say something for some seconds, in place of what was said before; `about` is its heading."""

    def unsay(self) -> None:
        """Take away what was said."""

    def ask(self, window: Screen[Answer], take: Callable[[Answer | None], object] | None = None) -> None:
        """Open a window; `take` is given what it returns. An error in that is shown."""

    def window(self) -> Screen[Any]:
        """Return the window or screen that lies on top."""

    def use_codebook(self) -> None:
        """Start the suggestion engine anew: it is to know the codebook as it is now."""

    @property
    def size(self) -> Size:
        """How large the screen is."""

    @property
    def is_current(self) -> bool:
        """Whether no other screen or window lies over this one."""
