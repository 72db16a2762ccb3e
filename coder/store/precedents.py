"""Answers that one coder coded with a theme before, and those where it was suggested and passed over."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.codings import read_spans
from coder.store.database import Database

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.codings import Span

LOOKED_BACK = 5_000
"""Changes of the log that are looked through, the latest: however long it is, it takes no longer."""
MOST_COUNTED = 1_000
"""Answers with a theme up to which they are counted."""
_CHANGES_EACH = 4
"""Changes that are read for each answer wanted: it may have been changed more than once."""
FIRST_RANKS = 3
"""Places on which a suggestion counts as one that was passed over; nine are always on screen."""


class EarlierAnswer(NamedTuple):
    """An answer that was decided about before."""

    number: int
    id: str
    text: str
    words: tuple[Span, ...] = ()
    """The words that carry the theme; none where all of it does, or where the theme is not on it."""
    same_words: int | None = None
    """Equal for answers that say the same in the same words; None where that is not known."""


def connection_beside(database: Database) -> Database:
    """Open one more connection to what a database shows, to read in another thread."""
    folder = database.copy.path if database.copy else database.path.parent
    return Database(folder / database.path.name, "read")


def numbers_of(database: Database, response_ids: Sequence[str]) -> list[int]:
    """Return the numbers of responses by their ids, in order; without those that there are not."""
    rows = database.rows(
        "SELECT r.id, r.number FROM json_each(?) j CROSS JOIN response r ON r.id = j.value",
        (json.dumps(list(response_ids)),),
    )
    numbers = dict(rows)
    return [numbers[response_id] for response_id in response_ids if response_id in numbers]


def times_coded(database: Database, coder_id: str, question_id: str, theme_id: str, but: int) -> int:
    """Count a coder's answers with a theme, but for one; of more than `MOST_COUNTED`, one more than that."""
    count: int = database.value(
        """SELECT COUNT(*) FROM (SELECT 1 FROM coding
        WHERE question = ? AND theme = ? AND coder = ? AND response <> ? LIMIT ?)""",
        (question_id, theme_id, coder_id, but, MOST_COUNTED + 1),
    )
    return count


def coded_with(
    database: Database, coder_id: str, question_id: str, theme_id: str, limit: int
) -> list[EarlierAnswer]:
    """Return a coder's answers with a theme, the latest coded first; then others, as far as the limit goes.

    The latest are looked for at the end of the log alone: see `LOOKED_BACK`.
    """
    # CROSS JOIN: the log is read from its end, whatever the database has come to believe of its tables.
    latest = database.rows(
        """SELECT c.response FROM change c CROSS JOIN step s ON s.number = c.step
        WHERE c.number > (SELECT MAX(number) FROM change) - :back AND s.coder = :coder
            AND c.aspect = 'theme' AND c.theme = :theme AND c.after IS NOT NULL
        ORDER BY c.number DESC LIMIT :limit""",
        {"back": LOOKED_BACK, "coder": coder_id, "theme": theme_id, "limit": _CHANGES_EACH * limit},
    )
    others = []
    if len(latest) < limit:
        others = database.rows(
            "SELECT response FROM coding WHERE question = ? AND theme = ? AND coder = ? LIMIT ?",
            (question_id, theme_id, coder_id, limit),
        )
    numbers = list(dict.fromkeys(number for (number,) in (*latest, *others)))[:limit]
    return answers_with(database, coder_id, question_id, theme_id, numbers)


def answers_with(
    database: Database, coder_id: str, question_id: str, theme_id: str, numbers: Sequence[int]
) -> list[EarlierAnswer]:
    """Return those of some answers to a question that a coder's theme stands on, in the order given."""
    rows = database.rows(
        """SELECT r.number, r.id, r.text, c.spans, r.same_words
        FROM json_each(?) j CROSS JOIN response r ON r.number = j.value
        CROSS JOIN coding c ON c.response = r.number AND c.theme = ? AND c.coder = ?
        WHERE r.question = ?""",
        (json.dumps(list(numbers)), theme_id, coder_id, question_id),
    )
    by_number = {
        number: EarlierAnswer(number, response_id, text, read_spans(spans), same_words)
        for number, response_id, text, spans, same_words in rows
    }
    return [by_number[number] for number in numbers if number in by_number]


def passed_over(
    database: Database, coder_id: str, question_id: str, theme_id: str, limit: int
) -> list[EarlierAnswer]:
    """Return answers that a coder confirmed without a theme which was among the first suggestions.

    The latest decided come first.
    """
    rows = database.rows(
        """SELECT r.number, r.id, r.text, r.same_words
        FROM change c CROSS JOIN step s ON s.number = c.step
        CROSS JOIN exposure e ON e.response = c.response AND e.step = s.number
        CROSS JOIN response r ON r.number = e.response
        WHERE c.number > (SELECT MAX(number) FROM change) - :back AND s.coder = :coder AND s.undone = 0
            AND e.theme = :theme AND e.on_screen = 1 AND e.rank <= :ranks AND r.question = :question
            AND EXISTS (SELECT 1 FROM mark m
                WHERE m.response = r.number AND m.coder = :coder AND m.aspect = 'done')
            AND NOT EXISTS (SELECT 1 FROM coding k
                WHERE k.response = r.number AND k.theme = :theme AND k.coder = :coder)
        ORDER BY c.number DESC LIMIT :limit""",
        {
            "back": LOOKED_BACK,
            "coder": coder_id,
            "theme": theme_id,
            "ranks": FIRST_RANKS,
            "question": question_id,
            "limit": _CHANGES_EACH * limit,
        },
    )
    answers = (EarlierAnswer(number, name, text, (), words) for number, name, text, words in rows)
    return list(dict.fromkeys(answers))[:limit]
