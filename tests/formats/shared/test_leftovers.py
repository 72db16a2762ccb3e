"""What a killed program left unfinished is swept away, and nothing else is."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from coder.formats.shared.files_out import replace_file
from coder.formats.shared.leftovers import sweep, unfinished_files

if TYPE_CHECKING:
    from pathlib import Path

OLD = 3600


def leftover(path: Path, age: float = OLD) -> Path:
    """Make a file as old as that in seconds."""
    path.write_text("half")
    moment = time.time() - age
    os.utime(path, (moment, moment))
    return path


def test_the_next_writing_sweeps_what_the_one_before_left(tmp_path: Path) -> None:
    """Of the same file alone."""
    own = leftover(tmp_path / "report.docx.0123abcd.part")
    journal = leftover(tmp_path / "report.docx.0123abcd.part-journal")
    others = leftover(tmp_path / "tables.csv.0123abcd.part")
    replace_file(tmp_path / "report.docx", "whole")
    assert not own.exists()
    assert not journal.exists()
    assert others.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.docx", others.name]


def test_a_long_name_is_known_by_its_beginning(tmp_path: Path) -> None:
    """The names of unfinished files are cut."""
    name = f"{'long' * 20}.csv"
    own = leftover(tmp_path / f"{name[:40]}.0123abcd.part")
    replace_file(tmp_path / name, "whole")
    assert not own.exists()


@pytest.mark.parametrize(
    "name",
    [
        "report.docx.part",
        "report.docx.0123abc.part",
        "report.docx.0123abcde.part",
        "report.docx.0123ABCD.part",
        "report.docx.0123abcd.part.bak",
        "xreport.docx.0123abcd.part",
        "report.docx.x.0123abcd.part",
        "report.docx.0123abcd.0123abcd.part",
    ],
)
def test_other_names_stay(tmp_path: Path, name: str) -> None:
    """Only exactly the names that this program gives are its own."""
    other = leftover(tmp_path / name)
    sweep(tmp_path, ["report.docx"])
    assert other.exists()


def test_what_may_be_in_the_making_stays(tmp_path: Path) -> None:
    """Another program may be writing the same file."""
    fresh = leftover(tmp_path / "report.docx.0123abcd.part", age=30)
    ahead = leftover(tmp_path / "report.docx.0123abce.part", age=-OLD)
    sweep(tmp_path, ["report.docx"])
    assert fresh.exists()
    assert ahead.exists()


def test_links_folders_and_second_names_stay(tmp_path: Path) -> None:
    """What is no ordinary file, or is one under another name too, was not left by this program."""
    victim = leftover(tmp_path / "victim")
    (tmp_path / "report.docx.00000001.part").symlink_to(victim)
    (tmp_path / "report.docx.00000002.part").hardlink_to(victim)
    (tmp_path / "report.docx.00000003.part").mkdir()
    os.mkfifo(tmp_path / "report.docx.00000004.part")
    before = sorted(tmp_path.iterdir())
    sweep(tmp_path, ["report.docx"])
    assert sorted(tmp_path.iterdir()) == before
    assert unfinished_files(tmp_path) == []


def test_where_nothing_can_be_swept_nothing_is_said(tmp_path: Path) -> None:
    """A folder that is gone, or cannot be written, hinders nobody."""
    sweep(tmp_path / "gone", ["report.docx"])
    leftover(tmp_path / "report.docx.0123abcd.part")
    tmp_path.chmod(0o500)
    try:
        sweep(tmp_path, ["report.docx"])
    finally:
        tmp_path.chmod(0o700)
