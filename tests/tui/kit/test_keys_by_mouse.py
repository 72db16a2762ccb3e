"""What stands at the foot of a screen, and in the list of commands, does what its key does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import coding, marks_on, press
from piloting import LARGE, SMALL, app_of, pressing, settle
from textual.widgets import Input

from coder.tui.codebook.screen import CodebookScreen
from coder.tui.coding.screen import CodingScreen
from coder.tui.kit.action_screen import ActionScreen
from coder.tui.kit.actions import find
from coder.tui.kit.key_bar import KeyBar
from coder.tui.kit.palette import pick_command
from coder.tui.kit.windows.pick import PickWindow
from coder.tui.kit.windows.show import ShowWindow
from coder.tui.tables.screen import TablesScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from coder.workflows.study.study import Study


async def click(pilot: Pilot[None], text: str) -> None:
    """Click on a key of the bar at the foot of the screen."""
    bar = pilot.app.screen.query_one(KeyBar)
    lines = str(bar.render()).splitlines()
    (row,) = (row for row, line in enumerate(lines) if text in line)
    await pilot.hover(KeyBar, offset=(lines[row].index(text) + 1, row))
    await pilot.click(KeyBar, offset=(lines[row].index(text) + 1, row))
    await settle(pilot)


async def test_keys_at_the_foot_can_be_clicked(sample: Study) -> None:
    """A click opens tables, goes to the next, and back; opens codebook and help; marks an answer."""
    async with coding(sample, LARGE) as (pilot, screen):
        await click(pilot, "t tables")
        tables = pilot.app.screen
        assert isinstance(tables, TablesScreen)
        position = tables.desk.choices.position
        await click(pilot, "] next")
        assert tables.desk.choices.position == position + 1
        await click(pilot, "Esc back")
        assert isinstance(pilot.app.screen, CodingScreen)
        await click(pilot, "b codebook")
        assert isinstance(pilot.app.screen, CodebookScreen)
        await click(pilot, "? help")
        assert isinstance(pilot.app.screen, ShowWindow)
        await press(pilot, "escape", "escape")
        number = screen.desk.here.number
        await click(pilot, "n nothing")
        assert marks_on(sample, number) == {"done": "1"}


@pytest.mark.parametrize("keys", ["", "t", "b", "to", "ts"])
async def test_every_screen_lists_its_commands(sample: Study, keys: str) -> None:
    """`^p` offers what the screen's keys do, in a window like any other; Esc leaves all as it is."""
    async with app_of(sample).run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        screen = pilot.app.screen
        assert isinstance(screen, ActionScreen)
        await press(pilot, "ctrl+p")
        assert isinstance(pilot.app.screen, PickWindow)
        await press(pilot, *"help", "enter")
        assert isinstance(pilot.app.screen, ShowWindow)
        await press(pilot, "escape", "ctrl+p")
        assert pilot.app.screen.query_one(Input).value == ""
        await press(pilot, "escape")
        assert pilot.app.screen_stack[-1] is screen


def test_titles_come_before_what_is_said_of_a_key() -> None:
    """Whatever is typed, a command of that name stands above those whose help has the word."""
    window = pick_command(CodingScreen.ACTIONS)
    (flag, *others) = window.source("flag")
    assert (flag.label, flag.choice, flag.note) == ("flag", "flag", "f")
    assert flag.detail == find(CodingScreen.ACTIONS, "flag").help
    assert "view" in [option.label for option in others]
    assert not window.source("no such thing")
    assert not {"palette", "choose-1"} & {option.choice for option in window.source("")}


def test_picture_of_the_commands(snap_compare: Callable[..., bool], sample: Study) -> None:
    """The list of commands looks like every other list."""
    assert snap_compare(app_of(sample), terminal_size=SMALL, run_before=pressing("ctrl+p", *"list"))
