"""`coder team round`, `assign` and `handover`: from the first round to the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from recode_study import redefined
from rounds_at_work import ANNA, BEDS, JO, LOST, SAM, code, study_with_people

from coder import cli
from coder.store import checks, codings, log
from coder.store.team.round_rows import answers_in, rounds_of
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a study with three people; Anna, who leads, is logged in."""
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(variable, ANNA)
    study_with_people(tmp_path / "study").close()
    return tmp_path / "study"


def run(folder: Path, *arguments: str) -> int:
    """Run a command of the team on the study."""
    return cli.main(["team", *arguments, "--study", str(folder)])


def test_a_round_from_beginning_to_end(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Begun, coded, finished by each, opened again, ended: what is said, and the exit codes."""
    drawn = ("--random", "2", "--of", "q1", "--coders", "Jo,sam", "--seed", "5", "--blind")
    assert run(folder, "round", "new", "Pilot", *drawn) == cli.DONE
    said = capsys.readouterr().err
    assert "Answers: 2; with version 1 of the codebook." in said
    assert "coder code --round 'Pilot' --coder NAME" in said
    assert run(folder, "round", "list") == cli.DONE
    assert capsys.readouterr().out == "Pilot  blind  jo 0/2 · sam 0/2\n"
    assert run(folder, "round", "finish", "Pilot", "--coder", JO) == cli.FAILED
    assert "2 answers of Pilot are not done yet" in capsys.readouterr().err
    study = open_study(folder)
    numbers = answers_in(study.database, rounds_of(study.database).meant("Pilot").id, JO)
    for coder_id in (JO, SAM):
        for number in numbers:
            code(study, coder_id, number)
    study.close()
    assert run(folder, "round", "finish", "pilot", "--coder", JO) == cli.DONE
    assert "Still at it: sam." in capsys.readouterr().err
    assert run(folder, "round", "reopen", "pilot", JO) == cli.DONE
    for who in (JO, SAM):
        assert run(folder, "round", "finish", "Pilot", "--coder", who) == cli.DONE
    assert run(folder, "round", "show", "pilot") == cli.DONE
    assert ": 2 of 2 done, finished 20" in capsys.readouterr().out
    assert run(folder, "round", "end", "Pilot") == cli.DONE
    assert run(folder, "round", "end", "Pilot") == cli.FAILED


def test_answers_are_split_with_an_overlap(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Dealt out in turn, a share to both; nothing is done where it is not said to whom, or by what share."""
    wrong: tuple[tuple[str, ...], ...] = (
        (),
        ("--split", "jo,sam", "--to", "sam"),
        ("--split", "jo,sam", "--overlap", "ten"),
        ("--split", "jo,sam", "--overlap", "110%"),
        ("--split", "jo,kim"),
        ("--to", "jo", "--where", "region=East"),
        ("--to", "jo", "--blind", "--open"),
    )
    for options in wrong:
        assert run(folder, "assign", "Q1", *options) == cli.FAILED
    assert run(folder, "assign", "Q1", "--split", "jo,sam", "--overlap", "20%") == cli.DONE
    capsys.readouterr()
    assert run(folder, "round", "list") == cli.DONE
    assert capsys.readouterr().out == "Q1  blind  jo 0/3 · sam 0/3\n"
    north = ("--to", "anna", "--where", "region=north", "--round", "q1")
    assert run(folder, "assign", "Q1", *north) == cli.DONE
    study = open_study(folder)
    assert answers_in(study.database, rounds_of(study.database).meant("Q1").id, ANNA) == [1, 2, 5]
    study.close()


def test_somebody_who_leaves_hands_over(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Open answers and the queue go to another, with both names in the log; the rest stays."""
    assert run(folder, "round", "new", "Pilot", "--coders", "jo,sam", "--open") == cli.DONE
    study = open_study(folder)
    code(study, SAM, LOST, "money")
    code(study, SAM, BEDS, "money")
    code(study, JO, BEDS, "beds")
    redefined(study)
    study.close()
    assert run(folder, "retire", SAM) == cli.DONE
    capsys.readouterr()
    assert run(folder, "handover", "Sam", "jo") == cli.DONE
    said = capsys.readouterr().err
    assert "Pilot: 4 answers of sam jo has anyway: read by one fewer." in said
    assert "1 answer with codings of sam to be looked at again: they are jo's now" in said
    assert "1 answer that both have coded stay with sam: R2.Q1.1." in said
    study = open_study(folder)
    assert checks.faults(study.database) == []
    assert {(c.coder_id, c.theme_id) for c in codings.codings_of(study.database, LOST)} == {(JO, "money")}
    assert log.steps_of(study.database, JO, "sam", 5)[0].label == "codings of sam to be looked at again"
    assert log.steps_of(study.database, SAM, "jo", 5)[0].label == "codings to be looked at again go to jo"
    study.close()
    assert cli.main(["team", "list", str(folder), "--history"]) == cli.DONE
    assert "anna: sam hands 4 answers of Pilot over to jo" in capsys.readouterr().out
    assert run(folder, "handover", "sam", "jo") == cli.FAILED
