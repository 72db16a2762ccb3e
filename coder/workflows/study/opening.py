"""Making and opening a study: a folder with settings, a codebook and a database."""

from __future__ import annotations

import os
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

from coder.domain.codebook import Codebook
from coder.domain.grammar import listed
from coder.errors import CoderError
from coder.formats.shared.files_out import make_file, refuse_unfit_name
from coder.formats.shared.leftovers import sweep, unfinished_files
from coder.formats.study.study_file import read_settings, write_settings
from coder.store import codebook_versions, log, surveys
from coder.store.codebook_versions import VersionOrigin
from coder.store.database import Database
from coder.store.opening.places import GROUP, OWNER, restrict, restrict_like
from coder.store.opening.private_folders import PrivateFolder, sweep_private_folders
from coder.store.schema import CLEANING, CURRENT, SECRET_BYTES, TEXTS_SECRET
from coder.workflows.study.changing_settings import is_promised, keep_promise
from coder.workflows.study.codebook_file import in_use
from coder.workflows.study.coders import default_coder
from coder.workflows.study.naming_damage import names_damage
from coder.workflows.study.non_responses import classify, is_classified, note_classified
from coder.workflows.study.sight_at_work import look_as
from coder.workflows.study.study import (
    CODEBOOK_FILE,
    DATABASE_FILE,
    REPAIR_COPY_FILE,
    SETTINGS_FILE,
    Study,
)
from coder.workflows.study.taking_up import take_up

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from coder.domain.progress import Progress
    from coder.domain.responses import Survey
    from coder.domain.study_settings import Settings

_DATABASE_SUFFIXES = ("", "-wal", "-shm", "-journal")
"""What SQLite puts behind the name of a file for those beside it."""
_WRITTEN_ANEW = (
    SETTINGS_FILE,
    CODEBOOK_FILE,
    REPAIR_COPY_FILE,
    f"study-before-format-{CURRENT.version}.db",
)
"""The files of a study that are written as a whole, under another name first."""


def is_study(folder: Path) -> bool:
    """Tell whether a folder holds a study."""
    return (folder / SETTINGS_FILE).is_file() and (folder / DATABASE_FILE).is_file()


def create_study(
    folder: Path,
    settings: Settings,
    survey: Survey,
    codebook_source: str,
    coder_id: str,
    progress: Progress | None = None,
) -> Study:
    """Make a study in a new or empty folder; if anything fails, nothing of it is left.

    Args:
        folder: Where; made if missing.
        settings: Written to `study.toml`.
        survey: What the import found.
        codebook_source: The text of `codebook.yaml`.
        coder_id: Who makes it.
        progress: Called with responses stored and their total; may raise to give up.

    Raises:
        CoderError: The codebook has a fault; the folder holds something already, or cannot be written.
    """
    codebook = _parse_codebook(codebook_source)

    def fill(database: Database) -> None:
        surveys.add_survey(database, survey, progress)
        database.set_setting(TEXTS_SECRET, os.urandom(SECRET_BYTES).hex())
        codebook_versions.add_version(
            database, codebook, codebook_source, VersionOrigin(log.utc_now(), coder_id)
        )
        note_classified(database, settings)

    return filled_study(folder, settings, write_settings(settings), fill)


def filled_study(
    folder: Path, settings: Settings, settings_text: str, fill: Callable[[Database], None]
) -> Study:
    """Make a study in a new or empty folder, for its owner alone; if anything fails, nothing of it is left.

    Args:
        folder: Where; made if missing.
        settings: What `settings_text` says.
        settings_text: The text of `study.toml`.
        fill: Fills the database, a version of the codebook among it.

    Raises:
        CoderError: The folder holds something already, or cannot be written; or what `fill` raises.
    """
    with ExitStack() as on_failure:
        on_failure.callback(_remove, folder, _prepare(folder))
        restrict(folder, OWNER)
        database = Database.create(folder / DATABASE_FILE, fill=fill)
        on_failure.callback(database.close)
        study = Study(folder, settings, database, Codebook(()))
        study.go_on_with(in_use(study))
        make_file(folder / CODEBOOK_FILE, codebook_versions.source_of(database, study.version))
        make_file(folder / SETTINGS_FILE, settings_text)
        _restrict_files(folder)
        on_failure.pop_all()
    return study


def share_with_group(folder: Path) -> None:
    """Let a new study's group read and write it, not its owner alone."""
    restrict(folder, GROUP)
    _restrict_files(folder)


