"""Answers that several coders have read, with what each of them chose."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from coder.store.readings.read_by_coder import READ_BY_CODER
from coder.store.scope import among, is_answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coder.store.database import Database


class SharedReading(NamedTuple):
    """What one coder chose on an answer that another has read as well."""

    response: int
    respondent: int
    coder_id: str
    theme_ids: frozenset[str]
    finished: str
    """When they marked it done, in UTC; empty where the log does not say."""
    version: int
    """Of the codebook, when they last decided on it; 0 where the log does not say."""
    from_file: bool
    """Whether they ever marked it done by importing codings."""


def shared_readings(database: Database, question_id: str, coder_ids: Sequence[str]) -> list[SharedReading]:
    """Return what coders chose on the answers to a question that two or more of them have read.

    A non-response that none of them coded is no answer, whoever marked it done.

    Args:
        database: The study.
        question_id: The question.
        coder_ids: Whom to compare; nobody else counts as a reader.
    """
    if len(coder_ids) < 2:  # noqa: PLR2004  # an answer is shared by two
        return []
    parameters = {"question": question_id}
    by = among("coder", coder_ids, parameters)
    readers = f"SELECT response, coder FROM ({READ_BY_CODER}) r WHERE question = :question AND {by}"
    coded = is_answer(f"EXISTS (SELECT 1 FROM coding WHERE response = r.number AND {by})")
    twice = f"""SELECT n.response FROM ({readers}) n JOIN response r ON r.number = n.response
        WHERE {coded} GROUP BY n.response HAVING COUNT(*) > 1"""
    rows = database.rows(
        f"""SELECT w.response, p.respondent, w.coder FROM ({twice}) t
        JOIN ({readers}) w ON w.response = t.response JOIN response p ON p.number = w.response""",
        parameters,
    )
    chosen: dict[tuple[int, str], set[str]] = defaultdict(set)
    codings = f"""SELECT c.response, c.coder, c.theme FROM ({twice}) t
        CROSS JOIN coding c ON c.response = t.response WHERE {by}"""
    for response, coder_id, theme_id in database.stream(codings, parameters) if rows else ():
        chosen[response, coder_id].add(theme_id)
    decided = _last_decided(database, {response for response, *_ in rows})
    return [
        SharedReading(
            response,
            respondent,
            coder_id,
            frozenset(chosen.get((response, coder_id), ())),
            *decided.get((response, coder_id), ("", 0, False)),
        )
        for response, respondent, coder_id in rows
    ]


def _last_decided(
    database: Database, responses: Iterable[int]
) -> dict[tuple[int, str], tuple[str, int, bool]]:
    """Map responses with their coders to when these marked them done, with which codebook, and if by a file.

    What a revision did to codings was no decision of theirs.
    """
    rows = database.rows(
        """SELECT c.response, s.coder, MAX(s.number),
            MAX(CASE WHEN c.aspect = 'done' AND c.after IS NOT NULL THEN s.number END),
            MAX(c.aspect = 'done' AND c.origin = 'import')
        FROM (SELECT value AS number FROM json_each(?)) j CROSS JOIN change c ON c.response = j.number
        JOIN step s ON s.number = c.step
        WHERE c.aspect IN ('theme', 'done') AND s.revision IS NULL GROUP BY c.response, s.coder""",
        (json.dumps(sorted(responses)),),
    )
    numbers = {number for _, _, latest, done, _ in rows for number in (latest, done) if number}
    steps = {
        number: (moment, version)
        for number, moment, version in database.rows(
            "SELECT number, at, codebook FROM step WHERE number IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(numbers)),),
        )
    }
    return {
        (response, coder_id): (steps[done][0] if done else "", steps[latest][1], bool(from_file))
        for response, coder_id, latest, done, from_file in rows
    }


def survey_seed(database: Database) -> int:
    """Return a number that is the same for every copy of a study, and another one for another survey."""
    first_hash = database.value("SELECT hash FROM response ORDER BY number LIMIT 1")
    return crc32(first_hash or b"")
