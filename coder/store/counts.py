"""Counting in the database: distinct respondents and mentions, by theme and by net."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.store.database import Database


class Count(NamedTuple):
    """How many respondents mention a theme, and in how many codings."""

    respondents: int
    mentions: int


class Base(NamedTuple):
    """Who a question's percentages are of."""

    asked: int
    """Respondents in the study."""
    answered: int
    """Of these, with at least one answer to the question."""
    unread: int
    """Answers that no coder has coded or confirmed."""
    answers: int


_NOW = "SELECT response, theme, coder, question, respondent FROM coding"

# The latest value of every coding in the log up to a step.
_THEN = """SELECT c.response, c.theme, s.coder, r.question, r.respondent
    FROM change c JOIN step s ON s.number = c.step JOIN response r ON r.number = c.response
    WHERE c.after IS NOT NULL AND c.number IN (
        SELECT MAX(k.number) FROM change k JOIN step t ON t.number = k.step
        WHERE k.aspect = 'theme' AND k.step <= :as_of GROUP BY k.response, k.theme, t.coder)"""


def theme_counts(
    database: Database,
    question_id: str,
    *,
    coder_ids: Sequence[str] = (),
    as_of: int | None = None,
) -> dict[str, Count]:
    """Count each theme of a question.

    Args:
        database: The study.
        question_id: The question.
        coder_ids: Whose codings; empty means anybody's.
        as_of: A step of the log; the codings that stood after it.
    """
    condition, values = _condition(question_id, coder_ids, as_of)
    source = _NOW if as_of is None else _THEN
    mentions = "COUNT(*)" if len(coder_ids) == 1 else "COUNT(DISTINCT response)"
    found = database.rows(
        f"""SELECT theme, COUNT(DISTINCT respondent), {mentions} FROM ({source})
        WHERE {condition} GROUP BY theme""",
        values,
    )
    return {theme: Count(respondents, times) for theme, respondents, times in found}


def net_counts(
    database: Database,
    question_id: str,
    members: Mapping[str, Sequence[str]],
    *,
    coder_ids: Sequence[str] = (),
    as_of: int | None = None,
) -> dict[str, Count]:
    """Count each net of a question: the union of its members' respondents, the sum of their mentions.

    Args:
        database: The study.
        question_id: The question.
        members: For each net, the ids of the themes whose codings it counts.
        coder_ids: Whose codings; empty means anybody's.
        as_of: A step of the log; the codings that stood after it.
    """
    pairs = [(net, theme) for net, themes in members.items() for theme in themes]
    if not pairs:
        return {}
    condition, values = _condition(question_id, coder_ids, as_of)
    source = _NOW if as_of is None else _THEN
    listed = ", ".join(f"(:net{place}, :member{place})" for place in range(len(pairs)))
    for place, (net, theme) in enumerate(pairs):
        values |= {f"net{place}": net, f"member{place}": theme}
    found = database.rows(
        f"""WITH member (net, id) AS (VALUES {listed})
        SELECT m.net, COUNT(DISTINCT k.respondent), COUNT(DISTINCT k.theme || ' ' || k.response)
        FROM ({source}) k JOIN member m ON m.id = k.theme WHERE {condition} GROUP BY m.net""",
        values,
    )
    return {net: Count(respondents, times) for net, respondents, times in found}


def base(
    database: Database, question_id: str, *, coder_ids: Sequence[str] = (), as_of: int | None = None
) -> Base:
    """Count whom a question's percentages can be of.

    A respondent has answered if one of the question's texts is an answer: not blank and not in the
    list of non-responses, or coded by somebody all the same.
    """
    coded, values = _coded(question_id, coder_ids, as_of)
    by = f"AND {_coder_condition(coder_ids)}" if coder_ids else ""
    row = database.row(
        f"""SELECT (SELECT COUNT(*) FROM respondent),
            (SELECT COUNT(DISTINCT respondent) FROM response r
                WHERE question = :question AND (answered = 1 OR {coded})),
            (SELECT COUNT(*) FROM response r WHERE question = :question AND answered = 1 AND NOT {coded}
                AND NOT EXISTS (SELECT 1 FROM mark WHERE response = r.number AND aspect = 'done' {by})),
            (SELECT COUNT(*) FROM response WHERE question = :question AND answered = 1)""",
        values,
    )
    return Base(*row)


def coders_then(database: Database, question_id: str, as_of: int) -> list[str]:
    """Return who had codings that stood on a question after a step of the log, in alphabetical order."""
    condition, values = _condition(question_id, (), as_of)
    found = database.rows(f"SELECT DISTINCT coder FROM ({_THEN}) WHERE {condition} ORDER BY coder", values)
    return [coder_id for (coder_id,) in found]


def coded_respondents(
    database: Database, question_id: str, *, coder_ids: Sequence[str] = (), as_of: int | None = None
) -> int:
    """Count the respondents with at least one coding on a question."""
    coded, values = _coded(question_id, coder_ids, as_of)
    sql = f"SELECT COUNT(DISTINCT respondent) FROM response r WHERE question = :question AND {coded}"
    count: int = database.value(sql, values)
    return count


def _coded(question_id: str, coder_ids: Sequence[str], as_of: int | None) -> tuple[str, dict[str, Any]]:
    """Return the condition that a response `r` has a coding, with its values."""
    condition, values = _condition(question_id, coder_ids, as_of)
    if as_of is not None:
        return f"r.number IN (SELECT response FROM ({_THEN}) AS k WHERE {condition})", values
    # One look per response, by primary key, is far cheaper than collecting every coding's respondent.
    by = f"AND {_coder_condition(coder_ids)}" if coder_ids else ""
    return f"EXISTS (SELECT 1 FROM coding WHERE response = r.number {by})", values


def _condition(question_id: str, coder_ids: Sequence[str], as_of: int | None) -> tuple[str, dict[str, Any]]:
    values: dict[str, Any] = {"question": question_id}
    if as_of is not None:
        values["as_of"] = as_of
    if not coder_ids:
        return "question = :question", values
    values |= {f"coder{place}": coder_id for place, coder_id in enumerate(coder_ids)}
    return f"question = :question AND {_coder_condition(coder_ids)}", values


def _coder_condition(coder_ids: Sequence[str]) -> str:
    return f"coder IN ({', '.join(f':coder{place}' for place in range(len(coder_ids)))})"
