"""How long tables take whose columns are of single answers: a sentiment, the months of a date."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks.make_study import QUESTION, code_study, make_codebook, make_survey
from benchmarks.results import Result
from benchmarks.weights import in_turn
from coder.domain.filters import Having
from coder.domain.responses import Attribute
from coder.domain.study_settings import Settings
from coder.domain.tables.requests import TableRequest
from coder.workflows.study.opening import create_study
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from coder.domain.responses import Survey

ANSWERS, THEMES_EACH = 100_000, 10
PEOPLE = 40_000
YEARS = (2024, 2025)
MOODS = ("positive", "neutral", "negative")
BY_REGION = TableRequest(subjects=(QUESTION,), by="region")
RAW_BY_MOOD = """SELECT theme, value, COUNT(DISTINCT respondent) FROM coding k
    JOIN answer_value v ON v.response = k.response AND v.attribute = 'mood'
    WHERE k.question = :question GROUP BY theme, value"""
"""The respondents with each theme by mood, without bases and totals."""


def measure_trends(folder: Path) -> Iterator[Result]:
    """Make tables of a million codings on 100,000 answers of 40,000 people, by answers and by people."""
    survey = _of_several_answers(make_survey(ANSWERS))
    study = create_study(folder / "trends", Settings("Trends", model="none"), survey, make_codebook(), "b")
    code_study(study, ANSWERS, THEMES_EACH)
    of_some = TableRequest(subjects=(QUESTION,), where=(Having("mood", ("negative",), of="answer"),))
    ways: dict[str, Callable[[], object]] = {
        "region": lambda: printed_tables(study, BY_REGION),
        "mood": lambda: printed_tables(study, replace(BY_REGION, by="mood")),
        "months": lambda: printed_tables(study, replace(BY_REGION, by="visit.month")),
        "negative": lambda: printed_tables(study, of_some),
        "sql": lambda: study.database.rows(RAW_BY_MOOD, {"question": QUESTION}),
    }
    times = in_turn(ways)
    name = "table of 1,000,000 codings"
    yield Result(f"{name} by 3 moods of answers / by region", times["mood"], times["region"], "ms", 4)
    yield Result(f"{name} by 3 moods of answers / raw SQL", times["mood"], times["sql"], "ms", 2)
    yield Result(f"{name} by 24 months of answers / by region", times["months"], times["region"], "ms", 5)
    yield Result(f"{name} in answers of one mood / by region", times["negative"], times["region"], "ms", 2)
    study.close()


def _of_several_answers(survey: Survey) -> Survey:
    """Return a survey in which people give several answers, each with a mood and a date."""
    chance = random.Random(16)
    people = survey.respondents[:PEOPLE]
    boxes: dict[str, int] = {}
    responses = []
    for response in survey.responses:
        who = people[chance.randrange(PEOPLE)].id
        boxes[who] = boxes.get(who, 0) + 1
        responses.append(response._replace(respondent_id=who, item=boxes[who], id=f"{who}.{boxes[who]}"))
    numbers = range(1, ANSWERS + 1)
    return replace(
        survey,
        questions=[survey.questions[0]._replace(items=max(boxes.values()))],
        respondents=people,
        responses=responses,
        answer_attributes=[Attribute("mood", of="answer"), Attribute("visit", of="answer")],
        answer_values={
            "mood": {number: chance.choice(MOODS) for number in numbers},
            "visit": {
                number: f"{chance.choice(YEARS)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
                for number in numbers
            },
        },
    )
