"""What is known of single answers is shown with them, and lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import burst, coding
from making import CODEBOOK
from plain_view import PlainView

from coder.domain.responses import Attribute, Question, Respondent, Response, Survey
from coder.domain.study_settings import AttributeSetting, Settings
from coder.formats.codebooks.yaml.yaml_text import write_codebook
from coder.tui.coding.listed.answer_filters import answer_filters
from coder.tui.coding.texts.answer import answer_content
from coder.tui.coding.texts.status import list_title
from coder.tui.plain.answer_lines import answer_lines
from coder.workflows.study.opening import create_study

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

DAYS = [f"2026-{month:02}-{day:02}" for month in (1, 3) for day in range(1, 16)]
"""Thirty days in two months."""


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Open a study of one respondent a day, R1 with two boxes, of which only the first has a mood."""
    boxes = {day: (1, 2) if day == DAYS[0] else (1,) for day in DAYS}
    answers = [(place, day, box) for place, day in enumerate(DAYS, 1) for box in boxes[day]]
    responses = [
        Response(number, f"R{place}.Q1.{box}", f"R{place}", "Q1", box, f"pay {number}")
        for number, (place, _, box) in enumerate(answers, 1)
    ]
    survey = Survey(
        [Question("Q1", "What is hardest?", items=2)],
        [Attribute("region")],
        [Respondent(f"R{place}", {"region": "North"}) for place in range(1, len(DAYS) + 1)],
        responses,
        [Attribute("visit", of="answer"), Attribute("mood", of="answer")],
        {"visit": {number: day for number, (_, day, _) in enumerate(answers, 1)}, "mood": {1: "glad"}},
    )
    settings = Settings("Visits", attributes=(AttributeSetting("mood", "how they felt"),))
    study = create_study(tmp_path / "study", settings, survey, write_codebook(CODEBOOK), "jo")
    yield study
    study.close()


async def test_an_answer_is_headed_by_what_is_known_of_it(study: Study) -> None:
    """Its own facts stand before its respondent's, called as tables call them."""
    async with coding(study) as (_, screen):
        heading = ["R1.Q1.1 · visit: 2026-01-01 · how they felt: glad"]
        assert answer_content(screen.desk).heading == heading


def test_line_by_line_all_is_read_out(study: Study) -> None:
    """Without a screen each answer's facts are told too."""
    lines = list(answer_lines(PlainView(study).desk, with_attributes=True))
    assert "visit: 2026-01-01; how they felt: glad; region: North." in lines


async def test_answers_are_listed_by_month_mood_and_box(study: Study) -> None:
    """Three narrowings by keys, one after the other; many dates are months."""
    async with coding(study) as (pilot, screen):
        desk = screen.desk
        await burst(pilot, "vjanuary\n")
        assert list_title(desk) == "16 answers · visit: January 2026"
        await burst(pilot, "vbox: 2\n")
        assert list_title(desk) == "1 answer · visit: January 2026 · box: 2"
        await burst(pilot, "vfelt: not stated\n")
        assert list_title(desk) == "1 answer · visit: January 2026 · box: 2 · how they felt: not stated"
        await burst(pilot, "vfelt: glad\n")
        assert not len(desk.listing.numbers)


async def test_each_choice_says_how_many_answers_it_lists(study: Study) -> None:
    """As many as then are listed."""
    async with coding(study) as (_, screen):
        desk = screen.desk
        for _, option in list(answer_filters(desk.listing, with_counts=True)):
            assert option.choice is not None
            desk.list_answers(option.choice)
            desk.listing.load(None)
            number = len(desk.listing.numbers)
            assert option.note == f"{number} answer{'s' * (number != 1)}", option.label
