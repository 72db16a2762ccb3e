"""What is kept back in tables of some answers alone is what a study of those answers keeps back."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from making import CODEBOOK
from visit_study import visit_study

from coder.domain.filters import Having
from coder.domain.responses import Attribute, Question, Respondent, Response, Survey
from coder.domain.study_settings import Settings, TableSetting
from coder.domain.tables.requests import TableRequest
from coder.errors import CoderError
from coder.formats.codebooks.yaml.yaml_text import write_codebook
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import create_study
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from coder.domain.tables.printed import Cell
    from coder.workflows.study.study import Study

SAD = (Having("mood", ("sad",), of="answer"),)
LIMIT = 3
PEOPLE = 24


def random_study(folder: Path, seed: int, moods: Sequence[str]) -> Study:
    """Make a study of answers in these moods, of one that is made at random; the others are blank there."""
    chance = random.Random(seed)  # noqa: S311
    people = [Respondent(f"P{n}", {"region": chance.choice(("N", "S", "W"))}) for n in range(PEOPLE)]
    responses: list[Response] = []
    values: dict[int, str] = {}
    chosen: dict[int, list[str]] = {}
    for person in people:
        for box in (1, 2):
            number = len(responses) + 1
            mood, themes = chance.choice(("sad", "glad")), chance.sample(("pay", "beds", "money"), k=1)
            text = f"words {number}" if mood in moods else ""
            name = f"{person.id}.Q1.{box}"
            responses.append(Response(number, name, person.id, "Q1", box, text, bool(text)))
            if text:
                values[number], chosen[number] = mood, themes
    survey = Survey(
        [Question("Q1", "What is hardest?", items=2)],
        [Attribute("region")],
        people,
        responses,
        [Attribute("mood", of="answer")],
        {"mood": values},
    )
    study = create_study(folder, Settings("Moods"), survey, write_codebook(CODEBOOK), "jo")
    session = CodingSession(study, "jo")
    for number, theme_ids in chosen.items():
        for theme_id in theme_ids:
            session.toggle(number, theme_id)
    return study


def cells(study: Study, request: TableRequest) -> dict[str, tuple[Cell, ...]]:
    """Return what is printed in each row of the table of Q1 by region, with a limit."""
    wanted = replace(request, subjects=("Q1",), by="region", suppress=LIMIT)
    (table,) = printed_tables(study, wanted)
    return {row.label: row.cells for row in table.rows}


@pytest.mark.parametrize("seed", range(12))
def test_as_in_a_study_of_those_answers(tmp_path: Path, seed: int) -> None:
    """Cell by cell; some are kept back, and others would be if all answers counted."""
    everything = random_study(tmp_path / "all", seed, ("sad", "glad"))
    sad_alone = random_study(tmp_path / "sad", seed, ("sad",))
    of_sad = cells(everything, TableRequest(where=SAD))
    assert of_sad == cells(sad_alone, TableRequest())
    assert any(cell.mark == "suppressed" for row in of_sad.values() for cell in row)
    assert of_sad != cells(everything, TableRequest())


def test_parts_of_answers_beside_all_are_refused(tmp_path: Path) -> None:
    """A table of some answers beside one of all, or by moods beside one with a limit, would tell of it."""
    study = visit_study(tmp_path / "study")
    with_limit = TableSetting("Q1", number="1", suppress=2)
    for other in (
        TableSetting("Q1", number="2", by="mood"),
        TableSetting("Q1", number="2", choices=replace(TableSetting("Q1").choices, where=("mood=sad",))),
    ):
        study.settings = replace(study.settings, tables=(with_limit, other))
        with pytest.raises(CoderError, match="kept back beside") as caught:
            printed_tables(study)
        assert caught.value.hint
        study.settings = replace(study.settings, tables=(with_limit,))
        assert printed_tables(study)
