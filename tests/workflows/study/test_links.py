"""A study's folder that somebody else made: no link in it has the program write anywhere else."""

from __future__ import annotations

import os
import stat
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from making import add_theme, small_study

from coder.domain.codebook import Theme
from coder.errors import CoderError
from coder.formats.shared.files_out import replace_file
from coder.store import codebook_versions
from coder.store.database import Database
from coder.workflows.exchange.exchanging import export_data_set
from coder.workflows.revising import revising
from coder.workflows.study.checking import check_study, repair_study
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from pathlib import Path

UNTOUCHED = "what somebody keeps elsewhere\n"
NEW = Theme("new", "New")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a small study."""
    small_study(tmp_path / "study").close()
    return tmp_path / "study"


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """Make a file outside the study."""
    path = tmp_path / "victim.txt"
    path.write_text(UNTOUCHED, encoding="utf-8")
    return path


def linked_codebook(folder: Path) -> Path:
    """Keep the codebook elsewhere, with a link to it in the study."""
    elsewhere = folder.parent / "kept-in-git.yaml"
    (folder / "codebook.yaml").rename(elsewhere)
    (folder / "codebook.yaml").symlink_to(elsewhere)
    return elsewhere


def leave_unwritten(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Revise the codebook with a program that ends before it writes the file."""
    with closing(open_study(folder)) as study, monkeypatch.context() as patch:
        patch.setattr(revising, "write_codebook_file", lambda _: None)
        study.follows_link = True
        plan = revising.plan(study, revising.begin(study).change("staff", label="S2"))
        revising.apply(study, plan, "jo")


@pytest.mark.parametrize("name", ["codebook.yaml.part", "study.toml.part", "study-before-repair.db.part"])
def test_a_link_that_waits_for_an_unfinished_file(folder: Path, victim: Path, name: str) -> None:
    """A link under the name that an unfinished file once had is not written through."""
    (folder / name).symlink_to(victim)
    with closing(open_study(folder)) as study:
        add_theme(study, "Agency", "Q1", "jo")
    repair_study(folder)
    assert victim.read_text(encoding="utf-8") == UNTOUCHED


