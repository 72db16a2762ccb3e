"""The keys of the redaction screen: one table, from which bindings, key bar, help and palette are drawn."""

from __future__ import annotations

from functools import partial
from operator import methodcaller

from coder.tui.kit.action_screen import PROGRAM
from coder.tui.kit.actions import Action
from coder.tui.privacy import choices

DECIDING, LOOKING = "Deciding", "Looking"
_TEN, _FAR = 10, 1_000_000_000

ACTIONS = (
    Action("take-out", ("y",), "take out",
           "Mark the place to be taken out, and go to the next; saved at once.",
           partial(choices.decide, decision="take"), DECIDING, changes=True),
    Action("keep", ("n",), "keep",
           "Keep the place as it is, and go to the next; saved at once, and not asked again.",
           partial(choices.decide, decision="keep"), DECIDING, changes=True),
    Action("all", ("a",), "all alike",
           "Take out, or keep, all places with the same words.", choices.decide_all, DECIDING, changes=True),
    Action("edges", ("e",), "edges", "Take more of the words, or fewer.",
           choices.edit_edges, DECIDING, changes=True),
    Action("kind", ("t",), "kind", "Say of which kind it is: name, place, phone ...",
           choices.choose_kind, DECIDING, changes=True),
    Action("instead", ("w",), "another word",
           "Have a word of your own stand there, as “a colleague”, for all with the same words.",
           choices.say_instead, DECIDING, changes=True),
    Action("undo", ("u",), "undo", "Take the last decision back, with all that it was made on.",
           choices.undo, DECIDING, changes=True),
    Action("finish", ("enter",), "take out all marked",
           "Take out what is marked: asked once more before, for it cannot be undone.",
           choices.take_out, DECIDING, changes=True),
    Action("down", ("down", "j", "right_square_bracket"), "next", "The next place, decided or not.",
           methodcaller("move", 1), LOOKING, in_bar=False),
    Action("up", ("up", "k", "left_square_bracket"), "before", "The place before.",
           methodcaller("move", -1), LOOKING, in_bar=False),
    Action("page-down", ("pagedown",), "ten on", "Ten places on.",
           methodcaller("move", _TEN), LOOKING, in_bar=False),
    Action("page-up", ("pageup",), "ten back", "Ten places back.",
           methodcaller("move", -_TEN), LOOKING, in_bar=False),
    Action("first", ("home",), "first", "The first place.",
           methodcaller("move", -_FAR), LOOKING, in_bar=False),
    Action("last", ("end",), "last", "The last place.", methodcaller("move", _FAR), LOOKING, in_bar=False),
    Action("back", ("escape", "q"), "back",
           "Back to where you came from; decisions are kept, nothing is taken out.",
           methodcaller("leave"), LOOKING),
    *PROGRAM,
)  # fmt: skip
