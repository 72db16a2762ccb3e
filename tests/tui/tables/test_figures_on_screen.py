"""Weights, intervals and letters on the tables screen: a key each, and what each says that does nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import press
from piloting import SMALL, app_of, notices, settle, shown
from tables_study import open_tables
from weighted_study import survey_rows, weighted_study

from coder.tui.tables.desk import FigureChoices
from coder.tui.tables.screen import TablesScreen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from coder.workflows.study.study import Study


@pytest.fixture
def weighed(tmp_path: Path) -> Iterator[Study]:
    """Make the survey whose weights R has worked with."""
    study = weighted_study(tmp_path / "study", survey_rows())
    yield study
    study.close()


async def opened(pilot: Pilot[None], *keys: str) -> TablesScreen:
    """Go from the answers to their table, and press keys."""
    await settle(pilot)
    await press(pilot, "t", *keys)
    screen = pilot.app.screen
    assert isinstance(screen, TablesScreen)
    return screen


def texts(screen: TablesScreen, place: int) -> list[str]:
    """Return what stands in a column of the screen."""
    return list(screen.rows.columns[place].texts)


async def test_a_key_takes_the_weights_away_and_back(weighed: Study) -> None:
    """Percentages are weighted from the beginning; bases stand below, under counts and under percentages."""
    async with app_of(weighed).run_test(size=SMALL) as pilot:
        screen = await opened(pilot, "a")
        assert screen.desk.base == "answered"
        assert texts(screen, 1)[0] == "42.2"
        assert "42.2% of 212, weighted" in shown(pilot, "detail")
        assert texts(screen, 0)[-3:] == ["212", "138.1", "1.53"]
        await press(pilot, "w")
        assert screen.desk.choices.figures == FigureChoices(unweighted=True)
        assert texts(screen, 1)[0] == "46.7"
        assert "46.7% of 212 ·" in shown(pilot, "detail")
        await press(pilot, "w")
        assert texts(screen, 1)[0] == "42.2"


async def test_intervals_and_letters_have_keys(weighed: Study) -> None:
    """Intervals stand beside percentages; letters behind them, in words for the cell at the cursor."""
    async with app_of(weighed).run_test(size=SMALL) as pilot:
        screen = await opened(pilot, "a", "v")
        assert [texts(screen, place)[0] for place in (2, 3)] == ["34.3", "50.6"]
        await press(pilot, "d")
        assert "b makes columns" in notices(pilot)
        screen.desk.choose_by("region")
        screen.count_anew()
        await press(pilot, "d")
        assert screen.desk.choices.percents
        assert texts(screen, 0)[0] == "57 B"
        assert texts(screen, 0)[-3:] == ["89", "60.7", "1.47"]
        assert "57% of 89, weighted, higher than South" in " ".join(shown(pilot, "detail").split())
        await press(pilot, "c")
        assert screen.desk.error is None
        await press(pilot, "v")
        assert "this table has none" in notices(pilot)


async def test_without_weights_the_key_says_so(coded_sample: Study) -> None:
    """Nothing is counted anew."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "20")
        before = screen.desk.table
        await press(pilot, "w")
        assert "no survey weights" in notices(pilot)
        assert screen.desk.table is before


async def test_response_rates_go_without(coded_sample: Study) -> None:
    """Going on to a table that has no such percentages shows it as it is."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "20", "v")
        while screen.desk.setting.subject != "responses":
            await press(pilot, "right_square_bracket")
        assert screen.desk.error is None
        assert screen.desk.table is not None
