"""Help drawn from a screen's actions, so that it is always right for where you are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from coder.tui.kit.actions import KEY_NAMES, Action

if TYPE_CHECKING:
    from collections.abc import Sequence


def help_content(actions: Sequence[Action]) -> Table:
    """Return every key with what it does, under the headings of the actions."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column()
    for group in dict.fromkeys(action.group for action in actions):
        grid.add_row(Text(""), Text(group, "bold underline"))
        for action in actions:
            if action.group == group and _printed(action):
                keys = action.shown_keys or " ".join(KEY_NAMES.get(key, key) for key in action.keys)
                grid.add_row(Text(keys, "bold"), Text(action.help))
        grid.add_row("", "")
    return grid


def _printed(action: Action) -> bool:
    """Tell whether the action has a line of its own: the line for 1-9 stands for 2 to 9 too."""
    return action.keys[0] not in "23456789"
