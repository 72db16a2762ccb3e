"""Answers that one coder coded with a theme before, and those where it was suggested and passed over."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.codings import read_spans
from coder.domain.team.settled_layer import SETTLED
from coder.store.database import Database

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coder.domain.codings import Span

STEPS_LOOKED_BACK = 2_000
"""Steps of the log that are looked through, the coder's latest: however long it is, it takes no longer."""
MOST_COUNTED = 5_000
"""Codings with a theme that are looked at to count how often it was chosen."""
FIRST_RANKS = 3
"""Places on which a suggestion counts as one that was passed over; nine are always on screen."""


class EarlierAnswer(NamedTuple):
    """An answer that was decided about before, with those that say the same and were decided alike."""

    number: int
    id: str
    text: str
    words: tuple[Span, ...] = ()
    """The words that carry the theme; none where all of it does, or where the theme is not on it."""
    same_words: int | None = None
    """Equal for answers that say the same in the same words; None where it is equal to none."""
    times: int = 1
    """How many answers that say the same were decided alike."""


class TimesCoded(NamedTuple):
    """How often a theme was chosen before; answers of the same words are one."""

    times: int
    is_all: bool
    """Whether that is all, and not only as far as was looked."""


# The changes of a coder's latest steps. Those of answers that were read come first in each: however many
# say the same as one, few changes of a step are looked at.
_LATEST = """SELECT s.number AS step, s.undone, c.number, c.response, c.aspect, c.theme, c.after, c.origin
    FROM (SELECT number, undone FROM step WHERE coder = :coder ORDER BY number DESC LIMIT :steps) s
    CROSS JOIN change c ON c.number IN (
        SELECT k.number FROM change k WHERE k.step = s.number ORDER BY k.number LIMIT 20)"""
_CODED = """SELECT r.number, r.same_words FROM coding c CROSS JOIN response r ON r.number = c.response
    WHERE c.question = :question AND c.theme = :theme AND c.coder = :coder LIMIT :most"""
_SAYING_THE_SAME = """SELECT COUNT(*) FROM response r CROSS JOIN response m
        ON m.same_words = r.same_words AND m.question = r.question AND m.answered = 1
    WHERE r.number = :number AND {decided_alike}"""
_WITH_THEME = """EXISTS (SELECT 1 FROM coding c
    WHERE c.response = m.number AND c.theme = :theme AND c.coder = :coder)"""
_WITHOUT_THEME = f"""NOT {_WITH_THEME} AND EXISTS (SELECT 1 FROM mark k
    WHERE k.response = m.number AND k.coder = :coder AND k.aspect = 'done')"""


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


def words_of(database: Database, response: int) -> int | None:
    """Return the number of an answer's words; None where it is equal to no other."""
    sql = "SELECT same_words FROM response WHERE number = ? AND answered = 1"
    number: int | None = database.value(sql, (response,))
    return number


def times_coded(
    database: Database, coder_id: str, question_id: str, theme_id: str, but: int, but_words: int | None = None
) -> TimesCoded:
    """Count a coder's answers with a theme, but for one, and for those of some words."""
    times, looked_at = database.row(
        f"""SELECT COUNT(DISTINCT same_words) FILTER (WHERE same_words IS NOT :but_words)
            + COUNT(*) FILTER (WHERE same_words IS NULL AND number <> :but), COUNT(*) FROM ({_CODED})""",
        {
            "question": question_id, "theme": theme_id, "coder": coder_id, "most": MOST_COUNTED + 1,
            "but": but, "but_words": but_words,
        },
    )  # fmt: skip
    return TimesCoded(times, looked_at <= MOST_COUNTED)


