"""Respondents, questions and responses: written once by an import, read ever after."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from itertools import chain, islice
from operator import attrgetter
from typing import TYPE_CHECKING
from zlib import crc32

from coder.domain.responses import Attribute, Question, Response, Survey
from coder.domain.texts.equal_words import may_repeat
from coder.store.opening.damage import refuse_odd_cells
from coder.store.row_hashes import SQL_OF_HASH, row_hash
from coder.store.scope import like
from coder.store.words_numbers import WORDS_NUMBER, words_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from coder.domain.nonresponse import NonResponses
    from coder.domain.progress import Progress
    from coder.store.database import Database

MOST_CELLS = 999
"""Cells that one statement inserts: every SQLite takes so many."""
BATCH = 1_998
"""Responses that are stored together: those of 18 statements."""

_RESPONSE = """SELECT r.number, r.id, p.id, r.question, r.item, r.text, r.answered
    FROM response r JOIN respondent p ON p.number = r.respondent"""
_SHORT_ID = "replace(r.id, '.' || r.question || '.', '.')"
_PLACE = re.compile(r"#(\d{1,15})(?:\.(\d*))?")
_CELLS = {
    "number": int, "id": str, "respondent": str, "question": str, "item": int, "text": str, "answered": int,
}  # fmt: skip


def add_survey(database: Database, survey: Survey, progress: Progress | None = None) -> None:
    """Store a survey; call it inside a transaction.

    Args:
        database: An empty study.
        survey: What the import found.
        progress: Called with responses stored and their total; may raise to give up.
    """
    numbers = {respondent_id: number for number, (respondent_id, _) in enumerate(survey.respondents, start=1)}
    insert_rows(
        database,
        "question",
        "id, position, label, items, row_hash",
        (_with_hash(q.id, position, q.label, q.items) for position, q in enumerate(survey.questions)),
    )
    insert_rows(
        database,
        "attribute",
        "name, position, label, row_hash",
        (_with_hash(a.name, position, a.label) for position, a in enumerate(survey.attributes)),
    )
    insert_rows(
        database,
        "respondent",
        "number, id, row_hash",
        ((number, key, crc32(f"{number}\x1f{key}".encode())) for key, number in numbers.items()),
    )
    insert_rows(
        database,
        "attribute_value",
        "respondent, attribute, value, row_hash",
        (
            (number, name, cell, crc32(f"{number}\x1f{name}\x1f{cell}".encode()))
            for number, (_, cells_by_name) in enumerate(survey.respondents, start=1)
            for name, cell in cells_by_name.items()
            if cell
        ),
    )
    for start in range(0, len(survey.responses), BATCH):
        batch = survey.responses[start : start + BATCH]
        insert_columns(database, "response", _columns_of(batch, numbers))
        if progress:
            progress(start + len(batch), len(survey.responses))
    _add_answer_values(database, survey)
    # Apart from the others: most answers are of their own words, and need no number.
    repeats = may_repeat(list(map(attrgetter("text"), survey.responses)))
    database.execute_many(
        "UPDATE response SET same_words = ? WHERE number = ?",
        ((words_number(survey.responses[index].text), survey.responses[index].number) for index in repeats),
    )


def _add_answer_values(database: Database, survey: Survey) -> None:
    insert_rows(
        database,
        "answer_attribute",
        "name, position, label, row_hash",
        (_with_hash(a.name, position, a.label) for position, a in enumerate(survey.answer_attributes)),
    )
    insert_rows(
        database,
        "answer_value",
        "response, attribute, value, row_hash",
        (
            (number, attribute.name, cell, crc32(f"{number}\x1f{attribute.name}\x1f{cell}".encode()))
            for attribute in survey.answer_attributes
            for number, cell in survey.answer_values.get(attribute.name, {}).items()
            if cell
        ),
    )


def _columns_of(responses: Sequence[Response], respondents: Mapping[str, int]) -> dict[str, Sequence[object]]:
    """Return the cells of some responses, by column of the table; so many are quicker worked out so.

    What `text_hash` and `row_hash` give is written out: there is one of each for every answer.
    """
    numbers, names, respondent_ids, question_ids, items, texts, answered = zip(*responses, strict=True)
    # sqlite3 takes int and bytearray as they are; for each bool and bytes it looks for an adapter first.
    covered = {
        "number": numbers,
        "id": names,
        "respondent": [respondents[respondent_id] for respondent_id in respondent_ids],
        "question": question_ids,
        "item": items,
        "answered": list(map(int, answered)),
    }
    row_hashes = [
        crc32(f"{number}\x1f{name}\x1f{respondent}\x1f{question_id}\x1f{item}\x1f{is_answer}".encode())
        for number, name, respondent, question_id, item, is_answer in zip(*covered.values(), strict=True)
    ]
    hashes = [bytearray(sha256(text.encode()).digest()) for text in texts]
    return {**covered, "hash": hashes, "text": texts, "row_hash": row_hashes}


def insert_columns(database: Database, table: str, columns: Mapping[str, Sequence[object]]) -> None:
    """Insert rows that are given by column, many with each statement.

    Args:
        database: Where.
        table: The table.
        columns: By name the cells of each column, from the first row to the last.
    """
    width = len(columns)
    cells: list[object] = [None] * sum(map(len, columns.values()))
    for place, column in enumerate(columns.values()):
        cells[place::width] = column
    _insert(database, table, ", ".join(columns), iter(cells))


def insert_rows(database: Database, table: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
    """Insert rows, many with each statement: two thirds of the time that a statement for each row takes.

    Args:
        database: Where.
        table: The table.
        columns: The names of its columns, parted by commas.
        rows: For each row its cells.
    """
    _insert(database, table, columns, chain.from_iterable(rows))


def _insert(database: Database, table: str, columns: str, cells: Iterator[object]) -> None:
    """Insert cells, row after row."""
    width = len(columns.split(","))
    row_places = f"({', '.join('?' * width)})"
    most = MOST_CELLS // width * width
    statements: dict[int, str] = {}
    while some := list(islice(cells, most)):
        count = len(some) // width
        if count not in statements:
            statements[count] = f"INSERT INTO {table} ({columns}) VALUES {', '.join([row_places] * count)}"
        database.execute(statements[count], some)


def questions(database: Database) -> list[Question]:
    """Return the open questions in the survey's order."""
    rows = database.rows("SELECT id, label, items FROM question ORDER BY position")
    return [Question(*row) for row in rows]


