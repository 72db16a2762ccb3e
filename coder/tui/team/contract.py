"""What the actions of the team screen may ask of it, and nothing more; and what it returns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.screen import Screen

    from coder.domain.team.rounds import Round
    from coder.tui.kit.action_screen import Answer
    from coder.tui.kit.windows.window_values import Window
    from coder.tui.team.rows import TeamRows
    from coder.workflows.study.study import Study


class TeamChoice(NamedTuple):
    """What is to be coded next."""

    one_round: Round | None = None
    """Answers in this round; None: all answers."""
    answer_id: str = ""
    """The answer to go to; empty: the first open one."""


class TeamView(Protocol):
    """The team screen as its actions know it."""

    study: Study
    coder_id: str
    round_id: str
    """The round that one works in; empty: none."""
    rounds: Sequence[Round]
    compared: Round | None
    """The round whose agreement is shown; None: it is that of all answers."""

    @property
    def rows(self) -> TeamRows:
        """The rows."""

    def count_anew(self) -> None:
        """Read the rounds anew, with how far each has come."""

    def go_to_round(self, round_id: str) -> None:
        """Put the cursor on a round."""

    def read_again(self) -> None:
        """Read the rounds anew, and have the agreement that is shown worked out anew."""

    def draw_detail(self) -> None:
        """Say in full what is at the cursor."""

    def tell(self, text: str, seconds: float, *, warning: bool = False, about: str = "") -> None:
        """Say something, for some seconds at least, in place of what was said; `about` is its heading."""

    def ask(
        self, window: Window[Answer] | Screen[Answer], take: Callable[[Answer | None], object] | None = None
    ) -> None:
        """Open a window; `take` is given what it returns. An error in that is shown."""

    def dismiss(self, result: TeamChoice | None) -> object:
        """Close the screen, and return what is to be coded next."""
