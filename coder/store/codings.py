"""The current state of coding: what stands on each response, and how far a coder has come."""

from __future__ import annotations

import json
from array import array
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from coder.domain.codings import Aspect, Coding, Origin, State, WordsBy, read_spans, response_state
from coder.domain.filters import of_answers, of_respondents
from coder.domain.team.rounds import APART
from coder.domain.team.settled_layer import SETTLED
from coder.store.opening.damage import refuse_odd_cells
from coder.store.scope import Scope, answer_meets, belongs, counted_codings, is_answer, is_counted, like

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coder.domain.filters import Filter, ListShow, Together
    from coder.store.database import Database
    from coder.store.scope import Sql


class ListRow(NamedTuple):
    """A response as a list shows it."""

    number: int
    id: str
    respondent_id: str
    question_id: str
    start: str
    """The first 160 characters of the text."""
    respondent: int = 0
    """The respondent's number: their place in the survey file."""
    item: int = 0
    done: bool = False
    flag: bool = False
    memo: bool = False
    answered: bool = True
    recode: bool = False
    """Whether a coding on it waits to be recoded."""
    theme_ids: tuple[str, ...] = ()
    """The coder's themes on it."""

    @property
    def state(self) -> State:
        """How far this response has come."""
        return response_state(themes=len(self.theme_ids), done=self.done)


class Mark(NamedTuple):
    """Something other than a theme that stands on a response."""

    response: int
    coder_id: str
    aspect: Aspect
    theme_id: str
    """The theme, for a memo on a coding."""
    content: str


class QuestionProgress(NamedTuple):
    """How far a coder has come with a question."""

    done: int
    answers: int
    """Those to be read, with the non-responses that the coder took for answers."""


_HAS_MARK = (
    "EXISTS (SELECT 1 FROM mark m WHERE m.response = r.number AND m.coder = :coder AND m.aspect = '{}')"
)
_TEXT_IN_NFC = """CASE WHEN length(r.text) = length(CAST(r.text AS BLOB)) THEN r.text ELSE nfc(r.text) END"""
"""A text of ASCII alone, as many bytes as characters, is in NFC: no function need be called for it."""
_EACH = "(SELECT value AS number FROM json_each(?)) j CROSS JOIN"
"""Goes through some responses, whatever SQLite thinks of the table it looks them up in."""
_HAS_CODING = "EXISTS (SELECT 1 FROM coding c WHERE c.response = r.number AND c.coder = :coder)"

_ROW = f"""SELECT r.number, r.id, p.id, r.question, substr(r.text, 1, 160), p.number, r.item,
    {_HAS_MARK.format("done")}, {_HAS_MARK.format("flag")}, {_HAS_MARK.format("memo")}, r.answered,
    {_HAS_MARK.format("recode")}, c.theme
    FROM response r JOIN respondent p ON p.number = r.respondent
    LEFT JOIN coding c ON c.response = r.number AND c.coder = :coder"""
_CELLS = {"number": int, "id": str, "respondent": str, "question": str, "text": str}

_ASSIGNED = f"""EXISTS (SELECT 1 FROM assignment a
    WHERE a.response = r.number AND a.round = :round
    AND (a.person = :coder OR :coder = '{APART}' || a.round))"""
_SHOW: dict[ListShow, str] = {
    "open": "NOT " + _HAS_MARK.format("done"),
    "coded": _HAS_CODING,
    "done": _HAS_MARK.format("done"),
    "nothing": f"{_HAS_MARK.format('done')} AND NOT {_HAS_CODING}",
    "flag": _HAS_MARK.format("flag"),
    "memo": _HAS_MARK.format("memo"),
    "recode": _HAS_MARK.format("recode"),
}


def list_rows(database: Database, coder_id: str, numbers: Sequence[int]) -> dict[int, ListRow]:
    """Return the list rows of these responses (at most some hundreds)."""
    placeholders = ", ".join(f":n{n}" for n in range(len(numbers)))
    parameters: dict[str, Any] = {f"n{n}": number for n, number in enumerate(numbers)}
    sql = f"{_ROW} WHERE r.number IN ({placeholders}) ORDER BY r.number, c.theme"
    rows: dict[int, ListRow] = {}
    for *cells, theme_id in database.rows(sql, {"coder": coder_id, **parameters}):
        row = rows.get(cells[0]) or _list_row(cells)
        # A response has a row for each of its themes; one, without a theme, where it has none.
        rows[row.number] = row if theme_id is None else row._replace(theme_ids=(*row.theme_ids, theme_id))
    return rows


