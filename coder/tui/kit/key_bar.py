"""The keys at the foot of a screen, drawn from its list of actions; a click does what the key does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from coder.tui.kit.actions import find

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from textual import events
    from textual.app import RenderResult
    from textual.geometry import Offset

    from coder.tui.kit.actions import Action

_BETWEEN = " · "


class KeyBar(Widget):
    """As many keys as there is room for, on one line or two; help always among them, at the end."""

    DEFAULT_CSS = """
    KeyBar { height: 1; dock: bottom; background: $panel; color: $text; padding: 0 1; }
    KeyBar.-two { height: 2; }
    """

    def __init__(self, actions: Sequence[Action]) -> None:
        super().__init__()
        self._all_actions = actions
        self._actions = [action for action in actions if action.in_bar]
        self._pointed_at: Action | None = None
        self._lead = ""

    def speak_of(self, lead: str = "", names: Collection[str] = ()) -> None:
        """Say in front of the keys what they are about now, and show those alone that are about it.

        Args:
            lead: What they are about; empty: what they always are.
            names: The names of the actions to show, in their order, help the last; none: the usual ones.
        """
        if lead != self._lead:
            self._lead = lead
            in_bar = [action for action in self._all_actions if action.in_bar]
            self._actions = [find(self._all_actions, name) for name in names] or in_bar
            self.refresh()

    def render(self) -> RenderResult:
        """Draw `1-9 choose · / find a theme · ...`; what the mouse points at is underlined."""
        rows = Content("\n").join(Content(_BETWEEN).join(map(self._drawn, row)) for row in self._rows())
        return Content.assemble((self._lead, "reverse"), *([" "] if self._lead else []), rows)

    def _rows(self) -> list[list[Action]]:
        *before_help, help_action = self._actions
        rows: list[list[Action]] = []
        for row in range(self.size.height):
            is_last = row == self.size.height - 1
            room = self.size.width - (_width(help_action) + len(_BETWEEN) if is_last else 0)
            room -= self._lead_cells() if row == 0 else 0
            rows.append(_fitting(before_help, room))
            before_help = before_help[len(rows[-1]) :]
        if len(rows) > 1 and len(rows[-2]) > 1 and not rows[-1]:
            # Help does not stand alone on a line where there is room for another key beside it.
            rows[-1] = _fitting(rows[-2][-1:], self.size.width - _width(help_action) - len(_BETWEEN))
            rows[-2] = rows[-2][: -len(rows[-1])] if rows[-1] else rows[-2]
        rows[-1].append(help_action)
        return rows

    def _drawn(self, action: Action) -> Content:
        line = "underline" if action is self._pointed_at else ""
        key = (f"{action.key_label} ", f"bold $text-accent {line}".rstrip())
        return Content.assemble(key, (action.title, line))

    def action_at(self, offset: Offset | None) -> Action | None:
        """Return the action that a click on a place of the bar means; none on keys that stand for several."""
        if offset is None or offset.y >= len(rows := self._rows()):
            return None
        start = self._lead_cells() if offset.y == 0 else 0
        for action in rows[offset.y]:
            end = start + _width(action)
            if start <= offset.x < end:
                return None if action.keys[0].isdigit() else action
            start = end + len(_BETWEEN)
        return None

    def _lead_cells(self) -> int:
        return cell_len(self._lead) + 1 if self._lead else 0

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Underline the key that a click would press."""
        self._point_at(self.action_at(event.get_content_offset(self)))

    def on_leave(self) -> None:
        """Underline nothing."""
        self._point_at(None)

    def _point_at(self, action: Action | None) -> None:
        if action is not self._pointed_at:
            self._pointed_at = action
            self.refresh()

    async def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse does."""
        action = self.action_at(event.get_content_offset(self))
        if action is not None:
            await self.run_action(f"screen.run({action.name!r})")


def _fitting(actions: Sequence[Action], room: int) -> list[Action]:
    fitting = []
    for action in actions:
        room -= _width(action)
        if room < 0:
            break
        fitting.append(action)
        room -= len(_BETWEEN)
    return fitting


def _width(action: Action) -> int:
    return cell_len(action.key_label) + 1 + cell_len(action.title)
