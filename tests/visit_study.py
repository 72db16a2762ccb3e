"""A small study whose answers have a visit (a date) and a mood of their own, and its respondents a region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from making import CODEBOOK

from coder.domain.responses import Attribute, Question, Respondent, Response, Survey
from coder.domain.study_settings import Settings
from coder.formats.codebooks.yaml.yaml_text import write_codebook
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import create_study

if TYPE_CHECKING:
    from pathlib import Path

    from coder.workflows.study.study import Study

# Who, box, text, visit, mood; then the themes that are chosen.
ANSWERS = (
    ("P1", 1, "well paid", "2026-01-03", "glad", ("pay",)),
    ("P1", 2, "no beds, bad pay", "2026-03-09", "sad", ("pay", "beds")),
    ("P2", 1, "beds are fine", "2026-01-30", "glad", ("beds",)),
    ("P3", 1, "never any money", "2026-03-20", "sad", ("money",)),
    ("P4", 1, "pay", "2026-03-21", "", ("pay",)),
    ("P5", 1, "n/a", "2026-03-22", "glad", ()),
)
# By which the studies that are weighted are.
WEIGHTS = {"P1": "2", "P2": "1", "P3": "1", "P4": "0.5", "P5": "3"}
REGIONS = {"P1": "North", "P2": "South", "P3": "South", "P4": "North", "P5": "North"}


def visit_study(folder: Path, *, settings: Settings | None = None, coder: str = "jo") -> Study:
    """Make a study in which P1 has answered twice, at different times and in different moods.

    Args:
        folder: Where.
        settings: What `study.toml` says; the weights are called `wt`.
        coder: Who codes.
    """
    survey = Survey(
        [Question("Q1", "What is hardest?", items=2)],
        [Attribute("region"), Attribute("wt")],
        [Respondent(name, {"region": region, "wt": WEIGHTS[name]}) for name, region in REGIONS.items()],
        [
            Response(number, f"{who}.Q1.{box}", who, "Q1", box, text, text != "n/a")
            for number, (who, box, text, *_) in enumerate(ANSWERS, 1)
        ],
        [Attribute("visit", "Day of the visit", "answer"), Attribute("mood", of="answer")],
        {
            "visit": {number: answer[3] for number, answer in enumerate(ANSWERS, 1)},
            "mood": {number: answer[4] for number, answer in enumerate(ANSWERS, 1) if answer[4]},
        },
    )
    study = create_study(folder, settings or Settings("Visits"), survey, write_codebook(CODEBOOK), coder)
    session = CodingSession(study, coder)
    for number, (*_, themes) in enumerate(ANSWERS, 1):
        for theme in themes:
            session.toggle(number, theme)
    return study
