"""Changes in the log that were made alike on answers of the same words, written and read as sets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from zlib import crc32

from coder.domain.codings import Change, CopiedChange
from coder.store.opening.damage import damaged
from coder.store.row_hashes import SEPARATOR, hashed_cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coder.errors import CoderError
    from coder.store.database import Database

IS_COPY = "origin = 'same' AND on_screen = 0"
"""The condition that a row of the log is of an answer that was decided about with another, unread."""

_WRITE = """INSERT INTO main.change
    (step, response, aspect, theme, before, after, origin, on_screen, words_by)
    SELECT ?, value, ?, ?, ?, ?, ?, 0, ? FROM json_each(?)"""
_READ = f"""SELECT aspect, before, after, theme, words_by, json_group_array(response) FROM change
    WHERE step = ? AND {IS_COPY} GROUP BY aspect, before, after, theme, words_by ORDER BY MIN(number)"""
_EARLIER_ORIGINS = """SELECT e.origin, e.words_by, json_group_array(l.response) FROM (
    SELECT j.value AS response, (
        SELECT c.number FROM change c JOIN step s ON s.number = c.step
        WHERE c.response = j.value AND c.aspect = 'theme' AND c.theme = :theme AND s.coder = :coder
            AND s.number < :step ORDER BY c.number DESC LIMIT 1) AS number
    FROM json_each(:responses) j) l LEFT JOIN change e ON e.number = l.number GROUP BY e.origin, e.words_by"""


def write_copies(database: Database, step: int, copies: Iterable[CopiedChange]) -> None:
    """Log copied changes with a step; call it inside the step's transaction."""
    database.execute_many(
        _WRITE,
        (
            (step, c.aspect, c.theme_id, c.old, c.new, c.origin, c.words_by, json.dumps(responses))
            for c, responses in copies
        ),
    )


def copies_of(database: Database, step: int) -> list[CopiedChange]:
    """Return the copied changes of a step, in order."""
    return [
        _copied(Change(0, aspect, old, new, theme_id, "same", words_by=words_by), json.loads(responses))
        for aspect, old, new, theme_id, words_by, responses in database.rows(_READ, (step,))
    ]


def inverse_copies(
    database: Database, coder_id: str, step: int, copies: Sequence[CopiedChange]
) -> list[CopiedChange]:
    """Return the changes that take copied ones of a step back, the last one first.

    Codings that they restore have the origin and the words they had before.
    """
    inverses: list[CopiedChange] = []
    for copied in reversed(copies):
        inverse = copied.change.inverse()
        if inverse.aspect != "theme" or inverse.new is None:
            inverses.append(_copied(inverse, copied.responses))
            continue
        parameters = {"theme": inverse.theme_id, "coder": coder_id, "step": step}
        rows = database.rows(_EARLIER_ORIGINS, parameters | {"responses": json.dumps(copied.responses)})
        if any(origin is None for origin, _, _ in rows):
            raise lost_coding(step)
        inverses += [
            _copied(inverse._replace(origin=origin, words_by=words_by), json.loads(responses))
            for origin, words_by, responses in rows
        ]
    return inverses


def copy_hashes(copied: CopiedChange, cells: Sequence[Any]) -> list[int]:
    """Return the hashes of the rows that a copied change has in the log.

    Args:
        copied: The change.
        cells: The cells of its row on the first of its responses: `CHANGE_COLUMNS`, which begin with it, and
            `words_by`.
    """
    # As `change_hash` does, but for what comes after the response's number once for all of them.
    ending = SEPARATOR.join(("", *map(str, hashed_cells(cells)[1:]))).encode("utf-8", "surrogatepass")
    return [crc32(b"%d%b" % (response, ending)) for response in copied.responses]


def lost_coding(step: int) -> CoderError:
    """Return the error where the log lacks how a coding came about that a step took away."""
    fault = f"The log lacks a coding that step {step} took off."
    return damaged(fault)


def _copied(change: Change, responses: Sequence[int]) -> CopiedChange:
    return CopiedChange(change._replace(response=responses[0]), tuple(responses))
