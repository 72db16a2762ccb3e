"""A hash of each row that was imported or logged: it shows damage, not forgery.

Whoever changes a row on purpose can work out its hash anew; a bad disk or another program does not.
No hash rests on another row's, so that copies of a study can be merged.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING
from zlib import crc32

from coder.store.team.copies.earlier_acts import earlier_writer

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

SqlValue = str | bytes | int | float | None

SEPARATOR = "\x1f"
STEP_COLUMNS = "at, coder, kind, target, label, codebook, revision, came_by"
"""The columns of a step that its hash covers, in this order; after them `by_person`, unless empty, and its
changes."""
CHANGE_COLUMNS = "response, aspect, theme, before, after, origin, on_screen, rank, probability"
"""The columns of a change that its step's hash covers, in this order; after them `words_by`, unless empty."""
VERSION_COLUMNS = "number, at, coder, hash, source, themes, label, reason, carried, undoes"
"""The columns of a version of the codebook that its hash covers, in this order; then its parents and the name
of one that was worked out, since format 7."""
JOURNAL_COLUMNS = "step, subject, subject_id, text, replaces"
"""The columns of an entry of the journal that its hash covers, in this order, behind its number."""
PERSON_COLUMNS = "id, name, retired, spellings, merged_into"
"""The columns of a person that its hash covers, in this order."""
TEAM_EVENT_COLUMNS = "number, at, by, kind, content"
"""The columns of what was done to a team that its hash covers, in this order."""
_NUMBER_COLUMNS = frozenset(
    (
        *("step", "replaces"),
        *("number", "position", "items", "respondent", "item", "answered", "undoes", "target"),
        "retired",
        *("codebook", "revision", "response", "on_screen", "rank", "probability"),
    )
)
"""All others hold texts or blobs."""


def row_hash(*cells: str | int | float | None) -> int:
    """Return the number of 32 bits that stands for the cells of a row: its CRC-32."""
    return crc32(SEPARATOR.join(map(str, cells)).encode("utf-8", "surrogatepass"))


def row_hash_of(*cells: SqlValue) -> int:
    """Return the hash of a row, given its texts as they are or in UTF-8."""
    return row_hash(
        *(cell.decode("utf-8", "backslashreplace") if isinstance(cell, bytes) else cell for cell in cells)
    )


def step_hash(step_cells: Sequence[str | int | float | None], change_hashes: Iterable[int]) -> int:
    """Return the hash of a step of the log with its changes.

    Args:
        step_cells: Its `STEP_COLUMNS` and `by_person`.
        change_hashes: For each of its changes the hash of the `CHANGE_COLUMNS`, in any order.
    """
    return row_hash(*hashed_cells(step_cells), _as_one(map(str, change_hashes)))


def change_hash(cells: Sequence[str | int | float | None]) -> int:
    """Return the hash of a change, given its `CHANGE_COLUMNS` and `words_by`."""
    return row_hash(*hashed_cells(cells))


def hashed_cells(cells: Sequence[str | int | float | None]) -> Sequence[str | int | float | None]:
    """Return what the hash of a step or a change covers; its last cell, who did it, only unless empty."""
    return cells if cells[-1] else cells[:-1]


def _as_one(hashes: Iterable[str]) -> str:
    return " ".join(sorted(hashes))


def add_functions(connection: sqlite3.Connection) -> None:
    """Let statements on a connection call `row_hash`, `text_hash`, `in_any_order` and `earlier_writer`.

    Texts are to be given as blobs: a damaged one may be no UTF-8.
    """
    connection.create_function("row_hash", -1, row_hash_of, deterministic=True)
    connection.create_function("text_hash", 1, _text_hash, deterministic=True)
    connection.create_function("in_any_order", 1, _in_any_order, deterministic=True)
    connection.create_function("earlier_writer", -1, earlier_writer, deterministic=True)


def _text_hash(text: SqlValue) -> bytes:
    """Return what `response.hash` holds: SHA-256 over the text alone."""
    return sha256(text if isinstance(text, bytes) else str(text).encode()).digest()


def _in_any_order(digests: str | int | None) -> str:
    return _as_one(str(digests or "").split())


def _hash_of(columns: str, *further: str, table: str = "") -> str:
    """Return the SQL of a row's hash, given the columns it covers."""
    names = [name.strip() for name in columns.split(",")]
    cells = (
        f"{table}{name}" if name in _NUMBER_COLUMNS else f"CAST({table}{name} AS BLOB)" for name in names
    )
    return f"row_hash({', '.join((*cells, *further))})"


_CHANGE_3 = _hash_of(CHANGE_COLUMNS, table="change.")
_CHANGE_5 = _hash_of(CHANGE_COLUMNS, "CAST(change.words_by AS BLOB)", table="change.")


def _changes(change_hash: str) -> str:
    return f"""in_any_order((SELECT group_concat({change_hash}, ' ')
    FROM change WHERE change.step = step.number))"""


def _with_changes(change_hash: str) -> str:
    """Return the SQL of a step's hash, given that of each of its changes."""
    changes = _changes(change_hash)
    by_person = _hash_of(STEP_COLUMNS, "CAST(step.by_person AS BLOB)", changes)
    return f"CASE step.by_person WHEN '' THEN {_hash_of(STEP_COLUMNS, changes)} ELSE {by_person} END"


SQL_OF_HASH_3 = {
    "question": _hash_of("id, position, label, items"),
    "attribute": _hash_of("name, position, label"),
    "respondent": _hash_of("number, id"),
    "attribute_value": _hash_of("respondent, attribute, value"),
    "response": _hash_of("number, id, respondent, question, item, answered"),
    "codebook_version": _hash_of(VERSION_COLUMNS),
    "step": _hash_of(STEP_COLUMNS, _changes(_CHANGE_3)),
}
"""For each table that had a hash of its rows in format 3, how SQL works it out anew."""
SQL_OF_HASH = {
    **SQL_OF_HASH_3,
    "codebook_version": _hash_of(f"{VERSION_COLUMNS}, parents, derived"),
    "journal": _hash_of(f"number, {JOURNAL_COLUMNS}"),
    "person": _hash_of(PERSON_COLUMNS),
    "answer_attribute": _hash_of("name, position, label"),
    "answer_value": _hash_of("response, attribute, value"),
    "team_event": _hash_of(TEAM_EVENT_COLUMNS),
    "step": _with_changes(f"CASE change.words_by WHEN '' THEN {_CHANGE_3} ELSE {_CHANGE_5} END"),
}
"""For each table with a hash of its rows, how SQL works it out anew.

A change for which nobody picked words has the hash that it had in format 4: what was logged then needs no new
one; so has a step of which nothing says who acted."""
