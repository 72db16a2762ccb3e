"""Check that everything in the database is whole and consistent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from coder.domain.codings import Change
from coder.domain.responses import text_hash
from coder.errors import CoderError
from coder.store import log
from coder.store.codebook_versions import latest_version, themes_in_use
from coder.store.schema import CURRENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.store.database import Database


class StudyFault(NamedTuple):
    """Something that is not as it should be, and how to mend it."""

    message: str
    repair: str


_NAME = re.compile(r"CREATE (?:UNIQUE )?(?:TABLE|INDEX|TRIGGER) (\w+)")
FROM_COPY = "Restore the study from a copy; export what can be read first: coder codings export."
REPLAY = "Run coder check --repair: it works out the current state anew from the log."

# The log's latest value of every coding and mark, beside what the tables say.
_LATEST = """SELECT c.response, c.theme, s.coder, c.aspect, c.after,
    CASE c.aspect WHEN 'theme' THEN c.origin ELSE '' END
    FROM change c JOIN step s ON s.number = c.step
    WHERE c.number IN (SELECT MAX(k.number) FROM change k JOIN step t ON t.number = k.step
                       GROUP BY k.response, k.theme, k.aspect, t.coder)
    AND c.after IS NOT NULL"""
_CURRENT = """SELECT response, theme, coder, 'theme', spans, origin FROM coding
    UNION ALL SELECT response, theme, coder, aspect, value, '' FROM mark"""


def faults(database: Database) -> list[StudyFault]:
    """Return everything that is wrong; an empty list means the database is whole."""
    # In a damaged file, or where tables are missing, there is nothing further to look at.
    if unreadable := [*_file(database)] or [*_tables(database)]:
        return unreadable
    return [*_references(database), *_hashes(database), *_state(database), *_themes(database)]


def rebuild(database: Database) -> None:
    """Work out the current state anew from the log, in one transaction."""
    with database.transaction():
        latest = database.rows(_LATEST)
        database.execute("DELETE FROM coding")
        database.execute("DELETE FROM mark")
        for response, theme_id, coder_id, aspect, new_value, origin in latest:
            log.apply_changes(
                database, coder_id, [Change(response, aspect, None, new_value, theme_id, origin)]
            )


def _file(database: Database) -> Iterator[StudyFault]:
    try:
        lines = [line for (line,) in database.rows("PRAGMA integrity_check(20)")]
    except CoderError as error:
        lines = [error.message]
    if lines != ["ok"]:
        yield from (StudyFault(f"The database file is damaged: {line}", FROM_COPY) for line in lines)


def _tables(database: Database) -> Iterator[StudyFault]:
    version = database.value("PRAGMA user_version")
    if version != CURRENT.version:
        yield StudyFault(
            f"The database has format {version}, not {CURRENT.version}.", "Open it once with coder."
        )
    needed = {_NAME.findall(statement)[0] for statement in (*CURRENT.statements, *CURRENT.rules)}
    present = {name for (name,) in database.rows("SELECT name FROM sqlite_master")}
    for name in sorted(needed - present):
        yield StudyFault(f"The database lacks '{name}'.", FROM_COPY)


def _references(database: Database) -> Iterator[StudyFault]:
    for table, row, parent, _ in database.rows("PRAGMA foreign_key_check"):
        yield StudyFault(f"Row {row} of '{table}' refers to something missing in '{parent}'.", FROM_COPY)
    wrong = database.value(
        """SELECT COUNT(*) FROM coding c JOIN response r ON r.number = c.response
        WHERE r.question <> c.question OR r.respondent <> c.respondent"""
    )
    if wrong:
        yield StudyFault(
            f"{wrong} codings stand under another question or respondent than their response.", REPLAY
        )


def _hashes(database: Database) -> Iterator[StudyFault]:
    for response_id, stored, text in database.stream("SELECT id, hash, text FROM response ORDER BY number"):
        if text_hash(text) != stored:
            yield StudyFault(f"The text of response {response_id} is not what was imported.", FROM_COPY)


def _state(database: Database) -> Iterator[StudyFault]:
    missing = _difference(database, _LATEST, _CURRENT)
    extra = _difference(database, _CURRENT, _LATEST)
    for count, finding in (
        (missing, "are in the log but not in the current state"),
        (extra, "are not in the log"),
    ):
        if count:
            yield StudyFault(f"{count} codings or marks {finding}.", REPLAY)


def _difference(database: Database, query: str, subtracted: str) -> Any:
    return database.value(
        f"SELECT COUNT(*) FROM (SELECT * FROM ({query}) EXCEPT SELECT * FROM ({subtracted}))"
    )


def _themes(database: Database) -> Iterator[StudyFault]:
    version = latest_version(database)
    if version is None:
        yield StudyFault(
            "The study has no codebook.", "Put codebook.yaml into the study's folder and open it."
        )
        return
    for theme, times in themes_in_use(database).items():
        if theme not in version.codebook:
            yield StudyFault(
                f"{times} codings refer to the theme '{theme}', which the codebook lacks.",
                "Put the theme back into codebook.yaml; status: retired keeps it from being offered.",
            )
