"""The keys of the tables screen that lead on: to another table, to what is behind this one, to all notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from coder.tui.kit.windows.window_values import Show
from coder.tui.tables.count_choices import is_of_themes
from coder.tui.tables.saturation import SaturationScreen
from coder.tui.tables.texts import every_note
from coder.tui.tables.together import TogetherScreen

if TYPE_CHECKING:
    from coder.domain.filters import Filter
    from coder.tui.kit.action_screen import ActionScreen
    from coder.tui.tables.contract import TablesView


def change_table(view: TablesView, step: int) -> None:
    """Go to the table after or before this one, round and round."""
    view.desk.go_on(step)
    view.count_anew()


def together(view: TablesView) -> None:
    """Show which themes go together."""
    desk = view.desk
    if is_of_themes(view):
        _open(view, TogetherScreen(desk.study, desk.setting.subject, desk.scope))


def new_themes(view: TablesView) -> None:
    """Show when each theme came up."""
    if is_of_themes(view):
        everything = view.desk.scope._replace(where=(), answers_where=(), only_read=False)
        _open(view, SaturationScreen(view.desk.study, everything))


def _open(view: TablesView, screen: ActionScreen[Filter | None]) -> None:
    """Open a screen; the answers that are chosen there are listed."""

    def list_answers(answers: Filter | None) -> None:
        if answers is not None:
            view.leave_for(answers)

    view.ask(screen, list_answers)


def notes(view: TablesView) -> None:
    """Show all notes, and where the numbers come from."""
    if view.desk.table is not None:
        view.ask(Show("Notes", Content(every_note(view.desk.table))))
