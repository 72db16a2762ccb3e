"""Does each cell of a study's database hold what its column is for?"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, get_args

from coder.domain.codings import Aspect, Origin, WordsBy, read_spans
from coder.domain.privacy.text_leaves import read_ways
from coder.domain.reading_orders import CameBy
from coder.errors import CoderError
from coder.store.journal import Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from coder.store.database import Database

MOST_TOLD = 20
"""Of one kind of fault so many rows are named; of the others it is told how many there are."""
_TEXT = "typeof({0}) = 'text' AND is_text(CAST({0} AS BLOB))"
_NAME = f"{_TEXT} AND {{0}} <> ''"
_FLAG = "typeof({0}) = 'integer' AND {0} IN (0, 1)"
_COUNT = "typeof({0}) = 'integer' AND {0} BETWEEN 0 AND 999999999999"
_NUMBER = "typeof({0}) = 'integer' AND {0} BETWEEN 1 AND 999999999999"
_BOXES = "typeof({0}) = 'integer' AND {0} BETWEEN 0 AND 99999"
_SHARE = "typeof({0}) IN ('integer', 'real') AND {0} BETWEEN 0 AND 1"
_MOMENT = "typeof({0}) = 'text' AND is_moment(CAST({0} AS BLOB))"
_SPANS = "typeof({0}) = 'text' AND is_spans(CAST({0} AS BLOB))"
_BLOB = "typeof({0}) = 'blob'"
_HASH = "typeof({0}) = 'blob' AND length({0}) = 32"
_OBJECT = "typeof({0}) = 'text' AND is_object(CAST({0} AS BLOB))"
_NAMES = "typeof({0}) = 'text' AND is_list(CAST({0} AS BLOB))"
_CUTS = "typeof({0}) = 'text' AND is_cuts(CAST({0} AS BLOB))"
_CHANGED = "{0} IS NULL OR (typeof({0}) = 'text' AND is_text(CAST({0} AS BLOB))" + (
    " AND (aspect <> 'theme' OR is_spans(CAST({0} AS BLOB))))"
)


def _one_of(names: tuple[str, ...]) -> str:
    return f"typeof({{0}}) = 'text' AND {{0}} IN ({', '.join(repr(name) for name in names)})"


def _or_none(condition: str) -> str:
    return f"{{0}} IS NULL OR ({condition})"


def _or_empty(condition: str) -> str:
    return f"{{0}} = '' OR ({condition})"


_ASPECT, _ORIGIN = _one_of(get_args(Aspect)), _one_of(get_args(Origin))
_WORDS_BY = _one_of(get_args(WordsBy))
_COLUMNS = {
    "setting": {"key": _NAME, "value": _TEXT},
    "question": {"id": _NAME, "position": _COUNT, "label": _TEXT, "items": _BOXES},
    "attribute": {"name": _NAME, "position": _COUNT, "label": _TEXT},
    "respondent": {"number": _NUMBER, "id": _TEXT},
    "attribute_value": {"respondent": _NUMBER, "attribute": _NAME, "value": _TEXT},
    "answer_attribute": {"name": _NAME, "position": _COUNT, "label": _TEXT},
    "answer_value": {"response": _NUMBER, "attribute": _NAME, "value": _TEXT},
    "response": {
        "number": _NUMBER, "id": _TEXT, "respondent": _NUMBER, "question": _NAME, "item": _BOXES,
        "answered": _FLAG, "hash": _HASH, "text": _TEXT, "same_words": _or_none("typeof({0}) = 'integer'"),
    },
    "codebook_version": {
        "number": _NUMBER, "at": _MOMENT, "coder": _TEXT, "hash": _HASH, "source": _TEXT, "themes": _OBJECT,
        "label": _TEXT, "reason": _TEXT, "carried": _OBJECT, "undoes": _or_none(_NUMBER), "undone": _FLAG,
        "parents": _NAMES, "derived": _TEXT,
    },
    "act": {
        "writer": _NAME, "number": _NUMBER, "clock": _NUMBER, "kind": _one_of(("step", "version", "event")),
        "local": _or_none(_NUMBER), "salt": _BLOB, "digest": _or_none(_HASH),
        "link": _or_none(_HASH), "altered": _or_empty(_CUTS),
    },
    "text_salt": {"response": _NUMBER, "salt": _BLOB, "digest": _BLOB},
    "late_step": {"step": _NUMBER, "clock": _NUMBER, "writer": _NAME, "number": _NUMBER},
    "step": {
        "number": _NUMBER, "at": _MOMENT, "coder": _TEXT, "kind": _one_of(("do", "undo", "redo")),
        "target": _or_none(_NUMBER), "label": _TEXT, "codebook": _COUNT, "undone": _FLAG,
        "revision": _or_none(_NUMBER), "came_by": _one_of(get_args(CameBy)), "by_person": _TEXT,
    },
    "change": {
        "number": _NUMBER, "step": _NUMBER, "response": _NUMBER, "aspect": _ASPECT, "theme": _TEXT,
        "before": _CHANGED, "after": _CHANGED, "origin": _ORIGIN, "on_screen": _FLAG,
        "rank": _or_none(_NUMBER), "probability": _or_none(_SHARE), "words_by": _WORDS_BY,
    },
    "coding": {
        "response": _NUMBER, "theme": _NAME, "coder": _TEXT, "question": _NAME, "respondent": _NUMBER,
        "spans": _SPANS, "origin": _ORIGIN, "words_by": _WORDS_BY,
    },
    "mark": {
        "response": _NUMBER, "coder": _TEXT, "aspect": _ASPECT, "theme": _TEXT, "question": _NAME,
        "value": _TEXT,
    },
    "exposure": {
        "step": _NUMBER, "response": _NUMBER, "on_screen": _FLAG, "rank": _NUMBER, "theme": _NAME,
        "probability": _or_none(_SHARE),
    },
    "journal": {
        "number": _NUMBER, "step": _NUMBER, "subject": _one_of(get_args(Subject)), "subject_id": _TEXT,
        "text": _TEXT, "replaces": _or_none(_NUMBER),
    },
    "round": {
        "id": _NAME, "name": _NAME, "blind": _FLAG, "suggests": _FLAG, "codebook": _TEXT, "began": _MOMENT,
        "ended": _or_empty(_MOMENT), "gold": _TEXT, "to_pass": _SHARE,
    },
    "round_member": {"round": _NAME, "place": _COUNT, "person": _NAME, "finished": _or_empty(_MOMENT)},
    "assignment": {"response": _NUMBER, "round": _NAME, "person": _NAME, "place": _COUNT},
}  # fmt: skip
"""For each column the condition, in SQL, that its cells meet; `{0}` is the column."""
_KEYS = {
    "attribute_value": ("respondent", "attribute"),
    "answer_value": ("response", "attribute"),
    "coding": ("response", "theme", "coder"),
    "mark": ("response", "coder", "aspect", "theme"),
    "exposure": ("response", "step", "rank"),
    "act": ("writer", "number"),
    "round_member": ("round", "person"),
    "assignment": ("response", "round", "person"),
}
"""The columns that tell rows apart where they are not numbered."""
_CLIP = 40
_ODD = re.compile(r"[^\x20-\x7e\xa1-\ud7ff]")


def odd_cells(database: Database) -> Iterator[str]:
    """Yield, in words, the cells that hold what is not for their column, and columns that are unreadable."""
    for name, function in _FUNCTIONS.items():
        database.add_function(name, function)
    for table, columns in _COLUMNS.items():
        for column, condition in columns.items():
            try:
                yield from _odd_cells_of(database, table, column, condition.format(column))
            except CoderError as error:
                yield f"Column '{column}' of '{table}' cannot be read: {error.message}"


def _odd_cells_of(database: Database, table: str, column: str, condition: str) -> Iterator[str]:
    odd = f"FROM {table} WHERE NOT COALESCE(({condition}), 0)"
    key = " || ', ' || ".join(f"shown({name})" for name in key_of(table))
    rows = database.rows(f"SELECT {key}, shown({column}) {odd} LIMIT {MOST_TOLD + 1}")
    for row_name, cell in rows[:MOST_TOLD]:
        yield f"Row {row_name} of '{table}' holds {cell} as its '{column}', which cannot be."
    if len(rows) > MOST_TOLD:
        further = database.value(f"SELECT COUNT(*) {odd}") - MOST_TOLD
        yield f"{further:,} further rows of '{table}' hold what cannot be as their '{column}'."


def key_of(table: str) -> tuple[str, ...]:
    """Return, as SQL that no damage can keep from being read, what tells a table's rows apart."""
    return tuple(f"CAST({name} AS BLOB)" for name in _KEYS.get(table, ("rowid",)))


