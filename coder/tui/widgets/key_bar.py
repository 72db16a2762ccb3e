"""The line of keys at the foot of a screen, drawn from its list of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import RenderResult

    from coder.tui.actions import Action


class KeyBar(Widget):
    """As many keys as there is room for; help always among them, at the end."""

    DEFAULT_CSS = "KeyBar { height: 1; dock: bottom; background: $panel; color: $text; padding: 0 1; }"

    def __init__(self, actions: Sequence[Action]) -> None:
        super().__init__()
        self._actions = [action for action in actions if action.in_bar]

    def render(self) -> RenderResult:
        """Draw `1-9 choose · / find a theme · ...`."""
        last = self._actions[-1]
        room = self.size.width - 2 - _width(last)
        shown = []
        for action in self._actions[:-1]:
            room -= _width(action)
            if room < 0:
                break
            shown.append(action)
        pieces: list[Content | str | tuple[str, str]] = []
        for action in [*shown, last]:
            pieces += [(action.key_label, "bold $accent"), f" {action.title} · "]
        pieces[-1] = f" {last.title}"
        return Content.assemble(*pieces)


def _width(action: Action) -> int:
    return len(action.key_label) + len(action.title) + 4