def _restrict_files(folder: Path) -> None:
    for name in (DATABASE_FILE, CODEBOOK_FILE, SETTINGS_FILE):
        for suffix in _DATABASE_SUFFIXES:
            restrict_like(folder / f"{name}{suffix}", folder)


def open_study(
    folder: Path, coder_id: str | None = None, *, edits: bool = True, copy: Path | None = None
) -> Study:
    """Open a study; take up an edited list of non-responses, and edits of the codebook that may be.

    One that cannot be written to is read from a private copy: see `Study.read_only`.

    Args:
        folder: Where it is.
        coder_id: Whose edits they are; by default whoever is logged in.
        edits: Whether to take up edits of the codebook; if not, they are left for a plan.
        copy: The private folder of the process that has opened it to read already.

    Raises:
        CoderError: No study there, or a fault in `study.toml` or `codebook.yaml`.
    """
    settings = read_settings(folder / SETTINGS_FILE)
    sweep_private_folders()
    database = Database.open(folder / DATABASE_FILE, copy=PrivateFolder(copy) if copy else None)
    study = Study(folder, settings, database, Codebook(()))
    try:
        _bring_up_to_date(study, coder_id or default_coder(), edits=edits)
        look_as(study, coder_id or default_coder())
    except BaseException:
        database.close()
        raise
    if not study.read_only:
        sweep(folder, _WRITTEN_ANEW)
    return study


@names_damage
def _bring_up_to_date(study: Study, coder_id: str, *, edits: bool) -> None:
    if is_promised(study):
        # By a program that ended too early, or could not write there.
        keep_promise(study)
    if study.database.setting(CLEANING):
        # Seldom: most studies never load what it takes.
        from coder.workflows.study.cleaning import finish_cleaning

        study.uncleaned = finish_cleaning(study)
    if edits:
        take_up(study, coder_id)
    else:
        study.go_on_with(in_use(study))
    _reclassify(study.database, study.settings)


def _parse_codebook(source: str, name: str = CODEBOOK_FILE) -> Codebook:
    from coder.formats.codebooks.reading import parse_codebook

    return parse_codebook(source, name)


def _reclassify(database: Database, settings: Settings) -> None:
    if not is_classified(database, settings):
        with database.transaction(passing=True):
            classify(database, settings)


def refuse_taken(folder: Path) -> None:
    """Raise CoderError if a new study cannot go into a folder because something is there."""
    if folder.is_file():
        msg = f"{folder} is a file."
        raise CoderError(msg, "Name a folder that does not exist yet.")
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    leftovers = {path.name for path in unfinished_files(folder)}
    if DATABASE_FILE in names and (_UNFINISHED | leftovers).issuperset(names):
        msg = (
            f"{folder} holds a study that was not finished: it has no {SETTINGS_FILE}, which is written last."
        )
        hint = f"Delete {listed(names)} there and try again; or, if people have coded in it, put its "
        raise CoderError(msg, f"{hint}{SETTINGS_FILE} back.")
    if names:
        msg = f"{folder} is not empty."
        raise CoderError(msg, "Name a folder that does not exist yet.")
    above = next(candidate for candidate in (folder, *folder.absolute().parents) if candidate.exists())
    if not os.access(above, os.W_OK):
        msg = f"{folder} cannot be made: {above} is read only, nothing can be written to it."
        raise CoderError(msg, "Choose another place.")


_UNFINISHED = {f"{name}{suffix}" for name in (DATABASE_FILE, CODEBOOK_FILE) for suffix in _DATABASE_SUFFIXES}
"""What a study consists of before its settings are written, which come last."""


def _prepare(folder: Path) -> list[Path]:
    """Make the folder; return it and those above it that were made, the innermost first."""
    refuse_taken(folder)
    new_folders = [candidate for candidate in (folder, *folder.parents) if not candidate.exists()]
    for new_folder in new_folders:
        refuse_unfit_name(new_folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = f"{folder} cannot be made: {error.strerror}."
        raise CoderError(msg, "Choose another place.") from error
    return new_folders


def _remove(folder: Path, new_folders: list[Path]) -> None:
    for name in (SETTINGS_FILE, CODEBOOK_FILE, DATABASE_FILE):
        for suffix in _DATABASE_SUFFIXES:
            (folder / f"{name}{suffix}").unlink(missing_ok=True)
    # Somebody may have put something of theirs there meanwhile.
    with suppress(OSError):
        for new_folder in new_folders:
            new_folder.rmdir()
