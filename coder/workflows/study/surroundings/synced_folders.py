"""Is a folder one that a program keeps the same on several machines?"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NAMES = (
    ("Dropbox", re.compile(r"Dropbox( \(.+\))?")),
    ("OneDrive", re.compile(r"OneDrive( - .+)?")),
    ("iCloud Drive", re.compile(r"iCloud ?Drive|com~apple~CloudDocs")),
    ("Google Drive", re.compile(r"Google ?Drive")),
    ("Nextcloud", re.compile(r"Nextcloud\d*")),
    ("ownCloud", re.compile(r"ownCloud")),
    ("Seafile", re.compile(r"Seafile")),
    ("pCloud", re.compile(r"pCloud ?(Drive|Sync)")),
    ("MEGA", re.compile(r"MEGAsync")),
    ("Proton Drive", re.compile(r"Proton ?Drive")),
)
"""The folders that these programs make, by their whole name."""
_MARKS = {
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
}
"""What these programs keep in the folders that they synchronise."""
_JOURNAL = re.compile(r"\._?sync_[0-9a-f]+\.db")
"""The name of the journal that Nextcloud keeps in the folder."""
_MAC_CLOUDS = ("Library", "CloudStorage")
"""Where macOS keeps the folders of these programs: `OneDrive-Personal`, `GoogleDrive-jo@example.org`."""
_MAC_ICLOUD = ("Library", "Mobile Documents")
_GOOGLES_DRIVE = ("My Drive", "Shared drives")
"""What Google's drive of a letter of its own on Windows holds."""
_ONEDRIVE_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_MOST_ENTRIES = 2_000
"""Files of a folder among which a mark is looked for."""


class SyncedFolder(NamedTuple):
    """A folder that a program synchronises."""

    folder: Path
    program: str


def synced_folder(folder: Path, home: Path, environment: Mapping[str, str]) -> SyncedFolder | None:
    """Return the synchronised folder in which a study lies, or None if none is known.

    Args:
        folder: The study's, links followed. Its own name says nothing; what it holds does.
        home: The user's own folder.
        environment: The variables of the environment; OneDrive says there where its folders are.
    """
    registered = {synced.folder: synced for synced in _registered(home, environment)}
    for candidate in (folder, *folder.parents):
        if candidate in registered:
            return registered[candidate]
        program = (_by_name(candidate) if candidate != folder else None) or _by_mark(candidate)
        if program:
            return SyncedFolder(candidate, program)
    return None


def _by_name(folder: Path) -> str | None:
    """Return the program that a folder belongs to by its name and place."""
    above = folder.parent
    if above.parts[-2:] == _MAC_CLOUDS:
        cloud = folder.name.partition("-")[0]
        return {"GoogleDrive": "Google Drive", "ProtonDrive": "Proton Drive"}.get(cloud, cloud)
    if above.parts[-2:] == _MAC_ICLOUD:
        return "iCloud Drive"
    if folder.drive and above == above.parent and folder.name in _GOOGLES_DRIVE:
        return "Google Drive"
    return next((program for program, name in _NAMES if name.fullmatch(folder.name)), None)


def _by_mark(folder: Path) -> str | None:
    """Return the program that has left something of its own in a folder."""
    with suppress(OSError):
        names = [entry.name for entry in islice(folder.iterdir(), _MOST_ENTRIES)]
        if any(_JOURNAL.fullmatch(name) for name in names):
            return "Nextcloud"
    # Beyond the most entries too.
    for name, program in _MARKS.items():
        with suppress(OSError):
            (folder / name).lstat()
            return program
    return None


def _registered(home: Path, environment: Mapping[str, str]) -> Iterator[SyncedFolder]:
    """Yield the folders that Dropbox and OneDrive say are theirs."""
    for variable in _ONEDRIVE_VARIABLES:
        if folder := environment.get(variable):
            yield SyncedFolder(Path(folder), "OneDrive")
    for settings in (home / ".dropbox", *_windows_settings(environment)):
        with suppress(OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
            accounts = json.loads((settings / "info.json").read_text(encoding="utf-8"))
            for account in accounts.values():
                yield SyncedFolder(Path(str(account["path"])), "Dropbox")


def _windows_settings(environment: Mapping[str, str]) -> list[Path]:
    variables = map(environment.get, ("APPDATA", "LOCALAPPDATA"))
    return [Path(folder, "Dropbox") for folder in variables if folder]
