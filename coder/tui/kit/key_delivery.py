"""Handing keys to the program one at a time, however fast they come."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Any

from textual.events import Key, Paste

from coder.tui.kit.working import Working

if TYPE_CHECKING:
    from textual.app import App
    from textual.message_pump import MessagePump
    from textual.screen import Screen
    from textual.widget import Widget

_POLL_SECONDS = 0.02
"""How often to look whether a widget has closed, or a window that takes no keys is still open."""
_QUIET_ROUNDS = 2
"""Rounds without a new window or focus after which a key has done all it does: in the first it is handled,
in the second what that has sent is handled."""


class KeyDelivery:
    """Gives the app each key only when the key before it has done all it does.

    Textual sends a key to the widget that has the focus when the key arrives. If keys come in one block, the
    key before may not have opened its window yet, or the window may not be composed: the keys would reach
    the screen below, or a window without a line to type in.
    """

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._waiting: deque[Key | Paste] = deque()
        self._due: Key | Paste | None = None
        self._delivery: asyncio.Task[None] | None = None

    @property
    def is_idle(self) -> bool:
        """Whether no key waits, and the latest has done all it does."""
        return self._delivery is None or self._delivery.done()

    def is_due(self, event: Key | Paste) -> bool:
        """Tell whether the app is to handle a key now; a key that is not due is posted to the app again."""
        if event is self._due:
            self._due = None
            return True
        if self.is_idle:
            self._delivery = asyncio.create_task(self._deliver())
            if self._takes_keys():
                return True
        self._waiting.append(event)
        return False

    async def _deliver(self) -> None:
        """Post the keys that wait, each once the one before it is done."""
        await self._all_done()
        while self._waiting:
            self._due = event = self._waiting.popleft()
            only_types = self._only_types(event)
            self._app.post_message(event)
            if only_types and self._waiting:
                # Nothing opens or closes: the next key may follow at once, on the same way.
                await self._queue_handled(self._app)
            else:
                await self._all_done()

    def _only_types(self, event: Key | Paste) -> bool:
        """Tell whether an event does no more than put text where the focus is."""
        _, focused = self._aim()
        if focused is None or isinstance(event, Paste):
            return focused is not None
        return focused.check_consume_key(event.key, event.character)

    async def _all_done(self) -> None:
        """Wait until the latest key is handled, and every window that it opened or closed is."""
        quiet_rounds = 0
        while self._app.is_running and quiet_rounds < _QUIET_ROUNDS:
            aim = self._aim()
            for pump in self._pumps():
                await self._queue_handled(pump)
            if self._aim() != aim:
                quiet_rounds = 0
            elif self._takes_keys():
                quiet_rounds += 1
            else:
                await asyncio.sleep(_POLL_SECONDS)

    def _aim(self) -> tuple[list[Screen[Any]], Widget | None]:
        """Return what decides where a key goes: the screens, and what has the focus on the one on top."""
        screens = self._app.screen_stack
        return screens, screens[-1].focused if screens else None

    def _takes_keys(self) -> bool:
        """Tell whether the screen on top is composed and takes keys."""
        screens, _ = self._aim()
        return bool(screens) and screens[-1].is_mounted and not isinstance(screens[-1], Working)

    def _pumps(self) -> list[MessagePump]:
        """Return all who handle a key and what it leads to, in the order in which they pass it on."""
        screens, focused = self._aim()
        path = (focused or screens[-1]).ancestors_with_self
        return [self._app, *path, *screens[:-1], self._app]

    async def _queue_handled(self, pump: MessagePump) -> None:
        """Wait until a message pump has handled what is in its queue, or has closed."""
        handled = asyncio.get_running_loop().create_future()
        # `call_next` puts this behind callbacks, as of a window that was closed, that are due before.
        if pump.call_later(pump.call_next, handled.set_result, None):
            while pump.is_attached and self._app.is_running and not handled.done():
                await asyncio.wait([handled], timeout=_POLL_SECONDS)
