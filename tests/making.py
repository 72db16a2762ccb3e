"""Small studies for tests, made through the program's own front door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.codebook import Codebook, Theme
from coder.domain.responses import Attribute, Question, Respondent, Response, Survey
from coder.domain.study_settings import Settings
from coder.formats.codebooks.yaml.yaml_text import write_codebook
from coder.workflows.revising.adding_themes import adding, revise_at_once
from coder.workflows.study.opening import create_study

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from coder.workflows.study.study import Study

CODEBOOK = Codebook(
    (
        Theme("people", "People", codable=False),
        Theme("pay", "Pay", parent="people"),
        Theme("staff", "Staff", parent="people"),
        Theme("money", "Money"),
        Theme("beds", "Beds"),
        Theme("old", "Old ways", status="retired"),
    ),
    title="Small",
)

TEXTS = (
    ("We lost four staff to agency last year", "Pay is “too low”, they say"),
    ("Beds", "n/a"),
    ("Budgets\nand  beds", ""),
    ("-", "Nobody stays"),
    ("", ""),
)
"""For each respondent the two boxes of Q1."""


def add_theme(study: Study, label: str, question_id: str | None, coder_id: str) -> Theme:
    """Make a theme as the coding screen does, but without a coding."""

    def decide(_theme: Theme, carry_out: Callable[[], object]) -> None:
        with study.database.transaction():
            carry_out()

    decided = revise_at_once(study, coder_id, adding(label, question_id), decide)
    if decided.file_fault:
        raise decided.file_fault
    return decided.theme


def small_study(
    folder: Path,
    *,
    codebook: Codebook = CODEBOOK,
    texts: Sequence[Sequence[str]] = TEXTS,
    settings: Settings | None = None,
) -> Study:
    """Make a study of respondents R1, R2 ... who answer the boxes of Q1 with these texts."""
    chosen = settings or Settings("Small", respondents="councils")
    respondents = [
        Respondent(f"R{place}", {"region": "North" if place % 2 else "South"})
        for place in range(1, len(texts) + 1)
    ]
    responses = [
        Response(0, f"{who.id}.Q1.{item}", who.id, "Q1", item, text, text not in ("", "-", "n/a"))
        for who, boxes in zip(respondents, texts, strict=True)
        for item, text in enumerate(boxes, start=1)
    ]
    numbered = [
        Response(number, r.id, r.respondent_id, r.question_id, r.item, r.text, r.answered)
        for number, r in enumerate(responses, start=1)
    ]
    questions = [Question("Q1", "What is hardest?", items=max(map(len, texts), default=1))]
    survey = Survey(questions, [Attribute("region")], respondents, numbered)
    return create_study(folder, chosen, survey, write_codebook(codebook), "jo")
