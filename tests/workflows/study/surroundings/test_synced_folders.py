"""Which folders a program synchronises, by their names, what it keeps there, and what it says itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coder.workflows.study.surroundings.synced_folders import synced_folder


def program(study: Path, home: Path | None = None, environment: dict[str, str] | None = None) -> str:
    """Return the program that synchronises a study's folder; empty if none does."""
    study.mkdir(parents=True, exist_ok=True)
    synced = synced_folder(study, home or Path("/home/nobody"), environment or {})
    return synced.program if synced else ""


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("Dropbox/work/study", "Dropbox"),
        ("Dropbox (Institute)/study", "Dropbox"),
        ("OneDrive/study", "OneDrive"),
        ("OneDrive - University of X/study", "OneDrive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/study", "iCloud Drive"),
        ("Library/Mobile Documents/iCloud~md~notes/study", "iCloud Drive"),
        ("iCloudDrive/study", "iCloud Drive"),
        ("Google Drive/study", "Google Drive"),
        ("Library/CloudStorage/GoogleDrive-jo@example.org/My Drive/study", "Google Drive"),
        ("Library/CloudStorage/OneDrive-Personal/study", "OneDrive"),
        ("Library/CloudStorage/Box-Box/study", "Box"),
        ("Nextcloud/study", "Nextcloud"),
        ("ownCloud/study", "ownCloud"),
    ],
)
def test_folders_by_their_names(tmp_path: Path, folder: str, name: str) -> None:
    """Each program has its own names for its folders."""
    assert program(tmp_path / folder) == name


@pytest.mark.parametrize(
    "folder",
    [
        "Dropbox analysis",
        "Dropbox",
        "my Dropbox/study",
        "dropbox/study",
        "OneDrive-less/study",
        "Google Drive survey/study",
        "Documents/study",
        "box/study",
        "Syncthing notes/study",
        "Library/study",
    ],
)
def test_ordinary_folders(tmp_path: Path, folder: str) -> None:
    """A folder that has a program in its name is none of its own, and a study may be called what it likes."""
    assert program(tmp_path / folder) == ""


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        (".stfolder", "Syncthing"),
        (".dropbox.cache", "Dropbox"),
        (".sync_0a1b2c.db", "Nextcloud"),
        ("._sync_0a1b2c.db", "Nextcloud"),
        (".nextcloudsync.log", "Nextcloud"),
        (".tmp.driveupload", "Google Drive"),
    ],
)
def test_folders_by_what_is_kept_in_them(tmp_path: Path, mark: str, name: str) -> None:
    """Also in the study's folder itself."""
    (tmp_path / "shared" / mark).mkdir(parents=True)
    assert program(tmp_path / "shared" / "studies" / "one") == name
    assert program(tmp_path / "shared") == name
    assert program(tmp_path / "other") == ""


def test_folders_that_programs_name(tmp_path: Path) -> None:
    """OneDrive tells its folders in the environment, Dropbox in a file of its settings."""
    home, files = tmp_path / "home", tmp_path / "Files of Jo"
    assert program(files / "study", home, {"OneDriveCommercial": str(files)}) == "OneDrive"
    (home / ".dropbox").mkdir(parents=True)
    assert program(home / "study", home) == ""
    (home / ".dropbox" / "info.json").write_text(json.dumps({"personal": {"path": str(files)}}))
    assert program(files / "study", home) == "Dropbox"
    for nonsense in ("[]", '{"personal": 3}', '{"personal": {}}', "{", "\udcff"):
        (home / ".dropbox" / "info.json").write_text(nonsense, errors="surrogateescape")
        assert program(files / "study", home) == ""
