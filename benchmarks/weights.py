"""How long weighted tables of a million codings take."""

from __future__ import annotations

import random
from dataclasses import replace
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from benchmarks.make_study import QUESTION, code_study, make_codebook, make_survey
from benchmarks.results import Result
from coder.domain.responses import Attribute, Respondent
from coder.domain.study_settings import Settings
from coder.domain.tables.requests import TableOptions, TableRequest
from coder.workflows.study.opening import create_study
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from coder.domain.responses import Survey

ROUNDS = 5
RESPONDENTS, THEMES_EACH = 100_000, 10
BAR = 1000
"""Milliseconds of a weighted table."""
BY_REGION = TableRequest(subjects=(QUESTION,), by="region")
RAW_WEIGHTED = """SELECT theme, value, SUM(weight) FROM (
        SELECT DISTINCT k.theme, k.respondent, v.value, CAST(w.value AS REAL) AS weight FROM coding k
        JOIN attribute_value v ON v.respondent = k.respondent AND v.attribute = 'region'
        JOIN attribute_value w ON w.respondent = k.respondent AND w.attribute = 'wt'
        WHERE k.question = :question)
    GROUP BY theme, value"""
"""The weights of each theme by region, without bases and totals."""


def measure_weights(folder: Path) -> Iterator[Result]:
    """Make weighted tables of a million codings by 100,000 people, against the unweighted one and raw SQL.

    Times are the processor's, so that others at work on the machine do not count.
    """
    settings = Settings("Weighted", model="none", weight="wt")
    survey = _with_weights(make_survey(RESPONDENTS))
    study = create_study(folder / "weighted", settings, survey, make_codebook(), "benchmark")
    code_study(study, RESPONDENTS, THEMES_EACH)
    figures = replace(BY_REGION, intervals=True, letters=True, options=TableOptions(zeros=True))
    ways: dict[str, Callable[[], object]] = {
        "weighted": lambda: printed_tables(study, BY_REGION),
        "figures": lambda: printed_tables(study, figures),
        "all": lambda: printed_tables(study, TableRequest(subjects=(QUESTION,))),
        "unweighted": lambda: printed_tables(study, replace(BY_REGION, unweighted=True)),
        "sql": lambda: study.database.rows(RAW_WEIGHTED, {"question": QUESTION}),
    }
    times = in_turn(ways)
    name = "weighted table by attribute of 1,000,000 codings"
    yield Result(f"{name} / unweighted", times["weighted"], times["unweighted"], "ms", 2)
    yield Result(f"{name} / raw SQL", times["weighted"], times["sql"], "ms", 2)
    yield Result(name, times["weighted"], times["sql"], "ms", BAR, absolute=True)
    yield Result(f"{name}, intervals, letters", times["figures"], times["sql"], "ms", BAR, absolute=True)
    yield Result("weighted table of 1,000,000 codings", times["all"], times["sql"], "ms", BAR, absolute=True)
    study.close()


def _with_weights(survey: Survey) -> Survey:
    """Return a survey in which each respondent has a weight of four places, as raking gives."""
    chance = random.Random(16)
    respondents = [
        Respondent(each.id, {**each.attributes, "wt": f"{chance.lognormvariate(0, 0.4):.4f}"})
        for each in survey.respondents
    ]
    return replace(survey, attributes=[*survey.attributes, Attribute("wt")], respondents=respondents)


def in_turn(ways: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Run all in turn; return the median times in milliseconds, without the first round."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS + 1):
        for name, run in ways.items():
            began = process_time()
            run()
            times[name].append(1000 * (process_time() - began))
    return {name: median(milliseconds[1:]) for name, milliseconds in times.items()}
