"""The coding screen's contract kept by printing lines."""

from __future__ import annotations

from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any, TypeVar, cast

from coder.errors import CoderError
from coder.tui.coding.desk import Desk, prepare
from coder.tui.coding.texts.equal_answers import step_text
from coder.tui.coding.texts.reasons import why
from coder.tui.kit.windows.window_values import without_styles
from coder.tui.plain.answer_lines import answer_lines, question_lines, standing_lines
from coder.tui.plain.asking import asked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.screen import Screen

    from coder.domain.codings import Span
    from coder.tui.coding.suggestions import Advice
    from coder.tui.kit.action_screen import Answer
    from coder.tui.kit.windows.window_values import Window
    from coder.tui.plain.typed_lines import PlainTerminal
    from coder.workflows.coding.session import StepOutcome
    from coder.workflows.study.study import Study

Outcome = TypeVar("Outcome")


class PlainPanes:
    """Draws nothing: what an action brings into view is printed instead."""

    def __init__(self, desk: Desk, terminal: PlainTerminal) -> None:
        self._desk = desk
        self._terminal = terminal

    def draw_answer(self) -> None:
        """Put the cursor on the first suggestion, where it is on none."""
        suggestions = self._desk.here.ranking.suggestions
        if self._desk.here.cursor_theme is None and suggestions:
            self._desk.point_at(suggestions[0].theme_id)

    def begin_themes(self) -> None:
        """Put the cursor on the first suggestion, where it is on none."""
        self.draw_answer()

    def draw_reasons(self) -> None:
        """Draw nothing."""

    def move_cursor(self, step: int) -> None:
        """Move along the suggestions, and print why the theme there is suggested."""
        theme_ids = [suggested.theme_id for suggested in self._desk.here.ranking.suggestions]
        if theme_ids:
            cursor_theme = self._desk.here.cursor_theme
            index = theme_ids.index(cursor_theme) if cursor_theme in theme_ids else -1
            self.point_at(theme_ids[max(0, min(index + step, len(theme_ids) - 1))])
            self._terminal.print_lines(without_styles(why(self._desk)).splitlines())

    def point_at(self, theme_id: str) -> None:
        """Put the cursor on a theme."""
        self._desk.point_at(theme_id)

    def reveal(self, words: Sequence[Span]) -> None:
        """Print the words that are selected, or were moved."""
        response = self._desk.here.response
        if response is not None and words:
            quoted = "; ".join(f"“{response.text[start:end]}”" for start, end in words)
            self._terminal.print_lines([f"Words: {quoted}"])

    def scroll(self, direction: int) -> None:
        """Scroll nothing: an answer is printed whole."""


