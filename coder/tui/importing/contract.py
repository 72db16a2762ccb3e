"""What the actions of the import screen may ask of it, and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from coder.domain.progress import Progress
    from coder.tui.importing.review import SurveyReview
    from coder.tui.importing.rows import ColumnRows
    from coder.tui.kit.action_screen import Answer
    from coder.tui.kit.windows.window_values import Window


class ImportView(Protocol):
    """The import screen as its actions know it: the review, and ways to show what has become of it."""

    @property
    def review(self) -> SurveyReview:
        """The survey file, and what is to become of it."""

    @property
    def busy(self) -> bool:
        """Whether the file or a codebook is being read, or the study being made."""

    @property
    def columns(self) -> ColumnRows:
        """The columns of the file, with the cursor on one of them."""

    def show_roles(self) -> None:
        """Show the columns with the roles they have now, and count what an import would keep."""

    def read(self, reading: Callable[[Progress], Callable[[], object]], what: str) -> None:
        """Read a codebook, or the file anew, in a thread; what has faults changes nothing."""

    def make_study(self) -> None:
        """Make the study, in a thread."""

    def show_all(self) -> None:
        """Draw everything around the columns."""

    def ask(
        self, window: Window[Answer] | Screen[Answer], take: Callable[[Answer | None], object] | None = None
    ) -> None:
        """Open a window; `take` is given what it returns. An error in that is shown."""
