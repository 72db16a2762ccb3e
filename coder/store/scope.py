"""Which codings are counted: of which questions and respondents, by whom, agreed how, and when."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize

from coder.domain.filters import of_answers, of_respondents
from coder.domain.team.settled_layer import SETTLED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.filters import Having
    from coder.domain.team.counting_rule import Agreed

_LAYER = f"'{SETTLED}'"
_NOW = "SELECT response, theme, coder, question, respondent, origin FROM coding"

# The latest value under every key of the log up to a step.
_THEN = """SELECT c.response, c.theme, s.coder, r.question, r.respondent, c.origin
    FROM change c JOIN step s ON s.number = c.step JOIN response r ON r.number = c.response
    WHERE c.after IS NOT NULL AND c.number IN (
        SELECT MAX(k.number) FROM change k JOIN step t ON t.number = k.step
        WHERE k.aspect = '{aspect}' AND k.step <= :as_of GROUP BY k.response, k.theme, t.coder)"""

_DONE_NOW = "SELECT response, coder, question FROM mark WHERE aspect = 'done' AND "
_DONE_THEN = f"SELECT response, coder, question FROM ({_THEN.format(aspect='done')}) d WHERE "

# A theme on an answer if every coder of the question chose it there; who only settles differences is none.
_ALL = """SELECT k.response, k.theme, k.question, k.respondent FROM ({codings}) k
    JOIN (SELECT question, COUNT(DISTINCT coder) AS coders FROM ({codings}) q
        WHERE origin <> 'adjudication' GROUP BY question) n ON n.question = k.question
    WHERE k.origin <> 'adjudication'
    GROUP BY k.response, k.theme, k.question, k.respondent HAVING COUNT(DISTINCT k.coder) = MAX(n.coders)"""

# A theme on an answer if an adjudication chose it; on an answer without one, if more than half of those
# who coded the answer or confirmed it chose it: also those who are not done with it.
_CONSENSUS = """SELECT k.response, k.theme, k.question, k.respondent FROM ({codings}) k
    JOIN (SELECT response, COUNT(DISTINCT coder) AS coders, MAX(settled) AS settled FROM (
            SELECT response, coder, CASE origin WHEN 'adjudication' THEN 1 ELSE 0 END AS settled
            FROM ({codings}) c
            UNION ALL SELECT response, coder, CASE coder WHEN {layer} THEN 1 ELSE 0 END FROM ({done}) m) u
        GROUP BY response) n ON n.response = k.response
    GROUP BY k.response, k.theme, k.question, k.respondent
    HAVING MAX(CASE k.origin WHEN 'adjudication' THEN 1 ELSE 0 END) = MAX(n.settled)
        AND (MAX(n.settled) = 1 OR 2 * COUNT(DISTINCT k.coder) > MAX(n.coders))"""

# A theme on an answer, with how often those who finished the answer chose it (`chosen`), how many did finish
# it (`readers`), and what decides: what was settled there, else adjudications, else those who finished.
WEIGHED = """SELECT k.response, k.theme, k.question, k.respondent,
        MAX(CASE k.coder WHEN {layer} THEN 1 ELSE 0 END) AS in_layer,
        MAX(CASE WHEN k.origin = 'adjudication' THEN 1 ELSE 0 END) AS adjudicated_so,
        COUNT(f.coder) AS chosen, COALESCE(MAX(n.readers), 0) AS readers,
        COALESCE(MAX(n.is_settled), 0) AS is_settled, COUNT(a.response) AS adjudicated,
        COUNT(*) - COUNT(f.coder) AS half
    FROM ({codings}) k
    LEFT JOIN ({done}) f ON f.response = k.response AND f.coder = k.coder
    LEFT JOIN (SELECT response, SUM(CASE coder WHEN {layer} THEN 0 ELSE 1 END) AS readers,
            MAX(CASE coder WHEN {layer} THEN 1 ELSE 0 END) AS is_settled
        FROM ({done}) m GROUP BY response) n ON n.response = k.response
    LEFT JOIN (SELECT DISTINCT response FROM ({codings}) c
        WHERE origin = 'adjudication' AND coder <> {layer}) a ON a.response = k.response
    GROUP BY k.response, k.theme, k.question, k.respondent"""
IS_SETTLED_SO = """CASE WHEN is_settled = 1 THEN in_layer = 1 WHEN adjudicated > 0 THEN adjudicated_so = 1
        ELSE chosen = readers AND readers > 0 END"""
"""The condition that such a theme counts."""
_SETTLED = f"SELECT response, theme, question, respondent FROM ({WEIGHED}) w WHERE {IS_SETTLED_SO}"

# The answers that have been read. Where any coder's choice counts, one of them has confirmed the answer: to
# ask for all would leave nothing where only a part is coded twice. Where all must have chosen, every coder of
# the question has; for a consensus everybody who coded it, or an adjudication has settled it. By what is
# settled, somebody has, or an adjudication or the team has decided on it.
_READ = {
    "any": "SELECT response FROM ({done}) m",
    "all": """SELECT m.response FROM ({done}) m
        LEFT JOIN (SELECT DISTINCT question, coder FROM ({codings}) c WHERE origin <> 'adjudication') k
            ON k.question = m.question AND k.coder = m.coder
        LEFT JOIN (SELECT question, COUNT(DISTINCT coder) AS coders FROM ({codings}) q
            WHERE origin <> 'adjudication' GROUP BY question) n ON n.question = m.question
        GROUP BY m.response HAVING COUNT(DISTINCT k.coder) = COALESCE(MAX(n.coders), 0)""",
    "consensus": """SELECT response FROM (
            SELECT response, coder, NULL AS confirmed,
                CASE origin WHEN 'adjudication' THEN 1 ELSE 0 END AS settled FROM ({codings}) c
            UNION ALL SELECT response, coder, coder, CASE coder WHEN {layer} THEN 1 ELSE 0 END
            FROM ({done}) m) u
        GROUP BY response HAVING MAX(settled) = 1 OR COUNT(DISTINCT coder) = COUNT(DISTINCT confirmed)""",
    "settled": """SELECT response FROM ({done}) m
        UNION SELECT response FROM ({codings}) c WHERE origin = 'adjudication'""",
}


class Scope(NamedTuple):
    """Which codings are counted."""

    question_ids: Sequence[str]
    """Of these questions, counted as one."""
    coder_ids: Sequence[str] = ()
    """Whose; empty means anybody's."""
    agreed: Agreed = "any"
    """How many of them must have chosen a theme on an answer."""
    as_of: int | None = None
    """A step of the log; those that stood after it. None for those that stand now."""
    where: tuple[Having, ...] = ()
    """Of respondents that meet all of these conditions."""
    answers_where: tuple[Having, ...] = ()
    """On answers alone that meet all of these conditions; no others count, for percentages either."""
    column: tuple[Having, ...] = ()
    """Of these what stands in one column of a table: by conditions on respondents and on answers."""
    only_read: bool = False
    """Of respondents alone whose answers to these questions have all been read."""

    @property
    def people_where(self) -> tuple[Having, ...]:
        """The conditions that respondents meet who are counted, in the column if it is of one."""
        return (*self.where, *of_respondents(self.column))

    @property
    def counted_answers_where(self) -> tuple[Having, ...]:
        """The conditions that answers meet that are counted, in the column if it is of one."""
        return (*self.answers_where, *of_answers(self.column))

    @property
    def counts_twice(self) -> bool:
        """Whether a theme may be there several times on one answer, once for each coder."""
        return self.agreed == "any" and len(self.coder_ids) != 1

    @property
    def sees_layer(self) -> bool:
        """Whether what the team has settled is counted as well."""
        return self.agreed in ("consensus", "settled") and len(self.coder_ids) != 1