def shown(cell: object) -> str:
    """Return a cell of any type for a message: clipped, without control characters."""
    text = cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell)
    clipped = text if len(text) <= _CLIP else f"{text[:_CLIP]}…"
    return "nothing" if cell is None else _ODD.sub("\N{REPLACEMENT CHARACTER}", clipped) or "an empty text"


def _is_text(cell: bytes | None) -> bool:
    try:
        (cell or b"").decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_moment(cell: bytes | None) -> bool:
    try:
        return datetime.fromisoformat((cell or b"").decode("utf-8")).utcoffset() is not None
    except ValueError:
        return False


def _is_spans(cell: bytes | None) -> bool:
    try:
        read_spans((cell or b"").decode("utf-8"))
    except (CoderError, ValueError):
        return False
    return True


def _is_object(cell: bytes | None) -> bool:
    try:
        return isinstance(json.loads(cell or b""), dict)
    except (ValueError, RecursionError):
        return False


def _is_list(cell: bytes | None) -> bool:
    try:
        names = json.loads(cell or b"")
    except (ValueError, RecursionError):
        return False
    return isinstance(names, list) and all(isinstance(name, str) for name in names)


def _is_cuts(cell: bytes | None) -> bool:
    try:
        read_ways((cell or b"").decode("utf-8"))
    except (ValueError, TypeError, RecursionError):
        return False
    return True


_FUNCTIONS: dict[str, Callable[..., str | bool]] = {
    "is_text": _is_text,
    "is_moment": _is_moment,
    "is_spans": _is_spans,
    "is_object": _is_object,
    "is_list": _is_list,
    "is_cuts": _is_cuts,
    "shown": shown,
}