def coded_with(
    database: Database, coder_id: str, question_id: str, theme_id: str, limit: int
) -> list[EarlierAnswer]:
    """Return a coder's answers with a theme, the latest coded first; then others, as far as the limit goes.

    The latest are looked for at the end of the log alone. Of answers of the same words it is the one that was
    read, as a rule.
    """
    latest = database.rows(
        f"""SELECT response FROM ({_LATEST})
        WHERE aspect = 'theme' AND theme = :theme AND after IS NOT NULL AND origin <> 'same'
        ORDER BY number DESC LIMIT :limit""",
        {"coder": coder_id, "steps": STEPS_LOOKED_BACK, "theme": theme_id, "limit": 4 * limit},
    )
    others = []
    if len(latest) < limit:
        others = database.rows(
            f"""SELECT MAX(number) FROM ({_CODED})
            GROUP BY same_words, CASE WHEN same_words IS NULL THEN number END ORDER BY 1 DESC LIMIT :limit""",
            {
                "question": question_id, "theme": theme_id, "coder": coder_id, "most": MOST_COUNTED,
                "limit": limit,
            },
        )  # fmt: skip
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


def settled_with(
    database: Database, question_id: str, theme_id: str, rounds: Sequence[str], limit: int
) -> list[EarlierAnswer]:
    """Return answers that the team settled on a theme before blind rounds began, and that are not in these.

    What was settled since is not among them, lest some of a round's coders see it and others do not. Those
    settled last come first; without rounds there are none.
    """
    rows = database.rows(
        """SELECT r.number, r.id, r.text, c.spans, r.same_words, (
                SELECT MAX(s.at) FROM change k JOIN step s ON s.number = k.step
                WHERE k.response = c.response AND k.aspect IN ('theme', 'done') AND s.coder = c.coder) AS at
        FROM coding c CROSS JOIN response r ON r.number = c.response
        WHERE c.question = :question AND c.theme = :theme AND c.coder = :layer
            AND EXISTS (SELECT 1 FROM mark m
                WHERE m.response = c.response AND m.coder = c.coder AND m.aspect = 'done')
            AND at < (SELECT MIN(began) FROM round WHERE id IN (SELECT value FROM json_each(:rounds)))
            AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.response = c.response
                AND a.round IN (SELECT value FROM json_each(:rounds)))
        ORDER BY at DESC, r.number LIMIT :limit""",
        {
            "question": question_id, "theme": theme_id, "layer": SETTLED, "rounds": json.dumps(rounds),
            "limit": limit,
        },
    )  # fmt: skip
    return [
        EarlierAnswer(number, name, text, read_spans(spans), words)
        for number, name, text, spans, words, _ in rows
    ]


def passed_over(
    database: Database, coder_id: str, question_id: str, theme_id: str, limit: int
) -> list[EarlierAnswer]:
    """Return answers that a coder confirmed without a theme which was among the first suggestions.

    The latest decided come first.
    """
    rows = database.rows(
        f"""SELECT r.number, r.id, r.text, r.same_words FROM ({_LATEST}) c
        CROSS JOIN exposure e ON e.response = c.response AND e.step = c.step
        CROSS JOIN response m ON m.number = e.response CROSS JOIN response r ON r.number = m.number
        WHERE c.undone = 0 AND e.theme = :theme AND e.on_screen = 1 AND e.rank <= :ranks
            AND r.question = :question AND {_WITHOUT_THEME}
        ORDER BY c.number DESC LIMIT :limit""",
        {
            "coder": coder_id,
            "steps": STEPS_LOOKED_BACK,
            "theme": theme_id,
            "ranks": FIRST_RANKS,
            "question": question_id,
            "limit": 4 * limit,
        },
    )
    answers = (EarlierAnswer(number, name, text, (), words) for number, name, text, words in rows)
    return list(dict.fromkeys(answers))[:limit]


def with_times(
    database: Database, coder_id: str, theme_id: str, answers: Iterable[EarlierAnswer], *, coded: bool
) -> tuple[EarlierAnswer, ...]:
    """Return answers with how many say the same and were decided alike.

    Args:
        database: The study's.
        coder_id: Whose decisions.
        theme_id: The theme.
        answers: The answers.
        coded: Whether to count those that have the theme; else those that were confirmed without it.
    """
    sql = _SAYING_THE_SAME.format(decided_alike=_WITH_THEME if coded else _WITHOUT_THEME)
    parameters = {"theme": theme_id, "coder": coder_id}
    return tuple(
        earlier
        if earlier.same_words is None
        else earlier._replace(times=max(1, database.value(sql, parameters | {"number": earlier.number})))
        for earlier in answers
    )
