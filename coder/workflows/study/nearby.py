"""Studies and files near at hand, for the start screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.errors import CoderError
from coder.formats.study.study_file import read_settings
from coder.formats.surveys.files.file_kinds import SUFFIXES
from coder.store import codings
from coder.store.database import Database
from coder.store.opening.places import can_be_written
from coder.workflows.study.coders import coder_called
from coder.workflows.study.opening import is_study
from coder.workflows.study.study import DATABASE_FILE, SETTINGS_FILE

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

SURVEY_SUFFIXES = tuple(suffix for suffixes in SUFFIXES.values() for suffix in suffixes)


@dataclass(frozen=True, slots=True)
class FoundStudy:
    """A study's folder, as a list of studies shows it."""

    folder: Path
    title: str
    fault: str = ""
    """Why its settings cannot be read."""


def studies_in(folder: Path) -> list[FoundStudy]:
    """Return the studies in a folder's sub-folders, one level down, by name."""
    return [_found(entry) for entry in _entries(folder) if is_study(entry)]


def progress_of(folder: Path, coder_name: str) -> tuple[int, int]:
    """Return how many answers of a study a coder is done with, and how many there are.

    Raises:
        CoderError: The study's database cannot be read.
    """
    database = Database.open(folder / DATABASE_FILE)
    try:
        progress = codings.progress(database, coder_called(database, coder_name)).values()
    finally:
        database.close()
    return sum(question.done for question in progress), sum(question.answers for question in progress)


def is_read_only(folder: Path) -> bool:
    """Tell whether a study can only be read where it lies."""
    return not can_be_written(folder / DATABASE_FILE)


def files_in(folder: Path, suffixes: Collection[str]) -> list[Path]:
    """Return the files of a folder whose names end like that, by name."""
    return [entry for entry in _entries(folder) if entry.suffix.lower() in suffixes and entry.is_file()]


def folders_in(folder: Path) -> list[Path]:
    """Return the sub-folders of a folder, by name, hidden ones left out."""
    return [entry for entry in _entries(folder) if entry.is_dir() and not entry.name.startswith(".")]


def _found(folder: Path) -> FoundStudy:
    try:
        return FoundStudy(folder, read_settings(folder / SETTINGS_FILE).title)
    except CoderError as error:
        return FoundStudy(folder, folder.name, error.message)


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir(), key=lambda path: path.name.casefold())
    except OSError:
        return []
