"""The command palette: every action of the screen one is on, found by typing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider

from coder.tui.kit.action_screen import ActionScreen

if TYPE_CHECKING:
    from coder.tui.kit.actions import Action


class ActionCommands(Provider):
    """Offers the actions of the screen below the palette."""

    def _commands(self) -> list[tuple[Action, partial[None]]]:
        screen = self.screen
        if not isinstance(screen, ActionScreen):
            return []
        actions = (action for action in screen.actions if not _is_pressed_quicker(action))
        return [(action, partial(screen.action_run, action.name)) for action in actions]

    async def discover(self) -> Hits:
        """Offer everything before anything is typed."""
        for action, command in self._commands():
            yield DiscoveryHit(_title(action), command, help=action.help)

    async def search(self, query: str) -> Hits:
        """Offer the actions that fit what was typed."""
        matcher = self.matcher(query)
        for action, command in self._commands():
            score = matcher.match(f"{action.title} {action.help}")
            if score > 0:
                yield Hit(score, matcher.highlight(_title(action)), command, help=action.help)


def _is_pressed_quicker(action: Action) -> bool:
    """Tell whether an action makes no sense in a list: the palette itself, and the number keys."""
    return action.name == "palette" or action.keys[0].isdigit()


def _title(action: Action) -> str:
    return f"{action.title} ({action.key_label})"
