"""Training: a new coder, blind, against what is coded already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rounds_at_work import ANNA, BEDS, BUDGETS, JO, LOST, PAY, SAM, STAYS, code, study_with_people

from coder import cli
from coder.domain.team.settled_layer import SETTLED
from coder.errors import CoderError
from coder.store import checks, codings
from coder.store.team.round_rows import answers_in
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.sight_at_work import look_as
from coder.workflows.team.agreement_reading import read_agreement
from coder.workflows.team.rounds.leading import finish
from coder.workflows.team.rounds.training import (
    TrainingTest,
    begin_training,
    gold_meant,
    result_lines,
    training_of,
    training_result,
)
from coder.workflows.team.settling.sheet_parts import SheetRequest
from coder.workflows.team.settling.sheets import disagreement_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

GOLD = {LOST: ("staff",), PAY: ("pay",), BEDS: ("beds",), BUDGETS: ("pay", "money"), STAYS: ()}
OWN = {LOST: ("staff",), PAY: ("pay",), BEDS: ("beds", "money"), BUDGETS: ("money",), STAYS: ()}


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Give a small study that Jo has coded."""
    study = study_with_people(tmp_path / "study")
    for number, theme_ids in GOLD.items():
        code(study, JO, number, *theme_ids)
    yield study
    assert checks.faults(study.database) == []
    study.close()


def test_what_came_of_a_training(study: Study) -> None:
    """Kappa by hand: of pay [1, 1; 0, 3] it is 6/11, of money [1, 0; 1, 3] the same; of others 1."""
    begun = begin_training(study, TrainingTest(SAM, JO, 0.6), ANNA)
    assert (begun.name, begun.gold, begun.is_blind, begun.suggests) == ("Training sam", JO, True, False)
    assert answers_in(study.database, begun.id, SAM) == sorted(GOLD)
    look_as(study, SAM)
    assert codings.codings_of(study.database, LOST) == []
    for number, theme_ids in OWN.items():
        code(study, begun.layer, number, *theme_ids)
    with pytest.raises(CoderError, match="not everybody has finished"):
        training_result(study, begun)
    finish(study, "Training sam", SAM, SAM)
    # What is changed since, by either, counts no more.
    look_as(study, ANNA)
    code(study, JO, LOST, "beds")
    training = training_of(study, SAM)
    assert training is not None
    result = training_result(study, training)
    figures = {mark.theme_id: (mark.both, mark.missed, mark.added) for mark in result.marks}
    assert figures == {"pay": (1, 1, 0), "money": (1, 0, 1), "staff": (1, 0, 0), "beds": (1, 0, 0)}
    kappas = {mark.theme_id: mark.kappa for mark in result.marks}
    assert kappas == pytest.approx({"pay": 6 / 11, "money": 6 / 11, "staff": 1.0, "beds": 1.0})
    assert {mark.theme_id for mark in result.marks if not mark.passed} == {"pay", "money"}
    assert [(d.response.number, d.missed, d.added) for d in result.differences] == [
        (BEDS, (), ("Money",)),
        (BUDGETS, ("Pay",), ()),
    ]
    lines = list(result_lines(result, training))
    assert "Not passed: 2 of 4 themes stay below a kappa of 0.60, on 5 answers." in lines
    assert "    missed: Pay" in lines
    assert "    chosen besides: Money" in lines


def test_the_screen_is_given_what_came_of_it(study: Study) -> None:
    """Whether it was passed, theme by theme, and the answers that the gold has otherwise; the sheet, why."""
    begun = begin_training(study, TrainingTest(SAM, JO, 0.6), ANNA)
    CodingSession(study, JO).write_memo(BUDGETS, "the word budget")
    for number, theme_ids in OWN.items():
        code(study, begun.layer, number, *theme_ids)
    with pytest.raises(CoderError, match="not everybody has finished"):
        read_agreement(study, ANNA, begun.name)
    finish(study, begun.name, SAM, SAM)
    themes, answers = read_agreement(study, ANNA, begun.name)
    assert themes.title == "Not passed: 2 of 4 themes stay below a kappa of 0.60, on 5 answers."
    assert themes.headings == ["Both", "Missed", "Added", "Kappa"]
    assert [(label, cells) for _, label, cells in themes.rows][:2] == [
        ("Pay: below 0.60", ["1", "1", "0", "0.55"]),
        ("Money: below 0.60", ["1", "0", "1", "0.55"]),
    ]
    assert (answers.title, len(answers.rows)) == ("Coded otherwise, jo → sam: 2", 2)
    (sheet,) = disagreement_sheets(study, SheetRequest(round_name=begun.name))
    assert [(row.response_id, row.why) for row in sheet.rows] == [
        ("R2.Q1.1", ""),
        ("R3.Q1.1", "the word budget"),
    ]


