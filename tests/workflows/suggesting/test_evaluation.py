"""`coder evaluate` as a workflow: what it measures, keeps and resumes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from answers_by_language import ANSWERS

from coder.cli.evaluation_text import evaluation_lines
from coder.errors import CoderError
from coder.suggest.encoding.light_encoder import LightEncoder
from coder.suggest.evaluation.runs import ExperimentSettings, is_held_out
from coder.workflows.exchange.exchanging import export_data_set
from coder.workflows.suggesting.evaluation import Evaluation, Options, evaluate, evaluation_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from coder.workflows.study.study import Study

OPTIONS = Options("none", ExperimentSettings(points=(0,), seeds=1, coded=5))


@pytest.fixture
def data_set(coded_sample: Study, tmp_path: Path) -> Path:
    """Export the sample with its reference codings."""
    export_data_set(coded_sample, tmp_path / "data")
    return tmp_path / "data"


def measured(data_set: Path, lines: list[str]) -> Evaluation:
    """Evaluate with a cache beside the data."""
    return evaluate(data_set, OPTIONS, tell=lines.append, cache=data_set.parent / "cache")


def test_an_exported_study_is_measured_and_resumed(data_set: Path) -> None:
    """Every method has its curve and its keys; a second run takes all parts from the cache."""
    lines: list[str] = []
    evaluation = measured(data_set, lines)
    curves = {(r.method, r.codings): r for r in evaluation.results if r.experiment == "curve"}
    assert len(curves) == 4 * 2
    best, floor = curves["coder", "all"], curves["frequent first", "all"]
    assert best.measures["recall@5"].low > floor.measures["recall@5"].high
    keys = {
        r.method: r.measures["keys per coding"].value for r in evaluation.results if r.experiment == "keys"
    }
    assert 1 <= keys["coder"] < keys["frequent first"] <= 6
    assert lines[0] == "1 of 8: curve of coder on Q15, Q16, Q17, Q18, seed 0"
    assert len(lines) == 4 * 2
    again: list[str] = []
    repeated = measured(data_set, again)
    assert again == []
    assert repeated.results == evaluation.results


def test_changed_data_are_measured_anew(data_set: Path) -> None:
    """One text more, and nothing of the cache is taken."""
    measured(data_set, [])
    with (data_set / "responses.csv").open("a", encoding="utf-8", newline="") as file:
        file.write("X.Q15.1,X,Q15,We are proud of our team\r\n")
    lines: list[str] = []
    measured(data_set, lines)
    assert len(lines) == 4 * 2


def test_figures_go_out_as_json_and_as_lines(data_set: Path) -> None:
    """JSON holds the data, the protocol and each result with its interval; lines hold a table each."""
    evaluation = measured(data_set, [])
    content = json.loads(evaluation_json(evaluation))
    assert content["data"]["codings"] == 459
    assert content["protocol"]["seeds"] == [0]
    assert content["model"] == "words alone"
    recall = content["results"][0]["measures"]["recall@5"]
    assert recall["low"] <= recall["value"] <= recall["high"]
    lines = list(evaluation_lines(evaluation))
    assert "curve: coder" in lines
    assert max(map(len, lines)) <= 110
    assert any(line.startswith("always finding") for line in lines)


def test_two_coders_are_compared(tmp_path: Path) -> None:
    """With two coders in codes.csv the second's micro-F1 against the first stands beside the rest."""
    rows = range(20)
    (tmp_path / "themes.csv").write_text("theme\nstaff\nmoney\n", encoding="utf-8")
    texts = "".join(f"r{n},p{n},{'staff' if n % 2 else 'money'} number {n}\n" for n in rows)
    (tmp_path / "responses.csv").write_text(f"response_id,respondent_id,text\n{texts}", encoding="utf-8")
    first = "".join(f"r{n},{'staff' if n % 2 else 'money'},jo\n" for n in rows)
    second = "".join(f"r{n},staff,al\n" for n in range(10))
    (tmp_path / "codes.csv").write_text(f"response_id,theme,coder\n{first}{second}", encoding="utf-8")
    evaluation = evaluate(tmp_path, OPTIONS, tell=print, cache=tmp_path / "cache")
    assert evaluation.second_coder is not None
    assert (evaluation.second_coder.method, evaluation.second_coder.answers) == ("al", 10)
    assert evaluation.second_coder.measures["micro-F1"].value == 0.5
    assert "al against jo, 10 answers" in list(evaluation_lines(evaluation))


