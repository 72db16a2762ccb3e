"""The keys of the tables screen: one table, from which bindings, key bar, help and palette are drawn."""

from __future__ import annotations

from functools import partial
from operator import methodcaller
from typing import TYPE_CHECKING

from coder.domain.grammar import listed
from coder.domain.tables.bases import BASES
from coder.formats.charts.registry import CHART_FORMATS
from coder.formats.tables.registry import TABLE_FORMATS
from coder.tui.kit.action_screen import MOVING, PROGRAM
from coder.tui.kit.actions import Action
from coder.tui.tables import count_choices as choose
from coder.tui.tables import looking as look
from coder.tui.tables.column_picker import choose_columns
from coder.tui.tables.condition_picker import choose_conditions
from coder.tui.tables.exporting import ask_file
from coder.tui.tables.further_choices import choose_further

if TYPE_CHECKING:
    from collections.abc import Iterable


def _endings(kinds: Iterable[str]) -> str:
    return listed([f".{kind}" for kind in kinds], "or")


TABLE, COUNTS, CLOSER = "The table", "What it counts", "Looking closer"

ACTIONS = (
    Action("answers", ("enter",), "answers",
           "List the answers behind the number at the cursor, to read and code.",
           methodcaller("open_answers"), TABLE),
    Action("back", ("escape", "q", "t"), "back",
           "Back to the answers.", methodcaller("dismiss", None), TABLE),
    Action("next", ("right_square_bracket",), "next",
           "The next table or question.", partial(look.change_table, step=1), TABLE),
    Action("by", ("b",), "by",
           "What stands over the columns: attributes, periods of dates, themes; side by side, or crossed.",
           choose_columns, COUNTS),
    Action("filter", ("f",), "filter",
           "Count only those with a value of an attribute; several conditions hold together.",
           choose_conditions, COUNTS),
    Action("export", ("e",), "export",
           f"Write the table as {_endings(TABLE_FORMATS)}; its chart as {_endings(CHART_FORMATS)}.",
           ask_file, TABLE),
    Action("together", ("o",), "together",
           "Which themes go together: on the same answers, or of the same respondents.",
           look.together, CLOSER),
    Action("saturation", ("s",), "new themes",
           "Whether reading more answers still brings new themes.",
           look.new_themes, CLOSER),
    Action("percents", ("percent_sign",), "counts or %",
           "In columns: counts, or percentages.", choose.switch_percents, TABLE, shown_keys="%"),
    Action("count", ("c",), "count",
           "Count respondents, or mentions (coded answers).", choose.switch_unit, COUNTS),
    Action("base", ("a",), "base",
           f"Percentages of {listed([base.option for base in BASES.values()], 'or')}.",
           choose.next_base, COUNTS),
    Action("nets", ("n",), "nets",
           "Show themes under their nets, or alone.", choose.switch_nets, COUNTS),
    Action("order", ("r",), "order",
           "The most mentioned first, or as in the codebook.", choose.switch_order, COUNTS),
    Action("zeros", ("z",), "zeros",
           "Show or hide the themes that nobody mentions.", choose.switch_zeros, COUNTS),
    Action("weights", ("w",), "weights",
           "Percentages weighted by the study's survey weights, or not.",
           choose.switch_weights, COUNTS, in_bar=False),
    Action("intervals", ("v",), "intervals",
           "Intervals of percentages (Wilson), on or off.", choose.switch_intervals, COUNTS, in_bar=False),
    Action("letters", ("d",), "letters",
           "Letters for columns that differ, on or off; exploratory.",
           choose.switch_letters, COUNTS, in_bar=False),
    Action("more", ("m",), "more",
           "Rare themes joined, small counts kept back, which codings of several people count.",
           choose_further, COUNTS),
    Action("notes", ("i",), "notes",
           "All notes of the table, and where its numbers come from.", look.notes, CLOSER),
    Action("previous", ("left_square_bracket",), "before",
           "The table or question before.", partial(look.change_table, step=-1), TABLE, in_bar=False),
    Action("right", ("right", "l"), "right",
           "One column to the right.", methodcaller("move_column", 1), TABLE, in_bar=False),
    Action("left", ("left", "h"), "left",
           "One column to the left.", methodcaller("move_column", -1), TABLE, in_bar=False),
    *MOVING,
    *PROGRAM,
)  # fmt: skip
"""Every key of the tables screen, in the order of the key bar and of help."""