def attributes(database: Database) -> list[Attribute]:
    """Return the attributes in the survey's order."""
    return [Attribute(*row) for row in database.rows("SELECT name, label FROM attribute ORDER BY position")]


def answer_attributes(database: Database) -> list[Attribute]:
    """Return the attributes of answers in the survey's order, without the number of the box."""
    rows = database.rows("SELECT name, label FROM answer_attribute ORDER BY position")
    return [Attribute(name, label, "answer") for name, label in rows]


def attribute_values(database: Database, attribute: str) -> list[tuple[str, int]]:
    """Return an attribute's values with how many respondents have each, in alphabetical order."""
    return database.rows(
        "SELECT value, COUNT(*) FROM attribute_value WHERE attribute = ? GROUP BY value ORDER BY value",
        (attribute,),
    )


def respondent_number(database: Database, respondent_id: str) -> int | None:
    """Return a respondent's place in the survey, from 1; None if nobody has this id."""
    number: int | None = database.value("SELECT number FROM respondent WHERE id = ?", (respondent_id,))
    return number


def respondent_attributes(database: Database, respondent_id: str) -> dict[str, str]:
    """Return what is known of a respondent, in the survey's order of attributes."""
    return dict(
        database.rows(
            """SELECT a.name, v.value FROM respondent p
            JOIN attribute_value v ON v.respondent = p.number JOIN attribute a ON a.name = v.attribute
            WHERE p.id = ? ORDER BY a.position""",
            (respondent_id,),
        )
    )


