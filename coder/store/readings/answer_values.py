"""What is known of single answers: dates, waves, sentiments, the boxes in which they stand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from coder.store.scope import among, is_answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coder.domain.responses import Attribute
    from coder.store.database import Database

_ANSWER = is_answer("EXISTS (SELECT 1 FROM coding k WHERE k.response = r.number)")


def values_had(database: Database, attribute: Attribute) -> list[str]:
    """Return the values that responses have of an attribute, in alphabetical order, without counting them."""
    sql = "SELECT DISTINCT value FROM answer_value WHERE attribute = ? ORDER BY value"
    if attribute.of == "box":
        sql = "SELECT DISTINCT CAST(item AS TEXT) FROM response WHERE ? <> '' ORDER BY 1"
    return [cell for (cell,) in database.rows(sql, (attribute.name,))]


def has_boxes(database: Database) -> bool:
    """Tell whether any question has several boxes."""
    return bool(database.value("SELECT EXISTS (SELECT 1 FROM question WHERE items > 1)"))


def answer_value_counts(
    database: Database, attribute: Attribute, question_ids: Sequence[str] = (), *, blank_too: bool = False
) -> dict[str, int]:
    """Count the answers with each value of an attribute of theirs.

    Args:
        database: The study.
        attribute: One of answers, or the number of the box.
        question_ids: To these questions; empty: to all.
        blank_too: Whether non-responses count as well.

    Returns:
        Value to answers, in alphabetical order; those without a value under the empty text.
    """
    parameters: dict[str, Any] = {"attribute": attribute.name}
    condition = among("question", question_ids, parameters) if question_ids else "TRUE"
    column = "CAST(item AS TEXT)" if attribute.of == "box" else "COALESCE(v.value, '')"
    joined = "LEFT JOIN answer_value v ON v.response = r.number AND v.attribute = :attribute"
    return dict(
        database.rows(
            f"""SELECT {column}, COUNT(*) FROM response r {"" if attribute.of == "box" else joined}
            WHERE {condition} AND {"TRUE" if blank_too else _ANSWER} GROUP BY 1 ORDER BY 1""",
            parameters,
        )
    )


def answer_values_of(database: Database, attribute: Attribute) -> dict[int, str]:
    """Map the responses' numbers to their values of an attribute; those without one are left out."""
    if attribute.of == "box":
        return dict(database.rows("SELECT number, CAST(item AS TEXT) FROM response"))
    sql = "SELECT response, value FROM answer_value WHERE attribute = ?"
    return dict(database.rows(sql, (attribute.name,)))


def facts_of_answers(database: Database, responses: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """Map responses to what is known of these answers alone: names and values, in the survey's order."""
    rows = database.rows(
        """SELECT v.response, v.attribute, v.value FROM json_each(?) j
        CROSS JOIN answer_value v ON v.response = j.value
        JOIN answer_attribute a ON a.name = v.attribute ORDER BY v.response, a.position""",
        (json.dumps(list(responses)),),
    )
    facts: dict[int, list[tuple[str, str]]] = {}
    for number, name, cell in rows:
        facts.setdefault(number, []).append((name, cell))
    return facts


def answers_to(
    database: Database, question_ids: Sequence[str], *, blank_too: bool = False
) -> list[tuple[int, int]]:
    """Return the numbers of the answers to some questions, each with its respondent's, in order.

    Args:
        database: The study.
        question_ids: At least one question.
        blank_too: Whether non-responses are among them.
    """
    parameters: dict[str, Any] = {}
    condition = among("question", question_ids, parameters)
    answered = "TRUE" if blank_too else _ANSWER
    sql = f"SELECT number, respondent FROM response r WHERE {condition} AND {answered} ORDER BY number"
    return database.rows(sql, parameters)
