"""Is a study whole and consistent, and what can be mended?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.formats.study_file import read_settings
from coder.store import checks
from coder.store.checks import Fault
from coder.store.database import Database
from coder.workflows.studies import CODEBOOK_FILE, DATABASE_FILE, SETTINGS_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COPY_FILE = "study-before-repair.db"


def check_study(folder: Path) -> list[Fault]:
    """Return everything that is wrong with a study's files; an empty list means it is whole.

    Raises:
        CoderError: There is no study, or its settings or database cannot even be read.
    """
    read_settings(folder / SETTINGS_FILE)
    database = Database.open(folder / DATABASE_FILE)
    try:
        return [*_codebook_faults(folder), *checks.faults(database)]
    finally:
        database.close()


def repair_study(folder: Path) -> Path:
    """Work out what stands anew from the log; return the path of the copy made before.

    Raises:
        CoderError: There is no study, or its database cannot even be read.
    """
    database = Database.open(folder / DATABASE_FILE)
    try:
        copy = folder / COPY_FILE
        copy.unlink(missing_ok=True)
        database.copy_to(copy)
        checks.rebuild(database)
        return copy
    finally:
        database.close()


def codebook_file(path: Path) -> Path:
    """Return the codebook's path, given the path of a study or of the codebook itself."""
    return path / CODEBOOK_FILE if path.is_dir() else path


def check_codebook_file(path: Path) -> list[Fault]:
    """Return the faults of a codebook file, each with its line and column."""
    from coder.formats.codebook_files import check_codebook
    from coder.formats.utf8_files import read_utf8

    found = check_codebook(read_utf8(path), path.name)
    return [Fault(f"{path}:{fault.line}:{fault.column}: {fault.message}", fault.hint) for fault in found]


def _codebook_faults(folder: Path) -> Iterator[Fault]:
    path = folder / CODEBOOK_FILE
    if path.is_file():
        yield from check_codebook_file(path)
    else:
        yield Fault(f"{path} is missing.", "Put the study's codebook back.")