def test_a_link_that_waits_while_a_promise_is_kept(
    folder: Path, victim: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opening a study that has yet to write its codebook writes nothing else."""
    leave_unwritten(folder, monkeypatch)
    (folder / "codebook.yaml.part").symlink_to(victim)
    open_study(folder).close()
    assert "label: S2" in (folder / "codebook.yaml").read_text(encoding="utf-8")
    assert victim.read_text(encoding="utf-8") == UNTOUCHED


@pytest.mark.parametrize(
    "name", ["study.db", "study.toml", "study.db-wal", "study.db-shm", "study.db-journal"]
)
def test_linked_parts_of_a_study_are_refused(folder: Path, tmp_path: Path, name: str) -> None:
    """Settings and database are files of the study; a link is refused, whatever it leads to."""
    elsewhere = tmp_path / "elsewhere"
    if (folder / name).exists():
        (folder / name).rename(elsewhere)
    (folder / name).symlink_to(elsewhere)
    before = elsewhere.read_bytes() if elsewhere.exists() else None
    for use in (open_study, check_study):
        with pytest.raises(CoderError, match=f"{name} is a link"):
            use(folder)
    assert (elsewhere.read_bytes() if elsewhere.exists() else None) == before


def test_a_database_is_made_through_no_link(tmp_path: Path) -> None:
    """A link that leads nowhere is no free place for a database."""
    (tmp_path / "study.db").symlink_to(tmp_path / "elsewhere.db")
    with pytest.raises(CoderError, match="exists already"):
        Database.create(tmp_path / "study.db")
    assert not (tmp_path / "elsewhere.db").exists()


def test_a_linked_codebook_is_read(folder: Path) -> None:
    """People keep the codebook in git, with a link to it in the study: their edits are taken up."""
    elsewhere = linked_codebook(folder)
    text = elsewhere.read_text(encoding="utf-8")
    elsewhere.write_text(f"{text}  - id: new\n    label: New\n", encoding="utf-8")
    with closing(open_study(folder)) as study:
        assert "new" in study.codebook
    assert not check_study(folder)


def test_a_linked_codebook_is_written_once_agreed(folder: Path) -> None:
    """Nobody has agreed: nothing is revised. Once somebody has, the file there is written; the link stays."""
    elsewhere = linked_codebook(folder)
    before = elsewhere.read_text(encoding="utf-8")
    with closing(open_study(folder)) as study:
        plan = revising.plan(study, revising.begin(study).add(NEW))
        with pytest.raises(CoderError, match=r"would be written to .*kept-in-git\.yaml"):
            revising.apply(study, plan, "jo")
        assert codebook_versions.latest_number(study.database) == 1
        assert elsewhere.read_text(encoding="utf-8") == before
        study.follows_link = True
        revising.apply(study, plan, "jo")
    assert (folder / "codebook.yaml").is_symlink()
    assert "id: new" in elsewhere.read_text(encoding="utf-8")


def test_opening_writes_no_linked_codebook(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that has yet to write the codebook does not choose where to: a link is asked about."""
    leave_unwritten(folder, monkeypatch)
    elsewhere = linked_codebook(folder)
    before = elsewhere.read_text(encoding="utf-8")
    with closing(open_study(folder)) as study:
        assert study.codebook.label("staff") == "S2"
        with pytest.raises(CoderError, match="is a link"):
            revising.begin(study)
        assert elsewhere.read_text(encoding="utf-8") == before
        study.follows_link = True
        assert revising.begin(study).old == study.codebook
    assert "label: S2" in elsewhere.read_text(encoding="utf-8")


def test_a_data_set_is_written_through_no_link(folder: Path, victim: Path, tmp_path: Path) -> None:
    """Each file of a data set is made anew, also where a link leads nowhere yet."""
    target = tmp_path / "dataset"
    target.mkdir()
    (target / "codes.csv").symlink_to(tmp_path / "nowhere.csv")
    with closing(open_study(folder)) as study, pytest.raises(CoderError, match="exists already"):
        export_data_set(study, target, None)
    assert not (tmp_path / "nowhere.csv").exists()
    assert victim.read_text(encoding="utf-8") == UNTOUCHED


def test_a_file_is_written_through_no_link(victim: Path, tmp_path: Path) -> None:
    """A report's name that is a link is refused: its maker chose where it leads."""
    (tmp_path / "report.docx").symlink_to(victim)
    with pytest.raises(CoderError, match=r"report\.docx is a link to .*victim\.txt"):
        replace_file(tmp_path / "report.docx", b"report")
    assert victim.read_text(encoding="utf-8") == UNTOUCHED


@pytest.mark.skipif(os.name == "nt", reason="permissions of another kind")
def test_permissions_stay(folder: Path, tmp_path: Path) -> None:
    """A file that is replaced keeps its permissions; a new one gets those that the umask leaves."""
    path = folder / "codebook.yaml"
    path.chmod(0o640)
    with closing(open_study(folder)) as study:
        add_theme(study, "Agency", "Q1", "jo")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    usual = os.umask(0o027)
    try:
        replace_file(tmp_path / "new.csv", "a\r\n")
    finally:
        os.umask(usual)
    assert stat.S_IMODE((tmp_path / "new.csv").stat().st_mode) == 0o640


@pytest.mark.skipif(os.name == "nt", reason="permissions of another kind")
def test_a_copy_of_the_database_is_no_more_open(folder: Path) -> None:
    """Whoever may not read the answers may not read the copy that a repair makes."""
    (folder / "study.db").chmod(0o600)
    assert stat.S_IMODE(repair_study(folder).stat().st_mode) == 0o600


def test_a_name_as_long_as_names_may_be(tmp_path: Path) -> None:
    """The unfinished file's name is no longer than the name it is to have."""
    path = tmp_path / ("a" * 251 + ".csv")
    replace_file(path, "x\r\n")
    assert path.read_text(encoding="utf-8") == "x\n"
