"""A line break in the name of a file or folder forges no line of output."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder import cli
from coder.errors import CoderError
from coder.formats.shared.files_out import replace_file
from coder.tui.kit.path_picker import path_options

if TYPE_CHECKING:
    from pathlib import Path

FORGED = "study\nAll is whole and consistent.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "{}"),
        ("tables", "{}"),
        ("code", "{}"),
        ("quotes", "{}"),
        ("report", "{}"),
        ("codings", "export", "{}"),
        ("codebook", "show", "{}"),
        ("codebook", "check", "{}"),
        ("codebook", "plan", "{}"),
        ("codebook", "history", "{}"),
        ("codebook", "diff", "{}", "{}"),
        ("codebook", "export", "{}"),
        ("new", "{}", "--from", "survey.csv"),
        ("new", "s", "--from", "{}"),
        ("new", "s", "--from", "survey.csv", "--codebook", "{}"),
        ("demo", "--dir", "{}", "--no-open"),
        ("evaluate", "--data", "{}"),
        ("suggestions", "report", "{}"),
    ],
)
def test_no_command_prints_it(
    work: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    """Every command that is given such a name says so, on one line, and does nothing."""
    (work / "survey.csv").write_text("id,q1\nA1,beds are far too few\nA2,no staff at all here\n")
    assert cli.main([argument.format(FORGED) for argument in arguments]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "\nAll is" not in said.err
    assert "The name study␊All is whole and consistent.␊ holds a line break" in said.err
    assert [path.name for path in work.iterdir()] == ["survey.csv"]


def test_nor_where_the_current_folder_is_called_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The folder that a study lies in is named on one line."""
    folder = tmp_path / FORGED
    folder.mkdir()
    small_study(folder / "s").close()
    monkeypatch.chdir(folder / "s")
    assert cli.main(["check"]) == 0
    assert "\nAll is" not in "".join(capsys.readouterr())


def test_nor_where_a_link_leads_to_it(tmp_path: Path) -> None:
    """A message that says where a link leads names that on one line."""
    (tmp_path / "out.csv").symlink_to(tmp_path / FORGED)
    with pytest.raises(CoderError, match="study␊All is whole") as caught:
        replace_file(tmp_path / "out.csv", "")
    assert "\nAll is" not in caught.value.message


def test_nor_in_a_list_to_pick_from(tmp_path: Path) -> None:
    """A list has a line for each file."""
    (tmp_path / FORGED).touch()
    (option,) = path_options("study", tmp_path, lambda folder: list(folder.iterdir()))
    assert "\n" not in option.label
