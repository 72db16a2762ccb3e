"""While another program holds the study: one change waits, and nothing is shown as saved that is not."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest
from coding_study import coding, press, themes_on
from making import small_study
from piloting import notices, settle, shown

from coder.formats.study.study_file import read_settings
from coder.tui.kit.area import Area
from coder.tui.kit.windows.hold import HoldWindow
from coder.tui.kit.windows.pick import PickWindow

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


async def ended(pilot: Pilot[None]) -> None:
    """Wait until the program has quit."""
    for _ in range(100):
        if not pilot.app.is_running:
            return
        await pilot.pause(0.05)
    pytest.fail("The program goes on.")


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


async def test_quitting_asks_about_a_change_that_waits(study: Study) -> None:
    """Esc goes on coding; giving up quits, and nothing of the change is saved."""
    async with coding(study) as (pilot, _):
        with held(study):
            await press(pilot, "1", "q")
            assert isinstance(pilot.app.screen, PickWindow)
            await press(pilot, "escape")
            assert not pilot.app.screen.is_modal
            await press(pilot, "ctrl+q")
            assert isinstance(pilot.app.screen, PickWindow)
            await press(pilot, "down", "enter")
            assert not pilot.app.is_running
    assert themes_on(study, LOST) == {}


async def test_quitting_can_wait_for_the_change(study: Study) -> None:
    """As soon as the change is saved, the program quits."""
    async with coding(study) as (pilot, _):
        with held(study) as other:
            await press(pilot, "1", "q", "enter")
            assert "as soon as the change is saved" in notices(pilot)
            assert pilot.app.is_running
            other.execute("ROLLBACK")
        await ended(pilot)
    assert list(themes_on(study, LOST)) == ["staff"]


async def test_a_change_given_up_no_longer_quits(study: Study) -> None:
    """Whoever wanted to quit after it, and gives it up, goes on; later changes do not end the program."""
    async with coding(study) as (pilot, _):
        with held(study) as other:
            await press(pilot, "1", "q", "enter", "escape")
            assert "Given up" in notices(pilot)
            other.execute("ROLLBACK")
        with held(study) as other:
            await press(pilot, "f")
            other.execute("ROLLBACK")
        await saved(pilot)
        await pilot.pause(0.6)
        assert pilot.app.is_running


async def test_without_a_change_that_waits_quitting_quits(study: Study) -> None:
    """By either key, also from a window."""
    for keys in (["q"], ["ctrl+q"], ["question_mark", "ctrl+q"]):
        async with coding(study) as (pilot, _):
            assert pilot.app.is_running
            await press(pilot, *keys)
            await ended(pilot)
            assert not pilot.app.is_running
            assert pilot.app.return_code == 0


async def test_the_screen_goes_on_where_nothing_must_be_remembered(study: Study) -> None:
    """Light or dark, and the order of the list, change at once; the study learns of it another time."""
    async with coding(study) as (pilot, _):
        theme_before = pilot.app.theme
        with held(study):
            await press(pilot, "ctrl+t")
            assert pilot.app.theme != theme_before
            assert notices(pilot) == ""
            assert "SAVED" not in shown(pilot, "status")


async def test_edits_of_the_codebook_are_taken_up_once_they_can_be(study: Study) -> None:
    """While another program is writing they are left, and nothing is said."""
    async with coding(study) as (pilot, screen):
        text = study.codebook_path.read_text(encoding="utf-8")
        with held(study) as other:
            study.codebook_path.write_text(text.replace("label: Money", "label: Funds"), encoding="utf-8")
            screen.notice_others()
            assert notices(pilot) == ""
            assert study.codebook.label("money") == "Money"
            other.execute("ROLLBACK")
        screen.notice_others()
        assert study.codebook.label("money") == "Funds"


async def test_a_new_theme_waits_in_a_window(study: Study) -> None:
    """It says who is waited for; once the study is free the theme is added, and chosen."""
    async with coding(study) as (pilot, _):
        with held(study) as other:
            await press(pilot, "slash", *"Zebra", "enter")
            assert isinstance(pilot.app.screen, HoldWindow)
            other.execute("ROLLBACK")
        for _ in range(100):
            if not pilot.app.screen.is_modal:
                break
            await pilot.pause(0.05)
        await settle(pilot)
        assert "Zebra" in [study.codebook.label(theme_id) for theme_id in themes_on(study, LOST)]


async def test_settings_wait_in_a_window_too(study: Study) -> None:
    """A switch, and the list of texts that say nothing: changed once the study is free, or given up."""
    path = study.folder / "study.toml"
    async with coding(study) as (pilot, screen):
        await press(pilot, "O")
        with held(study) as other:
            await press(pilot, "enter")
            assert isinstance(pilot.app.screen, HoldWindow)
            assert not read_settings(path).hide_until_first_choice
            other.execute("ROLLBACK")
        for _ in range(100):
            if isinstance(pilot.app.screen, PickWindow):
                break
            await pilot.pause(0.05)
        await settle(pilot)
        assert read_settings(path).hide_until_first_choice
        assert screen.desk.hides
        await press(pilot, *["down"] * 4, "enter")
        pilot.app.screen.query_one(Area).text += "\nbeds\n"
        with held(study):
            await press(pilot, "ctrl+s")
            assert isinstance(pilot.app.screen, HoldWindow)
            await press(pilot, "escape")
        assert "Given up: nothing was changed." in notices(pilot)
        assert "beds" not in read_settings(path).non_responses
