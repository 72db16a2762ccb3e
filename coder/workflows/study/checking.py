"""Is a study whole and consistent, and what can be mended?"""

from __future__ import annotations

from contextlib import closing, suppress
from datetime import datetime
from typing import TYPE_CHECKING

from coder.domain.near_names import nearest
from coder.domain.study_settings import retention_text
from coder.domain.team.settled_decisions import settled_differently_text
from coder.errors import CoderError
from coder.formats.codebooks.reading import YAML_SUFFIXES, check_codebook, import_codebook, read_codebook
from coder.formats.shared.text_in import read_utf8
from coder.formats.study.study_file import read_settings
from coder.store import checks, surveys
from coder.store.checks import StudyFault
from coder.store.codebook_versions import latest_version, themes_in_use
from coder.store.database import Database, open_to_read, refuse_changes
from coder.store.privacy.promised_cleaning import UNFINISHED, is_cleaning_promised
from coder.store.team.decision_rows import rival_decisions
from coder.store.team.team_rows import rival_people
from coder.workflows.study.opening import is_study
from coder.workflows.study.respondent_weights import faulty_weight_lines, respondent_weights
from coder.workflows.study.study import CODEBOOK_FILE, DATABASE_FILE, REPAIR_COPY_FILE, SETTINGS_FILE
from coder.workflows.study.surroundings.notices import surroundings, unfinished_told
from coder.workflows.study.waiting_clashes import clashes_told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from coder.domain.codebook import Codebook, Theme


def check_study(folder: Path) -> list[StudyFault]:
    """Return everything that is wrong with a study's files; an empty list means it is whole.

    A database with triggers, views or tables that the program does not make is only read, and none is run.

    Raises:
        CoderError: There is no study, or its settings or database cannot even be read.
    """
    read_settings(folder / SETTINGS_FILE)
    path = folder / DATABASE_FILE
    with closing(open_to_read(path)) as untouched:
        if checks.is_strange(untouched):
            return _all_faults(folder, untouched)
    with closing(Database.open(path)) as database:
        return _all_faults(folder, database)


def check_surroundings(folder: Path) -> tuple[list[StudyFault], list[str]]:
    """Look at where a study lies, and at what lies beside its files.

    Returns:
        Second versions of its files with work that the study may lack; and what is to be told besides.
    """
    if not is_study(folder):
        return [], []
    notices = [*surroundings(folder), *unfinished_told(folder)]
    divergences = [StudyFault(notice.message, notice.advice) for notice in notices if notice.is_fault]
    texts = [f"{notice.message} {notice.advice}" for notice in notices if not notice.is_fault]
    return divergences, [*_retention_of(folder), *texts, *_clashes_in(folder), *_faulty_weights_in(folder)]


def _retention_of(folder: Path) -> Iterator[str]:
    """Yield that the day comes near, or has passed, until which the answers may be kept."""
    # Settings that cannot be read are told of elsewhere.
    with suppress(CoderError):
        settings = read_settings(folder / SETTINGS_FILE)
        if text := retention_text(settings, datetime.now().astimezone().date()):
            yield text


def _clashes_in(folder: Path) -> Iterator[str]:
    """Yield what copies said in different ways: of the codebook, of answers that they settled, of people."""
    # Of a database that cannot be read it is told elsewhere.
    with (
        suppress(CoderError, ValueError, LookupError, TypeError),
        closing(open_to_read(folder / DATABASE_FILE)) as database,
    ):
        if text := clashes_told(database):
            yield text
        if (latest := latest_version(database)) is not None:
            text = settled_differently_text(len(rival_decisions(database, latest.codebook)))
            if text:
                yield text
        yield from map(str, rival_people(database))


def _faulty_weights_in(folder: Path) -> Iterator[str]:
    """Yield whose weights cannot be used."""
    # Settings and databases that cannot be read, and weights that are none, are told of elsewhere.
    with (
        suppress(CoderError, ValueError, LookupError, TypeError),
        closing(open_to_read(folder / DATABASE_FILE)) as database,
    ):
        weights = respondent_weights(read_settings(folder / SETTINGS_FILE), database)
        if weights is not None:
            yield from faulty_weight_lines(weights)


def damage_of(folder: Path) -> StudyFault | None:
    """Return what is wrong first with the database of a study, or None: no study, or nothing."""
    try:
        with closing(open_to_read(folder / DATABASE_FILE)) as database:
            return next(iter(checks.faults(database)), None)
    except CoderError:
        return None


