"""The keys at the foot of a screen, drawn from its list of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import RenderResult

    from coder.tui.kit.actions import Action

_BETWEEN = 3
_MARGIN = 2


class KeyBar(Widget):
    """As many keys as there is room for, on one line or two; help always among them, at the end."""

    DEFAULT_CSS = """
    KeyBar { height: 1; dock: bottom; background: $panel; color: $text; padding: 0 1; }
    KeyBar.-two { height: 2; }
    """

    def __init__(self, actions: Sequence[Action]) -> None:
        super().__init__()
        self._actions = [action for action in actions if action.in_bar]

    def render(self) -> RenderResult:
        """Draw `1-9 choose · / find a theme · ...`."""
        *before_help, help_action = self._actions
        rows: list[list[Action]] = []
        for row in range(self.size.height):
            room = self.size.width - _MARGIN - (_width(help_action) if row == self.size.height - 1 else 0)
            rows.append(_fitting(before_help, room))
            before_help = before_help[len(rows[-1]) :]
        rows[-1].append(help_action)
        return Content("\n").join(_drawn(row) for row in rows)


def _fitting(actions: Sequence[Action], room: int) -> list[Action]:
    fitting = []
    for action in actions:
        room -= _width(action)
        if room < -_BETWEEN:
            break
        fitting.append(action)
    return fitting


def _drawn(actions: Sequence[Action]) -> Content:
    return Content(" · ").join(
        Content.assemble((f"{action.key_label} ", "bold $text-accent"), action.title) for action in actions
    )


def _width(action: Action) -> int:
    return len(action.key_label) + 1 + len(action.title) + _BETWEEN
