"""What a killed program left unfinished is swept away, and nothing else is."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder.errors import CoderError, NotSavedError
from coder.formats.shared.files_out import replace_file
from coder.formats.shared.folders_out import whole_folder
from coder.formats.shared.leftovers import sweep, sweep_folders, unfinished_files

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
    assert not (tmp_path / "gone").exists()
    leftover(tmp_path / "report.docx.0123abcd.part")
    tmp_path.chmod(0o500)
    try:
        sweep(tmp_path, ["report.docx"])
    finally:
        tmp_path.chmod(0o700)


FILES = ("study.toml", "study.db", "frame.csv")
UNFINISHED = "sample.0123abcd.part"


def leftover_folder(path: Path, names: tuple[str, ...] = FILES, age: float = OLD) -> Path:
    """Make a folder with files in it, all as old as that in seconds."""
    path.mkdir()
    for name in names:
        leftover(path / name, age)
    moment = time.time() - age
    os.utime(path, (moment, moment))
    return path


def test_the_next_making_sweeps_what_the_one_before_left(tmp_path: Path) -> None:
    """Files of the folder, those half written among them, and what SQLite keeps beside a database."""
    names = (*FILES, "study.db-wal", "study.db-journal", "frame.csv.89abcdef.part")
    leftover_folder(tmp_path / UNFINISHED, names)
    leftover_folder(tmp_path / "sample.00000001.part", ())
    others = leftover_folder(tmp_path / "other.0123abcd.part")
    with whole_folder(tmp_path / "sample", FILES) as folder:
        folder.mkdir()
    assert sorted(path.name for path in tmp_path.iterdir()) == [others.name, "sample"]


@pytest.mark.parametrize("name", ["sample.part", "sample.0123ABCD.part", "sample", "xsample.0123abcd.part"])
def test_folders_of_other_names_stay(tmp_path: Path, name: str) -> None:
    """Only exactly the names that this program gives are its own."""
    other = leftover_folder(tmp_path / name)
    sweep_folders(tmp_path / "sample", FILES)
    assert len(list(other.iterdir())) == len(FILES)


@pytest.mark.parametrize("stranger", ["thesis.docx", "study.db.bak", "codes.csv", "codes.csv.0123abcd.part"])
def test_a_folder_with_anything_else_in_it_stays_whole(tmp_path: Path, stranger: str) -> None:
    """Not a file of it is deleted: somebody has put something there."""
    other = leftover_folder(tmp_path / UNFINISHED, (*FILES, stranger))
    sweep_folders(tmp_path / "sample", FILES)
    assert len(list(other.iterdir())) == len(FILES) + 1


def test_a_folder_with_links_folders_or_second_names_stays_whole(tmp_path: Path) -> None:
    """What was not put there as an ordinary file was not put there by this program."""
    victim = leftover(tmp_path / "victim")
    folders = [tmp_path / f"sample.0000000{number}.part" for number in range(4)]
    for folder in folders:
        leftover_folder(folder, ("study.toml",))
    (folders[0] / "study.db").symlink_to(victim)
    (folders[1] / "study.db").hardlink_to(victim)
    (folders[2] / "study.db").mkdir()
    os.mkfifo(folders[3] / "study.db")
    moment = time.time() - OLD
    for folder in folders:
        os.utime(folder, (moment, moment))
        os.utime(folder / "study.db", (moment, moment), follow_symlinks=False)
    sweep_folders(tmp_path / "sample", FILES)
    assert all(len(list(folder.iterdir())) == 2 for folder in folders)


def test_a_link_to_a_folder_stays_and_so_does_the_folder(tmp_path: Path) -> None:
    """Whoever may write beside it could have put it there."""
    victim = leftover_folder(tmp_path / "victim")
    (tmp_path / UNFINISHED).symlink_to(victim)
    sweep_folders(tmp_path / "sample", FILES)
    assert (tmp_path / UNFINISHED).is_symlink()
    assert len(list(victim.iterdir())) == len(FILES)


def test_a_folder_that_may_be_in_the_making_stays(tmp_path: Path) -> None:
    """One new file in it, or a new folder, is enough."""
    fresh = leftover_folder(tmp_path / UNFINISHED)
    leftover(fresh / "study.db", age=30)
    moment = time.time() - OLD
    os.utime(fresh, (moment, moment))
    new = leftover_folder(tmp_path / "sample.00000001.part")
    os.utime(new)
    sweep_folders(tmp_path / "sample", FILES)
    assert len(list(fresh.iterdir())) == len(list(new.iterdir())) == len(FILES)


def test_where_no_folder_can_be_swept_nothing_is_said(tmp_path: Path) -> None:
    """A folder that is gone hinders nobody."""
    sweep_folders(tmp_path / "gone" / "sample", FILES)
    assert not (tmp_path / "gone").exists()
    leftover_folder(tmp_path / UNFINISHED)
    (tmp_path / UNFINISHED).chmod(0)
    try:
        sweep_folders(tmp_path / "sample", FILES)
    finally:
        if (tmp_path / UNFINISHED).exists():
            (tmp_path / UNFINISHED).chmod(0o700)


def test_messages_name_the_folder_and_not_its_unfinished_part(tmp_path: Path) -> None:
    """What cannot be written in it is named as it will be called; the error stays of its kind."""

    def fill() -> None:
        with whole_folder(tmp_path / "sample", FILES) as folder:
            msg = f"{folder / 'study.db'} is full."
            raise NotSavedError(msg, f"Make room for {folder}.")

    with pytest.raises(NotSavedError) as refused:
        fill()
    assert refused.value.message == f"{tmp_path / 'sample' / 'study.db'} is full."
    assert refused.value.hint == f"Make room for {tmp_path / 'sample'}."


def test_messages_name_the_file_and_not_its_unfinished_part(tmp_path: Path) -> None:
    """Of a file, and of the copy of a database."""
    study = small_study(tmp_path / "study")
    for write in (lambda path: replace_file(path, "whole"), study.database.copy_to):
        with pytest.raises(CoderError) as refused:
            write(tmp_path / "nowhere" / "copy.db")
        assert refused.value.message.startswith(f"{tmp_path / 'nowhere' / 'copy.db'} cannot be written:")
        assert ".part" not in str(refused.value)
    study.close()
