"""`coder suggestions`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from doubtful_study import doubtful_study
from making import small_study

from coder import cli
from coder.domain.codings import SuggestionSeen
from coder.domain.exposures import Exposure
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """Return the folder of a small study in which a suggestion was accepted."""
    study = small_study(tmp_path / "study")
    session, seen = CodingSession(study, "jo"), Exposure(1, "file", (("pay", 0.8), ("beds", 0.1)))
    session.toggle(1, "pay", origin="suggestion", suggestion=SuggestionSeen(1, 0.8), exposure=seen)
    session.confirm(1, exposure=seen)
    study.close()
    return str(tmp_path / "study")


def test_the_report_goes_to_stdout(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    """As text for people, as JSON for programs."""
    assert cli.main(["suggestions", "report", folder, "--question", "Q1"]) == cli.DONE
    assert "Suggestions that jo saw" in capsys.readouterr().out
    assert cli.main(["suggestions", "report", folder, "--coder", "jo", "--format", "json"]) == cli.DONE
    assert json.loads(capsys.readouterr().out)["themes"]["pay"]["accepted"] == 1


def test_a_misspelt_coder_is_told(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is printed for somebody who has not worked on the study."""
    assert cli.main(["suggestions", "report", folder, "--coder", "jon"]) == cli.FAILED
    said = capsys.readouterr()
    assert "'jon' has not worked" in said.err
    assert said.out == ""


def test_check_lists_what_is_worth_a_second_look(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At most so many codings, as text or JSON."""
    doubtful_study(tmp_path / "odd").close()
    command = ["suggestions", "check", str(tmp_path / "odd"), "--most", "2"]
    assert cli.main(command) == cli.DONE
    assert "R7.Q1.1  Pay: stands, and may be wrong" in capsys.readouterr().out
    assert cli.main([*command, "--format", "json", "--question", "Q1"]) == cli.DONE
    assert len(json.loads(capsys.readouterr().out)["doubted"]) == 2
    for none in ("0", "-1"):
        assert cli.main([*command[:-1], none]) == cli.FAILED
        assert "Give 1 or more" in capsys.readouterr().err
