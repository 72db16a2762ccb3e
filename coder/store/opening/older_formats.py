"""Tables, indexes and triggers as older formats had them, where they differ from today's."""

from __future__ import annotations

STEP_GUARD_2 = """CREATE TRIGGER step_is_final
    BEFORE UPDATE OF number, at, coder, kind, target, label, codebook,
    revision, came_by ON step BEGIN SELECT RAISE (ABORT, 'the log is final'); END"""
STEP_GUARD_6 = """CREATE TRIGGER step_is_final
        BEFORE UPDATE OF number, at, coder, kind, target, label, codebook,
        revision, came_by, row_hash ON step BEGIN SELECT RAISE (ABORT, 'the log is final'); END"""
_STEP_GUARD_1 = """CREATE TRIGGER step_is_final
    BEFORE UPDATE OF number, at, coder, kind, target, label, codebook
    ON step BEGIN SELECT RAISE (ABORT, 'the log is final'); END"""

_RESPONDENT = "CREATE TABLE respondent (number INTEGER PRIMARY KEY, id TEXT NOT NULL)"
_RESPONSE = """CREATE TABLE response (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    respondent INTEGER NOT NULL REFERENCES respondent (number),
    question TEXT NOT NULL REFERENCES question (id),
    item INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    hash BLOB NOT NULL,
    text TEXT NOT NULL)"""
_VERSION_1 = """CREATE TABLE codebook_version (
    number INTEGER PRIMARY KEY, at TEXT NOT NULL, coder TEXT NOT NULL,
    hash BLOB NOT NULL, source TEXT NOT NULL, themes TEXT NOT NULL"""
_VERSION_2 = f"""{_VERSION_1},
    label TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    carried TEXT NOT NULL DEFAULT '{{}}',
    undoes INTEGER REFERENCES codebook_version (number),
    undone INTEGER NOT NULL DEFAULT 0"""
_STEP_1 = """CREATE TABLE step (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    coder TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo')),
    target INTEGER REFERENCES step (number),
    label TEXT NOT NULL,
    codebook INTEGER NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0"""
_STEP_2 = f"""{_STEP_1},
    revision INTEGER REFERENCES codebook_version (number),
    came_by TEXT NOT NULL DEFAULT ''"""
_CHANGE_1 = """CREATE TABLE change (
    number INTEGER PRIMARY KEY,
    step INTEGER NOT NULL REFERENCES step (number),
    response INTEGER NOT NULL REFERENCES response (number),
    aspect TEXT NOT NULL CHECK (aspect IN ('theme', 'done', 'flag', 'memo')),
    theme TEXT NOT NULL,
    before TEXT,
    after TEXT,
    origin TEXT NOT NULL,
    on_screen INTEGER NOT NULL,
    rank INTEGER,
    probability REAL)"""
_MARK_1 = """CREATE TABLE mark (
    response INTEGER NOT NULL REFERENCES response (number),
    coder TEXT NOT NULL,
    aspect TEXT NOT NULL CHECK (aspect IN ('done', 'flag', 'memo')),
    theme TEXT NOT NULL,
    question TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (response, coder, aspect, theme)) WITHOUT ROWID"""

FORMAT_1 = (
    f"{_VERSION_1})",
    f"{_STEP_1})",
    _CHANGE_1,
    _MARK_1,
    _STEP_GUARD_1,
)
"""What format 1 had in another way than format 2; it lacked `exposure` and two indexes."""
FORMAT_2 = (
    """CREATE TABLE question (
        id TEXT PRIMARY KEY, position INTEGER NOT NULL, label TEXT NOT NULL, items INTEGER NOT NULL)""",
    "CREATE TABLE attribute (name TEXT PRIMARY KEY, position INTEGER NOT NULL, label TEXT NOT NULL)",
    _RESPONDENT,
    """CREATE TABLE attribute_value (
        respondent INTEGER NOT NULL REFERENCES respondent (number),
        attribute TEXT NOT NULL REFERENCES attribute (name),
        value TEXT NOT NULL,
        PRIMARY KEY (respondent, attribute)) WITHOUT ROWID""",
    _RESPONSE,
    f"{_VERSION_2})",
    f"{_STEP_2})",
    STEP_GUARD_2,
)
"""What format 2 had in another way than format 3."""

_WITH_HASH = "row_hash INTEGER NOT NULL DEFAULT 0"
FORMAT_3 = (
    f"{_RESPONSE.removesuffix(')')}, {_WITH_HASH})",
    "CREATE INDEX response_by_question ON response (question, number, answered, respondent)",
)
"""What format 3 had in another way than format 4; it lacked `journal` and `response_by_words`."""

CHANGE_4 = """CREATE TABLE change (
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
    probability REAL)"""
FORMAT_4 = (
    CHANGE_4,
    """CREATE TABLE coding (
        response INTEGER NOT NULL REFERENCES response (number),
        theme TEXT NOT NULL,
        coder TEXT NOT NULL,
        question TEXT NOT NULL,
        respondent INTEGER NOT NULL,
        spans TEXT NOT NULL,
        origin TEXT NOT NULL,
        PRIMARY KEY (response, theme, coder)) WITHOUT ROWID""",
)
"""What format 4 had in another way than format 5."""

FORMAT_6 = (f"{_STEP_2}, {_WITH_HASH})", STEP_GUARD_6, f"{_VERSION_2}, {_WITH_HASH})")
"""What format 6 had in another way than format 7."""

ACT_7 = """CREATE TABLE act (
    writer TEXT NOT NULL,
    number INTEGER NOT NULL,
    clock INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('step', 'version', 'event')),
    local INTEGER,
    salt BLOB NOT NULL,
    digest BLOB,
    link BLOB,
    PRIMARY KEY (writer, number)) WITHOUT ROWID"""
"""What format 7 had in another way than format 8; it lacked `text_salt`."""

_ROW_HASH = "row_hash BLOB NOT NULL DEFAULT x'')"
_UNIQUE = tuple(
    table.replace("id TEXT NOT NULL", "id TEXT NOT NULL UNIQUE") for table in (_RESPONDENT, _RESPONSE)
)
_FIRST_STUDIES = (
    *_UNIQUE,
    *(f"{table.removesuffix(')')}, {_WITH_HASH})" for table in _UNIQUE),
    *(f"{table.removesuffix(')')}, {_WITH_HASH}, same_words INTEGER)" for table in _UNIQUE),
    *(f"{table.removesuffix(')')}, {_ROW_HASH}" for table in _UNIQUE),
    "CREATE INDEX response_by_question ON response (question, answered, number)",
    "CREATE INDEX response_by_respondent ON response (respondent, question, item)",
)
"""What the first studies of format 1 had, and keep when they are brought up to date."""

OLDER_STATEMENTS = (*FORMAT_1, *FORMAT_2, *FORMAT_3, *FORMAT_4, *FORMAT_6, ACT_7, *_FIRST_STUDIES)