class Sql(NamedTuple):
    """A query, or a part of one, with its parameters."""

    text: str
    parameters: dict[str, Any]


def counted_codings(scope: Scope) -> Sql:
    """Return the query of the codings to count.

    It gives response, theme, question and respondent; each response and theme once, or once a coder.
    """
    forms = {"any": "{codings}", "all": _ALL, "consensus": _CONSENSUS, "settled": _SETTLED}
    text, parameters = filled(forms[scope.agreed], scope, from_answers=bool(scope.counted_answers_where))
    # Around it all: whoever coded the question is one of its coders, whomever they coded.
    if scope.counted_answers_where:
        # From the answers to their codings: of one month there are few.
        answers = f"SELECT r.number FROM response r WHERE {is_of_scope(scope, parameters)}"
        text = f"SELECT u.* FROM ({answers}) j CROSS JOIN ({text}) u ON u.response = j.number"
    if scope.where or scope.column or scope.only_read:
        text = f"SELECT * FROM ({text}) u WHERE {is_counted(scope, parameters)}"
    return Sql(text, parameters)


def confirmed_codings(scope: Scope) -> Sql:
    """Return the query of who has marked which answers as done: response, coder, question."""
    return filled("{done}", scope)


def filled(form: str, scope: Scope, *, from_answers: bool = False) -> Sql:
    """Put the codings and the confirmations of the scope's questions, coders and moment into a query.

    Args:
        form: The query, with `{codings}`, `{done}` and `{layer}` where they belong.
        scope: Which codings are counted.
        from_answers: Whether codings are looked up answer by answer, and not question by question.
    """
    is_present = scope.as_of is None
    parameters: dict[str, Any] = {} if is_present else {"as_of": scope.as_of}
    # A plus keeps SQLite from the index by question.
    condition = ("+" if from_answers else "") + among("question", scope.question_ids, parameters)
    if scope.coder_ids:
        by = among("coder", scope.coder_ids, parameters)
        # One person's codings are theirs alone; what several chose, the team may have settled.
        condition += f" AND ({by} OR coder = {_LAYER})" if scope.sees_layer else f" AND {by}"
    elif not scope.sees_layer:
        condition += f" AND coder <> {_LAYER}"
    source = _NOW if is_present else f"SELECT * FROM ({_THEN.format(aspect='theme')}) t"
    done = _DONE_NOW if is_present else _DONE_THEN
    filled = form.format(codings=f"{source} WHERE {condition}", done=done + condition, layer=_LAYER)
    return Sql(filled, parameters)


