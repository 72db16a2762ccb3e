"""`coder team questions`: asked, listed, answered and closed on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder import cli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command on a small study as somebody."""
    small_study(tmp_path / "study").close()

    def command(*arguments: str, by: str = "jo") -> tuple[int, str, str]:
        code = cli.main(["team", "questions", *arguments, "--study", str(tmp_path / "study"), "--by", by])
        out, err = capsys.readouterr()
        return code, out, err

    return command


def test_a_question_goes_round(run: Run) -> None:
    """Each step says the next; closed ones are listed on request."""
    code, _, err = run("ask", "Is agency staff pay?", "--about", "R1.Q1.1")
    assert code == cli.DONE
    name = err.split(":")[1].split(".")[0].strip()
    _, out, _ = run("list", by="sam")
    lines = out.splitlines()
    assert lines[:2] == [f"{name}  R1.Q1.1", "    Is agency staff pay?"]
    assert lines[2].strip().startswith("jo, ")
    assert "To close it" in run("answer", name[:4], "No: staff.", by="sam")[2]
    assert "    No: staff." in run("list")[1]
    assert run("close", name)[2] == "Closed: R1.Q1.1.\n"
    assert run("list")[1:] == ("", "No question to the team is open.\n")
    assert "    Closed." in run("list", "--all")[1]
    assert run("open", name)[0] == cli.DONE
    assert name in run("list")[1]


def test_what_is_not_there_is_named(run: Run) -> None:
    """An answer, a theme, a question."""
    code, _, err = run("ask", "Why?", "--about", "R1.Q1")
    assert (code, "no response 'R1.Q1'" in err, "Did you mean 'R1.Q1.1'?" in err) == (cli.FAILED, True, True)
    assert "Did you mean 'Pay'?" in run("ask", "Why?", "--theme", "Payy")[2]
    assert "No questions to the team begin with 'beef'" in run("close", "beef")[2]
    assert run("ask", "Why?", "--theme", "Pay")[0] == cli.DONE
    assert "  Pay\n" in run("list")[1]
