"""Counting whom percentages are of, and which answers nobody has read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from coder.store.scope import (
    Scope,
    Sql,
    among,
    belongs,
    confirmed_codings,
    has_coding_of_anybody,
    has_counted_coding,
    is_answer,
    is_counted,
    is_of_scope,
    is_unread,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coder.domain.tables.counting_words import BaseKind
    from coder.store.database import Database


class Reading(NamedTuple):
    """How far the answers to some questions have been read."""

    answers: int
    """Non-responses left out."""
    unread: int
    """Of these, those that nobody has marked as done; half-coded ones are among them."""


def base_sizes(
    database: Database, kind: BaseKind, scope: Scope, attribute: str | None = None
) -> dict[str, int]:
    """Count the respondents of a base among those with each value of an attribute.

    Args:
        database: The study.
        kind: Which base. Asked: everybody. Answered: who gave an answer to one of the questions, which a
            text is that any of the coders coded, however few agree. Read: of these, whose answers have all
            been read. Coded: who has a coding to count.
        scope: Which codings are counted.
        attribute: The attribute's name; None to count all together, under the empty text.

    Returns:
        Value to respondents; those without a value are under the empty text.
    """
    members, parameters = base_members(kind, scope)
    belonging = belongs(scope.people_where, parameters, "b.respondent")
    if attribute is None:
        return {"": database.value(f"SELECT COUNT(*) FROM ({members}) b WHERE {belonging}", parameters)}
    return dict(
        database.rows(
            f"""SELECT COALESCE(v.value, ''), COUNT(*) FROM ({members}) b
            LEFT JOIN attribute_value v ON v.respondent = b.respondent AND v.attribute = :attribute
            WHERE {belonging} GROUP BY 1 ORDER BY 1""",
            parameters | {"attribute": attribute},
        )
    )


def members_of(database: Database, kind: BaseKind, scope: Scope) -> set[int]:
    """Return the numbers of the respondents of a base, whatever they mention."""
    members, parameters = base_members(kind, scope)
    rows = database.stream(f"SELECT respondent FROM ({members}) b", parameters)
    return {respondent for (respondent,) in rows}


def with_texts(database: Database, scope: Scope) -> set[int]:
    """Return the numbers of those with a text to a scope's questions that is an answer, coded or not."""
    parameters: dict[str, Any] = {}
    condition = is_of_scope(scope, parameters)
    sql = f"SELECT DISTINCT respondent FROM response r WHERE {condition} AND answered = 1"
    return {respondent for (respondent,) in database.stream(sql, parameters)}


def base_members(kind: BaseKind, scope: Scope) -> Sql:
    """Return the query of a base's respondents, each once.

    Where only some answers count, those were asked who have a response of that kind, if only a blank one.
    """
    if kind == "asked" and not scope.counted_answers_where:
        return Sql("SELECT number AS respondent FROM respondent", {})
    if kind == "asked":
        of_those: dict[str, Any] = {}
        condition = is_of_scope(scope, of_those)
        return Sql(f"SELECT DISTINCT respondent FROM response r WHERE {condition}", of_those)
    whole = scope._replace(only_read=False)
    coded, parameters = has_counted_coding(whole) if kind == "coded" else has_coding_of_anybody(whole)
    condition = coded if kind == "coded" else is_answer(coded)
    if kind == "read":
        condition += f" AND {is_counted(scope._replace(only_read=True), parameters)}"
    of_scope = is_of_scope(scope, parameters)
    return Sql(f"SELECT DISTINCT respondent FROM response r WHERE {of_scope} AND {condition}", parameters)


def answered_if_changed(database: Database, responses: Iterable[int]) -> dict[str, tuple[int, int]]:
    """Count who answered the questions of some responses, as it is, and if these were judged the other way.

    The other way: an answer as a non-response, and a non-response as an answer. What somebody coded is an
    answer either way.

    Returns:
        Question to respondents who answered it, as it is and if these were changed.
    """
    coded, parameters = has_counted_coding(Scope(()))
    changed = "SELECT value FROM json_each(:changed)"
    rows = database.rows(
        f"""SELECT r.question,
            COUNT(DISTINCT CASE WHEN {is_answer(coded)} THEN r.respondent END),
            COUNT(DISTINCT CASE WHEN r.answered <> (r.number IN ({changed})) OR {coded} THEN r.respondent END)
        FROM response r WHERE r.question IN (SELECT question FROM response WHERE number IN ({changed}))
        GROUP BY r.question""",
        {"changed": json.dumps(list(responses)), **parameters},
    )
    return {question_id: (respondents, then) for question_id, respondents, then in rows}


def has_unread_answers(database: Database, scope: Scope) -> bool:
    """Tell whether answers of those who are counted are still to be read."""
    condition, parameters = is_unread(scope)
    belonging = belongs(scope.where, parameters)
    sql = f"SELECT EXISTS (SELECT 1 FROM response r WHERE {condition} AND {belonging})"
    return bool(database.value(sql, parameters))


def reading(database: Database, scope: Scope) -> Reading:
    """Count the answers to some questions, and those that none of the coders has marked as done by then."""
    answers, parameters, is_done = _answers_read(scope)
    row = database.row(f"SELECT COUNT(*), COUNT(*) FILTER (WHERE NOT {is_done}) {answers}", parameters)
    return Reading(*row)


def reading_of_each(database: Database, scope: Scope) -> dict[int, Reading]:
    """Count the same for each respondent that answered, by number."""
    answers, parameters, is_done = _answers_read(scope)
    sql = f"""SELECT r.respondent, COUNT(*), COUNT(*) FILTER (WHERE NOT {is_done})
        {answers} GROUP BY r.respondent"""
    return {respondent: Reading(*numbers) for respondent, *numbers in database.stream(sql, parameters)}


def _answers_read(scope: Scope) -> tuple[str, dict[str, Any], str]:
    """Return the answers to a scope's questions as part of a query, its parameters, and which are done."""
    whole = scope._replace(where=(), only_read=False)
    coded, parameters = has_coding_of_anybody(whole)
    condition = f"{is_of_scope(scope, parameters)} AND {belongs(scope.where, parameters)}"
    if scope.as_of is None:
        by = f"AND {among('coder', scope.coder_ids, parameters)}" if scope.coder_ids else ""
        is_done = f"EXISTS (SELECT 1 FROM mark WHERE response = r.number AND aspect = 'done' {by})"
    else:
        done = confirmed_codings(whole)
        parameters |= done.parameters
        is_done = f"r.number IN (SELECT response FROM ({done.text}) f)"
    return f"FROM response r WHERE {condition} AND {is_answer(coded)}", parameters, is_done
