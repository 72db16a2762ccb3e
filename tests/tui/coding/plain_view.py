"""The coding screen's actions at work without a screen: what they tell is noted, nothing is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coder.tui.coding.desk import Desk
from coder.tui.coding.suggestions import Advice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.screen import Screen

    from coder.domain.codings import Span
    from coder.tui.kit.action_screen import Answer
    from coder.tui.kit.windows.window_values import Window
    from coder.workflows.coding.session import StepOutcome
    from coder.workflows.study.study import Study


class NothingDrawn:
    """Moves the cursor over the suggestions on number keys; draws nothing."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.revealed: list[Sequence[Span]] = []

    def draw_answer(self) -> None:
        """Put the cursor on the first suggestion, as a screen does."""
        suggestions = self._desk.here.ranking.suggestions
        self._desk.point_at(suggestions[0].theme_id if suggestions else None)

    def begin_themes(self) -> None:
        """Put the cursor on the first suggestion."""
        self.draw_answer()

    def draw_reasons(self) -> None:
        """Draw nothing."""

    def move_cursor(self, step: int) -> None:
        """Move the cursor along the suggestions."""
        theme_ids = [suggested.theme_id for suggested in self._desk.here.ranking.suggestions]
        index = theme_ids.index(self._desk.here.cursor_theme or "") + step
        self._desk.point_at(theme_ids[max(0, min(index, len(theme_ids) - 1))])

    def point_at(self, theme_id: str) -> None:
        """Put the cursor on a theme."""
        self._desk.point_at(theme_id)

    def reveal(self, words: Sequence[Span]) -> None:
        """Note what was to be brought into view."""
        self.revealed.append(words)

    def scroll(self, direction: int) -> None:
        """Scroll nothing."""


class PlainView:
    """One coder at work on a study, without a screen."""

    columns = 80
    is_uncovered = True

    def __init__(self, study: Study, coder_id: str = "jo", question_id: str | None = None) -> None:
        self.desk = Desk(study, coder_id, Advice(study.codebook, None), question_id)
        self.panes = NothingDrawn(self.desk)
        self.told: list[str] = []
        self.show(self.desk.listing.start())
        self.list_anew(self.desk.here.number)

    def show(self, number: int | None, *, jumped: bool = False) -> None:
        """Put another answer before the coder."""
        self.desk.open(number, jumped=jumped)
        self.panes.draw_answer()

    def list_anew(self, current: int | None) -> None:
        """Fetch the list anew."""
        self.desk.listing.load(current)
        self.desk.count_anew()

    def draw_titles(self) -> None:
        """Draw nothing."""

    def stepped(self, outcome: StepOutcome, *, leaving: bool = False) -> None:
        """Go on from a step."""
        self.desk.take_in(outcome)
        if not leaving:
            self.panes.draw_answer()

    def tell(self, text: str, seconds: float, *, warning: bool = False, about: str = "") -> None:
        """Note what is told."""
        del seconds, warning, about
        self.told.append(text)

    def unsay(self) -> None:
        """Forget what was told."""
        self.told.clear()

    def ask(
        self, window: Window[Answer] | Screen[Answer], take: Callable[[Answer | None], object] | None = None
    ) -> None:
        """Leave every window as Esc does."""
        del window
        if take is not None:
            take(None)

    def after_saying(self, says: str, act: Callable[[], object]) -> None:
        """Note what is said, and do it."""
        self.told.append(says)
        act()

    def window(self) -> Screen[Any]:
        """There is no window."""
        raise NotImplementedError

    def switch_theme(self) -> None:
        """There are no colours."""

    def revive_engine(self) -> bool:
        """Start no engine: there is none."""
        return False

    def leave_program(self) -> None:
        """There is none."""

    def use_codebook(self) -> None:
        """There is no engine to start anew."""
