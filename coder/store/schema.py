"""The tables of a study's database, and how an older file becomes a newer one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coder.store.opening.older_formats import CHANGE_4, OLDER_STATEMENTS, STEP_GUARD_2, STEP_GUARD_6
from coder.store.row_hashes import SQL_OF_HASH, SQL_OF_HASH_3
from coder.store.team.copies.act_tables import (
    ACT,
    ACT_GUARDS,
    ACT_INDEXES,
    ALTERED,
    DERIVED,
    LATE_STEP,
    PARENTS,
    add_acts,
)
from coder.store.words_numbers import WORDS_NUMBER

Migration = Callable[[Callable[[str], object]], None]
"""Takes a function that executes one statement; runs inside a transaction."""


@dataclass(frozen=True, slots=True)
class Schema:
    """A version of the tables and the way there.

    Attributes:
        statements: The tables of the newest version.
        rules: Its indexes and triggers, made once a new study is filled: that is far quicker.
        migrations: `migrations[i]` brings version i + 1 to version i + 2.
        older: Statements of older versions that a file of today may still hold.
    """

    statements: Sequence[str]
    migrations: Sequence[Migration] = ()
    rules: Sequence[str] = ()
    older: Sequence[str] = ()

    @property
    def version(self) -> int:
        """The newest version, kept in SQLite's `user_version`."""
        return len(self.migrations) + 1


CLEANING = "privacy.cleaning"
"""The setting that is not empty while something is still to be cleaned after words were taken out."""
TEXTS_SECRET = "privacy.texts"  # noqa: S105 - it is the name of a setting
"""The setting with what copies of a study share to know texts of answers: `store.privacy.text_salts`."""
SECRET_BYTES = 32
_DRAW_SECRET = f"""INSERT OR IGNORE INTO setting (key, value)
    VALUES ('{TEXTS_SECRET}', lower(hex(randomblob({SECRET_BYTES}))))"""
_WORDS_BY = "words_by TEXT NOT NULL DEFAULT ''"
_CHANGE = f"""CREATE TABLE change (
    number INTEGER PRIMARY KEY,
    step INTEGER NOT NULL REFERENCES step (number),
    response INTEGER NOT NULL REFERENCES response (number),
    aspect TEXT NOT NULL CHECK (aspect IN ('theme', 'done', 'flag', 'memo', 'recode', 'kept')),
    theme TEXT NOT NULL,
    before TEXT,
    after TEXT,
    origin TEXT NOT NULL,
    on_screen INTEGER NOT NULL,
    rank INTEGER,
    probability REAL,
    {_WORDS_BY})"""
_MARK = """CREATE TABLE mark (
    response INTEGER NOT NULL REFERENCES response (number),
    coder TEXT NOT NULL,
    aspect TEXT NOT NULL CHECK (aspect IN ('done', 'flag', 'memo', 'recode', 'kept')),
    theme TEXT NOT NULL,
    question TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (response, coder, aspect, theme)) WITHOUT ROWID"""
_EXPOSURE = """CREATE TABLE exposure (
    step INTEGER NOT NULL REFERENCES step (number),
    response INTEGER NOT NULL REFERENCES response (number),
    on_screen INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    theme TEXT NOT NULL,
    probability REAL,
    PRIMARY KEY (response, step, rank)) WITHOUT ROWID"""

_JOURNAL = """CREATE TABLE journal (
    number INTEGER PRIMARY KEY,
    step INTEGER NOT NULL REFERENCES step (number),
    subject TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    text TEXT NOT NULL,
    replaces INTEGER REFERENCES journal (number),
    row_hash INTEGER NOT NULL DEFAULT 0)"""

_PERSON = """CREATE TABLE person (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    retired INTEGER NOT NULL,
    spellings TEXT NOT NULL,
    merged_into TEXT NOT NULL,
    row_hash INTEGER NOT NULL DEFAULT 0)"""
_TEAM_EVENT = """CREATE TABLE team_event (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    kind TEXT NOT NULL,
    content TEXT NOT NULL,
    row_hash INTEGER NOT NULL DEFAULT 0)"""

# What knows the text that an answer first had, once words are taken out of it: `store.privacy.text_salts`.
_TEXT_SALT = """CREATE TABLE text_salt (
    response INTEGER PRIMARY KEY REFERENCES response (number),
    salt BLOB NOT NULL,
    digest BLOB NOT NULL)"""

