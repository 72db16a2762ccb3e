"""The answers of one person, leaving a study or coming into one with their numbers."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any, get_args

from coder.domain.copies.bundles import PackedSurvey
from coder.domain.team.question_threads import QuestionEventKind
from coder.domain.team.rounds import APART
from coder.store.privacy.text_salts import keep_salts
from coder.store.row_hashes import row_hash
from coder.store.surveys import insert_rows
from coder.store.team.round_rows import sight_of
from coder.store.team.team_rows import events
from coder.store.words_numbers import words_number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from coder.store.database import Database

_ALL = "SELECT number FROM response ORDER BY number"
_CODED = """SELECT DISTINCT c.response FROM main.change c JOIN main.step s ON s.number = c.step
    WHERE s.coder = ?"""
_SURVEY = {
    "questions": "SELECT id, position, label, items FROM question ORDER BY position",
    "attributes": "SELECT name, position, label FROM attribute ORDER BY position",
    "respondents": """SELECT number, id FROM respondent
        WHERE number IN (SELECT respondent FROM response
            WHERE number IN (SELECT value FROM json_each(:numbers))) ORDER BY number""",
    "attribute_values": """SELECT respondent, attribute, value FROM attribute_value
        WHERE respondent IN (SELECT respondent FROM response
            WHERE number IN (SELECT value FROM json_each(:numbers))) ORDER BY respondent, attribute""",
    "responses": """SELECT number, id, respondent, question, item, answered, text FROM response
        WHERE number IN (SELECT value FROM json_each(:numbers)) ORDER BY number""",
    "answer_attributes": "SELECT name, position, label FROM answer_attribute ORDER BY position",
    "answer_values": """SELECT response, attribute, value FROM answer_value
        WHERE response IN (SELECT value FROM json_each(:numbers)) ORDER BY response, attribute""",
}


_SALTS = """SELECT response, lower(hex(salt)), lower(hex(digest)) FROM text_salt
    WHERE response IN (SELECT value FROM json_each(?)) ORDER BY response"""


def answers_of(database: Database, person_id: str) -> list[int]:
    """Return the numbers of the answers that somebody is to code, and of those they have coded."""
    assigned = _assigned(database, person_id)
    if assigned is None:
        return [number for (number,) in database.rows(_ALL)]
    coded = {number for (number,) in database.rows(_CODED, (person_id,))}
    return sorted(coded | set(assigned))


def _assigned(database: Database, person_id: str) -> list[int] | None:
    """Return the answers assigned to somebody; None where nothing is assigned to them."""
    if not database.value("SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'assignment')"):
        return None
    rows = database.rows(
        """SELECT a.response, MAX(d.gold = '') FROM assignment a JOIN round d ON d.id = a.round
        WHERE a.person = ? GROUP BY a.response""",
        (person_id,),
    )
    # A training, and what is coded again, say nothing of who codes the rest.
    return [number for number, _ in rows] if any(is_own for _, is_own in rows) else None


def steps_of_others(database: Database, person_id: str) -> set[int]:
    """Return the steps that tell what others did; notes of the journal are everybody's."""
    rows = database.rows(
        f"""SELECT number FROM main.step s
        WHERE coder <> :person AND coder NOT IN (SELECT '{APART}' || round FROM round_member
            WHERE person = :person) AND (
            NOT EXISTS (SELECT 1 FROM journal j WHERE j.step IN (s.number, s.target))
            OR EXISTS (SELECT 1 FROM main.change c WHERE c.step IN (s.number, s.target))
            OR EXISTS (SELECT 1 FROM main.exposure e WHERE e.step = s.number))""",
        {"person": person_id},
    )
    return {number for (number,) in rows}


def talk_of_others(database: Database, person_id: str) -> set[int]:
    """Return what others said, as events of the team, about answers on which somebody sees their own alone.

    Others' questions about such answers and what is said on these, and themes that others proposed: they may
    say how somebody codes. What others say to a question of the person's own is for them to read.
    """
    rounds = sight_of(database, person_id).rounds
    if not rounds:
        return set()
    hidden = {
        response_id
        for (response_id,) in database.rows(
            """SELECT DISTINCT r.id FROM assignment a JOIN response r ON r.number = a.response
            WHERE a.round IN (SELECT value FROM json_each(?))""",
            (json.dumps(rounds),),
        )
    }
    talk = events(database, "theme proposed", *get_args(QuestionEventKind))
    questions = {
        event.content["question"]
        for event in talk
        if event.kind == "asked" and event.by != person_id and event.content["response"] in hidden
    }
    return {
        event.number
        for event in talk
        if event.content.get("question") in questions
        or (event.kind == "theme proposed" and event.by != person_id and event.content["round"] in rounds)
    }


