"""Settings on screen: changed by a key, in study.toml too, and at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import coding, press
from making import small_study
from piloting import app_of, notices, settle, shown
from textual.widgets import Input, Static

from coder.formats.study.study_file import read_settings
from coder.store import surveys
from coder.tui.kit.area import Area
from coder.tui.kit.windows.pick import OptionLines, PickWindow
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from coder.domain.study_settings import Settings
    from coder.workflows.study.study import Study

BEDS = 3


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Open a small study."""
    study = small_study(tmp_path / "study")
    yield study
    study.close()


def written(study: Study) -> Settings:
    """Return what study.toml says."""
    return read_settings(study.folder / "study.toml")


async def choose(pilot: Pilot[None], typed: str) -> None:
    """Pick the setting that typing finds."""
    if not isinstance(pilot.app.screen, PickWindow):
        await press(pilot, "O")
    pilot.app.screen.query_one(Input).value = typed
    await settle(pilot)
    await press(pilot, "enter")


async def test_each_setting_says_what_it_does(study: Study) -> None:
    """What the setting at the cursor does stands below the list, with its name in the file."""
    async with coding(study) as (pilot, _):
        await press(pilot, "O")
        for option in pilot.app.screen.query_one(OptionLines).options:
            assert option.detail
            assert option.note or option.label == "Light or dark"
        assert "hide_until_first_choice" in str(pilot.app.screen.query(Static).last().content)


async def test_suggestions_are_hidden_at_once(study: Study) -> None:
    """The window stays, so that one sees what is set; the answer behind it is read without suggestions."""
    path = study.folder / "study.toml"
    before = path.read_text(encoding="utf-8")
    async with coding(study) as (pilot, screen):
        await choose(pilot, "hide")
        assert isinstance(pilot.app.screen, PickWindow)
        assert "on" in pilot.app.screen.query_one(OptionLines).options[0].note
        await press(pilot, "escape")
        assert screen.desk.hides
        assert "hidden until you choose" in shown(pilot, "why")
        assert "It is in study.toml." in notices(pilot)
    off, on = "hide_until_first_choice = false", "hide_until_first_choice = true"
    assert path.read_text(encoding="utf-8") == before.replace(off, on)


@pytest.mark.parametrize("name", ["keep_suggested_words", "same_words", "plain"])
async def test_a_setting_goes_on_and_off(study: Study, name: str) -> None:
    """Twice is as it was."""
    before = getattr(written(study), name)
    async with coding(study) as (pilot, _):
        await press(pilot, "O")
        index = next(
            index
            for index, option in enumerate(pilot.app.screen.query_one(OptionLines).options)
            if option.choice == name
        )
        await press(pilot, *["down"] * index, "enter")
        assert getattr(written(study), name) is not before
        await press(pilot, "enter")
        assert getattr(written(study), name) is before
        assert getattr(study.settings, name) is before


async def test_texts_that_say_nothing_leave_the_base(study: Study) -> None:
    """They are no answers from then on, also when the study is opened again."""
    async with coding(study) as (pilot, screen):
        assert screen.desk.progress.answers == 5
        await choose(pilot, "nothing")
        area = pilot.app.screen.query_one(Area)
        area.text += "\nbeds\n"
        await press(pilot, "ctrl+s")
        assert screen.desk.progress.answers == 4
        assert "1 answer changed sides" in notices(pilot)
        assert BEDS not in screen.desk.listing.numbers
    again = open_study(study.folder, "jo")
    beds = surveys.response(again.database, BEDS)
    assert beds is not None
    assert not beds.answered
    again.close()


async def test_colours_change_too(study: Study) -> None:
    """As with the key of their own."""
    async with coding(study) as (pilot, _):
        before = pilot.app.theme
        await choose(pilot, "light")
        assert pilot.app.theme != before


async def test_a_file_with_faults_stays_as_it_is(study: Study) -> None:
    """What somebody is editing meanwhile is not written over; the message says where the fault is."""
    path = study.folder / "study.toml"
    path.write_text('title = "Small\n', encoding="utf-8")
    async with coding(study) as (pilot, screen):
        await choose(pilot, "hide")
        assert "line 1" in notices(pilot)
        assert not screen.desk.hides
    assert path.read_text(encoding="utf-8") == 'title = "Small\n'


def test_picture_of_the_settings(snap_compare: Callable[..., bool], sample: Study) -> None:
    """The settings of the sample."""

    async def before(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await press(pilot, "O", "down")
        pilot.app.screen.query_one(Input).cursor_blink = False

    assert snap_compare(app_of(sample), terminal_size=(80, 24), run_before=before)
