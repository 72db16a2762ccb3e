"""`coder codings import`: what is asked on a terminal, and what settles it without one."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder import cli
from coder.store import codings
from coder.store.team.team_rows import team
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Type = Callable[..., int]

FIRST = "response_id,theme,coder\nR1.Q1.1,staff,Jo Heart\nR2.Q1.1,beds,sam\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a study on which jo has worked."""
    study = small_study(tmp_path / "study")
    CodingSession(study, "Jo Hart").toggle(8, "pay")
    study.close()
    return tmp_path / "study"


@pytest.fixture
def type_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Type:
    """Return a function that imports a file on a terminal where some lines are typed."""

    def run(text: str, typed: str, *options: str) -> int:
        for module in ("codings_import", "plain_output"):
            monkeypatch.setattr(f"coder.cli.{module}.has_terminal", lambda: True)
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        (folder / "codings.csv").write_text(text, encoding="utf-8")
        return cli.main(["codings", "import", str(folder), str(folder / "codings.csv"), *options])

    return run


def standing(folder: Path) -> set[tuple[str, str]]:
    """Return whose codings stand, with their themes."""
    study = open_study(folder)
    people = team(study.database)
    pairs = {(people.name_of(c.coder_id), c.theme_id) for c in codings.all_codings(study.database)}
    study.close()
    return pairs


def test_unknown_coders_are_asked_about(
    folder: Path, type_in: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    """One is somebody of the team, whose name is typed at the second go; the other joins it by Enter."""
    assert type_in(FIRST, "nobody\nJo Hart\n\n") == cli.DONE
    asked = capsys.readouterr().err
    assert "codings.csv holds codings of 'Jo Heart', who is nobody of this study's team: Jo Hart." in asked
    assert "Did you mean 'Jo Hart'?" in asked
    assert "'nobody' is nobody of this study's team." in asked
    assert standing(folder) == {("Jo Hart", "pay"), ("Jo Hart", "staff"), ("sam", "beds")}


def test_what_would_go_is_asked_about(
    folder: Path, type_in: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    """The plan comes first; no, and the end of input, leave all as it was; yes and `--yes` do it."""
    type_in(FIRST, "", "--add-coders")
    before = standing(folder)
    corrected = FIRST.replace("beds,sam", "money,sam")
    for typed in ("n\n", ""):
        capsys.readouterr()
        assert type_in(corrected, typed) == cli.CANCELLED
        told = capsys.readouterr().err
        assert "Would import 1 codings on 2 answers, by Jo Heart, sam." in told
        assert "1 that the file brought before would go: it holds them no longer." in told
        assert standing(folder) == before
    assert type_in(corrected, "y\n") == cli.DONE
    assert standing(folder) == before - {("sam", "beds")} | {("sam", "money")}
    assert type_in(FIRST, "", "--yes") == cli.DONE
    assert standing(folder) == before


def test_nothing_is_asked_without_a_terminal(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is open is refused, with the options that settle it."""
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    path = folder / "codings.csv"
    path.write_text(FIRST, encoding="utf-8")
    arguments = ["codings", "import", str(folder), str(path)]
    assert cli.main(arguments) == cli.FAILED
    assert "--add-coders" in capsys.readouterr().err
    assert cli.main([*arguments, "--add-coders"]) == cli.DONE
    path.write_text(FIRST.replace("R2.Q1.1,beds,sam", "R2.Q1.1,,sam"), encoding="utf-8")
    before = standing(folder)
    assert cli.main(arguments) == cli.FAILED
    assert "--yes" in capsys.readouterr().err
    assert standing(folder) == before