def packed_survey(database: Database, numbers: Iterable[int]) -> PackedSurvey:
    """Return some responses with all that belongs to them; call it inside a transaction."""
    listed = {"numbers": json.dumps(list(numbers))}
    tables = {name: database.rows(sql, listed) for name, sql in _SURVEY.items()}
    keep_salts(database)
    return PackedSurvey(**tables, text_salts=database.rows(_SALTS, (listed["numbers"],)))


def misfits_of(database: Database, survey: PackedSurvey, altered: Collection[str] = ()) -> list[str]:
    """Return, in words, what of a pack's answers does not fit into a study.

    Args:
        database: The study's.
        survey: The answers.
        altered: Ids of answers out of which words were cut, here or there: their texts may differ.
    """
    misfits = []
    texts = dict(database.rows("SELECT id, hash FROM response"))
    for _, row_id, *_, text in survey.responses:
        other_text = row_id in texts and texts[row_id] != sha256(text.encode()).digest()
        if other_text and row_id not in altered:
            misfits.append(f"answer '{row_id}' has another text here")
    for table, rows, says in (
        ("respondent", survey.respondents, "respondent"),
        ("response", survey.responses, "answer"),
    ):
        by_number = dict(database.rows(f"SELECT number, id FROM {table}"))
        by_id = {row_id: number for number, row_id in by_number.items()}
        for number, row_id, *_ in rows:
            if by_number.get(number, row_id) != row_id or by_id.get(row_id, number) != number:
                misfits.append(f"{says} '{row_id}' stands at another place of the survey")
    return [*misfits, *_misfits_of_attributes(database, survey)]


def _misfits_of_attributes(database: Database, survey: PackedSurvey) -> Iterator[str]:
    """Yield what is known of respondents on one side and of answers on the other."""
    of_respondents = {name for (name,) in database.rows("SELECT name FROM attribute")}
    of_answers = {name for (name,) in database.rows("SELECT name FROM answer_attribute")}
    for name, *_ in survey.answer_attributes:
        if name in of_respondents:
            yield f"'{name}' is known of respondents here, and of answers there"
    for name, *_ in survey.attributes:
        if name in of_answers:
            yield f"'{name}' is known of answers here, and of respondents there"


def add_answers(database: Database, survey: PackedSurvey) -> int:
    """Write the answers that a study lacks; call it inside a transaction. Return how many they are."""
    _add(database, "question", "id, position, label, items", survey.questions, 0)
    _add(database, "attribute", "name, position, label", survey.attributes, 0)
    _add(database, "respondent", "number, id", survey.respondents, 0)
    respondents = {number for (number,) in database.rows("SELECT DISTINCT respondent FROM attribute_value")}
    fresh = [row for row in survey.attribute_values if row[0] not in respondents]
    insert_rows(
        database, "attribute_value", "respondent, attribute, value, row_hash",
        [(*row, row_hash(*row)) for row in fresh],
    )  # fmt: skip
    present = {number for (number,) in database.rows(_ALL)}
    responses = [row for row in survey.responses if row[0] not in present]
    insert_rows(
        database,
        "response",
        "number, id, respondent, question, item, answered, hash, text, row_hash, same_words",
        [
            (*row[:6], sha256(row[6].encode()).digest(), row[6], row_hash(*row[:6]), words_number(row[6]))
            for row in responses
        ],
    )
    present = {number for (number,) in database.rows("SELECT response FROM text_salt")}
    added = {row[0] for row in responses}
    _add(database, "answer_attribute", "name, position, label", survey.answer_attributes, 0)
    insert_rows(
        database, "answer_value", "response, attribute, value, row_hash",
        [(*row, row_hash(*row)) for row in survey.answer_values if row[0] in added],
    )  # fmt: skip
    rows = [
        (number, bytes.fromhex(salt), bytes.fromhex(digest)) for number, salt, digest in survey.text_salts
    ]
    insert_rows(
        database, "text_salt", "response, salt, digest",
        [row for row in rows if row[0] in added and row[0] not in present],
    )  # fmt: skip
    return len(responses)


def _add(database: Database, table: str, columns: str, rows: Sequence[Sequence[Any]], key: int) -> None:
    name = columns.split(", ")[key]
    present = {cell for (cell,) in database.rows(f"SELECT {name} FROM {table}")}
    fresh = [(*row, row_hash(*row)) for row in rows if row[key] not in present]
    insert_rows(database, table, f"{columns}, row_hash", fresh)