def test_a_split_that_is_not_there_is_refused(data_set: Path) -> None:
    """`--split` without a split.csv says what to add."""
    with pytest.raises(CoderError) as caught:
        evaluate(data_set, Options("none", split=True), tell=print, cache=data_set.parent / "cache")
    assert "split.csv" in caught.value.message


def test_questions_with_little_to_learn_or_test_are_no_stumbling_block(tmp_path: Path) -> None:
    """One question all to learn from, another with one answer to test: both go through; no answers do not."""
    themes = "question_id,theme\nQ1,staff\nQ1,money\nQ2,staff\n"
    (tmp_path / "themes.csv").write_text(themes, encoding="utf-8")
    rows = "".join(f"r{n},p{n},Q1,Short of staff {n}\n" for n in range(6)) + "r9,p9,Q2,Too few\n"
    header = "response_id,respondent_id,question_id,text\n"
    (tmp_path / "responses.csv").write_text(header + rows, encoding="utf-8")
    (tmp_path / "codes.csv").write_text("response_id,theme\nr1,staff\nr9,staff\n", encoding="utf-8")
    split = "response_id,split\nr9,test\n" + "".join(f"r{n},train\n" for n in range(6))
    (tmp_path / "split.csv").write_text(split, encoding="utf-8")
    options = Options("none", OPTIONS.settings, split=True)
    evaluation = evaluate(tmp_path, options, tell=print, cache=tmp_path / "cache")
    assert {r.answers for r in evaluation.results if r.experiment == "split"} == {1}
    (tmp_path / "responses.csv").write_text(header + "r1,p1,Q1,\nr9,p9,Q2,\n", encoding="utf-8")
    (tmp_path / "split.csv").unlink()
    with pytest.raises(CoderError, match="holds no answers"):
        evaluate(tmp_path, OPTIONS, tell=print, cache=tmp_path / "cache")


def small_set(folder: Path, codes: str, themes: str = "theme\nstaff\nmoney\n") -> Path:
    """Write forty answers of twenty respondents with some codes."""
    texts = "".join(f"r{n},p{n % 20},Q1,Answer {n} on staff\n" for n in range(40))
    files = {
        "responses": f"response_id,respondent_id,question_id,text\n{texts}",
        "codes": codes,
        "themes": themes,
    }
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_a_set_without_codings_is_refused(tmp_path: Path) -> None:
    """Where nothing is coded nothing can be measured, and the message names codes.csv."""
    data_set = small_set(tmp_path, "response_id,theme\n")
    with pytest.raises(CoderError, match=r"codes\.csv holds no coding"):
        evaluate(data_set, OPTIONS, tell=print, cache=tmp_path / "cache")


def test_points_where_no_tested_answer_has_a_theme_have_no_result(tmp_path: Path) -> None:
    """Coded answers that are all learned from leave no curve, and the JSON holds no NaN."""
    numbers = [n for n in range(40) if not is_held_out(f"p{n % 20}", 0)]
    data_set = small_set(tmp_path, "response_id,theme\n" + "".join(f"r{n},staff\n" for n in numbers))
    evaluation = evaluate(data_set, OPTIONS, tell=print, cache=tmp_path / "cache")
    assert {r.experiment for r in evaluation.results} == {"keys"}
    assert "NaN" not in evaluation_json(evaluation)


def test_a_single_respondent_has_keys_and_a_note_but_no_curve(tmp_path: Path) -> None:
    """All answers are one person's: nobody is left to test on, and a note says so."""
    data_set = small_set(tmp_path, "response_id,theme\n" + "".join(f"r{n},staff\n" for n in range(9)))
    responses = (data_set / "responses.csv").read_text(encoding="utf-8")
    (data_set / "responses.csv").write_text(re.sub(r",p\d+,", ",p1,", responses), encoding="utf-8")
    evaluation = evaluate(data_set, OPTIONS, tell=print, cache=tmp_path / "cache")
    assert {r.experiment for r in evaluation.results} == {"keys"}
    assert any(
        note.startswith("No learning curve") and "seed 0" in note for note in evaluation.data_set.notes
    )