_ROW_HASH = "row_hash INTEGER NOT NULL DEFAULT 0"
# What is known of answers, which may differ between those of one respondent: a date, a wave.
_ANSWER_ATTRIBUTES = (
    f"""CREATE TABLE answer_attribute (
        name TEXT PRIMARY KEY, position INTEGER NOT NULL, label TEXT NOT NULL, {_ROW_HASH})""",
    f"""CREATE TABLE answer_value (
        response INTEGER NOT NULL REFERENCES response (number),
        attribute TEXT NOT NULL REFERENCES answer_attribute (name),
        value TEXT NOT NULL,
        {_ROW_HASH},
        PRIMARY KEY (response, attribute)) WITHOUT ROWID""",
)
_ANSWER_INDEX = "CREATE INDEX answer_by_value ON answer_value (attribute, value, response)"

# They follow from what was done to the team.
_ROUND_TABLES = (
    """CREATE TABLE round (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        blind INTEGER NOT NULL,
        suggests INTEGER NOT NULL,
        codebook TEXT NOT NULL,
        began TEXT NOT NULL,
        ended TEXT NOT NULL,
        gold TEXT NOT NULL,
        to_pass REAL NOT NULL)""",
    """CREATE TABLE round_member (
        round TEXT NOT NULL REFERENCES round (id),
        place INTEGER NOT NULL,
        person TEXT NOT NULL,
        finished TEXT NOT NULL,
        PRIMARY KEY (round, person)) WITHOUT ROWID""",
    """CREATE TABLE assignment (
        response INTEGER NOT NULL REFERENCES response (number),
        round TEXT NOT NULL REFERENCES round (id),
        person TEXT NOT NULL,
        place INTEGER NOT NULL,
        PRIMARY KEY (response, round, person)) WITHOUT ROWID""",
)
_ROUND_INDEX = "CREATE INDEX assignment_by_person ON assignment (person, round, response)"