def attributes_of(database: Database, responses: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """Map responses to what is known of them, then of those who gave them: names and values, in order."""
    rows = database.rows(
        """WITH listed (number, respondent) AS (
            SELECT r.number, r.respondent FROM json_each(?) j CROSS JOIN response r ON r.number = j.value)
        SELECT r.number, 0 AS of_respondent, a.position, a.name, v.value FROM listed r
        CROSS JOIN answer_value v ON v.response = r.number JOIN answer_attribute a ON a.name = v.attribute
        UNION ALL SELECT r.number, 1, a.position, a.name, v.value FROM listed r
        CROSS JOIN attribute_value v ON v.respondent = r.respondent JOIN attribute a ON a.name = v.attribute
        ORDER BY 1, 2, 3""",
        (json.dumps(list(responses)),),
    )
    facts: dict[int, list[tuple[str, str]]] = {}
    for number, _, _, name, attribute_value in rows:
        facts.setdefault(number, []).append((name, attribute_value))
    return facts


def response(database: Database, number: int) -> Response | None:
    """Return one response by its number."""
    row = database.row(f"{_RESPONSE} WHERE r.number = ?", (number,))
    return _response(row) if row else None


def responses_of(database: Database, respondent_id: str) -> list[Response]:
    """Return everything one respondent answered, question by question."""
    rows = database.rows(
        f"""{_RESPONSE} JOIN question q ON q.id = r.question
        WHERE p.id = ? ORDER BY q.position, r.item, r.number""",
        (respondent_id,),
    )
    return [_response(row) for row in rows]


def responses(database: Database, numbers: Iterable[int]) -> dict[int, Response]:
    """Return the responses with these numbers."""
    listed = json.dumps(list(numbers))
    rows = database.rows(f"{_RESPONSE} WHERE r.number IN (SELECT value FROM json_each(?))", (listed,))
    return {row[0]: _response(row) for row in rows}


def find_responses(
    database: Database, part: str, limit: int, question_id: str | None = None
) -> list[Response]:
    """Return the first answers whose id contains a text, whatever the case.

    Args:
        database: The study's.
        part: A part of an id, with its question or, as the list has it, without: `C009.1`, `…09.1`. `#17`
            stands for the respondent at that place in the survey, `#17.2` for a box of theirs.
        limit: How many at most.
        question_id: The question whose answers come first.
    """
    parameters: dict[str, object] = {"question": question_id or "", "limit": limit}
    part = part.strip().removeprefix("…")
    if place := _PLACE.fullmatch(part):
        condition = "p.number = :place AND r.item LIKE :item"
        parameters |= {"place": place[1], "item": place[2] or "%"}
    else:
        condition = " OR ".join(f"nfc({name}) LIKE :part ESCAPE '\\'" for name in ("r.id", _SHORT_ID))
        parameters["part"] = like(part)
    rows = database.rows(
        f"""{_RESPONSE} WHERE r.answered = 1 AND ({condition})
        ORDER BY r.question <> :question, r.number LIMIT :limit""",
        parameters,
    )
    return [_response(row) for row in rows]


def all_responses(database: Database) -> Iterator[Response]:
    """Yield every response in order, without holding them all."""
    for row in database.stream(f"{_RESPONSE} ORDER BY r.number"):
        yield _response(row)


def answer_counts(database: Database) -> dict[str, int]:
    """Count the answers to each question that has some."""
    return dict(database.rows("SELECT question, COUNT(*) FROM response WHERE answered = 1 GROUP BY question"))


def response_numbers(database: Database) -> dict[str, int]:
    """Map every response's id to its number."""
    return dict(database.rows("SELECT id, number FROM response"))


def ids_of_question(database: Database, question_id: str) -> dict[int, str]:
    """Map the number of every response to a question to its id."""
    return dict(database.rows("SELECT number, id FROM response WHERE question = ?", (question_id,)))


def misjudged_answers(database: Database, non_responses: NonResponses) -> list[tuple[int, str]]:
    """Return number and question of each response that counts as an answer against a list, or as none."""
    rows = database.stream("SELECT number, question, text, answered FROM response ORDER BY number")
    return [
        (number, question_id)
        for number, question_id, text, answered in rows
        if (text not in non_responses) != bool(answered)
    ]


def judge_otherwise(database: Database, responses: Iterable[int]) -> None:
    """Count responses as answers that were none, and as none that were answers; inside a transaction."""
    numbers = [(number,) for number in responses]
    database.execute_many("UPDATE response SET answered = 1 - answered WHERE number = ?", numbers)
    hashed = f"UPDATE response SET row_hash = {SQL_OF_HASH['response']} WHERE number = ?"
    database.execute_many(hashed, numbers)


def of_the_same_words(database: Database, responses: Iterable[int]) -> dict[int, list[int]]:
    """Map answers to the numbers of all answers to their questions that say what they say, in order.

    A non-response stays alone, and so does a text that is equal to nothing: those are left out. Answers of
    the same words have one and the same list.
    """
    numbers = json.dumps(list(responses))
    chosen = "SELECT {} FROM json_each(?) j CROSS JOIN response r ON r.number = j.value WHERE r.answered = 1"
    members: dict[tuple[int, str], list[int]] = {}
    rows = database.stream(
        f"""SELECT m.same_words, m.question, m.number
        FROM ({chosen.format("DISTINCT r.same_words, r.question")}) k CROSS JOIN response m
            ON m.same_words = k.same_words AND m.question = k.question AND m.answered = 1
        ORDER BY m.number""",
        (numbers,),
    )
    for same_words, question_id, number in rows:
        members.setdefault((same_words, question_id), []).append(number)
    keys = database.rows(chosen.format("r.number, r.same_words, r.question"), (numbers,))
    return {number: members[words, question] for number, words, question in keys if words is not None}


def groups_by_words(database: Database, responses: Iterable[int]) -> dict[int, tuple[str, int]]:
    """Map answers to what those to the same question share that say the same; lacking are those without."""
    rows = database.stream(
        """SELECT r.number, r.question, r.same_words
        FROM json_each(?) j CROSS JOIN response r ON r.number = j.value
        WHERE r.answered = 1 AND r.same_words IS NOT NULL""",
        (json.dumps(list(responses)),),
    )
    return {number: (question_id, same_words) for number, question_id, same_words in rows}


def texts_of(database: Database, numbers: Iterable[int]) -> dict[int, str]:
    """Return the texts of some responses, however many, by number."""
    sql = "SELECT number, text FROM response WHERE number IN (SELECT value FROM json_each(?))"
    return dict(database.rows(sql, (json.dumps(list(numbers)),)))


def number_words_anew(database: Database) -> None:
    """Work the numbers of all responses out from their texts; call it inside a transaction."""
    database.execute(
        f"UPDATE response SET same_words = {WORDS_NUMBER} WHERE same_words IS NOT {WORDS_NUMBER}"
    )


def _with_hash(*cells: str | int) -> tuple[str | int, ...]:
    return (*cells, row_hash(*cells))


def unknown_questions(database: Database) -> list[str]:
    """Return the ids by which responses name questions that are not there, as SQL has them in quotes.

    The index by question is leapt through, from one id to the next: more responses take no longer.
    """
    rows = database.rows(
        """WITH RECURSIVE named (id) AS (
            SELECT MIN(question) FROM response
            UNION ALL SELECT (SELECT MIN(question) FROM response WHERE question > named.id) FROM named
            WHERE named.id IS NOT NULL LIMIT 1000
        ) SELECT quote(id) FROM named WHERE id IS NOT NULL AND id NOT IN (SELECT id FROM question
            WHERE id IS NOT NULL)"""
    )
    return [question_id for (question_id,) in rows]


def _response(row: tuple[int, str, str, str, int, str, int]) -> Response:
    refuse_odd_cells(_CELLS, row, "response")
    return Response(*row[:6], answered=bool(row[6]))
