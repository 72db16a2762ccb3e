"""What is known of the answers tested must not reach what is suggested for them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from coder.suggest.evaluation.runs import ExperimentSettings, is_held_out
from coder.workflows.suggesting.evaluation import Options, evaluate

if TYPE_CHECKING:
    from pathlib import Path

THEMES = ("staff", "money", "beds", "law")
QUESTIONS = ("Q1", "Q2")
OPTIONS = Options("none", ExperimentSettings(points=(0, 30), seeds=1, coded=5))


def curves(folder: Path, *, lie: bool) -> dict[str, list[Any]]:
    """Evaluate a made data set; return what each part of the curve suggested for the answers tested.

    Args:
        folder: Where it is made.
        lie: Whether the codings of the respondents who are tested on are others.
    """
    folder.mkdir()
    responses, codes = ["response_id,respondent_id,question_id,text"], ["response_id,theme"]
    for n in range(160):
        respondent, question = f"p{n // 2}", QUESTIONS[n % 2]
        other = lie and is_held_out(respondent, 0)
        said, also = THEMES[n // 2 % 4], THEMES[n // 7 % 4]
        responses.append(f"r{n},{respondent},{question},Answer {n} is about {said} and {also}")
        codes.append(f"r{n},{THEMES[(n // 2 + other) % 4]}")
    themes = ["question_id,theme", *(f"{q},{theme}" for q in QUESTIONS for theme in THEMES)]
    for name, lines in (("responses", responses), ("codes", codes), ("themes", themes)):
        (folder / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
    evaluate(folder, OPTIONS, tell=lambda _: None, cache=folder / "cache")
    parts = (folder / "cache").rglob("curve-*.json")
    return {path.name: [suggested(point) for point in json.loads(path.read_bytes())] for path in parts}


def suggested(point: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Return what does not hang on what is right: probabilities and themes above the cut."""
    return [(o["respondent_id"], o["best"], o["assigned"]) for o in point["tested"]]


def test_codings_of_the_answers_tested_reach_neither_ranking_nor_threshold(tmp_path: Path) -> None:
    """Other codings of those who are tested on change no probability and no theme above the cut."""
    honest, lying = curves(tmp_path / "honest", lie=False), curves(tmp_path / "lying", lie=True)
    assert len(honest) >= 4
    assert honest == lying


def test_nobody_is_learned_from_and_tested_on(tmp_path: Path) -> None:
    """At every point, for every question, those tested are the ones the seed holds out."""
    for points in curves(tmp_path / "set", lie=False).values():
        for point in points:
            assert point
            assert all(is_held_out(respondent, 0) for respondent, *_ in point)
