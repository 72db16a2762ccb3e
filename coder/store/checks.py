"""Check that everything in the database is whole and consistent."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from coder.errors import CoderError
from coder.store import surveys
from coder.store.codebook_versions import latest_version, themes_in_use, version
from coder.store.opening.column_checks import MOST_TOLD, odd_cells, shown
from coder.store.opening.shape import CATALOGUE, Member, names, stranger_text, strangers
from coder.store.row_hashes import SQL_OF_HASH
from coder.store.schema import CURRENT
from coder.store.steps.current_state import LATEST, work_out_anew
from coder.store.team.copies.act_checks import changed_acts
from coder.store.team.round_rows import rounds_of, rounds_told, write_rounds
from coder.store.words_numbers import WORDS_NUMBER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from coder.store.database import Database


class StudyFault(NamedTuple):
    """Something that is not as it should be, and how to mend it."""

    message: str
    repair: str


FROM_COPY = "Restore the study from a copy; export what can be read first: coder codings export."
REPLAY = "Run coder check --repair: it works out the current state anew from the log."
_FILL_ANEW = "Run coder check --repair: it works out anew which answers say the same."

_ROUNDS_ANEW = "Run coder check --repair: it works the rounds out anew from what was done to the team."

_WITHOUT = (
    "Restore the study from a copy; or have somebody who knows SQLite drop it, then run coder check again:"
    " what it did stays."
)
_ROW_NAMES = {
    "question": ("CAST(id AS BLOB)",),
    "attribute": ("CAST(name AS BLOB)",),
    "respondent": ("CAST(id AS BLOB)",),
    "attribute_value": ("CAST(respondent AS BLOB)", "CAST(attribute AS BLOB)"),
    "answer_attribute": ("CAST(name AS BLOB)",),
    "answer_value": ("CAST(response AS BLOB)", "CAST(attribute AS BLOB)"),
    "response": ("CAST(id AS BLOB)",),
    "person": ("CAST(name AS BLOB)",),
}
"""What tells a table's rows apart for people, where it is not their number."""

_WRITTEN_HERE = frozenset(("step", "codebook_version", "journal", "person", "team_event"))
"""The tables whose rows come from people at work; those of all others were imported."""

# What `LATEST` says as the tables have it.
_CURRENT = """SELECT response, theme, coder, 'theme', spans, origin, words_by FROM coding
    UNION ALL SELECT response, theme, coder, aspect, value, '', '' FROM mark"""


def faults(database: Database) -> list[StudyFault]:
    """Return everything that is wrong; an empty list means the database is whole.

    What cannot be read is told too, and the rest is looked at all the same.
    """
    study_faults: list[StudyFault] = []
    for check in (
        _file,
        _format,
        _members,
        _cells,
        _references,
        _texts,
        _same_words,
        _rows,
        _versions,
        _undone,
        _state,
        _acts,
        _themes,
        _rounds,
    ):
        try:
            study_faults.extend(check(database))
        except CoderError as error:
            # That a table or a column is not there was told before.
            if not (study_faults and "no such " in error.message):
                study_faults.append(StudyFault(f"The database file is damaged: {error.message}", FROM_COPY))
    return list(dict.fromkeys(study_faults))


def is_strange(database: Database) -> bool:
    """Tell whether a database has a format, or a table, trigger or view, that the program does not make."""
    try:
        return any((*_format(database), *_strangers(database)))
    except CoderError:
        return True


def rebuild(database: Database) -> None:
    """Work out the current state anew from the log, and which answers say the same, in one transaction."""
    with database.transaction():
        surveys.number_words_anew(database)
        work_out_anew(database)
        write_rounds(database)


def _file(database: Database) -> Iterator[StudyFault]:
    try:
        lines = [line for (line,) in database.rows("PRAGMA integrity_check(20)")]
    except CoderError as error:
        lines = [error.message]
    if lines != ["ok"]:
        yield from (StudyFault(f"The database file is damaged: {line}", FROM_COPY) for line in lines)


def _format(database: Database) -> Iterator[StudyFault]:
    version = database.value("PRAGMA user_version")
    if not 1 <= version <= CURRENT.version:
        yield StudyFault(f"The database has format {version}, not {CURRENT.version}.", FROM_COPY)


def _members(database: Database) -> Iterator[StudyFault]:
    yield from _strangers(database)
    present = {name for (name,) in database.rows("SELECT name FROM sqlite_master")}
    for name in sorted(names(CURRENT) - present):
        yield StudyFault(f"The database lacks '{name}'.", FROM_COPY)


def _strangers(database: Database) -> Iterator[StudyFault]:
    catalogue = [Member(*row) for row in database.rows(CATALOGUE)]
    for member in strangers(catalogue, CURRENT):
        yield StudyFault(stranger_text(member), _WITHOUT)


def _cells(database: Database) -> Iterator[StudyFault]:
    yield from (StudyFault(text, FROM_COPY) for text in odd_cells(database))


def _references(database: Database) -> Iterator[StudyFault]:
    for table, row, parent, _ in database.rows("PRAGMA foreign_key_check"):
        rows = "A row" if row is None else f"Row {row}"
        yield StudyFault(f"{rows} of '{table}' refers to something missing in '{parent}'.", FROM_COPY)
    wrong = database.value(
        """SELECT COUNT(*) FROM coding c JOIN response r ON r.number = c.response
        WHERE r.question <> c.question OR r.respondent <> c.respondent"""
    )
    if wrong:
        yield StudyFault(
            f"{wrong} codings stand under another question or respondent than their response.", REPLAY
        )
    misplaced = database.value(
        "SELECT COUNT(*) FROM mark m JOIN response r ON r.number = m.response WHERE r.question <> m.question"
    )
    if misplaced:
        yield StudyFault(f"{misplaced} marks stand under another question than their response.", REPLAY)


