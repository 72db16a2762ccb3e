"""A small study that is coded, and the files that go into one."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from benchmarks.faults.coding_screen import CODER
from benchmarks.make_study import QUESTION, THEMES, code_study, make_codebook, make_study, make_survey
from coder.formats.shared.file_contents import csv_text
from coder.workflows.study.coders import join

if TYPE_CHECKING:
    from pathlib import Path

STUDY = "study"
CODEBOOK_TABLE = "themes.csv"
SURVEY = "survey.csv"
CODEBOOK = "codebook.yaml"
CODINGS = "codings.csv"


def make_coded_study(folder: Path, responses: int, coded: int) -> None:
    """Make a closed study of which so many responses have two themes each."""
    with closing(make_study(folder, responses)) as study:
        code_study(study, coded, 2)
        # Who is nobody of the team is asked about: see `CodingScreen`.
        join(study.database, CODER)


def write_inputs(room: Path, responses: int) -> None:
    """Write a survey of so many responses, its codebook, codings of it, and another codebook."""
    survey = make_survey(responses)
    pairs = zip(survey.respondents, survey.responses, strict=True)
    answers = [(person.id, person.attributes["region"], answer.text) for person, answer in pairs]
    _write(room / SURVEY, csv_text(("respondent", "region", "Q1"), answers))
    _write(room / CODEBOOK, make_codebook())
    codings = [
        (response.respondent_id, QUESTION, 1, THEMES[(response.number + step) % len(THEMES)])
        for response in survey.responses
        for step in (3, 7)
    ]
    _write(room / CODINGS, csv_text(("respondent_id", "question", "item", "theme"), codings))
    themes = [(f"Further {number}", f"What is further by {number}") for number in range(1, 9)]
    _write(room / CODEBOOK_TABLE, csv_text(("theme", "definition"), themes))


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="")
