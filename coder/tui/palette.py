"""The command palette: every action of the screen one is on, found by typing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider

from coder.tui.action_screen import ActionScreen

if TYPE_CHECKING:
    from coder.tui.actions import Action


class ActionCommands(Provider):
    """Offers the actions of the screen below the palette."""

    def _actions(self) -> list[Action]:
        actions = self.screen.ACTIONS if isinstance(self.screen, ActionScreen) else ()
        return [action for action in actions if action.name != "palette"]

    def _command(self, action: Action) -> partial[None]:
        return partial(self.screen.action_run, action.name)  # type: ignore[attr-defined]

    async def discover(self) -> Hits:
        """Offer everything before anything is typed."""
        for action in self._actions():
            yield DiscoveryHit(_title(action), self._command(action), help=action.help)

    async def search(self, query: str) -> Hits:
        """Offer the actions that fit what was typed."""
        matcher = self.matcher(query)
        for action in self._actions():
            score = matcher.match(f"{action.title} {action.help}")
            if score > 0:
                yield Hit(score, matcher.highlight(_title(action)), self._command(action), help=action.help)


def _title(action: Action) -> str:
    return f"{action.title} ({action.key_label})"