def _list_row(cells: Sequence[Any]) -> ListRow:
    refuse_odd_cells(_CELLS, cells[:5], "response")
    return ListRow(*cells[:7], *map(bool, cells[7:]))


def matching(
    database: Database, coder_id: str, criteria: Filter, *, after: int = 0, limit: int | None = None
) -> array[int]:
    """Return the numbers of the responses that pass a filter and are above `after`, in order."""
    conditions, parameters = _conditions(criteria)
    if after:
        conditions.append("r.number > :after")
        parameters["after"] = after
    sql = f"SELECT r.number FROM response r WHERE {' AND '.join(conditions)} ORDER BY r.number"
    if limit is not None:
        sql += f" LIMIT {limit}"
    numbers = database.stream(sql, {"coder": coder_id, **parameters})
    return array("l", (number for (number,) in numbers))


def matching_among(database: Database, coder_id: str, criteria: Filter, numbers: Iterable[int]) -> set[int]:
    """Return those of some responses that pass a filter."""
    conditions, parameters = _conditions(criteria)
    among = "r.number IN (SELECT value FROM json_each(:numbers))"
    sql = f"SELECT r.number FROM response r WHERE {among} AND {' AND '.join(conditions)}"
    matches = database.rows(sql, {"coder": coder_id, "numbers": json.dumps(list(numbers)), **parameters})
    return {number for (number,) in matches}


def repeated(database: Database, coder_id: str, question_id: str) -> dict[int, tuple[int, int]]:
    """Map answers to a question that say what another says to what they share: the words, and done or not."""
    rows = database.stream(
        f"""SELECT r.number, r.same_words, {_HAS_MARK.format("done")} FROM (
            SELECT same_words FROM response WHERE question = :question AND answered = 1
                AND same_words IS NOT NULL GROUP BY same_words HAVING COUNT(*) > 1) w
        CROSS JOIN response r
            ON r.same_words = w.same_words AND r.question = :question AND r.answered = 1""",
        {"coder": coder_id, "question": question_id},
    )
    return {number: (same_words, done) for number, same_words, done in rows}


class ListCounts(NamedTuple):
    """How many responses a list would have."""

    shows: dict[ListShow, int]
    """With another state in place of the filter's; `all` without any other condition either."""
    themes: dict[str, int]
    """With a theme in place of the filter's, by its id; without those that nothing is coded with."""


def list_counts(database: Database, coder_id: str, criteria: Filter) -> ListCounts:
    """Count what could be listed instead of what a filter lets through."""
    conditions, parameters = _conditions(replace(criteria, show="all"))
    shows = ", ".join(f"COUNT(*) FILTER (WHERE {condition})" for condition in _SHOW.values())
    row = database.row(
        f"SELECT {shows} FROM response r WHERE {' AND '.join(conditions)}",
        {"coder": coder_id, **parameters},
    )
    coded, parameters = _conditions(replace(criteria, theme_ids=()), coded=True)
    themes = database.rows(
        f"""SELECT k.theme, COUNT(DISTINCT k.response) FROM response r JOIN coding k ON k.response = r.number
        WHERE {" AND ".join(coded)} AND k.coder <> '{SETTLED}' GROUP BY k.theme""",
        {"coder": coder_id, **parameters},
    )
    none: dict[ListShow, int] = {
        "all": _count(database, coder_id, criteria.cleared()),
        "non-response": _count(database, coder_id, replace(criteria, show="non-response")),
    }
    return ListCounts(none | dict(zip(_SHOW, row, strict=True)), dict(themes))


def _count(database: Database, coder_id: str, criteria: Filter) -> int:
    conditions, parameters = _conditions(criteria)
    sql = f"SELECT COUNT(*) FROM response r WHERE {' AND '.join(conditions)}"
    count: int = database.value(sql, {"coder": coder_id, **parameters})
    return count


def _states(criteria: Filter, parameters: dict[str, Any]) -> Iterator[str]:
    """Yield the conditions on what became of a response with the coder, and on whose it is to read."""
    if criteria.show in _SHOW:
        yield _SHOW[criteria.show]
    if criteria.round_id:
        parameters["round"] = criteria.round_id
        yield _ASSIGNED


