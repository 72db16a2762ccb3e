"""Cleaning what is beside the tables once words were taken out of them: the promise of a redaction.

The tables are clean with the transaction. What is not: SQLite's log and free pages, vectors of the old
texts, codebook.yaml, and the copies of the database that the program keeps. A program that ends in between
leaves the promise, and whoever opens the study next keeps it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.grammar import listed
from coder.errors import CoderError
from coder.formats.shared.leftovers import sweep, sweep_all
from coder.store.privacy.promised_cleaning import UNFINISHED, is_cleaning_promised, note_cleaned
from coder.store.privacy.wiping import wipe, wipe_vectors
from coder.store.privacy.withdrawals import tombstones
from coder.store.schema import CURRENT
from coder.workflows.study.codebook_file import catch_file_up, lacks_revision
from coder.workflows.study.study import (
    CACHE_FOLDER,
    CODEBOOK_FILE,
    REPAIR_COPY_FILE,
    SETTINGS_FILE,
)
from coder.workflows.study.surroundings.copy_names import conflicted_copies
from coder.workflows.study.surroundings.studies_withdrawn_from import remember_withdrawal

if TYPE_CHECKING:
    from pathlib import Path

    from coder.workflows.study.study import Study

VECTORS_FILE = "vectors.db"
_COPIES = "study-before-format-*.db*"


def finish_cleaning(study: Study) -> str:
    """Clean what was promised to be cleaned.

    Returns:
        Why something could not be; empty if all is clean. It is tried again when the study is next opened.
    """
    if not is_cleaning_promised(study.database):
        return ""
    if study.read_only:
        return f"{UNFINISHED}: the study can only be read here."
    if tombstones(study.database):
        remember_withdrawal(study.folder)
    # The database comes last: what the others write leaves nothing in its log.
    steps = (_clean_unfinished, _clean_vectors, _clean_copies, _clean_codebook_file, _clean_database)
    for clean in steps:
        try:
            clean(study)
        except (CoderError, OSError) as error:
            return f"{UNFINISHED}: {error.message if isinstance(error, CoderError) else error}"
    return ""


def copies_to_delete(study: Study) -> list[Path]:
    """Return the files beside the database that hold it as it was."""
    return sorted(
        path
        for path in (*study.folder.glob(_COPIES), *study.folder.glob(f"{REPAIR_COPY_FILE}*"))
        if path.is_file() or path.is_symlink()
    )


def second_versions(study: Study) -> list[str]:
    """Return the names of what a program that synchronises the study's folder left there of its files.

    They may hold work that is nowhere else, so nothing here deletes them.
    """
    return [copy.name for copy in conflicted_copies([path.name for path in study.folder.iterdir()])]


def _clean_unfinished(study: Study) -> None:
    """Delete what killed programs left unfinished in the study's folder; what may be at work stays."""
    copies = [f"study-before-format-{number}.db" for number in range(1, CURRENT.version + 1)]
    # Should a program be writing one of these at this moment, it says so, and does it at the next opening.
    sweep(study.folder, [SETTINGS_FILE, CODEBOOK_FILE, REPAIR_COPY_FILE, *copies], at_once=True)
    if remaining := sweep_all(study.folder):
        msg = f"{listed([path.name for path in remaining])} may still be written by another program."
        raise CoderError(msg)


def _clean_vectors(study: Study) -> None:
    wipe_vectors(study.folder / CACHE_FOLDER / VECTORS_FILE, study.database)


def _clean_copies(study: Study) -> None:
    for path in copies_to_delete(study):
        path.unlink()
    if remaining := copies_to_delete(study):
        msg = f"{listed([path.name for path in remaining])} cannot be deleted."
        raise CoderError(msg)


def _clean_codebook_file(study: Study) -> None:
    catch_file_up(study)
    if lacks_revision(study):
        msg = f"{study.codebook_path} was edited meanwhile."
        raise CoderError(msg)


def _clean_database(study: Study) -> None:
    wipe(study.database)
    note_cleaned(study.database)
