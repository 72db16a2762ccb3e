"""The keys of the codebook screen: one table, from which bindings, key bar, help and palette are drawn."""

from __future__ import annotations

from functools import partial
from operator import methodcaller

from coder.tui.codebook import browsing as look
from coder.tui.codebook import theme_actions as do
from coder.tui.kit.action_screen import MOVING, PROGRAM
from coder.tui.kit.actions import Action

THEMES, LOOKING = "Revising themes", "Looking closer"

ACTIONS = (
    Action("answers", ("enter",), "answers",
           "List the theme's answers; a net's with those of all themes under it.",
           look.list_answers, LOOKING),
    Action("leave", ("escape", "q", "b"), "back",
           "Take the marks away; without marks, back to the answers.", look.leave, LOOKING),
    Action("edit", ("e",), "edit",
           "Edit the theme: label, definition, what to include and to leave out, examples, keywords.",
           do.edit, THEMES, changes=True),
    Action("add", ("a",), "add",
           "Add a theme after this one, in the same net, for the same questions.",
           do.add, THEMES, changes=True),
    Action("merge", ("m",), "merge",
           "Merge the marked themes, or this one, into another or under a new name.",
           do.merge, THEMES, changes=True),
    Action("split", ("s",), "split",
           "Split the theme: type the names of its parts; its own may be one of them.",
           do.split, THEMES, changes=True),
    Action("move", ("greater_than_sign", "v"), "move",
           "Move the marked themes, or this one, under a net, a new one, or none.", do.move, THEMES,
           shown_keys=">", changes=True),
    Action("retire", ("x",), "retire",
           "Offer the theme no longer, its codings stay; a retired one is brought back.",
           do.retire, THEMES, changes=True),
    Action("undo", ("u",), "undo",
           "Take back the latest revision; h takes back any other.",
           do.undo, THEMES, changes=True),
    Action("mark", ("space",), "mark",
           "Mark the theme, to merge or move several at once.", look.mark, THEMES, changes=True),
    Action("find", ("slash",), "find",
           "Find a theme of any question by a part of its label, a keyword or its definition.",
           look.find, LOOKING),
    Action("next", ("right_square_bracket", "right"), "question",
           "The themes of the next question; after the last, of all.",
           partial(look.change_question, step=1), LOOKING),
    Action("previous", ("left_square_bracket", "left"), "before",
           "The themes of the question before.",
           partial(look.change_question, step=-1), LOOKING, in_bar=False),
    Action("history", ("h",), "history",
           "Every version with what was revised, by whom and when; ⏎ shows what taking it back would do.",
           look.history, LOOKING),
    Action("journal", ("J",), "journal",
           "Dated notes on the theme at the cursor, the question, the study, and what was decided: search "
           "them, write one, reword your own. The latest on a theme stand with it.",
           look.journal, LOOKING, in_bar=False),
    Action("ask-team", ("A",), "ask the team",
           "Questions to the team: ask one about the theme at the cursor; read, answer and close others'.",
           look.ask_the_team, LOOKING, in_bar=False),
    Action("near", ("d",), "near-duplicates",
           "Themes close to each other: on the same answers, in their labels, in their answers' words.",
           look.near_duplicates, LOOKING),
    Action("edits", ("p",), "edits that wait",
           "What the edits of codebook.yaml that wait would do; ⏎ applies them.", do.waiting_edits, THEMES,
           in_bar=False, changes=True),
    Action("recode", ("r",), "to recode",
           "List the theme's answers that need a fresh look.",
           partial(look.list_answers, to_recode=True), LOOKING, in_bar=False),
    Action("scroll-down", ("shift+down", "z"), "scroll down",
           "Scroll what is said of the theme.", methodcaller("scroll_details", 1), LOOKING, in_bar=False),
    Action("scroll-up", ("shift+up", "Z"), "scroll up",
           "Scroll it up again.", methodcaller("scroll_details", -1), LOOKING, in_bar=False),
    *MOVING,
    *PROGRAM,
)  # fmt: skip
"""Every key of the codebook screen, in the order of the key bar and of help."""
