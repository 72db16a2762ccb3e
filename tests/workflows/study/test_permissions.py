"""Who can read a new study, and what is said of one that everybody can read."""

from __future__ import annotations

import os
import stat
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder import cli
from coder.store.vectors import VectorStore
from coder.workflows.exchange.samples import make_sample
from coder.workflows.study.checking import check_surroundings
from coder.workflows.study.surroundings import readers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name != "posix", reason="permissions of this kind")

SURVEY = "id,What would help you?\n1,Shorter waiting times at the surgery\n2,More staff in the evenings\n"


@pytest.fixture(autouse=True)
def _everybody_may_read() -> Iterator[None]:
    """Have the system make files as it does for most people."""
    usual = os.umask(0o022)
    yield
    os.umask(usual)


def permissions(path: Path) -> int:
    """Return the permissions of a file or folder."""
    return stat.S_IMODE(path.stat().st_mode)


def all_permissions(folder: Path) -> dict[str, int]:
    """Return the permissions of a study's folder and of all that is in it, by name.

    Those of what SQLite has beside an open database are in the name of the database.
    """
    paths = (folder, *folder.rglob("*"))
    return {path.name.removesuffix("-wal").removesuffix("-shm"): permissions(path) for path in paths}


def new(folder: Path, *options: str) -> Path:
    """Make a study with the command line; return its folder."""
    file = folder.parent / "answers.csv"
    file.write_text(SURVEY, encoding="utf-8")
    arguments = ["new", str(folder), "--from", str(file), "--no-open", "--yes", *options]
    assert cli.main(arguments) == cli.DONE
    return folder


def test_a_new_study_is_its_makers_alone(tmp_path: Path) -> None:
    """The folder, and each of its files by itself: one may be copied elsewhere with its permissions."""
    assert all_permissions(new(tmp_path / "study")) == {
        "study": 0o700, "study.db": 0o600, "study.toml": 0o600, "codebook.yaml": 0o600,
    }  # fmt: skip


def test_so_is_one_in_an_empty_folder_that_was_there(tmp_path: Path) -> None:
    """Whoever names an empty folder means it to become the study's."""
    (tmp_path / "study").mkdir(mode=0o755)
    assert permissions(new(tmp_path / "study")) == 0o700


def test_a_shared_study_is_its_groups_too(tmp_path: Path) -> None:
    """They can write to it; what they make in it stays the group's. Nobody else reads it."""
    folder = new(tmp_path / "study", "--shared")
    assert all_permissions(folder) == {
        "study": 0o2770, "study.db": 0o660, "study.toml": 0o660, "codebook.yaml": 0o660,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("folder_permissions", "cache", "file"),
    [(0o700, 0o700, 0o600), (0o2770, 0o770, 0o660), (0o755, 0o755, 0o644)],
)
def test_embeddings_are_read_by_whoever_reads_the_study(
    tmp_path: Path, folder_permissions: int, cache: int, file: int
) -> None:
    """They tell of the texts; in a folder that people share in their own way they are left as they come."""
    folder = tmp_path / "study"
    folder.mkdir()
    folder.chmod(folder_permissions)
    with closing(VectorStore(folder / "cache" / "vectors.db")):
        assert permissions(folder / "cache") & 0o777 == cache
        assert permissions(folder / "cache" / "vectors.db") == file


def test_the_sample_is_made_like_any_study(tmp_path: Path) -> None:
    """It is made under another name first."""
    make_sample(tmp_path / "sample", "jo").close()
    assert permissions(tmp_path / "sample") == 0o700


@pytest.fixture
def reachable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a study to which everybody gets through from the top."""
    small_study(tmp_path / "study").close()
    # pytest keeps the folders above to the user; those of the test alone are looked at.
    monkeypatch.setattr(readers, "_folders_above", lambda path: [path.parent, tmp_path])
    tmp_path.chmod(0o755)
    return tmp_path / "study"


def remarks_on_readers(folder: Path) -> list[str]:
    """Return what a check says of who can read a study."""
    return [remark for remark in check_surroundings(folder)[1] if "Everybody" in remark]


def test_an_older_study_is_left_as_it_is_and_told(reachable: Path) -> None:
    """It says how to keep it to oneself; once that is done nothing is said."""
    assert remarks_on_readers(reachable) == []
    reachable.chmod(0o755)
    assert remarks_on_readers(reachable) == []
    (reachable / "study.db").chmod(0o644)
    (remark,) = remarks_on_readers(reachable)
    assert f"chmod -R go-rwx {reachable}" in remark
    assert permissions(reachable / "study.db") == 0o644
    reachable.chmod(0o750)
    assert remarks_on_readers(reachable) == []
