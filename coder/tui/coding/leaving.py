"""Quitting from the coding screen: a change that still waits is asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.tui.kit.windows.window_values import Option, Pick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.tui.coding.contract import CodingView

WAITS = (
    "Another program is writing to the study. Your last change is saved as soon as that is done; everything "
    "before it is saved already."
)


def leave(view: CodingView) -> None:
    """Quit; if a change waits for another program, ask whether to wait for it or to give it up."""
    waiting = view.desk.session.waiting
    if not waiting.waits:
        view.leave_program()
        return

    def options(_typed: str) -> Sequence[Option[bool]]:
        return [
            Option("Wait until it is saved, then quit", False, WAITS),
            Option("Give it up and quit", True, "Your last change is not saved; everything before it is."),
        ]

    def take(gives_up: bool | None) -> None:
        if gives_up is None:
            waiting.afterwards = None
        elif gives_up or not waiting.waits:
            waiting.give_up()
            view.leave_program()
        else:
            waiting.afterwards = view.leave_program
            view.tell("Quits as soon as the change is saved. Esc gives the change up, and stays.", 15)

    # What was said of the change lies over the window.
    view.unsay()
    view.ask(Pick("One change is still waiting", options, placeholder="Esc: go on coding"), take)
