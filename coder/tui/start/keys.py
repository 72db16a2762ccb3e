"""The keys of the start screen: one table, from which bindings, key bar, help and palette are drawn."""

from __future__ import annotations

from operator import methodcaller

from coder.tui.kit.action_screen import MOVING, PROGRAM
from coder.tui.kit.actions import Action

BEGIN = "Beginning"
KEYS = 9
"""Studies on number keys."""


def _number_keys() -> tuple[Action, ...]:
    return tuple(
        Action(
            f"study-{n}", (str(n),), "open it", "Open that study of the list.",
            methodcaller("open_number", n), BEGIN, "1-9" if n == 1 else str(n), in_bar=False,
        )
        for n in range(1, KEYS + 1)
    )  # fmt: skip


ACTIONS = (
    Action("choose", ("enter",), "choose", "Do what the cursor is on.", methodcaller("choose"), BEGIN),
    *_number_keys(),
    Action("sample", ("s",), "sample study",
           "Make the sample study, or open it.", methodcaller("sample"), BEGIN),
    Action("new", ("n",), "new study",
           "Make a study from a survey file.", methodcaller("pick_survey"), BEGIN),
    Action("open", ("o",), "open a study",
           "Open a study by its folder.", methodcaller("pick_study"), BEGIN),
    *MOVING,
    Action("quit", ("q", "ctrl+q"), "quit", "Quit.", methodcaller("leave_program"), BEGIN),
    *PROGRAM,
)  # fmt: skip
"""Every key of the start screen, in the order of the key bar and of help."""
