"""The tables screen: the same numbers as the workflow, and the way to the answers behind them."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest
from piloting import LARGE, SMALL, app_of, pressing, settle, shown, type_line
from rich.table import Table
from textual.widgets import Static

from coder.domain.filters import Filter
from coder.tui.dialogs.ask import Ask
from coder.tui.dialogs.show import Show
from coder.tui.screens.coding import CodingScreen
from coder.tui.screens.tables import TablesScreen
from coder.workflows.tabulating import frequency_table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from coder.workflows.studies import Study


async def open_tables(pilot: Pilot[None], *keys: str) -> TablesScreen:
    """Go from the coding screen to the tables, press keys there, and return the screen."""
    await settle(pilot)
    await pilot.press("t")
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, TablesScreen)
    await pilot.press(*keys)
    await settle(pilot)
    return screen


def labels(screen: TablesScreen) -> list[tuple[str, int]]:
    """Return the rows of the table on screen."""
    assert screen.table is not None
    return [(row.label, row.count) for row in screen.table.rows]


async def test_the_table_is_the_workflows(coded_sample: Study) -> None:
    """The screen shows the workflow's table of the question being coded, note and base with it."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot)
        assert screen.table == frequency_table(coded_sample, screen.question_ids[screen.place])
        assert "SYNTHETIC" in shown(pilot, "note")
        assert f"base {screen.table.base_size} councils" in shown(pilot, "status")
        assert shown(pilot, "heading").startswith("Table 2")


async def test_enter_lists_the_answers_behind_a_row(coded_sample: Study) -> None:
    """Enter goes back to the coding screen, which lists the answers coded with the row's theme."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "down")
        row = screen.current_row()
        assert row is not None
        await pilot.press("enter")
        await settle(pilot)
        coding = pilot.app.screen
        assert isinstance(coding, CodingScreen)
        assert coding.navigator.filter == Filter(screen.question_ids[screen.place], theme_ids=(row.theme_id,))
        assert len(coding.list.numbers) == row.mentions


async def test_escape_changes_nothing(coded_sample: Study) -> None:
    """Esc goes back to the same answers."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        await settle(pilot)
        coding = pilot.app.screen
        assert isinstance(coding, CodingScreen)
        before = (coding.navigator.filter, coding.response)
        await pilot.press("t")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, CodingScreen)
        assert (coding.navigator.filter, coding.response) == before


async def test_brackets_go_round_the_tables(coded_sample: Study) -> None:
    """`]` goes through the numbered tables and then the other questions; `[` goes back."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot)
        assert screen.question_ids == ["Q15", "Q16", "Q17", "Q18"]
        first = screen.place
        seen = []
        for _ in screen.question_ids:
            await pilot.press("right_square_bracket")
            assert screen.table is not None
            seen.append(screen.table.question_id)
        assert sorted(seen) == screen.question_ids
        assert screen.place == first
        await pilot.press("left_square_bracket")
        assert screen.place == (first - 1) % 4


async def test_mentions_nets_and_zeros(coded_sample: Study) -> None:
    """`c` counts mentions, `n` adds nets, `z` adds what nobody mentions; each again takes it back."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot)
        plain = screen.table
        await pilot.press("c")
        assert screen.table is not None
        assert [row.count for row in screen.table.rows] == [row.mentions for row in screen.table.rows]
        await pilot.press("c", "n")
        assert any(row.kind == "net" for row in screen.table.rows)
        await pilot.press("n", "z")
        assert plain is not None
        assert len(screen.table.rows) >= len(plain.rows)
        await pilot.press("z")
        assert screen.table == plain


