"""Making and opening a study: a folder with settings, a codebook and a database."""

from __future__ import annotations

import getpass
import json
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.codebook import nearest
from coder.domain.nonresponse import NonResponses
from coder.errors import CoderError
from coder.formats.output_files import write_file
from coder.formats.study_file import read_settings, write_settings
from coder.formats.utf8_files import read_utf8
from coder.store import codebooks, codings, log, surveys
from coder.store.database import Database

if TYPE_CHECKING:
    from pathlib import Path

    from coder.domain.codebook import Codebook
    from coder.domain.progress import Progress
    from coder.domain.responses import Survey
    from coder.domain.settings import Settings

SETTINGS_FILE = "study.toml"
CODEBOOK_FILE = "codebook.yaml"
DATABASE_FILE = "study.db"
CACHE_FOLDER = "cache"


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


def refuse_unknown_coder(database: Database, coder_id: str) -> None:
    """Raise CoderError if no coding of this coder stands; the hint gives the nearest name."""
    known = codings.coders(database)
    if coder_id not in known:
        msg = f"'{coder_id}' has coded nothing in this study."
        hint = nearest(coder_id, known) or f"Who has coded: {', '.join(known) or 'nobody yet'}."
        raise CoderError(msg, hint)


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
    with ExitStack() as on_failure:
        on_failure.callback(_remove, folder, _prepare(folder))

        def fill(database: Database) -> None:
            surveys.add_survey(database, survey, progress)
            codebooks.add_version(database, codebook, codebook_source, log.utc_now(), coder_id)
            database.set_setting("non_responses", _digest(settings.non_responses))

        database = Database.create(folder / DATABASE_FILE, fill=fill)
        on_failure.callback(database.close)
        write_file(folder / CODEBOOK_FILE, codebook_source)
        write_file(folder / SETTINGS_FILE, write_settings(settings))
        on_failure.pop_all()
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
    if not path.is_file():
        msg = f"{path} is missing."
        raise CoderError(msg, "Put the study's codebook back.")
    latest = codebooks.latest_version(database)
    source = read_utf8(path)
    if latest is not None and codebooks.source_hash(source) == latest.hash:
        return latest.codebook
    codebook = _parse_codebook(source, str(path))
    refuse_lost_themes(database, codebook, path)
    with database.transaction():
        codebooks.add_version(database, codebook, source, log.utc_now(), coder_id)
    return codebook


def codebook_stamp(study: Study) -> int:
    """Return a number that changes when `codebook.yaml` is edited."""
    try:
        return (study.folder / CODEBOOK_FILE).stat().st_mtime_ns
    except OSError:
        return 0


def take_up_codebook(study: Study, coder_id: str) -> None:
    """Go on with `codebook.yaml` as it was edited since the study was opened.

    Raises:
        CoderError: The file has a fault, is missing, or lacks themes which codings refer to; the
            codebook in use then stays.
    """
    study.codebook = _current_codebook(study.folder / CODEBOOK_FILE, study.database, coder_id)


def refuse_lost_themes(database: Database, codebook: Codebook, path: Path) -> None:
    """Raise CoderError if the codebook at `path` lacks a theme that codings refer to."""
    for theme_id, times in codebooks.themes_in_use(database).items():
        if theme_id not in codebook:
            msg = f"{path} lacks the theme '{theme_id}', which {times} codings refer to."
            hint = "Put it back; with the line `status: retired` it is kept but no longer offered."
            raise CoderError(msg, hint)


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


def refuse_taken(folder: Path) -> None:
    """Raise CoderError if a new study cannot go into a folder because something is there."""
    if folder.is_file():
        msg = f"{folder} is a file."
        raise CoderError(msg, "Name a folder that does not exist yet.")
    if folder.is_dir() and any(folder.iterdir()):
        msg = f"{folder} is not empty."
        raise CoderError(msg, "Name a folder that does not exist yet.")


def _prepare(folder: Path) -> list[Path]:
    """Make the folder; return it and those above it that were made, the innermost first."""
    refuse_taken(folder)
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = f"{folder} cannot be made: {error.strerror}."
        raise CoderError(msg, "Choose another place.") from error
    return made


def _remove(folder: Path, made: list[Path]) -> None:
    for name in (SETTINGS_FILE, CODEBOOK_FILE, DATABASE_FILE):
        for suffix in ("", "-wal", "-shm", "-journal"):
            (folder / f"{name}{suffix}").unlink(missing_ok=True)
    # Somebody may have put something of theirs there meanwhile.
    with suppress(OSError):
        for each in made:
            each.rmdir()