def _texts(database: Database) -> Iterator[StudyFault]:
    changed = "FROM response WHERE hash <> text_hash(CAST(text AS BLOB)) ORDER BY number"
    ids = database.rows(f"SELECT CAST(id AS BLOB) {changed}")
    for (response_id,) in ids[:MOST_TOLD]:
        yield StudyFault(f"The text of response {shown(response_id)} is not what was imported.", FROM_COPY)
    if len(ids) > MOST_TOLD:
        text = f"The texts of {len(ids) - MOST_TOLD:,} further responses are not what was imported."
        yield StudyFault(text, FROM_COPY)


def _same_words(database: Database) -> Iterator[StudyFault]:
    # Of a text that is another than was imported it is told by itself.
    numbers = database.rows(
        f"SELECT same_words, {WORDS_NUMBER} FROM response WHERE hash = text_hash(CAST(text AS BLOB))"
    )
    times = Counter(words for _, words in numbers)
    wrong = sum(stored != words and (stored is not None or times[words] > 1) for stored, words in numbers)
    if wrong:
        text = f"Of {wrong:,} responses it is not as their words say which others say the same."
        yield StudyFault(text, _FILL_ANEW)


def _rows(database: Database) -> Iterator[StudyFault]:
    for table, hashed in SQL_OF_HASH.items():
        try:
            yield from _changed_rows(database, table, hashed)
        except CoderError as error:
            yield StudyFault(f"The rows of '{table}' cannot be compared: {error.message}", FROM_COPY)


def _changed_rows(database: Database, table: str, hashed: str) -> Iterator[StudyFault]:
    event = "logged" if table in _WRITTEN_HERE else "imported"
    key = ", ".join(_ROW_NAMES.get(table, ("CAST(rowid AS BLOB)",)))
    rows = database.rows(f"SELECT {key} FROM {table} WHERE row_hash IS NOT {hashed}")
    for cells in rows[:MOST_TOLD]:
        row = ", ".join(map(shown, cells))
        yield StudyFault(f"Row {row} of '{table}' is not what was {event}.", FROM_COPY)
    if len(rows) > MOST_TOLD:
        text = f"{len(rows) - MOST_TOLD:,} further rows of '{table}' are not what was {event}."
        yield StudyFault(text, FROM_COPY)


def _versions(database: Database) -> Iterator[StudyFault]:
    sql = "SELECT number FROM codebook_version WHERE hash <> text_hash(CAST(source AS BLOB)) ORDER BY number"
    for (number,) in database.rows(sql):
        yield StudyFault(f"Version {number} of the codebook is not what was kept.", FROM_COPY)
    for number in [number for (number,) in database.rows("SELECT number FROM codebook_version")]:
        try:
            version(database, number)
        except CoderError as error:
            yield StudyFault(error.message, FROM_COPY)


def _undone(database: Database) -> Iterator[StudyFault]:
    wrong = database.value(
        """SELECT COUNT(*) FROM step s
        LEFT JOIN (SELECT target, MAX(number) AS number FROM step WHERE target IS NOT NULL GROUP BY target) t
            ON t.target = s.number
        LEFT JOIN step u ON u.number = t.number
        WHERE s.kind = 'do' AND s.undone <> COALESCE(u.kind = 'undo', 0)"""
    )
    if wrong:
        yield StudyFault(
            f"{wrong:,} steps of the log are not marked as undone or not as they were.", FROM_COPY
        )


def _state(database: Database) -> Iterator[StudyFault]:
    missing = _difference(database, LATEST, _CURRENT)
    extra = _difference(database, _CURRENT, LATEST)
    for count, finding in (
        (missing, "are in the log but not in the current state"),
        (extra, "are not in the log"),
    ):
        if count:
            yield StudyFault(f"{count} codings or marks {finding}.", REPLAY)


def _rounds(database: Database) -> Iterator[StudyFault]:
    both = rounds_of(database), rounds_told(database)
    present, as_begun = (sorted(rounds, key=lambda one_round: one_round.id) for rounds in both)
    if [replace(r, assigned={}) for r in present] != [replace(r, assigned={}) for r in as_begun]:
        yield StudyFault("The rounds are not those that were begun.", _ROUNDS_ANEW)
        return
    # A study made of a pack lacks the answers of others.
    answer_ids = surveys.response_numbers(database).keys()
    if [_of_these(r.assigned, answer_ids) for r in present] != [
        _of_these(r.assigned, answer_ids) for r in as_begun
    ]:
        yield StudyFault("Who has which answers of a round is not as it was assigned.", _ROUNDS_ANEW)


def _of_these(assigned: Mapping[str, Sequence[str]], answer_ids: Collection[str]) -> dict[str, set[str]]:
    return {person: set(answers).intersection(answer_ids) for person, answers in assigned.items()}


def _difference(database: Database, query: str, subtracted: str) -> Any:
    return database.value(
        f"SELECT COUNT(*) FROM (SELECT * FROM ({query}) EXCEPT SELECT * FROM ({subtracted}))"
    )


def _acts(database: Database) -> Iterator[StudyFault]:
    texts = list(changed_acts(database))
    yield from (StudyFault(text, FROM_COPY) for text in texts[:MOST_TOLD])
    if len(texts) > MOST_TOLD:
        yield StudyFault(f"{len(texts) - MOST_TOLD:,} further acts are not what was made.", FROM_COPY)


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
