"""Which codings are counted: of which questions and respondents, by whom, agreed how, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.tables.requests import Agreed

_NOW = "SELECT response, theme, coder, question, respondent, origin FROM coding"

# The latest value under every key of the log up to a step.
_THEN = """SELECT c.response, c.theme, s.coder, r.question, r.respondent, c.origin
    FROM change c JOIN step s ON s.number = c.step JOIN response r ON r.number = c.response
    WHERE c.after IS NOT NULL AND c.number IN (
        SELECT MAX(k.number) FROM change k JOIN step t ON t.number = k.step
        WHERE k.aspect = '{aspect}' AND k.step <= :as_of GROUP BY k.response, k.theme, t.coder)"""

_DONE_NOW = "SELECT response, coder, question FROM mark WHERE aspect = 'done'"
_DONE_THEN = f"SELECT response, coder, question FROM ({_THEN.format(aspect='done')}) d"

# A theme on an answer if every coder of the question chose it there; who only settles differences is none.
_ALL = """SELECT k.response, k.theme, k.question, k.respondent FROM ({chosen}) k
    JOIN (SELECT question, COUNT(DISTINCT coder) AS coders FROM ({chosen}) q
        WHERE origin <> 'adjudication' GROUP BY question) n ON n.question = k.question
    WHERE k.origin <> 'adjudication'
    GROUP BY k.response, k.theme, k.question, k.respondent HAVING COUNT(DISTINCT k.coder) = MAX(n.coders)"""

# A theme on an answer if an adjudication chose it; on an answer without one, if more than half of those
# who read the answer chose it: who coded it, or confirmed it.
_CONSENSUS = """SELECT k.response, k.theme, k.question, k.respondent FROM ({chosen}) k
    JOIN (SELECT response, COUNT(DISTINCT coder) AS readers, MAX(settled) AS settled FROM (
            SELECT response, coder, CASE origin WHEN 'adjudication' THEN 1 ELSE 0 END AS settled
            FROM ({chosen}) c
            UNION ALL SELECT response, coder, 0 FROM ({done}) m WHERE {condition}) u
        GROUP BY response) n ON n.response = k.response
    GROUP BY k.response, k.theme, k.question, k.respondent
    HAVING MAX(CASE k.origin WHEN 'adjudication' THEN 1 ELSE 0 END) = MAX(n.settled)
        AND (MAX(n.settled) = 1 OR 2 * COUNT(DISTINCT k.coder) > MAX(n.readers))"""


class Which(NamedTuple):
    """Which codings of a question are counted."""

    coder_ids: Sequence[str] = ()
    """Whose; empty means anybody's."""
    agreed: Agreed = "any"
    """How many of them must have chosen a theme on an answer."""
    as_of: int | None = None
    """A step of the log; those that stood after it. None for those that stand now."""
    where: tuple[str, str] | None = None
    """Of respondents with this value of this attribute, or with none if the value is blank."""


ALL = Which()


class Counted(NamedTuple):
    """A query of the codings to count, with its values."""

    sql: str
    """Gives response, theme, question and respondent; each response and theme once, or once a coder."""
    values: dict[str, Any]


def counted(question_ids: str | Sequence[str], which: Which = ALL) -> Counted:
    """Return the query of the codings to count, of one question or several."""
    now = which.as_of is None
    values: dict[str, Any] = {} if now else {"as_of": which.as_of}
    condition = among("question", question_ids, values)
    if which.coder_ids:
        condition += f" AND {among('coder', which.coder_ids, values)}"
    source = _NOW if now else f"SELECT * FROM ({_THEN.format(aspect='theme')}) t"
    chosen = f"{source} WHERE {condition}"
    done = _DONE_NOW if now else _DONE_THEN
    forms = {"any": "{chosen}", "all": _ALL, "consensus": _CONSENSUS}
    sql = forms[which.agreed].format(chosen=chosen, done=done, condition=condition)
    if which.where is not None:
        # Around it all: whoever coded the question is one of its coders, whomever they coded.
        sql = f"SELECT * FROM ({sql}) u WHERE {belongs(which.where, values)}"
    return Counted(sql, values)


def coded_condition(question_ids: str | Sequence[str], which: Which = ALL) -> Counted:
    """Return the condition that a response `r` has a coding to count, with its values."""
    values: dict[str, Any] = {}
    if which.agreed == "any" and which.as_of is None:
        # One look per response, by primary key, is far cheaper than collecting every coding's respondent.
        by = f"AND {among('coder', which.coder_ids, values)}" if which.coder_ids else ""
        coded = f"EXISTS (SELECT 1 FROM coding WHERE response = r.number {by})"
        return Counted(f"({coded} AND {belongs(which.where, values, 'r.respondent')})", values)
    source = counted(question_ids, which)
    return Counted(f"r.number IN (SELECT response FROM ({source.sql}) k)", source.values)


def belongs(where: tuple[str, str] | None, values: dict[str, Any], respondent: str = "respondent") -> str:
    """Return the condition that a respondent has a value of an attribute; the query's values are added to.

    Args:
        where: The attribute and the value; blank for those without one. None: everybody belongs.
        values: The query's values.
        respondent: The column with the respondent's number.
    """
    if where is None:
        return "TRUE"
    attribute, value = where
    values["where_attribute"] = attribute
    having = "SELECT respondent FROM attribute_value WHERE attribute = :where_attribute"
    if not value:
        return f"{respondent} NOT IN ({having})"
    values["where_value"] = value
    return f"{respondent} IN ({having} AND value = :where_value)"


def among(column: str, allowed: str | Sequence[str], values: dict[str, Any]) -> str:
    """Return the condition that a column has one of these values; they are added to the query's."""
    listed = [allowed] if isinstance(allowed, str) else allowed
    names = [f"{column}{place}" for place in range(len(listed))]
    values |= zip(names, listed, strict=True)
    marks = ", ".join(f":{name}" for name in names)
    return f"{column} = {marks}" if len(names) == 1 else f"{column} IN ({marks})"
