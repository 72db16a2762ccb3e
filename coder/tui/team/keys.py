"""The keys of the team screen: one table, from which bindings, key bar, help and palette are drawn."""

from __future__ import annotations

from operator import methodcaller

from coder.tui.kit.action_screen import MOVING, PROGRAM
from coder.tui.kit.actions import Action
from coder.tui.team.choices import finish, open_row, show_about

ROUNDS, AGREEMENT = "Rounds", "Agreement"

ACTIONS = (
    Action("open", ("enter",), "open",
           "On a round: code your answers in it, and no others; on “All answers”: code all again. On a theme:"
           " settle what coders chose otherwise about it.",
           open_row, ROUNDS),
    Action("finish", ("f",), "finish",
           "Finish the round, once all your answers in it are done. Your codings in it are locked then; who"
           " leads it can open it again (coder team round reopen). A blind round opens once everybody"
           " has finished.",
           finish, ROUNDS, changes=True),
    Action("about", ("i",), "about it",
           "All there is to know of the round: its answers, its codebook, blind or not, and its people.",
           show_about, ROUNDS),
    Action("agreement", ("g",), "agreement",
           "How far coders agree in the round at the cursor, as at the moment when all had finished it, or on"
           " all answers as they stand now: theme by theme, the least agreed on first.",
           methodcaller("read_agreement"), AGREEMENT),
    Action("back", ("escape", "q", "T"), "back",
           "Back to the answers.", methodcaller("dismiss", None), ROUNDS),
    *MOVING,
    *PROGRAM,
)  # fmt: skip