def has_counted_coding(scope: Scope) -> Sql:
    """Return the condition that a response `r` has a coding to count."""
    parameters: dict[str, Any] = {}
    if scope.agreed == "any" and scope.as_of is None:
        # One look per response, by primary key, is far cheaper than collecting every coding's respondent;
        # where nothing else is asked of the coding, SQLite looks into that index without a subquery. The plus
        # keeps it from listing all codings first and looking responses up from there.
        coded = "+r.number IN (SELECT response FROM coding)"
        if scope.coder_ids:
            by = among("coder", scope.coder_ids, parameters)
            coded = f"EXISTS (SELECT 1 FROM coding WHERE response = r.number AND {by})"
        of_answer = answer_meets(scope.counted_answers_where, parameters, "r.number")
        counted = is_counted(scope, parameters, "r.respondent")
        return Sql(f"({coded} AND {of_answer} AND {counted})", parameters)
    codings = counted_codings(scope)
    return Sql(f"r.number IN (SELECT response FROM ({codings.text}) k)", codings.parameters)


def has_coding_of_anybody(scope: Scope) -> Sql:
    """Return the condition that a response `r` has a coding, whoever's: then it is an answer to everybody.

    Who answered is the same whosever codings are counted. Of the scope question, moment and respondents hold.
    """
    return has_counted_coding(scope._replace(agreed="any", coder_ids=()))


def is_unread(scope: Scope) -> Sql:
    """Return the condition that a response `r` is an answer to the questions, and has not been read.

    It has been read once those whose codings are counted have confirmed it; how many of them that takes goes
    by how many must have chosen a theme.
    """
    everybody = scope._replace(where=(), column=(), only_read=False)
    coded = has_coding_of_anybody(everybody)
    read = filled(_READ[scope.agreed], everybody)
    parameters = coded.parameters | read.parameters
    text = (
        f"{is_of_scope(everybody, parameters)} AND {is_answer(coded.text)} AND r.number NOT IN ({read.text})"
    )
    return Sql(text, parameters)


