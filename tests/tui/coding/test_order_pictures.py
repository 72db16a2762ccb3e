"""Pictures of the window of orders, of a list in another order, and of a second look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import burst, engine_of, press, send
from piloting import LARGE, SMALL, app_of, settle, unsay
from textual.widgets import Input

from coder.domain.engine_messages import SecondLookReady
from coder.domain.second_look import Doubted
from coder.tui.coding.screen import CodingScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from coder.workflows.study.study import Study

    Compare = Callable[..., bool]


async def _started(pilot: Pilot[None]) -> CodingScreen:
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, CodingScreen)
    screen.after_first_frame()
    unsay(pilot)
    return screen


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_picture_of_the_orders(snap_compare: Compare, sample: Study, size: tuple[int, int]) -> None:
    """What an order is good for stands below the list of orders."""

    async def before(pilot: Pilot[None]) -> None:
        await _started(pilot)
        await press(pilot, "a", "down")
        pilot.app.screen.query_one(Input).cursor_blink = False
        await settle(pilot)

    assert snap_compare(app_of(sample), terminal_size=size, run_before=before)


def test_picture_of_random_order(snap_compare: Compare, sample: Study) -> None:
    """The list's title says the order."""

    async def before(pilot: Pilot[None]) -> None:
        await _started(pilot)
        await burst(pilot, "arandom\n")

    assert snap_compare(app_of(sample), terminal_size=LARGE, run_before=before)


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_picture_of_a_second_look(snap_compare: Compare, coded_sample: Study, size: tuple[int, int]) -> None:
    """What is doubted stands under the answer, its theme on the first key."""

    async def before(pilot: Pilot[None]) -> None:
        screen = await _started(pilot)
        engine = engine_of(pilot)
        number = screen.desk.listing.numbers[4]
        (theme_id, *_) = screen.desk.session.standing(number).theme_ids
        lacking = next(
            theme.id
            for theme in screen.desk.study.codebook.offered(screen.desk.listing.question().id)
            if theme.id not in screen.desk.session.standing(number).theme_ids
        )
        doubted = (
            Doubted(number, theme_id, "wrong", 0.97, 0.03),
            Doubted(number, lacking, "missing", 0.9, 0.9),
        )
        await press(pilot, "c")
        question = screen.desk.listing.question().id
        await send(pilot, engine, SecondLookReady(question, doubted))
        unsay(pilot)
        await settle(pilot)

    assert snap_compare(app_of(coded_sample), terminal_size=size, run_before=before)
