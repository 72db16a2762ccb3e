"""Messages have a line of their own, above the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from making import small_study
from piloting import LARGE, SMALL, app_of, notices, settle
from textual.widgets._toast import Toast

from coder.tui.coding.panes.answer_view import AnswerView
from coder.tui.kit.message_line import MOST_LINES, MessageLine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from coder.tui.kit.action_screen import ActionScreen
    from coder.workflows.study.study import Study

ABOVE_THE_KEYS = 1


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Return a study of five respondents."""
    made = small_study(tmp_path / "study")
    yield made
    made.close()


def line_of(pilot: Pilot[None]) -> MessageLine:
    """Return the line of the screen on top."""
    return cast("MessageLine", cast("ActionScreen[None]", pilot.app.screen).message_line)


def as_drawn(line: MessageLine) -> list[str]:
    """Return the rows of the line as the terminal shows them."""
    return [line.render_line(y).text.strip() for y in range(line.size.height)]


@pytest.mark.parametrize("length", [1, 77, 78, 79, 80, 156, 157])
async def test_no_line_of_a_message_is_lost(study: Study, length: int) -> None:
    """A message that just fills its rows, or is one character longer, has room for all of it."""
    async with app_of(study).run_test(size=SMALL) as pilot:
        await settle(pilot)
        pilot.app.notify("m" * length)
        await settle(pilot)
        line = line_of(pilot)
        assert "".join(as_drawn(line)) == "m" * length
        assert line.region.bottom == pilot.app.size.height - ABOVE_THE_KEYS


async def test_nothing_lies_over_the_answer(study: Study) -> None:
    """A long message takes rows from the panes; one that is longer still is cut, and the cut is shown."""
    async with app_of(study).run_test(size=SMALL) as pilot:
        await settle(pilot)
        pilot.app.notify("word " * 30, title="About [it]", severity="error")
        await settle(pilot)
        line, answer = line_of(pilot), pilot.app.screen.query_one(AnswerView)
        assert as_drawn(line)[0].startswith("! About [it] word word")
        assert answer.region.bottom <= line.region.y
        assert not pilot.app.screen.query(Toast)
        pilot.app.notify("word " * 500)
        await settle(pilot)
        assert len(as_drawn(line)) == MOST_LINES
        assert as_drawn(line)[-1].endswith("…")


async def test_a_message_stays_on_its_screen(study: Study) -> None:
    """What is said on one screen is not on the next; back there, it still stands."""
    async with app_of(study).run_test(size=LARGE) as pilot:
        await settle(pilot)
        await pilot.press("f")
        await settle(pilot)
        said = notices(pilot)
        assert said == "flag on R1.Q1.1 · u takes it back"
        await pilot.press("b")
        await settle(pilot)
        assert notices(pilot) == ""
        pilot.app.notify("about the codebook")
        await pilot.press("escape")
        await settle(pilot)
        assert notices(pilot) == said


async def test_a_notice_is_not_lost_to_a_quick_key(study: Study) -> None:
    """What nobody asked for stands for its time, while keys go on; what answers a key gives way at once."""
    async with app_of(study).run_test(size=SMALL) as pilot:
        await settle(pilot)
        screen = cast("ActionScreen[None]", pilot.app.screen)
        screen.tell("The engine stopped.", 60)
        await pilot.press("f")
        await settle(pilot)
        assert notices(pilot) == "The engine stopped."
        await pilot.press("u")
        await settle(pilot)
        assert notices(pilot).startswith("undone: flag on")
        await pilot.press("f")
        await settle(pilot)
        assert notices(pilot).startswith("flag on")


async def test_a_message_whose_time_is_over_goes_with_the_next_key(study: Study) -> None:
    """Nothing vanishes by itself while it is read."""
    async with app_of(study).run_test(size=SMALL) as pilot:
        await settle(pilot)
        pilot.app.notify("word " * 30, timeout=0)
        await settle(pilot)
        assert notices(pilot).startswith("word")
        await pilot.press("down")
        await settle(pilot)
        assert notices(pilot) == ""
        assert line_of(pilot).size.height == 1