def is_of_scope(scope: Scope, parameters: dict[str, Any]) -> str:
    """Return the condition that a response `r` is to one of a scope's questions, and such as it counts.

    Args:
        scope: Which codings are counted.
        parameters: The query's, which are added to.
    """
    of_questions = among("question", scope.question_ids, parameters)
    conditions = scope.counted_answers_where
    if not conditions:
        return of_questions
    return f"{of_questions} AND {answer_meets(conditions, parameters, 'r.number')}"


def is_counted(scope: Scope, parameters: dict[str, Any], respondent: str = "respondent") -> str:
    """Return the condition that a respondent is one of those who are counted, whatever they mention.

    Args:
        scope: Which codings are counted.
        parameters: The query's, which are added to.
        respondent: The column with the respondent's number.
    """
    condition = belongs(scope.people_where, parameters, respondent)
    if not scope.only_read:
        return condition
    unread = is_unread(scope)
    parameters |= unread.parameters
    return f"{condition} AND {respondent} NOT IN (SELECT r.respondent FROM response r WHERE {unread.text})"


def is_answer(has_coding: str) -> str:
    """Return the condition that a response `r` is an answer.

    The import decides which texts are none: blank, or in the study's list of non-responses. Whoever codes
    such a text has judged that it is one all the same.

    Args:
        has_coding: The condition that somebody coded it, of those who matter.
    """
    return f"(r.answered = 1 OR {has_coding})"


def belongs(where: Sequence[Having], parameters: dict[str, Any], respondent: str = "respondent") -> str:
    """Return the condition that a respondent meets all of some conditions.

    Args:
        where: The conditions; none: everybody belongs.
        parameters: The query's, which are added to.
        respondent: The column with the respondent's number.
    """
    pieces = []
    for number, condition in enumerate(where):
        if condition.respondents is not None:
            parameters[f"where_those{number}"] = json.dumps(condition.respondents)
            pieces.append(f"{respondent} IN (SELECT value FROM json_each(:where_those{number}))")
            continue
        attribute, allowed = f"where_attribute{number}", f"where_values{number}"
        parameters |= {attribute: condition.attribute, allowed: json.dumps(condition.any_of)}
        having = f"SELECT respondent FROM attribute_value WHERE attribute = :{attribute}"
        one_of = f"{respondent} IN ({having} AND value IN (SELECT value FROM json_each(:{allowed})))"
        pieces.append(f"({one_of} OR {respondent} NOT IN ({having}))" if "" in condition.any_of else one_of)
    return " AND ".join(pieces) or "TRUE"


def answer_meets(conditions: Sequence[Having], parameters: dict[str, Any], response: str = "response") -> str:
    """Return the condition that a response meets all of some conditions on answers.

    Args:
        conditions: On attributes of answers; none: every response meets them.
        parameters: The query's, which are added to.
        response: The column with the response's number.
    """
    pieces = []
    for number, condition in enumerate(conditions):
        attribute, allowed = f"answer_attribute{number}", f"answer_values{number}"
        parameters |= {attribute: condition.attribute, allowed: json.dumps(condition.any_of)}
        one_of = f"(SELECT value FROM json_each(:{allowed}))"
        if condition.of == "box":
            boxes = f"SELECT number FROM response WHERE CAST(item AS TEXT) IN {one_of}"
            pieces.append(f"{response} IN ({boxes})")
            continue
        having = f"SELECT response FROM answer_value WHERE attribute = :{attribute}"
        met = f"{response} IN ({having} AND value IN {one_of})"
        pieces.append(f"({met} OR {response} NOT IN ({having}))" if "" in condition.any_of else met)
    return " AND ".join(pieces) or "TRUE"


def among(column: str, allowed: Sequence[str], parameters: dict[str, Any]) -> str:
    """Return the condition that a column has one of these values; the query's parameters are added to."""
    names = [f"{column}{number}" for number in range(len(allowed))]
    parameters |= zip(names, allowed, strict=True)
    marks = ", ".join(f":{name}" for name in names)
    return f"{column} = {marks}" if len(names) == 1 else f"{column} IN ({marks})"


def like(part: str) -> str:
    """Return the pattern for LIKE, escaped by backslashes, of the texts in NFC that hold this part."""
    part = normalize("NFC", part)
    for special in ("\\", "%", "_"):
        part = part.replace(special, "\\" + special)
    return f"%{part}%"
