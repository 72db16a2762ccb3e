"""`coder code --plain`: asked for by option, by the environment or by the study, in that order."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder.cli import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a small study."""
    study = small_study(tmp_path / "study")
    study.close()
    return study.folder


def code(folder: Path, *options: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Run the command with one line to type: quit."""
    monkeypatch.setattr("sys.stdin", io.StringIO("q\n"))
    return main(["code", str(folder), *options])


def ask_in_study(folder: Path) -> None:
    """Have the study's settings ask for the plain mode."""
    settings = folder / "study.toml"
    settings.write_text(settings.read_text("utf-8").replace("plain = false", "plain = true"), "utf-8")


@pytest.mark.parametrize(
    ("options", "variable", "in_study", "is_plain"),
    [
        ((), "", False, False),
        (("--plain",), "", False, True),
        (("--plain",), "0", False, True),
        ((), "1", False, True),
        ((), "", True, True),
        ((), "0", True, False),
    ],
)
def test_what_asks_for_the_plain_mode(
    folder: Path,
    options: tuple[str, ...],
    variable: str,
    in_study: bool,
    is_plain: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The option comes before the variable, and that before the setting; a screen needs a terminal."""
    monkeypatch.setenv("CODER_PLAIN", variable)
    monkeypatch.setattr("coder.tui.plain.running.PlainEngine.start", lambda _: None)
    if in_study:
        ask_in_study(folder)
    status = code(folder, *options, monkeypatch=monkeypatch)
    printed = capsys.readouterr()
    assert ("Type ? and Enter for help" in printed.out) == is_plain
    assert ("The coding screen needs a terminal." in printed.err) == (not is_plain)
    assert (status == 0) == is_plain


def test_a_variable_that_says_neither_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told what it can be."""
    monkeypatch.setenv("CODER_PLAIN", "maybe")
    assert code(folder, monkeypatch=monkeypatch) != 0
    assert "CODER_PLAIN is 'maybe'. Set it to 1" in capsys.readouterr().err.replace("\n", " ")
