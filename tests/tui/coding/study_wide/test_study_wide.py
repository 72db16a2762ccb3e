"""The journal and the history: written, searched, gone to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import burst, coding, press
from making import small_study
from piloting import notices, settle
from textual.widgets import Input, Static

from coder.store.journal import entries
from coder.tui.coding.screen import CodingScreen
from coder.tui.kit.area import Area
from coder.tui.kit.windows.pick import OptionLines
from coder.workflows.coding.journal import write_note
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from coder.workflows.study.study import Study

LOST, PAY = 1, 2


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Open a small study."""
    study = small_study(tmp_path / "study")
    yield study
    study.close()


def listed(pilot: Pilot[None]) -> list[str]:
    """Return what the window lists."""
    return [option.label for option in pilot.app.screen.query_one(OptionLines).options]


def detail(pilot: Pilot[None]) -> str:
    """Return what the window on top says of the row at its cursor."""
    return str(pilot.app.screen.query_one(Static).render())


async def write(pilot: Pilot[None], typed: str, text: str) -> None:
    """Write a note on what typing finds."""
    await press(pilot, "J")
    pilot.app.screen.query_one(Input).value = typed
    await settle(pilot)
    await press(pilot, "enter")
    pilot.app.screen.query_one(Area).text = text
    await press(pilot, "ctrl+s")


async def test_notes_are_written_searched_reworded_and_taken_away(study: Study) -> None:
    """A note says what it is about; another wording takes its place; u takes back either."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "J")
        assert listed(pilot) == [
            "+ note on the theme Staff", "+ note on Q1", "+ note on the study",
            "+ note on what was decided (codebook version 1)",
        ]  # fmt: skip
        await press(pilot, "enter")
        await burst(pilot, "Of agency staff:\nStaff.", "ctrl+s")
        (note,) = entries(study.database)
        assert (note.coder_id, note.subject, note.subject_id) == ("jo", "theme", "staff")
        assert note.text == "Of agency staff:\nStaff."
        assert "in the journal" in notices(pilot)
        await burst(pilot, "Jagency jo\n")
        await burst(pilot, " Not temps.", "ctrl+s")
        assert [entry.text for entry in entries(study.database)] == ["Of agency staff:\nStaff. Not temps."]
        await press(pilot, "u")
        assert [entry.text for entry in entries(study.database)] == [note.text]
        await burst(pilot, "Jagency\n")
        pilot.app.screen.query_one(Area).text = ""
        await press(pilot, "ctrl+s")
        assert entries(study.database) == []
        assert screen.desk.saved


async def test_what_was_typed_becomes_the_note(study: Study) -> None:
    """Where nothing is found of what was typed, it is the beginning of a new note."""
    async with coding(study) as (pilot, _):
        await burst(pilot, "JRead 30 first", "down", "down", "\n", "ctrl+s")
        (note,) = entries(study.database)
        assert (note.subject, note.text) == ("study", "Read 30 first")


async def test_one_escape_drops_no_note(study: Study) -> None:
    """Neither where notes are searched, nor in the window that takes over what was typed there."""
    async with coding(study) as (pilot, _):
        await burst(pilot, "JRead 30 first", "escape")
        assert listed(pilot)
        await burst(pilot, "\n")
        await press(pilot, "escape")
        assert pilot.app.screen.query_one(Area).text == "Read 30 first"
        await press(pilot, "ctrl+s")
        (note,) = entries(study.database)
        assert note.text == "Read 30 first"
        await press(pilot, "J", "escape")
        assert isinstance(pilot.app.screen, CodingScreen)


async def test_somebody_elses_note_is_read_alone(study: Study) -> None:
    """It is listed, and only who wrote it rewords it."""
    write_note(CodingSession(study, "sam"), "Boxes repeat each other.", "question", "Q1")
    async with coding(study) as (pilot, _):
        await burst(pilot, "Jboxes\n")
        assert isinstance(pilot.app.screen, CodingScreen)
        assert "sam wrote this note" in notices(pilot)


async def test_the_history_leads_to_answers(study: Study) -> None:
    """The latest step comes first; what was taken back is marked; typing narrows."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "1", "enter", "2", "f", "u", "h")
        assert listed(pilot) == [
            "flag on R1.Q1.2", "+ Staff on R1.Q1.2", "done: R1.Q1.1", "+ Staff on R1.Q1.1"
        ]  # fmt: skip
        options = pilot.app.screen.query_one(OptionLines).options
        assert [option.note.startswith("taken back") for option in options] == [True, False, False, False]
        pilot.app.screen.query_one(Input).value = "staff on r1.q1.1"
        await settle(pilot)
        assert listed(pilot) == ["+ Staff on R1.Q1.1"]
        assert detail(pilot).startswith("+ Staff on R1.Q1.1\n")
        await press(pilot, "enter")
        assert screen.desk.here.number == LOST
        await press(pilot, "apostrophe")
        assert screen.desk.here.number == PAY


async def test_an_empty_history_says_what_will_stand_there(study: Study) -> None:
    """Nothing to pick says nothing; so does the key that tells what became of suggestions."""
    async with coding(study) as (pilot, _):
        await press(pilot, "h")
        assert "Nothing yet: what you decide stands here" in detail(pilot)
        await press(pilot, "escape", "S")
        assert "Nothing is decided yet" in notices(pilot)


async def test_a_step_without_an_answer_leads_nowhere(study: Study) -> None:
    """A note in the journal is a step too."""
    async with coding(study) as (pilot, screen):
        await write(pilot, "study", "Read 30 first.")
        await press(pilot, "h", "enter")
        assert "changed no answer" in notices(pilot)
        assert screen.desk.here.number == LOST