async def test_the_cursor_stays_on_its_theme(coded_sample: Study) -> None:
    """When the order changes the cursor stays on the theme it was on."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "down", "down", "down")
        before = screen.current_row()
        await pilot.press("n")
        after = screen.current_row()
        assert before is not None
        assert after is not None
        assert before.theme_id == after.theme_id


async def test_keys_reach_every_row(coded_sample: Study) -> None:
    """End, Home, page keys and arrows move the cursor and stop at the ends."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "end", "down")
        last = len(labels(screen)) - 1
        assert screen.rows.cursor == last
        assert labels(screen)[last][0] in shown(pilot, "detail")
        await pilot.press("pageup")
        assert screen.rows.cursor == last - 10
        await pilot.press("home", "up")
        assert screen.rows.cursor == 0


async def test_a_click_shows_a_row_and_a_second_opens_it(coded_sample: Study) -> None:
    """The first click puts the cursor on a row, the second lists its answers."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot)
        await pilot.click("#rows", offset=(5, 4))
        await settle(pilot)
        assert screen.rows.cursor == 3
        assert labels(screen)[3][0] in shown(pilot, "detail")
        await pilot.click("#rows", offset=(5, 4))
        await settle(pilot)
        assert isinstance(pilot.app.screen, CodingScreen)


async def test_export_writes_the_table(coded_sample: Study, work: Path) -> None:
    """`e` writes the table on screen as CSV under the name it offers."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "e")
        await pilot.press("enter")
        await settle(pilot)
        number = screen.table.number if screen.table else ""
        with (work / f"table-{number}.csv").open(encoding="utf-8", newline="") as file:
            written = [(row["theme"], int(row["count"])) for row in csv.DictReader(file)]
        assert written == labels(screen)


async def test_export_asks_before_it_replaces(coded_sample: Study, work: Path) -> None:
    """A file that exists is kept unless its name is confirmed; its suffix says the format."""
    there = work / "mine.json"
    there.write_text("mine", encoding="utf-8")
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        await open_tables(pilot, "e")
        await type_line(pilot, "mine.json")
        assert isinstance(pilot.app.screen, Ask)
        await pilot.press("escape")
        await settle(pilot)
        assert there.read_text(encoding="utf-8") == "mine"
        await pilot.press("e")
        await settle(pilot)
        await type_line(pilot, "mine.json")
        await pilot.press("enter")
        await settle(pilot)
        assert json.loads(there.read_text(encoding="utf-8"))[0]["rows"]


async def test_an_unknown_suffix_is_refused(coded_sample: Study, work: Path) -> None:
    """A name that says no format writes nothing, and the screen goes on."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "e")
        await type_line(pilot, "table.pdf")
        assert pilot.app.screen is screen
        assert not (work / "table.pdf").exists()


async def test_help_names_every_key(coded_sample: Study) -> None:
    """`?` shows what every key of the screen does."""
    async with app_of(coded_sample).run_test(size=LARGE) as pilot:
        screen = await open_tables(pilot, "question_mark")
        assert isinstance(pilot.app.screen, Show)
        table = pilot.app.screen.query_one(Static).content
        assert isinstance(table, Table)
        told = {str(cell) for cell in table.columns[1].cells}
        assert told >= {action.help for action in screen.ACTIONS}


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_picture_of_a_table(
    snap_compare: Callable[..., bool], coded_sample: Study, size: tuple[int, int]
) -> None:
    """Table 20 of the coded sample."""
    assert snap_compare(app_of(coded_sample), terminal_size=size, run_before=pressing("t", "down"))


def test_picture_of_nets(snap_compare: Callable[..., bool], coded_sample: Study) -> None:
    """Themes stand under their nets; a long label is whole at the cursor."""
    before = pressing("t", "right_square_bracket", "n", "home", *["down"] * 3)
    assert snap_compare(app_of(coded_sample), terminal_size=SMALL, run_before=before)


def test_picture_of_an_empty_table(snap_compare: Callable[..., bool], sample: Study) -> None:
    """A question without codings says so, and what to do."""
    assert snap_compare(app_of(sample), terminal_size=SMALL, run_before=pressing("t"))
