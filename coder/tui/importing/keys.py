"""The keys of the import screen: one table, from which bindings, key bar, help and palette are drawn."""

from __future__ import annotations

from functools import partial
from operator import methodcaller

from coder.tui.importing.choosing import (
    ask_about,
    ask_codebook,
    ask_encoding,
    ask_folder,
    ask_row_meaning,
    choose_role,
    join_above,
    next_role,
    part,
    switch_weight,
)
from coder.tui.importing.settling import import_file, show_doubts
from coder.tui.kit.action_screen import MOVING, PROGRAM
from coder.tui.kit.actions import Action

COLUMN, STUDY = "The column at the cursor", "The study"

ACTIONS = (
    Action("import", ("enter",), "import", "Make the study and open it.", import_file, STUDY),
    Action("back", ("escape", "q"), "back",
           "Back, with nothing written; cancels an import.", methodcaller("leave"), STUDY),
    Action("open", ("o",), "open",
           "It holds answers to an open question.", partial(choose_role, role="open"), COLUMN),
    Action("attribute", ("a",), "attribute",
           "It tells something about the respondent, or about each answer where it differs within one.",
           partial(choose_role, role="attribute"), COLUMN),
    Action("about", ("t",), "tells of",
           "What it tells something about: the answers to a question or in a box, those of its row, the "
           "respondent.", ask_about, COLUMN, in_bar=False),
    Action("leave-out", ("x",), "leave out",
           "It is not imported.", partial(choose_role, role="ignore"), COLUMN),
    Action("id", ("i",), "id", "It says who answered.", partial(choose_role, role="id"), COLUMN),
    Action("weight", ("w",), "weight",
           "It holds the respondents' survey weights: percentages are weighted by it.",
           switch_weight, COLUMN, in_bar=False),
    Action("join", ("plus",), "join", "It is one more box of the question above.", join_above, COLUMN),
    Action("part", ("minus",), "part", "It is a question of its own, no box.", part, COLUMN),
    Action("cycle", ("space",), "change",
           "The next part it can play; in a file with one row an answer, also the question and the box. It "
           "opens and closes a line of columns that are left out.",
           next_role, COLUMN, in_bar=False),
    Action("rows", ("r",), "rows",
           "What a row of the file holds: a respondent, a part of what one said, or an answer.",
           ask_row_meaning, STUDY, in_bar=False),
    Action("encoding", ("e",), "encoding",
           "The encoding of a text file: lines as each reads them, and the file read anew.",
           ask_encoding, STUDY, in_bar=False),
    Action("doubts", ("d",), "doubts",
           "What is in doubt about the file; Enter on a doubt shows the ways to settle it.",
           show_doubts, STUDY),
    Action("folder", ("f",), "folder", "Where to make the study.", ask_folder, STUDY),
    Action("codebook", ("b",), "codebook",
           "The codebook to begin with.", ask_codebook, STUDY),
    *MOVING,
    *PROGRAM,
)  # fmt: skip
"""Every key of the import screen, in the order of the key bar and of help."""
