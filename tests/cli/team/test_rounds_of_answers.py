"""Rounds of such answers alone of which something is known: told by the answer, not by who gave it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from visit_study import visit_study

from coder.cli import main
from coder.workflows.study.opening import open_study
from coder.workflows.team.membership import add_people

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a study of visits with a team of two."""
    with closing(visit_study(tmp_path / "study")) as study:
        add_people(study, ["ann", "sam"], "jo")
    return tmp_path / "study"


def run(folder: Path, *arguments: str) -> int:
    """Run a command of the team on the study."""
    return main(["team", *arguments, "--study", str(folder)])


def assigned(folder: Path) -> set[str]:
    """Return the ids of the answers that anybody is to code."""
    with closing(open_study(folder)) as study:
        sql = "SELECT DISTINCT r.id FROM assignment a JOIN response r ON r.number = a.response"
        return {response_id for (response_id,) in study.database.rows(sql)}


@pytest.mark.parametrize(
    ("where", "answers"),
    [
        (("mood=sad",), {"P1.Q1.2", "P3.Q1.1"}),
        (("mood!=sad",), {"P1.Q1.1", "P2.Q1.1", "P4.Q1.1"}),
        (("mood=",), {"P4.Q1.1"}),
        (("mood=sad", "region=South"), {"P3.Q1.1"}),
        (("box=2",), {"P1.Q1.2"}),
        (("visit=2026-01-03,2026-01-30",), {"P1.Q1.1", "P2.Q1.1"}),
    ],
)
def test_a_round_of_such_answers(folder: Path, where: tuple[str, ...], answers: set[str]) -> None:
    """Of P1, who gave a glad and a sad answer, the one that is meant; non-responses are not drawn."""
    options = [word for condition in where for word in ("--where", condition)]
    assert run(folder, "round", "new", "One", "--coders", "ann,sam", *options) == 0
    assert assigned(folder) == answers


def test_they_are_assigned_to_one(folder: Path) -> None:
    """`coder team assign` goes by the same conditions."""
    assert run(folder, "assign", "Q1", "--to", "sam", "--where", "mood=glad") == 0
    assert assigned(folder) == {"P1.Q1.1", "P2.Q1.1"}


def test_a_mistyped_one_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The nearest name is one of answers."""
    assert run(folder, "round", "new", "One", "--coders", "ann,sam", "--where", "mod=sad") != 0
    assert "mood" in capsys.readouterr().err
