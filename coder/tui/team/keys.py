"""The keys of the team screen: one table, from which bindings, key bar, help and palette are drawn."""

from __future__ import annotations

from operator import methodcaller

from coder.tui.kit.action_screen import MOVING, PROGRAM
from coder.tui.kit.actions import Action
from coder.tui.team.choices import finish, open_row, show_about
from coder.tui.team.leading_actions import end, hand_over, reopen, tell_no_undo
from coder.tui.team.new_round import begin_new

ROUNDS, LEADING, AGREEMENT = "Rounds", "Leading rounds", "Agreement"

ACTIONS = (
    Action("open", ("enter",), "open",
           "On a round: code your answers in it, and no others; on “All answers”: code all again. On a theme:"
           " settle what coders chose otherwise about it. On an answer that was coded otherwise: go to it.",
           open_row, ROUNDS),
    Action("finish", ("f",), "finish",
           "Finish the round, once all your answers in it are done. Your codings in it are locked then; o"
           " opens it again. A blind round opens once everybody has finished.",
           finish, ROUNDS, changes=True),
    Action("about", ("i",), "about it",
           "All there is to know of the round: its answers, its codebook, blind or not, and its people.",
           show_about, ROUNDS),
    Action("agreement", ("g",), "agreement",
           "How far coders agree in the round at the cursor, as at the moment when all had finished it, or on"
           " all answers as they stand now: theme by theme, the least agreed on first. Of a training: what"
           " came of it.",
           methodcaller("read_agreement"), AGREEMENT),
    Action("begin", ("b",), "begin",
           "Begin a round: the same answers for each, or a question's dealt out; train a new coder; have"
           " somebody code again what they have coded.",
           begin_new, LEADING, changes=True),
    Action("end", ("e",), "end",
           "End the round: everybody sees everything, nothing in it is locked, and it does not go on again.",
           end, LEADING, changes=True),
    Action("reopen", ("o",), "open again",
           "Let somebody who has finished the round change their codings in it again.",
           reopen, LEADING, changes=True),
    Action("hand-over", ("h",), "hand over",
           "Hand what somebody has yet to do over to another: open answers of all rounds, and codings that"
           " wait to be looked at again.",
           hand_over, LEADING, changes=True),
    Action("undo", ("u",), "undo",
           "Nothing here is taken back by u, which says what does instead.", tell_no_undo, LEADING,
           in_bar=False),
    Action("back", ("escape", "q", "T"), "back",
           "Back to the answers.", methodcaller("dismiss", None), ROUNDS),
    *MOVING,
    *PROGRAM,
)  # fmt: skip