class PlainView:
    """One coder at work on the answers to one question, line by line.

    Args:
        study: The study.
        coder_id: Who codes.
        advice: Where suggestions come from.
        terminal: Where lines are read and printed.
        question_id: The question to begin with; None goes on where the coder was last.
    """

    is_uncovered = True

    def __init__(
        self,
        study: Study,
        coder_id: str,
        advice: Advice,
        terminal: PlainTerminal,
        question_id: str | None = None,
    ) -> None:
        self.desk = Desk(study, coder_id, advice, question_id)
        # There is nothing else to do meanwhile: a change waits here until the other program is done.
        self.desk.session.waiting.patience = None
        self.terminal = terminal
        self.panes = PlainPanes(self.desk, terminal)
        self.restart_engine: Callable[[], object] = lambda: None
        self.ends = False
        """Whether the coder has quit."""
        self.new_answer = False
        """Whether an answer waits to be printed."""
        self.first_printed = 1
        """The place of the first suggestion printed last."""
        self._step = ""
        self._stays = True
        self._respondent_id = ""
        self._question_id = ""
        self.typed_ahead = ""
        """What was typed behind a command; the first window that it opens takes it."""

    def begin(self) -> None:
        """Put the first answer before the coder."""
        self.show(self.desk.listing.start())
        self.list_anew(self.desk.here.number)

    @property
    def columns(self) -> int:
        """How wide the terminal is."""
        return get_terminal_size().columns

    def print_answer(self) -> None:
        """Print the answer, after what has changed around it."""
        question_id = self.desk.listing.question().id
        if question_id != self._question_id:
            self.terminal.print_lines(["", *question_lines(self.desk)])
        self._question_id = question_id
        respondent_id = self.desk.here.response.respondent_id if self.desk.here.response else ""
        is_new = respondent_id != self._respondent_id
        self._respondent_id = respondent_id
        self.terminal.print_lines(["", *answer_lines(self.desk, with_attributes=is_new)])
        self.new_answer = False

    def show(self, number: int | None, *, jumped: bool = False) -> None:
        """Put another answer before the coder."""
        self.desk.open(number, jumped=jumped, is_settled=True)
        self.panes.draw_answer()
        self.new_answer, self.first_printed = True, 1

    def list_anew(self, current: int | None) -> None:
        """Fetch the list anew, and count how far the coder has come."""
        self.desk.listing.load(current)
        self.desk.count_anew()

    def draw_titles(self) -> None:
        """Draw nothing."""

    def stepped(self, outcome: StepOutcome, *, leaving: bool = False) -> None:
        """Go on from a step; what it did is printed once nothing else is said of it."""
        was_done = self.desk.here.standing.done
        self.desk.take_in(outcome)
        if outcome.changed_settings:
            self.list_anew(self.desk.here.number)
        if outcome.apart and self.desk.here.standing.done != was_done:
            self.list_anew(self.desk.here.number)
        self._step, self._stays = step_text(self.desk, outcome), not leaving
        if not leaving:
            prepare(self.desk)

    def tell(self, text: str, seconds: float, *, warning: bool = False, about: str = "") -> None:
        """Print what is said, in place of the step that it speaks of."""
        del seconds, warning
        if self._step and self._step in text:
            self._step = text
        else:
            self.terminal.print_lines([f"{about}: {text}" if about else text])

    def report_step(self) -> None:
        """Print what the last step did, and what stands on the answer now."""
        if self._step:
            self.terminal.print_lines([f"{self._step}. Saved."])
            self.terminal.print_lines(standing_lines(self.desk) if self._stays else ())
        self._step = ""

    def unsay(self) -> None:
        """Leave what was printed."""

    def ask(
        self, window: Window[Answer] | Screen[Answer], take: Callable[[Answer | None], object] | None = None
    ) -> None:
        """Ask at the prompt what a window would ask, and go on with it."""
        typed_ahead, self.typed_ahead = self.typed_ahead, ""
        # Screens of their own are done in lines by `actions`: all that is left are windows.
        answer: Any = asked(self.terminal, cast("Window[Answer]", window), typed_ahead)
        if take is not None:
            take(answer)

    def after_saying(self, says: str, act: Callable[[], object]) -> None:
        """Print what is done, and do it."""
        self.terminal.print_lines([says])
        act()

    def window(self) -> None:
        """There is none."""

    def leave_program(self) -> None:
        """Quit."""
        self.ends = True

    def use_codebook(self) -> None:
        """Start the suggestion engine anew: it is to know the codebook as it is now."""
        self.restart_engine()

    def switch_theme(self) -> None:
        """Say that there is nothing to change: lines have the terminal's colours."""
        self.tell("Here the terminal has its own colours.", 0)

    def revive_engine(self) -> bool:
        """Start no engine that has died: suggestions go on by words."""
        return False

    def guard(self, act: Callable[..., Outcome], *arguments: object) -> Outcome | None:
        """Do something and return what comes of it; an error that people can settle is printed."""
        try:
            return act(*arguments)
        except CoderError as error:
            self.terminal.print_lines([f"{error.message} {error.hint}"])
            return None
