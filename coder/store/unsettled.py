"""What of a question is not yet read, or not settled."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from coder.store.bases import reading
from coder.store.scope import Scope
from coder.store.team.workers import people_at_work

if TYPE_CHECKING:
    from coder.store.database import Database


class Unsettled(NamedTuple):
    """What stands between a question's tables and being final."""

    answers: int
    """Answers to the question, non-responses left out."""
    unread: int
    """Of these, those that nobody has marked as done."""
    to_recode: int
    """Codings that need a fresh look since a revision."""
    flagged: int
    """Answers that somebody flagged."""


def unsettled(database: Database, question_id: str) -> Unsettled:
    """Count what of a question is not yet read, or not settled."""
    # With the coders named the index leads to the flags, however many other marks there are.
    names = {f"coder{number}": coder_id for number, coder_id in enumerate(people_at_work(database))}
    by = ", ".join(f":{name}" for name in names)
    row = database.row(
        f"""SELECT (SELECT COUNT(*) FROM mark WHERE question = :question AND aspect = 'recode'),
            (SELECT COUNT(DISTINCT response) FROM mark
                WHERE coder IN ({by}) AND aspect = 'flag' AND question = :question)""",
        {"question": question_id, **names},
    )
    return Unsettled(*reading(database, Scope([question_id])), *row)


def flagged_by_theme(database: Database, question_id: str) -> dict[str, int]:
    """Return the codings of a question on answers that their coder flagged, by theme."""
    # The flags are few, and the index leads to each coder's; codings are looked up from there.
    flagged: Counter[str] = Counter()
    for coder_id in people_at_work(database):
        rows = database.rows(
            """SELECT c.theme, COUNT(*) FROM mark m
            JOIN coding c ON c.response = m.response AND c.coder = m.coder
            WHERE m.coder = ? AND m.aspect = 'flag' AND m.question = ? GROUP BY c.theme""",
            (coder_id, question_id),
        )
        flagged.update(dict(rows))
    return dict(flagged)
