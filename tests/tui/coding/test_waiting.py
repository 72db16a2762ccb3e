"""While another program holds the study: one change waits, and nothing is shown as saved that is not."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest
from coding_study import coding, notices, press, themes_on
from making import small_study
from piloting import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from coder.workflows.study.study import Study

LOST = 1


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Make a small study."""
    with closing(small_study(tmp_path / "study")) as small:
        yield small


@contextmanager
def held(study: Study) -> Iterator[sqlite3.Connection]:
    """Hold the study as another program does that is writing to it."""
    with closing(sqlite3.connect(study.database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


async def saved(pilot: Pilot[None]) -> None:
    """Wait until the status line says that all is saved."""
    for _ in range(200):
        if shown(pilot, "status").rstrip().endswith("· saved"):
            return
        await pilot.pause(0.05)
    pytest.fail(shown(pilot, "status"))


async def test_one_change_waits_and_is_saved_once_it_can_be(study: Study) -> None:
    """Meanwhile one moves and looks, a further change is refused, and nothing is stored up."""
    async with coding(study) as (pilot, screen):
        with held(study) as other:
            await press(pilot, "1")
            assert "waiting" in shown(pilot, "status")
            assert "saved" not in shown(pilot, "status")
            assert "Esc gives it up" in notices(pilot)
            assert themes_on(study, LOST) == {}
            await press(pilot, "down")
            assert screen.desk.here.number != LOST
            elsewhere = screen.desk.here.number
            await press(pilot, "f")
            assert "another change waits" in notices(pilot)
            await pilot.pause(1.2)
            assert "waiting" in shown(pilot, "status")
            other.execute("ROLLBACK")
        await saved(pilot)
        assert list(themes_on(study, LOST)) == ["staff"]
        assert screen.desk.here.number == elsewhere
        assert study.database.value("SELECT COUNT(*) FROM step") == 1
        await press(pilot, "f")
        assert study.database.value("SELECT COUNT(*) FROM step") == 2


async def test_a_change_that_waits_can_be_given_up(study: Study) -> None:
    """Esc forgets it, and says so; what is changed afterwards is saved."""
    async with coding(study) as (pilot, _):
        with held(study) as other:
            await press(pilot, "1", "escape")
            assert "Given up" in notices(pilot)
            assert "waiting" not in shown(pilot, "status")
            other.execute("ROLLBACK")
        await pilot.pause(1.2)
        assert themes_on(study, LOST) == {}
        await press(pilot, "1")
        assert list(themes_on(study, LOST)) == ["staff"]