def _all_faults(folder: Path, database: Database) -> list[StudyFault]:
    database_faults = checks.faults(database)
    if is_cleaning_promised(database):
        msg = f"{UNFINISHED}: words that were taken out may still stand in files beside the tables."
        database_faults.append(StudyFault(msg, f"Open the study, which finishes it: coder redact {folder}"))
    try:
        return [*_codebook_faults(folder, database), *_setting_faults(folder, database), *database_faults]
    except CoderError as error:
        # Where it is the database that cannot be read, that was found.
        return database_faults or [StudyFault(error.message, error.hint)]


def _setting_faults(folder: Path, database: Database) -> Iterator[StudyFault]:
    """Yield what study.toml says of questions which there are not, and weights that are none."""
    question_ids = [question.id for question in surveys.questions(database)]
    for question_id in read_settings(folder / SETTINGS_FILE).languages:
        if question_id not in question_ids:
            message = f"{SETTINGS_FILE} says a language for '{question_id}', which is no question."
            yield StudyFault(message, nearest(question_id, question_ids) or "Take it out of languages.")
    try:
        respondent_weights(read_settings(folder / SETTINGS_FILE), database)
    except CoderError as error:
        yield StudyFault(error.message, error.hint)


def repair_study(folder: Path) -> Path:
    """Work out what stands anew from the log; return the path of the copy made before.

    Raises:
        CoderError: There is no study, its database cannot even be read, or it can only be read.
    """
    database = Database.open(folder / DATABASE_FILE)
    try:
        refuse_changes(database)
        copy = folder / REPAIR_COPY_FILE
        copy.unlink(missing_ok=True)
        database.copy_to(copy)
        checks.rebuild(database)
        return copy
    finally:
        database.close()


def codebook_file(path: Path) -> Path:
    """Return the codebook's path, given the path of a study or of the codebook itself."""
    return path / CODEBOOK_FILE if path.is_dir() else path


def check_study_codebook(folder: Path) -> list[StudyFault]:
    """Return the faults of a study's codebook, and the used themes that it lacks.

    Raises:
        CoderError: The study's database cannot be read.
    """
    database = Database.open(folder / DATABASE_FILE)
    try:
        return list(_codebook_faults(folder, database))
    finally:
        database.close()


def check_codebook_file(path: Path, encoding: str | None = None) -> list[StudyFault]:
    """Return the faults of a codebook file: each with its line and column in YAML, the first in others.

    Args:
        path: The file.
        encoding: Of a CSV or TSV file; None: it is found out.
    """
    if path.suffix.lower() not in YAML_SUFFIXES:
        try:
            remarks = import_codebook(path, encoding=encoding).remarks
        except CoderError as error:
            return [StudyFault(error.message, error.hint)]
        return [StudyFault(remark, "The rest can be imported.") for remark in remarks]
    faults = check_codebook(read_utf8(path), path.name)
    return [StudyFault(f"{path}:{fault.place}: {fault.message}", fault.hint) for fault in faults]


def _codebook_faults(folder: Path, database: Database) -> Iterator[StudyFault]:
    path = folder / CODEBOOK_FILE
    if not path.is_file():
        yield StudyFault(f"{path} is missing.", "Put the study's codebook back.")
        return
    faults = check_codebook_file(path)
    yield from faults
    if not faults:
        yield from _lost_themes(path, database)
        yield from _unoffered_themes(path, database)


def _unoffered_themes(path: Path, database: Database) -> Iterator[StudyFault]:
    question_ids = [question.id for question in surveys.questions(database)]
    for theme in unoffered_themes(read_codebook(path), question_ids):
        questions = ", ".join(theme.questions)
        msg = f"{path}: the theme '{theme.id}' is for {questions} alone, which the study lacks."
        yield StudyFault(
            msg,
            nearest(theme.questions[0], question_ids) or f"Its questions are {', '.join(question_ids)}.",
        )


def unoffered_themes(codebook: Codebook, question_ids: Sequence[str]) -> Iterator[Theme]:
    """Yield the themes that are for certain questions, none of which the study asks."""
    for theme in codebook:
        if theme.questions and not any(theme.serves(question_id) for question_id in question_ids):
            yield theme


def _lost_themes(path: Path, database: Database) -> Iterator[StudyFault]:
    codebook = read_codebook(path)
    for theme_id, times in themes_in_use(database).items():
        if theme_id not in codebook:
            yield StudyFault(
                f"{path} lacks the theme '{theme_id}', which {times} codings refer to.",
                "Put it back, or say what becomes of them: coder codebook plan",
            )
