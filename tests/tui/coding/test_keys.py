"""The keys of the coding screen: in help, in the key bar, each with one meaning."""

from __future__ import annotations

import pytest
from piloting import SMALL, settle
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.geometry import Offset

from coder.tui.coding.keys import ACTIONS
from coder.tui.kit.action_screen import bindings
from coder.tui.kit.actions import find
from coder.tui.kit.help import help_content
from coder.tui.kit.key_bar import KeyBar


def test_help_lists_every_key() -> None:
    """Each action of the coding screen stands in help with its keys; 1-9 is one line."""
    table = help_content(ACTIONS)
    keys = [str(cell) for cell in table.columns[0].cells]
    texts = [str(cell) for cell in table.columns[1].cells]
    for action in ACTIONS:
        if not action.name.startswith("choose-"):
            assert action.help in texts
            assert action.key_label in keys[texts.index(action.help)].split(" ")
    assert keys.count("1-9") == 1


def test_every_key_has_one_meaning() -> None:
    """No key and no name stands for two actions, and each action can be found by its name."""
    keys = [key for action in ACTIONS for key in action.keys]
    assert len(keys) == len(set(keys))
    assert all(find(ACTIONS, action.name) is action for action in ACTIONS)
    assert len(bindings(ACTIONS)) == len(ACTIONS)


class Bar(App[None]):
    """A key bar alone on a screen."""

    def __init__(self, *, two: bool) -> None:
        super().__init__()
        self._two = two

    def compose(self) -> ComposeResult:
        """Lay out the bar."""
        yield KeyBar(ACTIONS).set_class(self._two, "-two")


@pytest.mark.parametrize("two", [False, True])
async def test_the_key_bar_fits_and_ends_with_help(*, two: bool) -> None:
    """However narrow the screen, no line of keys is wider, and help is the last of them."""
    app = Bar(two=two)
    async with app.run_test(size=SMALL) as pilot:
        for width in (20, 40, 80, 100, 120, 200):
            await pilot.resize_terminal(width, 24)
            await settle(pilot)
            lines = str(app.query_one(KeyBar).render()).splitlines()
            assert all(cell_len(line) <= width - 2 for line in lines)
            assert lines[-1].endswith("? help")


async def test_undo_has_room_at_80_columns() -> None:
    """It is among the keys that one needs most."""
    async with (app := Bar(two=False)).run_test(size=SMALL):
        assert "u undo" in str(app.query_one(KeyBar).render())


@pytest.mark.parametrize("two", [False, True])
async def test_a_click_means_the_key_that_is_drawn_there(*, two: bool) -> None:
    """Every cell of a key and its name is that key; between them, and on keys for several things, is none."""
    app = Bar(two=two)
    async with app.run_test(size=SMALL) as pilot:
        for width in (20, 80, 200):
            await pilot.resize_terminal(width, 24)
            await settle(pilot)
            bar = app.query_one(KeyBar)
            for y, line in enumerate(str(bar.render()).splitlines()):
                names: list[str] = []
                for x in range(width):
                    action = bar.action_at(Offset(x, y))
                    names += [f"{action.key_label} {action.title}"] if action else [""]
                drawn = [name for name in dict.fromkeys(names) if name]
                assert drawn == [name for name in line.split(" · ") if name != "1-9 choose"]
                for name in drawn:
                    assert names.index(name) == line.index(name)
                    assert names.count(name) == cell_len(name)
