"""From a typed line to an action of the coding screen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.tui.kit.actions import Action

TYPED_KEYS = {
    "enter": "",
    "space": "+",
    "slash": "/",
    "question_mark": "?",
    "full_stop": ".",
    "comma": ",",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "equals_sign": "=",
    "apostrophe": "'",
    "escape": "esc",
    "pagedown": "pgdn",
    "pageup": "pgup",
}
"""What is typed for keys that have a name in Textual; the empty text is an empty line."""

_PLACE = re.compile(r'\s*(\d+)(?:\s*(?:"([^"]*)"|“([^”]*)”))?(?=\s|$)')


@dataclass(frozen=True, slots=True)
class ChosenNumber:
    """A suggestion that is to be chosen or taken off."""

    number: int
    """From 1, as printed."""
    words: str = ""
    """The words of the answer that carry it; empty: none were typed."""


def places(line: str) -> list[ChosenNumber]:
    """Read a line of numbers, each with words of the answer in quotes behind it if one likes.

    Returns:
        The places, or nothing where the line is something else.
    """
    matches: list[ChosenNumber] = []
    position = 0
    while match := _PLACE.match(line, position):
        matches.append(ChosenNumber(int(match[1]), match[2] or match[3] or ""))
        position = match.end()
    return matches if position and not line[position:].strip() else []


def typed_for(action: Action) -> Iterator[str]:
    """Yield all that can be typed for an action: its keys where they can be typed, and its name."""
    for key in action.keys:
        if key in TYPED_KEYS or len(key) == 1:
            yield TYPED_KEYS.get(key, key)
    yield action.name


def command_of(line: str, actions: Sequence[Action]) -> tuple[Action, str]:
    """Return the action that a line names, and what is typed behind it.

    Args:
        line: `m a memo`, `/housing`, `undo`; an empty line is Enter.
        actions: The actions there are.

    Raises:
        CoderError: No action has that name.
    """
    by_name = {name: action for action in actions for name in typed_for(action)}
    word, _, behind = line.strip().partition(" ")
    if word in by_name:
        return by_name[word], behind.strip()
    sign = word[:1]
    if sign and not sign.isalnum() and sign in by_name:
        return by_name[sign], line.strip()[1:].strip()
    msg = f"'{word}' is no command."
    raise CoderError(msg, "Type ? and Enter for all of them.")
