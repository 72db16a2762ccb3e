"""The order of the list on the coding screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import burst, coding, engine_of, press, send
from making import small_study
from piloting import notices

from coder.domain.engine_messages import EngineReady, EngineStopped, OrderReady
from coder.domain.reading_orders import ORDERS, Order, at_random
from coder.store import surveys

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.tui.coding.screen import CodingScreen
    from coder.workflows.study.study import Study

LOST, PAY, BEDS, BUDGETS, NOBODY = 1, 2, 3, 5, 8
"""The numbers of the small study's answers."""


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Open a small study."""
    study = small_study(tmp_path / "study")
    yield study
    study.close()


def listed(screen: CodingScreen) -> list[int]:
    """Return what is listed, in order."""
    return list(screen.desk.listing.numbers)


def title(screen: CodingScreen) -> str:
    """Return the list's title."""
    return str(screen.panes.list.border_title)


def here(screen: CodingScreen) -> int | None:
    """Return the answer on screen."""
    return screen.desk.here.response.number if screen.desk.here.response else None


def ways(study: Study) -> list[str]:
    """Return how the answers of all steps came up."""
    return [way for (way,) in study.database.rows("SELECT came_by FROM step ORDER BY number")]


async def test_random_order_is_chosen_and_remembered(study: Study) -> None:
    """The list goes from the top of the random order, Enter follows it, and the next sitting goes on."""
    ids = surveys.ids_of_question(study.database, "Q1")
    expected = [number for number in at_random(ids) if number in {LOST, PAY, BEDS, BUDGETS, NOBODY}]
    async with coding(study) as (pilot, screen):
        await burst(pilot, "arandom\n")
        assert listed(screen) == expected
        assert here(screen) == expected[0]
        assert "at random" in title(screen)
        await press(pilot, "n", "n")
        assert here(screen) == expected[2]
        await press(pilot, "up")
        assert here(screen) == expected[1]
    assert ways(study) == ["random", "random"]
    async with coding(study) as (pilot, screen):
        screen.after_first_frame()
        assert listed(screen) == expected
        assert here(screen) == expected[2]
        await burst(pilot, "aas they came\n")
        assert listed(screen) == sorted(expected)
        assert "random" not in title(screen)


async def test_the_engine_arranges_the_list(study: Study) -> None:
    """Until it answers the title has dots; then the list begins at the top of the order."""
    async with coding(study) as (pilot, screen):
        engine = engine_of(pilot)
        await burst(pilot, "aunseen\n")
        assert engine.orders == [("Q1", Order("spread"))]
        assert "unseen kinds first …" in title(screen)
        await send(pilot, engine, OrderReady("Q1", Order("alike"), (LOST,)))
        await send(pilot, engine, OrderReady("Q9", Order("spread"), (LOST,)))
        assert listed(screen) == [LOST, PAY, BEDS, BUDGETS, NOBODY]
        await send(pilot, engine, OrderReady("Q1", Order("spread"), (8, 3, 5, 1)))
        assert listed(screen) == [8, 3, 5, 1, PAY]
        assert here(screen) == 8
        assert "…" not in title(screen)
        await press(pilot, "n", "home", "end", "n")
        assert here(screen) == 3
    assert ways(study) == ["spread", "spread"]


async def test_an_engine_that_stops_leaves_the_list_as_it_is(study: Study) -> None:
    """An order that will not come is no longer promised."""
    async with coding(study) as (pilot, screen):
        engine = engine_of(pilot)
        await burst(pilot, "aunseen\n")
        await send(pilot, engine, EngineStopped("no more memory"))
        assert title(screen) == "5 answers"
        assert listed(screen) == [LOST, PAY, BEDS, BUDGETS, NOBODY]


async def test_themes_in_a_row_are_found_by_name(study: Study) -> None:
    """The order by a theme is offered for each theme, and says so in the title."""
    async with coding(study) as (pilot, screen):
        engine = engine_of(pilot)
        await burst(pilot, "alikely beds\n")
        assert engine.orders == [("Q1", Order("theme", "beds"))]
        await send(pilot, engine, OrderReady("Q1", Order("theme", "beds"), (3, 5, 1, 2, 8)))
        assert "likely first: Beds" in title(screen)


async def test_what_was_learned_changes_what_is_to_come(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After some answers the engine is asked anew; what was read stays where it is, nothing jumps."""
    monkeypatch.setattr("coder.tui.coding.ordering.RENEWED_EVERY", 2)
    async with coding(study) as (pilot, screen):
        engine = engine_of(pilot)
        await burst(pilot, "auncertain\n")
        await send(pilot, engine, OrderReady("Q1", Order("uncertain"), (5, 8, 1, 2, 3)))
        await press(pilot, "n")
        assert len(engine.orders) == 1
        await press(pilot, "1", "enter")
        assert len(engine.orders) == 2
        assert here(screen) == 1
        await send(pilot, engine, OrderReady("Q1", Order("uncertain"), (3, 2, 1, 5, 8)))
        assert listed(screen) == [5, 8, 1, 3, 2]
        assert here(screen) == 1
        await press(pilot, "n")
        assert here(screen) == 3


async def test_an_engine_that_starts_later_does_not_jump(study: Study) -> None:
    """An order from an earlier sitting begins with the answer that is on screen already."""
    async with coding(study) as (pilot, screen):
        engine_of(pilot)
        await burst(pilot, "aalike\n")
    async with coding(study) as (pilot, screen):
        engine = engine_of(pilot)
        assert here(screen) == LOST
        await send(pilot, engine, EngineReady())
        assert engine.orders == [("Q1", Order("alike"))]
        await press(pilot, "1")
        await send(pilot, engine, OrderReady("Q1", Order("alike"), (5, 8, 2, 1, 3)))
        assert (here(screen), listed(screen)) == (LOST, [1, 5, 8, 2, 3])
        await press(pilot, "enter", "n")
    assert ways(study) == ["file", "file", "alike"]


async def test_without_an_engine_its_orders_are_refused(study: Study) -> None:
    """The list stays as it was, and a notice says why."""
    async with coding(study) as (pilot, screen):
        await burst(pilot, "aalike\n")
        assert "not running" in notices(pilot)
        assert listed(screen) == [LOST, PAY, BEDS, BUDGETS, NOBODY]
        await press(pilot, "a", "escape")
        assert here(screen) == LOST


async def test_a_filter_keeps_the_order(study: Study) -> None:
    """A narrowed list is in the chosen order too; a jump out of it comes back to the whole one."""
    async with coding(study) as (pilot, screen):
        engine = engine_of(pilot)
        await burst(pilot, "aalike\n")
        await send(pilot, engine, OrderReady("Q1", Order("alike"), (8, 5, 3, 2, 1)))
        await burst(pilot, "vnorth\n")
        assert listed(screen) == [5, 2, 1]
        await burst(pilot, "gR4.Q1.2\n")
        assert (here(screen), listed(screen)) == (8, [8, 5, 3, 2, 1])
        await press(pilot, "n", "u")
        assert here(screen) == 8


async def test_the_window_says_what_each_order_does(study: Study) -> None:
    """Below the list stands what the order at the cursor is good for, and what it does to counts."""
    async with coding(study) as (pilot, _):
        await press(pilot, "a", "down")
        text = str(pilot.app.screen.query("Static").last().render())
        assert ORDERS["random"].good_for in text
        assert ORDERS["random"].estimates in text
