"""The list of commands: every action of a screen with its key, found by typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.near_names import fold_case
from coder.tui.kit.windows.window_values import Option, Pick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.tui.kit.actions import Action


def pick_command(actions: Sequence[Action]) -> Pick[str]:
    """Return the window that offers a screen's actions, and gives the name of the one picked.

    What is typed is looked for in titles first, then in what the actions do.
    """
    offered = [action for action in actions if not _is_pressed_quicker(action)]

    def options(typed: str) -> Sequence[Option[str]]:
        pieces = fold_case(typed).split()
        by_title = [action for action in offered if _holds(action.title, pieces)]
        by_help = [action for action in offered if _holds(f"{action.title} {action.help}", pieces)]
        fitting = dict.fromkeys((*by_title, *by_help))
        return [Option(action.title, action.name, action.help, action.key_label) for action in fitting]

    return Pick("Commands", options, placeholder="part of what a key does")


def _holds(text: str, pieces: Sequence[str]) -> bool:
    folded = fold_case(text)
    return all(piece in folded for piece in pieces)


def _is_pressed_quicker(action: Action) -> bool:
    """Tell whether an action makes no sense in a list: the list itself, and the number keys."""
    return action.name == "palette" or action.keys[0] in "123456789"
