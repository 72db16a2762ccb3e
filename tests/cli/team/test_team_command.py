"""`coder team`, and that people are called by their names wherever they are named."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder import cli
from coder.store.team.team_rows import team
from coder.workflows.coding.session import CodingSession
from coder.workflows.revising import revising
from coder.workflows.study.coders import join
from coder.workflows.study.opening import open_study
from coder.workflows.team.membership import rename

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """Make a study that two people have coded, and one of them revised."""
    study = small_study(tmp_path / "study")
    for name in ("first-jo", "first-sam"):
        session = CodingSession(study, join(study.database, name).id)
        for response in (1, 2, 3):
            session.toggle(response, "pay" if name == "first-jo" else "staff")
            session.confirm(response)
    lead = team(study.database).meant("first-sam").id
    revision = revising.begin(study).change("staff", definition="Who works here").recheck("staff")
    revising.apply(study, revising.plan(study, revision), lead)
    rename(study, "first-jo", "Jo Hart", lead)
    rename(study, "first-sam", "Sam Lee", lead)
    study.close()
    return str(study.folder)


def run(arguments: Sequence[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Run a command; return its exit code and all it prints."""
    status = cli.main(arguments)
    printed = capsys.readouterr()
    return status, printed.out + printed.err


def test_people_are_called_by_name_and_never_by_id(
    folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In everything that is printed, exported or written into a report."""
    study = open_study(Path(folder))
    ids = [person.id for person in team(study.database).people]
    study.close()
    assert sorted(ids) == ["first-jo", "first-sam"]
    report = tmp_path / "report.html"
    commands = [
        ["tables", folder, "--question", "Q1"],
        ["tables", folder, "--question", "Q1", "--coder", "jo  hart"],
        ["tables", folder, "--question", "Q1", "--coder", "Jo Hrt"],
        ["quotes", folder, "--all", "--coder", "Sam Lee"],
        ["codings", "export", folder, "--format", "csv"],
        ["codings", "export", folder, "--format", "json"],
        ["codings", "export", folder, "--format", "matrix"],
        ["codings", "export", folder, str(tmp_path / "data"), "--format", "dataset", "--coders", "any"],
        ["codebook", "history", folder],
        ["codebook", "history", folder, "--format", "json"],
        ["codebook", "plan", folder, "--merge", "Pay=Staff"],
        ["codebook", "plan", folder, "--merge", "Pay=Staff", "--format", "json"],
        ["suggestions", "report", folder, "--coder", "Jo Hart"],
        ["suggestions", "check", folder, "--coder", "Jo Hart"],
        ["agreement", folder],
        ["report", folder, "--out", str(report), "--journal"],
        ["check", folder],
        ["team", "list", folder],
    ]
    printed = {" ".join(command): run(command, capsys)[1] for command in commands}
    printed["report"] = report.read_text("utf-8")
    printed["data set"] = "".join(path.read_text("utf-8") for path in (tmp_path / "data").iterdir())
    assert {name: text for name, text in printed.items() if any(person_id in text for person_id in ids)} == {}
    unnamed = [
        name
        for name, text in printed.items()
        if not name.startswith(("check", "codings export", "quotes", "report", "suggestions check"))
        if "Jo Hart" not in text and "Sam Lee" not in text
    ]
    assert unnamed == []


def test_the_team_is_listed_and_changed(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Added, renamed, retired, merged; what is wrong is said, and nothing is changed then."""
    options = ["--study", folder, "--by", "Jo Hart"]
    assert run(["team", "add", "Ann", *options], capsys)[0] == cli.DONE
    assert run(["team", "rename", "ann", "Anne", *options], capsys)[0] == cli.DONE
    assert run(["team", "retire", "Anne", *options], capsys)[0] == cli.DONE
    status, printed = run(["team", "merge", "Ann", "Jo Hart", *options], capsys)
    assert (status, "there is no terminal" in printed) == (cli.FAILED, True)
    assert run(["team", "merge", "Ann", "Jo Hart", "--yes", *options], capsys)[0] == cli.DONE
    status, printed = run(["team", "list", folder], capsys)
    assert [line.split("  ")[0].strip() for line in printed.splitlines()] == ["name", "Jo Hart", "Sam Lee"]
    assert "Jo Hart: Anne is Jo Hart" in run(["team", "list", folder, "--history"], capsys)[1]
    assert run(["team", "part", "anne", *options], capsys)[1].startswith(
        "Anne and Jo Hart are two people again"
    )
    assert run(["team", "part", "anne", *options], capsys)[0] == cli.FAILED
    assert "Anne is not Jo Hart" in run(["team", "list", folder, "--history"], capsys)[1]
    assert run(["team", "rename", "Bob", "Rob", *options], capsys)[0] == cli.FAILED


def test_a_coder_whom_nobody_knows_is_asked_about(
    folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a terminal; without one nothing is opened, and it is said what settles it."""
    status, printed = run(["code", folder, "--plain", "--coder", "Jo Hartt"], capsys)
    assert status == cli.FAILED
    assert "Did you mean 'Jo Hart'?" in printed
    monkeypatch.setattr("coder.tui.plain.running.PlainEngine.start", lambda _: None)
    monkeypatch.setattr("coder.cli.team.newcomers.has_terminal", lambda: True)
    monkeypatch.setattr("coder.cli.plain_output.has_terminal", lambda: True)
    for typed, name in (("\n", "Ann"), ("jo hart\n", "Jo Hart")):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}q\n"))
        status, printed = run(
            ["code", folder, "--plain", "--coder", "Ann" if name == "Ann" else "Joe"], capsys
        )
        assert (status, f"{name}: 0 of" in printed or f"{name}: 3 of" in printed) == (cli.DONE, True)
    study = open_study(Path(folder))
    assert team(study.database).names == ["Ann", "Jo Hart", "Sam Lee"]
    study.close()


def test_a_file_of_codings_by_a_stranger_is_asked_about(
    folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Spellings of a name are the person; a name that nobody has is refused unless it joins."""
    file = tmp_path / "codings.csv"
    file.write_text("response_id,theme,coder\nR1.Q1.1,beds,JO HART\nR1.Q1.2,beds, jo hart\n", "utf-8")
    assert run(["codings", "import", folder, str(file)], capsys)[0] == cli.DONE
    file.write_text("response_id,theme,coder\nR1.Q1.1,beds,Jo Heart\n", "utf-8")
    status, printed = run(["codings", "import", folder, str(file)], capsys)
    assert status == cli.FAILED
    assert "Jo Heart: nobody of this study's team, which is Jo Hart, Sam Lee." in printed
    assert "Did you mean 'Jo Hart'?" in printed
    assert run(["codings", "import", folder, str(file), "--add-coders", "--dry-run"], capsys)[0] == cli.DONE
    arguments = ["codings", "import", folder, str(file), "--coder", "jo hart"]
    # A file of this name had another answer of theirs, which goes.
    assert run(arguments, capsys)[0] == cli.FAILED
    assert run([*arguments, "--yes"], capsys)[0] == cli.DONE
    assert run(["codings", "import", folder, str(file), "--add-coders"], capsys)[0] == cli.DONE
    study = open_study(Path(folder))
    assert team(study.database).names == ["Jo Hart", "Jo Heart", "Sam Lee"]
    study.close()


@pytest.mark.parametrize("listing", [["list"], ["round", "list"], ["questions", "list"]], ids=" ".join)
def test_lists_take_the_study_first(
    folder: str, listing: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """By the argument, or by `--study` as earlier versions had it of some; not by both."""
    status, printed = run(["team", *listing, folder], capsys)
    assert (status, bool(printed)) == (cli.DONE, True)
    assert run(["team", *listing, "--study", folder], capsys) == (status, printed)
    assert run(["team", *listing, f"{folder}-none"], capsys)[0] == cli.FAILED
    with pytest.raises(SystemExit):
        cli.main(["team", *listing, folder, "--study", folder])
    assert "not allowed with" in capsys.readouterr().err