def _conditions(criteria: Filter, *, coded: bool = False) -> tuple[list[str], dict[str, Any]]:
    # A non-response that the coder coded was judged to be an answer after all; one with a theme, by anybody.
    answered = is_answer(_HAS_CODING)
    if criteria.theme_ids or coded:
        answered = "TRUE"
    conditions = ["r.answered = 0" if criteria.show == "non-response" else answered]
    parameters: dict[str, Any] = {}
    if criteria.question_id is not None:
        conditions.append("r.question = :question")
        parameters["question"] = criteria.question_id
    conditions += _states(criteria, parameters)
    if criteria.theme_ids:
        names = {f"t{n}": theme_id for n, theme_id in enumerate(criteria.theme_ids)}
        counting = None
        if criteria.agreed != "any" and criteria.question_id is not None:
            counting = counted_codings(Scope([criteria.question_id], agreed=criteria.agreed))
            parameters |= counting.parameters
        conditions += _theme_conditions(list(names), criteria.together, counting)
        parameters |= names
    answers_where = of_answers(criteria.attributes)
    conditions.append(belongs(of_respondents(criteria.attributes), parameters, "r.respondent"))
    conditions.append(answer_meets(answers_where, parameters, "r.number"))
    if criteria.all_read and criteria.question_id is not None:
        scope = Scope(
            [criteria.question_id], agreed=criteria.agreed, answers_where=answers_where, only_read=True
        )
        conditions.append(is_counted(scope, parameters))
    if criteria.text:
        conditions.append(f"{_TEXT_IN_NFC} LIKE :text ESCAPE '\\'")
        parameters["text"] = like(criteria.text)
    if criteria.pattern:
        conditions.append("has_pattern(:pattern, r.text)")
        parameters["pattern"] = criteria.pattern
    return conditions, parameters


def _theme_conditions(names: Sequence[str], together: Together, counting: Sql | None) -> list[str]:
    by = f"c.coder <> '{SETTLED}'"
    on_answer = f"EXISTS (SELECT 1 FROM coding c WHERE c.response = r.number AND {by} AND c.theme {{}})"
    of_respondent = f"""EXISTS (SELECT 1 FROM coding c WHERE c.question = r.question
        AND c.respondent = r.respondent AND {by} AND c.theme {{}})"""
    if counting is not None:
        on_answer = f"r.number IN (SELECT response FROM ({counting.text}) c WHERE c.theme {{}})"
        of_respondent = f"r.respondent IN (SELECT respondent FROM ({counting.text}) c WHERE c.theme {{}})"
    if together == "answer":
        return [on_answer.format(f"= :{name}") for name in names]
    conditions = [on_answer.format(f"IN ({', '.join(f':{name}' for name in names)})")]
    if together == "respondent":
        conditions += [of_respondent.format(f"= :{name}") for name in names]
    return conditions


def codings_of(database: Database, response: int) -> list[Coding]:
    """Return every coder's codings of a response; what was settled is apart."""
    rows = database.rows(
        """SELECT response, theme, coder, spans, origin, words_by FROM coding WHERE response = ?
        AND coder <> ? ORDER BY theme, coder""",
        (response, SETTLED),
    )
    return [_coding(row) for row in rows]


def all_codings(database: Database, coder_id: str | None = None) -> Iterable[Coding]:
    """Yield the codings that stand, of one coder or of all, in the order of the responses."""
    columns = "response, theme, coder, spans, origin, words_by"
    sql = f"SELECT {columns} FROM coding WHERE {_by(coder_id)} ORDER BY response, theme, coder"
    for row in database.stream(sql, {"coder": coder_id}):
        yield _coding(row)


def current_value(
    database: Database, coder_id: str, response: int, aspect: Aspect, theme_id: str
) -> str | None:
    """Return a theme's spans or a mark's content as the log writes them; None where it does not stand."""
    if aspect == "theme":
        sql = "SELECT spans FROM coding WHERE response = ? AND coder = ? AND theme = ?"
        logged: str | None = database.value(sql, (response, coder_id, theme_id))
    else:
        sql = "SELECT value FROM mark WHERE response = ? AND coder = ? AND theme = ? AND aspect = ?"
        logged = database.value(sql, (response, coder_id, theme_id, aspect))
    return logged


def words_on(
    database: Database, coder_id: str, responses: Iterable[int]
) -> Iterable[tuple[int, str, str, WordsBy]]:
    """Yield a coder's codings of some responses: number, theme id, spans as the log writes them, whose."""
    return database.stream(
        f"""SELECT response, theme, spans, words_by FROM {_EACH} coding c ON c.response = j.number
        WHERE c.coder = ? ORDER BY response, theme""",
        (json.dumps(list(responses)), coder_id),
    )


def marks_on(database: Database, coder_id: str, responses: Iterable[int]) -> Iterable[Mark]:
    """Yield a coder's marks on some responses."""
    rows = database.stream(
        f"""SELECT response, coder, aspect, theme, value FROM {_EACH} mark m ON m.response = j.number
        WHERE m.coder = ? ORDER BY response, aspect, theme""",
        (json.dumps(list(responses)), coder_id),
    )
    return map(Mark._make, rows)


