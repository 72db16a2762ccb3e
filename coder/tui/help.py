"""Help drawn from a screen's actions, so that it is always right for where you are."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from textual.content import Content

from coder.tui.actions import KEY_NAMES, Action

if TYPE_CHECKING:
    from collections.abc import Sequence


def help_content(actions: Sequence[Action]) -> Content:
    """Return every key with what it does, under the headings of the actions."""
    parts: list[Content | str | tuple[str, str]] = []
    order = list(dict.fromkeys(action.group for action in actions))
    ordered = sorted(actions, key=lambda action: order.index(action.group))
    for group, members in groupby(ordered, key=lambda action: action.group):
        parts += [(group, "bold $accent"), "\n"]
        for action in _printed(list(members)):
            keys = action.shown_keys or " ".join(KEY_NAMES.get(key, key) for key in action.keys)
            parts += [(f"  {keys:<9}", "bold"), f" {action.help}\n"]
        parts.append("\n")
    return Content.assemble(*parts)


def _printed(actions: list[Action]) -> list[Action]:
    """Return the actions without 2-9, which the line for 1-9 stands for."""
    return [action for action in actions if not (action.keys[0].isdigit() and action.keys[0] != "1")]
