"""What the tables screen leads to: themes that go together, new themes, all notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from coder.tui.kit.show import Show
from coder.tui.tables.texts import every_note

if TYPE_CHECKING:
    from coder.domain.filters import Filter
    from coder.tui.kit.action_screen import ActionScreen
    from coder.tui.tables.screen import TablesScreen


def together(screen: TablesScreen) -> None:
    """Show which themes go together."""
    from coder.tui.tables.together import TogetherScreen

    if screen.must_be_of_themes():
        _open(screen, TogetherScreen(screen.study, screen.setting.subject, screen.where))


def new_themes(screen: TablesScreen) -> None:
    """Show when each theme came up."""
    from coder.tui.tables.saturation import SaturationScreen

    if screen.must_be_of_themes():
        _open(screen, SaturationScreen(screen.study, screen.setting.subject))


def _open(screen: TablesScreen, closer: ActionScreen[Filter | None]) -> None:

    def left(chosen: Filter | None) -> None:
        if chosen is not None:
            screen.leave_for(chosen)

    screen.app.push_screen(closer, left)


def notes(screen: TablesScreen) -> None:
    """Show all notes, and where the numbers come from."""
    if screen.table is not None:
        screen.app.push_screen(Show("Notes", Content(every_note(screen.table))))
