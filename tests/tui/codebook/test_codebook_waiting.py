"""While another program holds the study, a revision waits in a window; Esc gives it up."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from codebook_study import at, codebook_of, coded_study, fill, theme, version
from coding_study import press
from piloting import notices, settle

from coder.store.journal import entries
from coder.tui.kit.area import Area
from coder.tui.kit.windows.hold import HoldWindow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """A small coded study."""
    with closing(coded_study(tmp_path / "study")) as small:
        yield small


@pytest.fixture
def other(study: Study) -> Iterator[sqlite3.Connection]:
    """Hold the study, as another program does that is writing to it."""
    with closing(sqlite3.connect(study.database.path, isolation_level=None)) as connection:
        yield connection


async def test_a_note_waits_too(study: Study, other: sqlite3.Connection) -> None:
    """It is written once the study is free."""
    async with codebook_of(study) as (pilot, screen):
        at(screen, "pay")
        await press(pilot, "J", "enter")
        pilot.app.screen.query_one(Area).text = "Wages."
        other.execute("BEGIN IMMEDIATE")
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, HoldWindow)
        assert entries(study.database) == []
        other.execute("ROLLBACK")
        for _ in range(100):
            if not pilot.app.screen.is_modal:
                break
            await pilot.pause(0.05)
        await settle(pilot)
        assert [note.text for note in entries(study.database)] == ["Wages."]


async def test_a_revision_waits_until_the_study_is_free(study: Study, other: sqlite3.Connection) -> None:
    """It is done then, by itself."""
    async with codebook_of(study) as (pilot, screen):
        at(screen, "pay")
        await press(pilot, "e")
        await fill(pilot, "label", "Wages")
        other.execute("BEGIN IMMEDIATE")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, HoldWindow)
        await pilot.pause(0.7)
        assert isinstance(pilot.app.screen, HoldWindow)
        other.execute("ROLLBACK")
        for _ in range(100):
            if not pilot.app.screen.is_modal:
                break
            await pilot.pause(0.05)
        await press(pilot, "down")
        assert theme(study, "pay").label == "Wages"
        assert "Rename 'Pay' to 'Wages'" in notices(pilot)


async def test_a_revision_that_waits_can_be_given_up(study: Study, other: sqlite3.Connection) -> None:
    """Nothing of it is left, and the next one works."""
    async with codebook_of(study) as (pilot, screen):
        before = version(study)
        at(screen, "pay")
        await press(pilot, "e")
        await fill(pilot, "label", "Wages")
        other.execute("BEGIN IMMEDIATE")
        await press(pilot, "enter", "escape")
        assert pilot.app.screen is screen
        assert "Given up: nothing was changed." in notices(pilot)
        other.execute("ROLLBACK")
        await pilot.pause(0.7)
        assert version(study) == before
        assert theme(study, "pay").label == "Pay"
        await press(pilot, "e")
        await fill(pilot, "label", "Wages")
        await press(pilot, "enter")
        assert theme(study, "pay").label == "Wages"
