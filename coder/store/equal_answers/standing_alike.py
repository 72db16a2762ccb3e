"""Answers of the same words on which the same stands for a coder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coder.store.database import Database


class AlikeAnswers(NamedTuple):
    """Answers to a question that say the same in the same words and on which the same stands."""

    question_id: str
    same_words: int
    codings: list[list[str]]
    """Of each coding its theme's id, its spans as the log writes them, and who picked them."""
    marks: list[list[str]]
    """Of each mark its aspect, its theme's id and its content."""
    numbers: list[int]
    """The answers, in order."""


_ALIKE = """SELECT question, same_words, codings, marks, json_group_array(number) FROM (
    SELECT m.number, m.question, m.same_words, {text} AS text,
        (SELECT json_group_array(json_array(theme, spans, words_by)) FROM coding c
            WHERE c.response = m.number AND c.coder = :coder) AS codings,
        (SELECT json_group_array(json_array(aspect, theme, value)) FROM mark k
            WHERE k.response = m.number AND k.coder = :coder) AS marks
    FROM (SELECT DISTINCT r.same_words, r.question FROM json_each(:numbers) j
        CROSS JOIN response r ON r.number = j.value WHERE r.answered = 1) w
    CROSS JOIN response m ON m.same_words = w.same_words AND m.question = w.question AND m.answered = 1)
GROUP BY question, same_words, codings, marks, text"""


def standing_alike(
    database: Database, coder_id: str, responses: Iterable[int], *, each_text: bool
) -> Iterator[AlikeAnswers]:
    """Yield the answers that say what some answers say, themselves among them, by what stands on them.

    What is read into Python is as much as there are ways in which they stand, and their numbers.

    Args:
        database: The study's.
        coder_id: For whom it stands.
        responses: The answers; those whose words are equal to nothing are left out.
        each_text: Whether answers whose texts differ, by a capital letter, are told apart as well.
    """
    rows = database.stream(
        _ALIKE.format(text="m.text" if each_text else "''"),
        {"coder": coder_id, "numbers": json.dumps(list(responses))},
    )
    for question_id, same_words, codings, marks, numbers in rows:
        yield AlikeAnswers(
            question_id,
            same_words,
            sorted(json.loads(codings)),
            sorted(json.loads(marks)),
            sorted(json.loads(numbers)),
        )
