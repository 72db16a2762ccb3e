"""What tests of screens do again and again."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.widgets import Input, Static

from coder.tui.app import CoderApp
from coder.tui.kit.action_screen import ActionScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import App
    from textual.pilot import Pilot

    from coder.tui.importing.review import ImportRequest
    from coder.workflows.study.study import Study

SMALL, LARGE = (80, 24), (120, 40)


def app_of(study: Study | None = None, *, survey: ImportRequest | None = None) -> CoderApp:
    """Return the program for the coder jo, without the suggestion engine's process."""
    return CoderApp(study, "jo", suggestions=False, survey=survey)


async def settle(pilot: Pilot[None]) -> None:
    """Wait until every key is handed over, no worker runs and every message is handled."""
    await _queue_handled(pilot.app)
    await pilot.pause()
    while _is_busy(pilot.app):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
    await pilot.pause()


async def _queue_handled(app: App[None]) -> None:
    """Wait until the app has taken every message that was sent to it: its keys are with the key delivery."""
    handled = asyncio.Event()
    if app.call_later(handled.set):
        await handled.wait()


def _is_busy(app: App[None]) -> bool:
    keys_wait = isinstance(app, CoderApp) and app.is_running and not app._keys.is_idle
    return keys_wait or any(not worker.is_finished for worker in app.workers)


def pressing(*keys: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Return what a snapshot does before it is taken: press keys, each when all is still."""

    async def press(pilot: Pilot[None]) -> None:
        await settle(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)

    return press


async def type_line(pilot: Pilot[None], text: str) -> None:
    """Put a text in the place of what a window's line holds, and press Enter."""
    pilot.app.screen.query_one(Input).value = text
    await pilot.press("enter")
    await settle(pilot)


def shown(pilot: Pilot[None], name: str) -> str:
    """Return the text of a part of the screen."""
    return str(pilot.app.screen.query_one(f"#{name}", Static).content)


def notices(pilot: Pilot[None]) -> str:
    """Return what the line above the keys says, on the screen on top or the one below a window."""
    line = _screen_with_line(pilot).message_line
    return line.text if line else ""


def unsay(pilot: Pilot[None]) -> None:
    """Take away what that line says."""
    _screen_with_line(pilot).unsay()


def _screen_with_line(pilot: Pilot[None]) -> ActionScreen[object]:
    return next(screen for screen in reversed(pilot.app.screen_stack) if isinstance(screen, ActionScreen))
