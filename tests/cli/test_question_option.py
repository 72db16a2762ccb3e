"""`--question`, of every command that has it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from doubtful_study import doubtful_study

from coder import cli

if TYPE_CHECKING:
    from pathlib import Path

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:]+Z")
COMMANDS = {
    "tables": ("tables", "{}"),
    "quotes": ("quotes", "{}"),
    "suggestions report": ("suggestions", "report", "{}"),
    "suggestions check": ("suggestions", "check", "{}"),
    "codebook plan": ("codebook", "plan", "{}", "--add", "Trains"),
    "codebook apply": ("codebook", "apply", "{}", "--yes", "--add", "Trains"),
    "code": ("code", "{}"),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the folder of a coded study with the question Q1; the coding screen is not opened."""

    def opened(
        _study: object,
        _coder_id: str | None,
        question_id: str | None,
        *_more: Any,
        plain: bool,
        **_others: Any,
    ) -> None:
        assert (question_id, plain) == ("Q1", False)

    monkeypatch.setattr("coder.cli.screen_opening.open_screen", opened)
    doubtful_study(tmp_path / "study").close()
    return str(tmp_path / "study")


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_question_in_lower_case_is_found(
    command: tuple[str, ...], folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who types `q1` means Q1; both say the same."""
    typed = [part.format(folder) for part in command]
    assert cli.main([*typed, "--question", "q1"]) == cli.DONE
    answer = capsys.readouterr()
    if command[:2] != ("codebook", "apply"):
        assert cli.main([*typed, "--question", "Q1"]) == cli.DONE
        again = capsys.readouterr().out.replace("--question Q1", "--question q1")
        assert MOMENT.sub("", again) == MOMENT.sub("", answer.out)


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_an_unknown_question_is_refused(
    command: tuple[str, ...], folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """All say it alike, and name the nearest."""
    assert cli.main([*(part.format(folder) for part in command), "--question", "Q12"]) == cli.FAILED
    answer = capsys.readouterr()
    assert answer.out == ""
    assert "The study has no open question 'Q12'" in answer.err
    assert "Did you mean 'Q1'?" in answer.err
