"""A study whose answers can be quoted: several attributes, one of them private."""

from __future__ import annotations

from typing import TYPE_CHECKING

from making import CODEBOOK

from coder.domain.responses import Attribute, Question, Respondent, Response, Survey
from coder.domain.study_settings import Settings
from coder.formats.codebooks.yaml.yaml_text import write_codebook
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import create_study

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from coder.workflows.study.study import Study

NOTE = "SYNTHETIC: nobody wrote these answers"
CONTACT = "contact-{}@example.org"
"""The value of the private attribute, by the respondent's place."""
ANSWERS = (
    "=1+1 nurses left us for agencies last winter",
    "Adverts for social workers bring nobody at all",
    "Wages in the supermarket next door are higher",
    "Wages in the supermarket next door are higher still",
    "Two posts empty\nand *both* of them senior",
    "Rent eats what our carers earn",
)
"""One for each respondent R1, R2 ...; all are coded with `pay`."""


def quoted_study(folder: Path, answers: Sequence[str] = ANSWERS, theme_id: str = "pay") -> Study:
    """Make a study with these answers to Q1, each coded with a theme by jo."""
    respondents = [
        Respondent(
            f"R{place}", {"region": _region(place), "type": "County", "contact": CONTACT.format(place)}
        )
        for place in range(1, len(answers) + 1)
    ]
    responses = [
        Response(place, f"R{place}.Q1.1", f"R{place}", "Q1", 1, text)
        for place, text in enumerate(answers, start=1)
    ]
    attributes = [Attribute("region", "Region"), Attribute("type"), Attribute("contact")]
    survey = Survey([Question("Q1", "What is hardest?")], attributes, respondents, responses)
    settings = Settings("Small", note=NOTE, respondents="councils", private=("contact",))
    study = create_study(folder, settings, survey, write_codebook(CODEBOOK), "jo")
    CodingSession(study, "jo").code_many(range(1, len(answers) + 1), theme_id)
    return study


def _region(place: int) -> str:
    """Return a region: the first respondent's is its alone."""
    return "Isles" if place == 1 else "North" if place % 2 else "South"