def test_a_run_that_was_killed_while_it_wrote_goes_on(data_set: Path) -> None:
    """A part cut off in the middle is run again, to the same figures."""
    evaluation = measured(data_set, [])
    parts = sorted((data_set.parent / "cache" / "evaluations").rglob("*.json"))
    parts[0].write_text(parts[0].read_text(encoding="utf-8")[:100], encoding="utf-8")
    parts[1].unlink()
    lines: list[str] = []
    again = measured(data_set, lines)
    assert len(lines) == 2
    before, after = (
        [(r.experiment, r.method, r.codings, r.measures) for r in e.results] for e in (evaluation, again)
    )
    assert before == after


@pytest.mark.parametrize("together", [True, False])
def test_an_encoder_is_given_what_the_program_would_give_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, together: bool
) -> None:
    """Welsh is in no encoder's languages: neither in a question of its own nor beside English."""
    rows: list[tuple[str, ...]] = []
    for n in range(40):
        code = "cy" if n % 2 else "en"
        texts = ANSWERS[code]
        question_id = "Q1" if together or code == "en" else "Q2"
        rows.append((f"r{n}", f"p{n}", question_id, texts[n // 2 % 2] + "!" * (n // 4)))
    read: set[str] = set()
    encode = LightEncoder.encode

    def recorded(encoder: LightEncoder, texts: Sequence[str]) -> NDArray[np.float32]:
        read.update(texts)
        return encode(encoder, texts)

    monkeypatch.setattr(LightEncoder, "encode", recorded)
    _write(tmp_path / "responses.csv", "response_id,respondent_id,question_id,text", rows)
    _write(tmp_path / "codes.csv", "response_id,theme", [(row[0], "Staff") for row in rows])
    _write(tmp_path / "themes.csv", "theme", [("Staff",), ("Cost",)])
    options = Options("light", OPTIONS.settings)
    evaluation = evaluate(tmp_path, options, tell=print, cache=tmp_path / "cache")
    answers = {row[3] for row in rows}
    assert read & answers == {text for text in answers if text.rstrip("!") in ANSWERS["en"]}
    assert any("of Q2 (Welsh)" in note for note in evaluation.data_set.notes) is not together


def test_figures_of_several_languages_stand_language_by_language(tmp_path: Path) -> None:
    """Two languages have two rows beside the figures of all; one language has none."""
    english = ["The nurses were friendly and took their time", "Parking costs far too much money here"]
    german = ["Die Pflegekräfte waren freundlich und hatten Zeit", "Das Parken kostet hier viel zu viel Geld"]
    for texts, languages in ((english, set()), ([*english, *german], {"English", "German"})):
        rows = [
            (f"r{n}", f"p{n}", texts[n % len(texts)] + f" ({n})", ("Staff", "Cost")[n % 2]) for n in range(80)
        ]
        _write(tmp_path / "responses.csv", "response_id,respondent_id,text", [row[:3] for row in rows])
        _write(tmp_path / "codes.csv", "response_id,theme", [(row[0], row[3]) for row in rows])
        _write(tmp_path / "themes.csv", "theme", [("Staff",), ("Cost",)])
        evaluation = evaluate(tmp_path, OPTIONS, tell=print, cache=tmp_path / "cache")
        curve = [
            r for r in evaluation.results if (r.experiment, r.method, r.codings) == ("curve", "coder", "all")
        ]
        assert {result.language for result in curve} - {""} == languages
        by_language = sum(result.answers for result in curve if result.language)
        assert by_language in (0, next(result.answers for result in curve if not result.language))
        lines = list(evaluation_lines(evaluation))
        assert any(line.startswith("German, ") for line in lines) == ("German" in languages)
        assert "curve, all codings: themes by how often they had been coded" in lines


def _write(path: Path, header: str, rows: list[tuple[str, ...]]) -> None:
    path.write_text("\n".join([header, *map(",".join, rows)]) + "\n", encoding="utf-8")