def origins_on(
    database: Database, coder_id: str, theme_id: str, responses: Iterable[int]
) -> dict[int, Origin]:
    """Map those of some responses that a coder gave a theme to how that came about."""
    rows = database.rows(
        f"""SELECT response, origin FROM {_EACH} coding c ON c.response = j.number
        WHERE c.theme = ? AND c.coder = ?""",
        (json.dumps(list(responses)), theme_id, coder_id),
    )
    return dict(rows)


def all_marks(database: Database, coder_id: str | None = None) -> Iterable[Mark]:
    """Yield the marks that stand, of one coder or of all, in the order of the responses."""
    columns = "response, coder, aspect, theme, value"
    sql = f"SELECT {columns} FROM mark WHERE {_by(coder_id)} ORDER BY response, coder, aspect, theme"
    for row in database.stream(sql, {"coder": coder_id}):
        yield Mark(*row)


def words_coded(
    database: Database, coder_id: str, theme_ids: Iterable[str]
) -> dict[tuple[int, str], tuple[str, WordsBy]]:
    """Map a coder's codings with these themes (response, theme id) to spans as the log has them, whose."""
    sql = "SELECT response, spans, words_by FROM coding WHERE coder = ? AND theme = ?"
    return {
        (response, theme_id): (spans, words_by)
        for theme_id in theme_ids
        for response, spans, words_by in database.stream(sql, (coder_id, theme_id))
    }


def theme_marks(database: Database, coder_id: str, aspect: Aspect) -> dict[tuple[int, str], str]:
    """Return a coder's marks on codings: (response, theme id) to the mark's value."""
    sql = "SELECT response, theme, value FROM mark WHERE coder = ? AND aspect = ? AND theme <> ''"
    return {
        (response, theme): content for response, theme, content in database.stream(sql, (coder_id, aspect))
    }


def coded_among(database: Database, responses: Iterable[int]) -> int:
    """Count those of some responses that anybody has coded."""
    numbers = json.dumps(list(responses))
    sql = "SELECT COUNT(DISTINCT response) FROM coding WHERE response IN (SELECT value FROM json_each(?))"
    count: int = database.value(sql, (numbers,))
    return count


def respondents_of(database: Database, responses: Iterable[int]) -> int:
    """Count the respondents who gave these responses."""
    numbers = json.dumps(list(responses))
    sql = "SELECT COUNT(DISTINCT respondent) FROM response WHERE number IN (SELECT value FROM json_each(?))"
    count: int = database.value(sql, (numbers,))
    return count


def confirmed(database: Database, coder_id: str) -> set[int]:
    """Return the numbers of the responses a coder has confirmed."""
    numbers = database.stream("SELECT response FROM mark WHERE coder = ? AND aspect = 'done'", (coder_id,))
    return {number for (number,) in numbers}


def progress(database: Database, coder_id: str) -> dict[str, QuestionProgress]:
    """Return how far a coder has come with each question."""
    rows = database.rows(
        """SELECT q.id,
            (SELECT COUNT(*) FROM mark m WHERE m.coder = :coder AND m.aspect = 'done' AND m.question = q.id),
            (SELECT COUNT(*) FROM response r WHERE r.question = q.id AND r.answered = 1)
            + (SELECT COUNT(*) FROM response r JOIN mark m ON m.response = r.number
               WHERE r.question = q.id AND r.answered = 0 AND m.coder = :coder AND m.aspect = 'done')
        FROM question q ORDER BY q.position""",
        {"coder": coder_id},
    )
    return {question_id: QuestionProgress(done, answers) for question_id, done, answers in rows}


def open_repeats(database: Database, coder_id: str) -> dict[str, int]:
    """Return by question how many answers that a coder has not confirmed say what another of them says."""
    rows = database.rows(
        f"""SELECT r.question, COUNT(*) - COUNT(DISTINCT r.same_words) FROM response r
        WHERE r.answered = 1 AND r.same_words IS NOT NULL AND NOT {_HAS_MARK.format("done")}
        GROUP BY r.question""",
        {"coder": coder_id},
    )
    return dict(rows)


def _by(coder_id: str | None) -> str:
    return f"coder <> '{SETTLED}'" if coder_id is None else "coder = :coder"


def _coding(row: tuple[int, str, str, str, Any, Any]) -> Coding:
    response, theme_id, coder_id, spans, origin, words_by = row
    return Coding(response, theme_id, coder_id, read_spans(spans), origin, words_by)
