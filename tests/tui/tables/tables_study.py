"""The tables screen on a study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coding_study import press
from piloting import settle, unsay

from coder.tui.coding.screen import CodingScreen
from coder.tui.tables.screen import TablesScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

REGION = ("b", *"region", "enter")


async def open_tables(pilot: Pilot[None], name: str, *keys: str) -> TablesScreen:
    """Go from the answers to Q15 to the table of a number or question, press keys, return the screen."""
    await settle(pilot)
    coding = pilot.app.screen
    assert isinstance(coding, CodingScreen)
    while coding.desk.listing.question().id != "Q15":
        await press(pilot, "right_square_bracket")
    await press(pilot, "t")
    screen = pilot.app.screen
    assert isinstance(screen, TablesScreen)
    await to_table(pilot, screen, name)
    await press(pilot, *keys)
    return screen


async def to_table(pilot: Pilot[None], screen: TablesScreen, name: str) -> None:
    """Go on to the table with a number, or of a question."""
    for _ in screen.desk.settings:
        if name in {screen.desk.setting.number, screen.desk.setting.subject}:
            return
        await press(pilot, "right_square_bracket")


def on_table(name: str, *keys: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Return what a snapshot of a table does before it is taken."""

    async def before(pilot: Pilot[None]) -> None:
        await open_tables(pilot, name, *keys)
        unsay(pilot)
        await settle(pilot)

    return before


def cells(screen: TablesScreen) -> list[list[str]]:
    """Return what stands in the columns of each row."""
    return [list(row) for row in zip(*(column.texts for column in screen.rows.columns), strict=True)]
