"""What is told of where a study lies, and of second versions of its files."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import open_study
from coder.workflows.study.surroundings import drives
from coder.workflows.study.surroundings.notices import MOST_COPIES, surroundings, unfinished_told
from coder.workflows.study.surroundings.remembering import look_around, memory_file

if TYPE_CHECKING:
    from pathlib import Path

    from coder.workflows.study.surroundings.surrounding import Surrounding

CONFLICT = "study (Jo's conflicted copy 2026-11-01).db"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a small study with two codings, on a machine without a past."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(drives, "MOUNT_TABLE", tmp_path / "mounts")
    small_study(tmp_path / "study").close()
    code(tmp_path / "study", "staff", "pay")
    return tmp_path / "study"


def code(folder: Path, *theme_ids: str) -> None:
    """Choose themes on the first answer."""
    with closing(open_study(folder)) as study:
        for theme_id in theme_ids:
            CodingSession(study, "jo").toggle(1, theme_id)


def told(folder: Path) -> list[Surrounding]:
    """Tell what was not told yet, and return it."""
    news = look_around(folder)
    # Whoever quits before it was said is told the next time.
    assert look_around(folder) == news
    news.note_told()
    return news.notices


def test_an_ordinary_study_has_nothing_to_tell(folder: Path) -> None:
    """Nothing is told, and nothing is kept about it."""
    assert surroundings(folder) == []
    assert look_around(folder).notices == []
    assert not memory_file().exists()


def test_a_copy_without_work_of_its_own_can_go(folder: Path) -> None:
    """What the study has as well is not missing from it, and reading a copy leaves no files beside it."""
    shutil.copy(folder / "study.db", folder / CONFLICT)
    code(folder, "beds")
    (notice,) = surroundings(folder)
    assert not notice.is_fault
    assert CONFLICT in notice.message
    assert "It holds 2 codings" in notice.message
    assert "study.db holds 3." in notice.message
    assert "delete it" in notice.advice
    assert not (folder / f"{CONFLICT}-shm").exists()


def test_a_copy_with_work_of_its_own_is_a_fault(folder: Path) -> None:
    """How many steps each has that the other lacks is said."""
    other = folder.with_name("other")
    shutil.copytree(folder, other)
    code(other, "beds", "money")
    shutil.copy(other / "study.db", folder / CONFLICT)
    (notice,) = surroundings(folder)
    assert notice.is_fault
    assert "2 steps of it are not in study.db, which has none that it lacks" in notice.advice
    code(folder, "beds")
    (notice,) = surroundings(folder)
    assert "2 steps of it are not in study.db, and study.db has 1 that it lacks" in notice.advice
    assert "docs/reliability.md" in notice.advice


def test_a_copy_that_is_no_database_is_told_all_the_same(folder: Path) -> None:
    """Nothing that lies beside a study ends the look around."""
    (folder / CONFLICT).write_bytes(b"nonsense" * 600)
    (folder / "study (1).db-wal").write_bytes(b"")
    (folder / "codebook 2.yaml").write_text("themes: []")
    (folder / "study-LAPTOP7.toml").write_bytes((folder / "study.toml").read_bytes())
    (folder / "study 3.db").symlink_to(folder / "study.db")
    os.mkfifo(folder / "study 4.db")
    notices = {notice.about: notice for notice in surroundings(folder)}
    assert {about: notice.is_fault for about, notice in notices.items()} == {
        "codebook 2.yaml": True,
        CONFLICT: True,
        "study (1).db-wal": True,
        "study-LAPTOP7.toml": False,
    }
    assert "cannot be compared" in notices[CONFLICT].advice


def test_where_a_study_lies(folder: Path, tmp_path: Path) -> None:
    """A synchronised folder and a network drive are told, with what to do."""
    (tmp_path / ".stfolder").mkdir()
    (tmp_path / "mounts").write_text(f"1 0 0:1 / {tmp_path} rw - nfs4 server:/export rw\n")
    synced, drive = surroundings(folder)
    assert "Syncthing synchronises" in synced.message
    assert "let Syncthing finish" in synced.advice
    assert "a network drive (NFS) (server:/export)" in drive.message
    assert not synced.is_fault
    assert not drive.is_fault


def test_what_was_told_is_not_told_again_until_it_changes(folder: Path, tmp_path: Path) -> None:
    """Once for each study on a machine; what went away and comes back is news."""
    (tmp_path / ".stfolder").mkdir()
    assert len(told(folder)) == 1
    assert told(folder) == []
    shutil.copy(folder / "study.db", folder / CONFLICT)
    (copy,) = told(folder)
    assert CONFLICT in copy.brief
    (tmp_path / ".stfolder").rmdir()
    assert told(folder) == []
    (tmp_path / ".stfolder").mkdir()
    assert len(told(folder)) == 1


@pytest.mark.parametrize("nonsense", ["", "[]", "{", '{"x": 1}'])
def test_a_memory_that_cannot_be_read_is_made_anew(folder: Path, tmp_path: Path, nonsense: str) -> None:
    """Then all is told again."""
    (tmp_path / ".stfolder").mkdir()
    memory_file().parent.mkdir(parents=True)
    memory_file().write_text(nonsense)
    assert len(told(folder)) == 1
    assert told(folder) == []


def test_unfinished_files_are_told(folder: Path) -> None:
    """Those of any file that this program writes."""
    (folder / "report.docx.1a2b3c4d.part").touch()
    (folder / "mine.part").touch()
    (notice,) = unfinished_told(folder)
    assert "report.docx.1a2b3c4d.part" in notice.message


def test_a_second_name_of_the_same_file_is_not_opened(folder: Path) -> None:
    """SQLite's locks on the study would be gone once it is closed."""
    (folder / "study 2.db").hardlink_to(folder / "study.db")
    (notice,) = surroundings(folder)
    assert not notice.is_fault
    assert "same file" in notice.advice


def test_a_copy_that_coder_did_not_make_is_not_read(folder: Path) -> None:
    """A table whose rows are worked out could take any time and memory."""
    with closing(sqlite3.connect(folder / CONFLICT)) as strange:
        strange.executescript(
            "CREATE TABLE coding (x);"
            "CREATE TABLE step (number, at AS (hex(zeroblob(400000000))), coder, kind, label);"
            "INSERT INTO step (number) VALUES (1), (2), (3);"
        )
    (notice,) = surroundings(folder)
    assert "One of the two holds what no version of coder makes" in notice.advice


def test_a_crowd_of_copies_is_bounded(folder: Path) -> None:
    """Nobody reads more, and looking at them takes its time."""
    for number in range(1, 100):
        (folder / f"study ({number}).db").touch()
    assert len(surroundings(folder)) == MOST_COPIES
