"""Making and opening a study: a folder with settings, a codebook and a database."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.nonresponse import NonResponses
from coder.errors import CoderError
from coder.formats.study_file import read_settings, write_settings
from coder.store import codebooks, log, surveys
from coder.store.database import Database

if TYPE_CHECKING:
    from pathlib import Path

    from coder.domain.codebook import Codebook
    from coder.domain.responses import Survey
    from coder.domain.settings import Settings

SETTINGS_FILE = "study.toml"
CODEBOOK_FILE = "codebook.yaml"
DATABASE_FILE = "study.db"
CACHE_FOLDER = "cache"

Progress = Callable[[int, int], None]


@dataclass
class Study:
    """An open study."""

    folder: Path
    settings: Settings
    database: Database
    codebook: Codebook

    def close(self) -> None:
        """Close the study's database."""
        self.database.close()


def default_coder() -> str:
    """Return who codes when nobody is named: the name one is logged in with."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "coder"


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
        CoderError: The folder holds something already, or cannot be written.
    """
    made = _prepare(folder)
    files = [folder / name for name in (SETTINGS_FILE, CODEBOOK_FILE, DATABASE_FILE)]
    try:
        codebook = _parse_codebook(codebook_source)
        database = Database.create(folder / DATABASE_FILE)
        with database.transaction():
            surveys.add_survey(database, survey, progress)
            codebooks.add_version(database, codebook, codebook_source, log.utc_now(), coder_id)
            database.set_setting("non_responses", _digest(settings.non_responses))
        (folder / CODEBOOK_FILE).write_text(codebook_source, encoding="utf-8", newline="\n")
        (folder / SETTINGS_FILE).write_text(write_settings(settings), encoding="utf-8", newline="\n")
    except BaseException:
        _remove(folder, files, made=made)
        raise
    return Study(folder, settings, database, codebook)


def open_study(folder: Path, coder_id: str | None = None) -> Study:
    """Open a study; take up an edited codebook or list of non-responses.

    Raises:
        CoderError: No study there, a fault in `study.toml` or `codebook.yaml`, or a codebook that
            lacks themes which codings refer to.
    """
    settings = read_settings(folder / SETTINGS_FILE)
    database = Database.open(folder / DATABASE_FILE)
    try:
        codebook = _current_codebook(folder / CODEBOOK_FILE, database, coder_id or default_coder())
        _reclassify(database, settings)
    except BaseException:
        database.close()
        raise
    return Study(folder, settings, database, codebook)


def _current_codebook(path: Path, database: Database, coder_id: str) -> Codebook:
    """Return the codebook in use, taking up the file if it was edited since the last time."""
    latest = codebooks.latest_version(database)
    try:
        source = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        msg = f"{path} is missing."
        raise CoderError(msg, "Put the study's codebook back.") from None
    if latest is not None and codebooks.source_hash(source) == latest.hash:
        return latest.codebook
    codebook = _parse_codebook(source, str(path))
    for theme_id, times in codebooks.themes_in_use(database).items():
        if theme_id not in codebook:
            msg = f"{path} lacks the theme '{theme_id}', which {times} codings refer to."
            raise CoderError(
                msg, "Put it back; with the line `status: retired` it is kept but no longer offered."
            )
    with database.transaction():
        codebooks.add_version(database, codebook, source, log.utc_now(), coder_id)
    return codebook


def _parse_codebook(source: str, name: str = CODEBOOK_FILE) -> Codebook:
    from coder.formats.codebook_files import parse_codebook

    return parse_codebook(source, name)


def _reclassify(database: Database, settings: Settings) -> None:
    digest = _digest(settings.non_responses)
    if database.setting("non_responses") == digest:
        return
    with database.transaction():
        surveys.classify(database, NonResponses(settings.non_responses))
        database.set_setting("non_responses", digest)


def _digest(texts: tuple[str, ...]) -> str:
    return json.dumps(sorted(texts), ensure_ascii=False)


def _prepare(folder: Path) -> bool:
    """Make the folder; return whether it was new."""
    if folder.is_file():
        msg = f"{folder} is a file."
        raise CoderError(msg, "Name a folder that does not exist yet.")
    if folder.is_dir():
        if any(folder.iterdir()):
            msg = f"{folder} is not empty."
            raise CoderError(msg, "Name a folder that does not exist yet.")
        return False
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        msg = f"{folder} cannot be made: {error.strerror}."
        raise CoderError(msg, "Choose another place.") from error
    return True


def _remove(folder: Path, files: list[Path], *, made: bool) -> None:
    for path in files:
        for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
            name.unlink(missing_ok=True)
    if made:
        folder.rmdir()
