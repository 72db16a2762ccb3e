"""The names under which programs that synchronise a folder leave a file that two machines have changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from coder.workflows.study.study import CODEBOOK_FILE, DATABASE_FILE, SETTINGS_FILE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

LOG_SUFFIX = "-wal"
"""What the name of a database's write-ahead log has behind that of the database."""
_ORIGINALS = (DATABASE_FILE, f"{DATABASE_FILE}{LOG_SUFFIX}", CODEBOOK_FILE, SETTINGS_FILE)
_FORMS = {
    "Dropbox, Nextcloud or a program like them": re.compile(
        # Also `Konfliktkopie`, `copie en conflit`, `SFConflict`.
        r" ?\([^()]*[ck]onfli[^()]*\)| \[conflicted\]|_conflict-\d{8}-\d{6}.*",
        re.IGNORECASE,
    ),
    "Syncthing": re.compile(r"\.sync-conflict-\d{8}-\d{6}.*"),
    "iCloud Drive": re.compile(r" [2-9]| [1-9]\d"),
    "Google Drive": re.compile(r" ?\(\d{1,3}\)"),
    "OneDrive": re.compile(r"-(?=[^a-z]*[A-Z])[A-Z0-9][A-Z0-9-]{2,}"),
}
"""Who leaves a copy, and what its name has between those of the file and its ending."""
_OWN = re.compile(r"-before-(repair|format-\d+)")
"""In the names of copies that this program makes."""
_OF_A_MACHINE = re.compile(r"-(?=.*[A-Z0-9])\S.*")
"""What OneDrive may put behind a name; people write `-old` in small letters."""
_PLAIN_WORD = re.compile(r"-[A-Z]+")
_SHARES_BY = "OneDrive"


class ConflictedCopy(NamedTuple):
    """A file whose name says that it is a second version of one of the study's."""

    name: str
    original: str
    """The name of the study's own file: `study.db`."""
    maker: str
    """Which program gives such names."""


def conflicted_copies(names: Collection[str], synchronised_by: str = "") -> list[ConflictedCopy]:
    """Return the copies among the names of a folder's files, by name.

    A write-ahead log beside a copy of its database belongs to that, and is none of its own.

    Args:
        names: The names of what is in the study's folder.
        synchronised_by: The program that synchronises the folder, as far as is known. OneDrive puts the
            name of a machine behind that of a file: elsewhere only a name counts that no word is.
    """
    copies = list(_copies(names, synchronised_by))
    databases = {copy.name for copy in copies}
    return sorted(
        copy for copy in copies if copy.name.removesuffix(LOG_SUFFIX) not in databases - {copy.name}
    )


def _copies(names: Collection[str], synchronised_by: str) -> Iterator[ConflictedCopy]:
    for original in _ORIGINALS:
        if original.removesuffix(LOG_SUFFIX) not in names:
            continue
        stem, dot, ending = original.partition(".")
        for name in names:
            if name.startswith(stem) and name.endswith(f"{dot}{ending}") and name != original:
                between = name[len(stem) : -len(dot + ending)]
                if maker := _maker(between, synchronised_by):
                    yield ConflictedCopy(name, original, maker)


def _maker(between: str, synchronised_by: str) -> str | None:
    """Return which program gives such names, or None if none does."""
    if _OWN.fullmatch(between):
        return None
    if synchronised_by == _SHARES_BY and _OF_A_MACHINE.fullmatch(between):
        return _SHARES_BY
    # codebook-FINAL.yaml is somebody's own.
    if _PLAIN_WORD.fullmatch(between):
        return None
    return next((maker for maker, form in _FORMS.items() if form.fullmatch(between)), None)