_SAME_WORDS = "same_words INTEGER"
_BY_PERSON = "by_person TEXT NOT NULL DEFAULT ''"
_TABLES = (
    "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    f"""CREATE TABLE question (
        id TEXT PRIMARY KEY, position INTEGER NOT NULL, label TEXT NOT NULL, items INTEGER NOT NULL,
        {_ROW_HASH})""",
    f"""CREATE TABLE attribute (
        name TEXT PRIMARY KEY, position INTEGER NOT NULL, label TEXT NOT NULL, {_ROW_HASH})""",
    f"CREATE TABLE respondent (number INTEGER PRIMARY KEY, id TEXT NOT NULL, {_ROW_HASH})",
    f"""CREATE TABLE attribute_value (
        respondent INTEGER NOT NULL REFERENCES respondent (number),
        attribute TEXT NOT NULL REFERENCES attribute (name),
        value TEXT NOT NULL,
        {_ROW_HASH},
        PRIMARY KEY (respondent, attribute)) WITHOUT ROWID""",
    f"""CREATE TABLE response (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        respondent INTEGER NOT NULL REFERENCES respondent (number),
        question TEXT NOT NULL REFERENCES question (id),
        item INTEGER NOT NULL,
        answered INTEGER NOT NULL,
        hash BLOB NOT NULL,
        text TEXT NOT NULL,
        {_ROW_HASH},
        {_SAME_WORDS})""",
    f"""CREATE TABLE codebook_version (
        number INTEGER PRIMARY KEY, at TEXT NOT NULL, coder TEXT NOT NULL,
        hash BLOB NOT NULL, source TEXT NOT NULL, themes TEXT NOT NULL,
        label TEXT NOT NULL DEFAULT '',
        reason TEXT NOT NULL DEFAULT '',
        carried TEXT NOT NULL DEFAULT '{{}}',
        undoes INTEGER REFERENCES codebook_version (number),
        undone INTEGER NOT NULL DEFAULT 0,
        {_ROW_HASH},
        {PARENTS},
        {DERIVED})""",
    f"""CREATE TABLE step (
        number INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        coder TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo')),
        target INTEGER REFERENCES step (number),
        label TEXT NOT NULL,
        codebook INTEGER NOT NULL,
        undone INTEGER NOT NULL DEFAULT 0,
        revision INTEGER REFERENCES codebook_version (number),
        came_by TEXT NOT NULL DEFAULT '',
        {_ROW_HASH},
        {_BY_PERSON})""",
    _CHANGE,
    f"""CREATE TABLE coding (
        response INTEGER NOT NULL REFERENCES response (number),
        theme TEXT NOT NULL,
        coder TEXT NOT NULL,
        question TEXT NOT NULL,
        respondent INTEGER NOT NULL,
        spans TEXT NOT NULL,
        origin TEXT NOT NULL,
        {_WORDS_BY},
        PRIMARY KEY (response, theme, coder)) WITHOUT ROWID""",
    _MARK,
    _EXPOSURE,
    _JOURNAL,
    _PERSON,
    _TEAM_EVENT,
    ACT,
    *_ROUND_TABLES,
    LATE_STEP,
    _TEXT_SALT,
    *_ANSWER_ATTRIBUTES,
)

_INDEXES = (
    "CREATE UNIQUE INDEX response_by_id ON response (id)",
    "CREATE UNIQUE INDEX respondent_by_id ON respondent (id)",
    "CREATE INDEX response_by_question ON response (question, number, answered, respondent, same_words)",
    """CREATE INDEX response_by_words ON response (same_words, question, answered)
        WHERE same_words IS NOT NULL""",
    "CREATE INDEX value_by_attribute ON attribute_value (attribute, value, respondent)",
    "CREATE INDEX change_by_step ON change (step)",
    "CREATE INDEX change_by_response ON change (response)",
    "CREATE INDEX step_by_coder ON step (coder, kind, number)",
    "CREATE INDEX step_latest ON step (coder, number)",
    "CREATE INDEX step_standing ON step (coder, number) WHERE kind = 'do' AND undone = 0",
    "CREATE INDEX step_by_revision ON step (revision) WHERE revision IS NOT NULL",
    "CREATE INDEX coding_by_theme ON coding (question, theme, respondent, coder)",
    "CREATE INDEX mark_by_aspect ON mark (coder, aspect, question, response)",
    "CREATE INDEX mark_to_recode ON mark (question, theme) WHERE aspect = 'recode'",
    "CREATE INDEX journal_by_replaced ON journal (replaces) WHERE replaces IS NOT NULL",
    *ACT_INDEXES,
    _ROUND_INDEX,
    _ANSWER_INDEX,
)

# The log only grows and answers never change: the database itself refuses anything else.
_GUARDS = (
    """CREATE TRIGGER response_is_immutable
        BEFORE UPDATE OF number, id, respondent, question, item, hash, text
        ON response BEGIN SELECT RAISE (ABORT, 'responses are immutable'); END""",
    """CREATE TRIGGER response_is_kept BEFORE DELETE ON response
        BEGIN SELECT RAISE (ABORT, 'responses are kept'); END""",
    """CREATE TRIGGER change_is_final BEFORE UPDATE ON change
        BEGIN SELECT RAISE (ABORT, 'the log is final'); END""",
    """CREATE TRIGGER change_is_kept BEFORE DELETE ON change
        BEGIN SELECT RAISE (ABORT, 'the log is kept'); END""",
    """CREATE TRIGGER step_is_final BEFORE UPDATE OF number, at, coder, kind, target, label, codebook,
        revision, came_by, row_hash, by_person ON step BEGIN SELECT RAISE (ABORT, 'the log is final'); END""",
    """CREATE TRIGGER step_is_kept BEFORE DELETE ON step
        BEGIN SELECT RAISE (ABORT, 'the log is kept'); END""",
    """CREATE TRIGGER exposure_is_final BEFORE UPDATE ON exposure
        BEGIN SELECT RAISE (ABORT, 'the log is final'); END""",
    """CREATE TRIGGER exposure_is_kept BEFORE DELETE ON exposure
        BEGIN SELECT RAISE (ABORT, 'the log is kept'); END""",
    """CREATE TRIGGER journal_is_final BEFORE UPDATE ON journal
        BEGIN SELECT RAISE (ABORT, 'the journal is final'); END""",
    """CREATE TRIGGER journal_is_kept BEFORE DELETE ON journal
        BEGIN SELECT RAISE (ABORT, 'the journal is kept'); END""",
    """CREATE TRIGGER team_event_is_final BEFORE UPDATE ON team_event
        BEGIN SELECT RAISE (ABORT, 'the log is final'); END""",
    """CREATE TRIGGER team_event_is_kept BEFORE DELETE ON team_event
        BEGIN SELECT RAISE (ABORT, 'the log is kept'); END""",
    *ACT_GUARDS,
)


def _add_revisions(execute: Callable[[str], object]) -> None:
    """Bring format 1 to format 2: revisions of the codebook, codings to look at again, what was suggested."""
    for column in (
        "label TEXT NOT NULL DEFAULT ''",
        "reason TEXT NOT NULL DEFAULT ''",
        "carried TEXT NOT NULL DEFAULT '{}'",
        "undoes INTEGER REFERENCES codebook_version (number)",
        "undone INTEGER NOT NULL DEFAULT 0",
    ):
        execute(f"ALTER TABLE codebook_version ADD COLUMN {column}")
    execute("ALTER TABLE step ADD COLUMN revision INTEGER REFERENCES codebook_version (number)")
    execute("ALTER TABLE step ADD COLUMN came_by TEXT NOT NULL DEFAULT ''")
    execute(_EXPOSURE)
    for table, statement in (("change", CHANGE_4), ("mark", _MARK)):
        # SQLite cannot widen a CHECK: the rows move to a new table. A copy of the file was made before.
        execute(f"ALTER TABLE {table} RENAME TO old_{table}")
        execute(statement)
        execute(f"INSERT INTO {table} SELECT * FROM old_{table}")
        execute(f"DROP TABLE old_{table}")
    lost = ("change_", "mark_", "exposure_", "step_by_revision", "step_is_final")
    execute("DROP TRIGGER IF EXISTS step_is_final")
    for rule in (*_INDEXES, *_GUARDS):
        if rule.split()[2].startswith(lost):
            execute(STEP_GUARD_2 if "step_is_final" in rule else rule)


def _add_row_hashes(execute: Callable[[str], object]) -> None:
    """Bring format 2 to format 3: a hash of each row that was imported or logged."""
    execute("DROP TRIGGER IF EXISTS step_is_final")
    for table, hashed in SQL_OF_HASH_3.items():
        execute(f"ALTER TABLE {table} ADD COLUMN {_ROW_HASH}")
        execute(f"UPDATE {table} SET row_hash = {hashed}")
    execute(STEP_GUARD_6)


def _add_same_words_and_journal(execute: Callable[[str], object]) -> None:
    """Bring format 3 to format 4: which answers say the same, and the journal."""
    execute(f"ALTER TABLE response ADD COLUMN {_SAME_WORDS}")
    execute(f"UPDATE response SET same_words = {WORDS_NUMBER}")
    execute("DROP INDEX IF EXISTS response_by_question")
    execute(_JOURNAL)
    for rule in (*_INDEXES, *_GUARDS):
        if (
            rule.removeprefix("CREATE ")
            .split()[1]
            .startswith(("response_by_question", "response_by_words", "journal_"))
        ):
            execute(rule)


def _add_words_by(execute: Callable[[str], object]) -> None:
    """Bring format 4 to format 5: who picked the words of a coding. Of those that stand it is not known."""
    for table in ("change", "coding"):
        execute(f"ALTER TABLE {table} ADD COLUMN {_WORDS_BY}")


def _add_people(execute: Callable[[str], object]) -> None:
    """Bring format 5 to format 6: whoever has worked on the study is a person, of the name they gave."""
    execute(_PERSON)
    execute(_TEAM_EVENT)
    execute("INSERT INTO person SELECT DISTINCT coder, coder, 0, '[]', '', 0 FROM step")
    execute(f"UPDATE person SET row_hash = {SQL_OF_HASH['person']}")
    for rule in _GUARDS:
        if rule.split()[2].startswith("team_event_"):
            execute(rule)


def _add_team_work(execute: Callable[[str], object]) -> None:
    """Bring format 6 to format 7: who acted in a step, rounds, and what makes copies one."""
    execute(f"ALTER TABLE step ADD COLUMN {_BY_PERSON}")
    execute("DROP TRIGGER IF EXISTS step_is_final")
    execute(next(rule for rule in _GUARDS if "step_is_final" in rule))
    add_acts(execute)
    # One that is wrong stays wrong: worked out anew it would make damage look right.
    older, newer = SQL_OF_HASH_3["codebook_version"], SQL_OF_HASH["codebook_version"]
    execute(f"UPDATE codebook_version SET row_hash = {newer} WHERE row_hash IS {older}")
    for statement in (*_ROUND_TABLES, _ROUND_INDEX):
        execute(statement)


def _add_taking_out(execute: Callable[[str], object]) -> None:
    """Bring format 7 to format 8: what was cut out of acts, and what knows the texts of answers again."""
    execute(f"ALTER TABLE act ADD COLUMN {ALTERED}")
    execute(_TEXT_SALT)
    execute(_DRAW_SECRET)


def _add_answer_attributes(execute: Callable[[str], object]) -> None:
    """Bring format 8 to format 9: what is known of single answers."""
    for statement in (*_ANSWER_ATTRIBUTES, _ANSWER_INDEX):
        execute(statement)


CURRENT = Schema(
    statements=_TABLES,
    rules=(*_INDEXES, *_GUARDS),
    migrations=(
        _add_revisions,
        _add_row_hashes,
        _add_same_words_and_journal,
        _add_words_by,
        _add_people,
        _add_team_work,
        _add_taking_out,
        _add_answer_attributes,
    ),
    older=OLDER_STATEMENTS,
)
