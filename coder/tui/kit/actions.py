"""What a person can do on a screen: one list from which keys, key bar, help and palette are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

KEY_NAMES = {
    "enter": "⏎",
    "slash": "/",
    "question_mark": "?",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "apostrophe": "'",
    "full_stop": ".",
    "plus": "+",
    "minus": "-",
    "comma": ",",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "shift+down": "⇧↓",
    "shift+left": "⇧←",
    "shift+right": "⇧→",
    "shift+up": "⇧↑",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "⇧Tab",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "backspace": "⌫",
    "ctrl+p": "^p",
    "ctrl+q": "^q",
    "ctrl+r": "^r",
    "ctrl+t": "^t",
}


class Action(NamedTuple):
    """One thing a person can do on a screen."""

    name: str
    """Unique on its screen."""
    keys: tuple[str, ...]
    """In Textual's names; the first is the one that is shown."""
    title: str
    """Two or three words, for the key bar and the palette."""
    help: str
    """One sentence, for the help screen."""
    run: Callable[[Any], object]
    """Called with the screen."""
    group: str = ""
    """The heading it stands under in help."""
    shown_keys: str = ""
    """What the key bar and help print instead of the first key: `1-9`."""
    in_bar: bool = True
    """Whether the key bar shows it while there is room."""
    changes: bool = False
    """Whether it is there to change the study: where that can only be read, it says so at once."""

    @property
    def key_label(self) -> str:
        """The key as people read it."""
        return self.shown_keys or KEY_NAMES.get(self.keys[0], self.keys[0])


def find(actions: Sequence[Action], name: str) -> Action:
    """Return the action of that name."""
    return next(action for action in actions if action.name == name)
