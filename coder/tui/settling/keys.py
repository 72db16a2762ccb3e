"""The keys of the settling screen: one table, from which bindings, key bar, help and palette are drawn."""

from __future__ import annotations

from functools import partial
from operator import methodcaller

from coder.tui.kit.action_screen import PROGRAM
from coder.tui.kit.actions import Action
from coder.tui.settling import deciding
from coder.tui.settling.definitions import edit_definition

SETTLING, LOOKING = "Settling", "Looking"
_NUMBER_KEYS = 9

ACTIONS = (
    Action("settle", ("enter",), "settle, next",
           "Settle the answer on what is ticked, and go to the next.",
           deciding.settle, SETTLING, changes=True),
    Action("one-side", ("less_than_sign",), "one side",
           "Tick what the first of them chose; of more than two, the one before.",
           partial(deciding.take_side, step=-1), SETTLING, shown_keys="<"),
    Action("other-side", ("greater_than_sign",), "other",
           "Tick what the other chose; of more than two, the next.",
           partial(deciding.take_side, step=1), SETTLING, shown_keys=">"),
    Action("both", ("plus",), "both", "Tick what any of them chose.", deciding.take_all, SETTLING),
    *(
        Action(f"tick-{key}", (str(key),), "tick",
               "Tick the theme in dispute with that number, or take its tick away.",
               partial(deciding.tick, place=key - 1), SETTLING, "1-9" if key == 1 else str(key),
               in_bar=key == 1)
        for key in range(1, _NUMBER_KEYS + 1)
    ),
    Action("nothing", ("n",), "nothing",
           "Nothing of the codebook is in the answer; Enter settles it so.", deciding.take_nothing, SETTLING),
    Action("find", ("slash",), "other theme",
           "Find any theme, and tick it or take its tick away.", deciding.find_theme, SETTLING),
    Action("park", ("p",), "park",
           "Put the answer aside for a meeting, and go to the next; again takes it back.",
           deciding.park, SETTLING, changes=True),
    Action("why", ("m",), "why",
           "Write why it is settled so, or what is to be talked about; saved at once.",
           deciding.say_why, SETTLING, changes=True),
    Action("definition", ("e",), "definition",
           "Edit the definition that is shown, with this answer offered as an example; the plan follows.",
           edit_definition, SETTLING, changes=True),
    Action("names", ("i",), "names", "Say who chose what, or hide it.",
           methodcaller("switch_names"), LOOKING),
    Action("undo", ("u",), "undo",
           "Take back your last step of settling; again for the one before.",
           partial(deciding.reverse, undoes=True), SETTLING, changes=True),
    Action("redo", ("ctrl+r", "U"), "redo", "Do again what was undone.",
           partial(deciding.reverse, undoes=False), SETTLING, in_bar=False, changes=True),
    Action("to-change", ("d",), "definition to change",
           "Say that the definition shown is to change because of this answer, for the next revision.",
           deciding.flag_definition, SETTLING, in_bar=False, changes=True),
    Action("sure", ("s",), "sure or not", "Settle it as not sure, or as sure.",
           methodcaller("switch_sure"), SETTLING, in_bar=False),
    Action("reopen", ("o",), "open again", "Take what was settled off this answer.",
           deciding.reopen, SETTLING, in_bar=False, changes=True),
    Action("explain", ("tab",), "next definition", "Show the definition of the next theme in dispute.",
           methodcaller("explain_next"), LOOKING, in_bar=False),
    Action("list", ("f",), "list", "List those to settle, those parked, or all.",
           methodcaller("change_list"), LOOKING),
    Action("down", ("down", "j", "right_square_bracket"), "next answer",
           "The next answer; what is ticked and not settled is dropped.",
           methodcaller("move", 1), LOOKING, in_bar=False),
    Action("up", ("up", "k", "left_square_bracket"), "answer before", "The answer before.",
           methodcaller("move", -1), LOOKING, in_bar=False),
    Action("page-down", ("pagedown",), "scroll", "Scroll what people chose down.",
           methodcaller("scroll_body", 1), LOOKING, in_bar=False),
    Action("page-up", ("pageup",), "scroll", "Scroll it up.",
           methodcaller("scroll_body", -1), LOOKING, in_bar=False),
    Action("back", ("escape", "q"), "back", "Back to where you came from.", methodcaller("leave"), LOOKING),
    *PROGRAM,
)  # fmt: skip
