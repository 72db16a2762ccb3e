"""Asking the team on screen, and reading, answering and closing what others ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import burst, coding, press
from making import small_study
from piloting import notices

from coder.store.team.question_rows import team_questions
from coder.tui.coding.texts.status import status
from coder.workflows.team.asking_team import answer_question, ask_team, question_named
from coder.workflows.team.membership import add_people

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

STAYS = 8


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Open a small study of jo and sam."""
    study = small_study(tmp_path / "study")
    add_people(study, ["jo", "sam"], "jo")
    yield study
    study.close()


async def test_a_question_about_the_answer_on_screen(study: Study) -> None:
    """A, Enter, the words, saved; the screen says so, and u leaves the question as it is."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "A", "enter")
        await burst(pilot, "Is agency staff", "\n", "pay?", "ctrl+s")
        (question,) = team_questions(study.database)
        assert (question.by, question.text) == ("jo", "Is agency staff\npay?")
        assert (question.response_id, question.theme_id) == ("R1.Q1.1", "")
        assert "Asked the team" in notices(pilot)
        assert ": A" not in status(screen.desk, 80)
        await press(pilot, "u")
        assert team_questions(study.database) == [question]


async def test_a_question_about_the_theme_at_the_cursor(study: Study) -> None:
    """It is the second thing to ask about; what was typed already is its beginning."""
    async with coding(study) as (pilot, screen):
        await burst(pilot, "AWhat is it", "down", "\n", " for?", "ctrl+s")
        (question,) = team_questions(study.database)
        assert (question.response_id, question.theme_id) == ("", screen.desk.here.cursor_theme)
        assert question.text == "What is it for?"


async def test_nothing_typed_asks_nothing(study: Study) -> None:
    """An empty text and Esc leave no question."""
    async with coding(study) as (pilot, _):
        await press(pilot, "A", "enter", "ctrl+s")
        await press(pilot, "A", "enter", "escape", "escape")
        assert team_questions(study.database) == []


async def test_questions_of_others_are_answered_and_closed(study: Study) -> None:
    """The top line says how many wait; A finds one by a word, and an answer takes it off that line."""
    name = ask_team(study, "sam", "Does nobody stay for money?", response_id="R4.Q1.2")
    async with coding(study) as (pilot, screen):
        assert "? 1: A" in status(screen.desk, 80)
        assert "? 1 question: A" in status(screen.desk, 120)
        await burst(pilot, "Astay\n")
        await press(pilot, "enter")
        await burst(pilot, "No, for calm.", "ctrl+s")
        (question,) = team_questions(study.database)
        assert [(reply.by, reply.text) for reply in question.replies] == [("jo", "No, for calm.")]
        assert ": A" not in status(screen.desk, 80)
        answer_question(study, "sam", question_named(study, "sam", name), "Thanks.")
        await burst(pilot, "Astay\n")
        await burst(pilot, "close\n")
        (question,) = team_questions(study.database)
        assert question.is_closed
        assert ": A" not in status(screen.desk, 80)
        await burst(pilot, "Astay\n")
        await burst(pilot, "again\n")
        (question,) = team_questions(study.database)
        assert not question.is_closed


async def test_a_question_leads_to_its_answer(study: Study) -> None:
    """Whatever is listed; ' goes back."""
    ask_team(study, "sam", "Does nobody stay for money?", response_id="R4.Q1.2")
    async with coding(study) as (pilot, screen):
        await burst(pilot, "Astay\n")
        await burst(pilot, "go to\n")
        assert screen.desk.here.number == STAYS
        await press(pilot, "apostrophe")
        assert screen.desk.here.number == 1