def test_what_the_team_has_settled_is_a_gold(study: Study) -> None:
    """Its memo says why, and is there to learn from."""
    code(study, SETTLED, LOST, "pay")
    code(study, SETTLED, PAY)
    CodingSession(study, SETTLED).write_memo(LOST, "Agency is about pay")
    assert gold_meant(study, "settled") == SETTLED
    begun = begin_training(study, TrainingTest(SAM, "Settled", 0.8), ANNA)
    assert answers_in(study.database, begun.id, SAM) == [LOST, PAY]
    code(study, begun.layer, LOST, "staff")
    code(study, begun.layer, PAY)
    finish(study, begun.name, SAM, SAM)
    result = training_result(study, begun)
    assert not result.passed
    (difference,) = result.differences
    assert (difference.missed, difference.added, difference.memo) == (
        ("Pay",), ("Staff",), "Agency is about pay",
    )  # fmt: skip


def test_full_agreement_passes_whatever_the_mark(study: Study) -> None:
    """Also where chance leaves nothing to measure: a theme on every answer, or none at all."""
    begun = begin_training(study, TrainingTest(SAM, JO, 1.0, ("Q1",), 2, seed=1), ANNA)
    for number in answers_in(study.database, begun.id, SAM):
        code(study, begun.layer, number, *GOLD[number])
    finish(study, begun.name, SAM, SAM)
    result = training_result(study, begun)
    assert result.passed
    assert result.differences == ()


def test_a_training_that_cannot_be_is_refused(study: Study) -> None:
    """By oneself, by nobody, with a mark that is none, on answers that nobody has done."""
    for test in (
        TrainingTest(JO, JO, 0.8),
        TrainingTest("kim", JO, 0.8),
        TrainingTest(SAM, "kim", 0.8),
        TrainingTest(SAM, JO, 80.0),
        TrainingTest(SAM, JO, 0.8, most=6),
        TrainingTest(SAM, "settled", 0.8),
        TrainingTest(SAM, JO, 0.8, ("Q9",)),
    ):
        with pytest.raises(CoderError):
            begin_training(study, test, ANNA)
    assert training_of(study, SAM) is None


def test_the_command_begins_it_and_then_tells_what_came_of_it(
    study: Study, capsys: pytest.CaptureFixture[str]
) -> None:
    """Once begun, the same command shows how far it is, then the result; another begins with --again."""
    train = ["team", "train", "Sam", "--study", str(study.folder)]
    assert cli.main(train) == cli.FAILED
    assert cli.main([*train, "--gold", "jo", "--random", "1", "--of", "q1"]) == cli.DONE
    assert "set apart, and counts in no table" in capsys.readouterr().err
    assert cli.main(train) == cli.DONE
    assert "sam: 0 of 1 done" in capsys.readouterr().out
    training = training_of(study, SAM)
    assert training is not None
    (number,) = answers_in(study.database, training.id, SAM)
    code(study, training.layer, number, *GOLD[number])
    finish(study, training.name, SAM, SAM)
    assert cli.main(train) == cli.DONE
    assert "Passed: every theme reaches a kappa of 0.80, on 1 answers." in capsys.readouterr().out
    assert cli.main([*train, "--gold", "jo", "--again"]) == cli.DONE
    latest = training_of(study, SAM)
    assert latest is not None
    assert latest.name == "Training sam 2"


def test_what_is_coded_in_a_training_counts_nowhere(study: Study, capsys: pytest.CaptureFixture[str]) -> None:
    """Before it is passed and after: the table is the same but for a note; of a training alone it tells."""
    code(study, ANNA, LOST, "staff")

    def table() -> list[str]:
        assert cli.main(["tables", str(study.folder), "--format", "md"]) == cli.DONE
        return [line for line in capsys.readouterr().out.splitlines() if "Source" not in line]

    before = table()
    begun = begin_training(study, TrainingTest(SAM, JO, 0.6), ANNA)
    assert table() == before
    for number, theme_ids in OWN.items():
        code(study, begun.layer, number, *theme_ids)
    note = "- 5 answers were coded in trainings: what is coded there is set apart, and counts nowhere."
    assert [line for line in table() if line not in before] == [note]
    finish(study, begun.name, SAM, SAM)
    with_note = table()
    with_note.remove(note)
    assert with_note == before
    assert {c.coder_id for c in codings.all_codings(study.database)} == {JO, ANNA}
