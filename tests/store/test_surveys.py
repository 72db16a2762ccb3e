"""What an import stores is what is read back, and which texts are answers can be decided anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import small_study

from coder.domain.nonresponse import NonResponses
from coder.domain.responses import Attribute, Question, Respondent, Response, Survey, text_hash
from coder.errors import CancelledError, CoderError
from coder.store import checks, codings, surveys
from coder.store.database import Database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    """Give an empty study's database."""
    database = Database.create(tmp_path / "study.db")
    yield database
    database.close()


def survey_of(texts: list[str]) -> Survey:
    """Make a survey of one question with one respondent for each text."""
    respondents = [Respondent(f"R{place}", {"region": ""}) for place in range(len(texts))]
    responses = [
        Response(place + 1, f"R{place}.Q1", f"R{place}", "Q1", 1, text) for place, text in enumerate(texts)
    ]
    return Survey([Question("Q1", "Why?")], [Attribute("region", "Where?")], respondents, responses)


def store(database: Database, survey: Survey) -> None:
    """Store a survey in one transaction."""
    with database.transaction():
        surveys.add_survey(database, survey)


@given(texts=st.lists(TEXT, max_size=8))
@settings(max_examples=30)
def test_texts_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    """Every text, odd characters and null included, is stored character for character."""
    database = Database.create(tmp_path_factory.mktemp("odd") / "study.db")
    survey = survey_of(texts)
    store(database, survey)
    assert list(surveys.all_responses(database)) == survey.responses
    assert surveys.questions(database) == survey.questions
    assert surveys.attributes(database) == survey.attributes
    assert [fault for fault in checks.faults(database) if "codebook" not in fault.message] == []
    database.close()


def test_hashes_are_bytes_and_answered_is_a_number(empty: Database) -> None:
    """What is stored beside a text has the types of the table, whatever was handed to the driver."""
    store(empty, survey_of(["Beds"]))
    row = empty.row("SELECT typeof(answered), answered, typeof(hash), hash FROM response")
    assert row == ("integer", 1, "blob", text_hash("Beds"))


def test_two_responses_of_one_id_are_refused_whole(empty: Database) -> None:
    """A survey with an id twice is not stored in part."""
    survey = survey_of(["a", "b"])
    twice = Survey(survey.questions, (), survey.respondents, [survey.responses[0]] * 2)
    with pytest.raises(CoderError, match="Not saved"):
        store(empty, twice)
    assert empty.value("SELECT COUNT(*) FROM respondent") == 0


def test_progress_counts_up_and_can_stop_it(empty: Database) -> None:
    """Progress is told batch by batch up to the total; raising in it leaves nothing stored."""
    survey = survey_of(["text"] * (surveys.BATCH + 1))
    told: list[tuple[int, int | None]] = []

    def cancel(stored: int, total: int | None) -> None:
        told.append((stored, total))
        if stored == total:
            raise CancelledError

    with pytest.raises(CancelledError), empty.transaction():
        surveys.add_survey(empty, survey, cancel)
    assert told == [(surveys.BATCH, surveys.BATCH + 1), (surveys.BATCH + 1, surveys.BATCH + 1)]
    assert empty.value("SELECT COUNT(*) FROM response") == 0


def test_an_edited_list_marks_both_ways(tmp_path: Path) -> None:
    """Texts newly listed are no answers any more; those taken off the list are answers again; 0 is one."""
    study = small_study(tmp_path / "study", texts=[("0",), ("n/a",), ("Beds",), ("",), (" See Q16. ",)])

    def answered() -> list[str]:
        return [r.text for r in surveys.all_responses(study.database) if r.answered]

    def judge(non_responses: NonResponses) -> int:
        misjudged = surveys.misjudged_answers(study.database, non_responses)
        with study.database.transaction():
            surveys.judge_otherwise(study.database, [number for number, _ in misjudged])
        return len(misjudged)

    assert judge(NonResponses()) == 1
    assert answered() == ["0", "Beds"]
    assert judge(NonResponses(["beds"])) == 3
    assert answered() == ["0", "n/a", " See Q16. "]
    assert judge(NonResponses(["beds"])) == 0
    assert checks.faults(study.database) == []
    study.close()


def test_what_is_known_of_a_respondent(tmp_path: Path) -> None:
    """A respondent's answers and attributes are found by id; empty attributes are not stored."""
    study = small_study(tmp_path / "study")
    assert [r.id for r in surveys.responses_of(study.database, "R2")] == ["R2.Q1.1", "R2.Q1.2"]
    assert surveys.respondent_attributes(study.database, "R2") == {"region": "South"}
    assert surveys.attribute_values(study.database, "region") == [("North", 3), ("South", 2)]
    assert surveys.response_numbers(study.database)["R5.Q1.2"] == 10
    assert surveys.response(study.database, 99) is None
    assert surveys.responses(study.database, [3, 1])[3].text == "Beds"
    study.close()


@pytest.mark.parametrize(
    ("part", "ids"),
    [
        ("r2", ["R2.Q1.1"]),
        ("%", []),
        ("_", []),
        ("Q1.2", ["R1.Q1.2"]),
        ("#2", ["R2.Q1.1"]),
        ("#1.2", ["R1.Q1.2"]),
        ("#2.2", []),
        ("R1.2", ["R1.Q1.2"]),
        ("…1.2", ["R1.Q1.2"]),
    ],
)
def test_responses_are_found_by_part_of_their_id(tmp_path: Path, part: str, ids: list[str]) -> None:
    """Or by the respondent's place. Signs that mean something to the database mean themselves."""
    study = small_study(tmp_path / "study", texts=[("Pay", "Beds"), ("Beds", "n/a")])
    assert [r.id for r in surveys.find_responses(study.database, part, 1)] == ids
    study.close()


@pytest.mark.parametrize("count", [0, 1, surveys.MOST_CELLS // 2, surveys.MOST_CELLS + 1])
def test_rows_are_inserted_many_at_a_time(empty: Database, count: int) -> None:
    """Every row is there once, in its order, however many go into a statement; and there are few of these."""
    rows = [(f"key {number}", f"row {number}") for number in range(count)]
    statements: list[str] = []
    empty._connection.set_trace_callback(statements.append)
    surveys.insert_rows(empty, "setting", "key, value", iter(rows))
    empty._connection.set_trace_callback(None)
    assert empty.rows("SELECT key, value FROM setting ORDER BY rowid") == rows
    inserting = [statement for statement in statements if statement.startswith("INSERT")]
    assert len(inserting) == -(-count // (surveys.MOST_CELLS // 2))


@pytest.mark.parametrize("count", [0, 1, surveys.MOST_CELLS // 2, surveys.MOST_CELLS + 1])
def test_rows_given_by_column_are_the_same(empty: Database, count: int) -> None:
    """Each row has the cells that stand at its place in the columns."""
    columns = {"value": [f"row {number}" for number in range(count)], "key": list(map(str, range(count)))}
    surveys.insert_columns(empty, "setting", columns)
    rows = empty.rows("SELECT value, key FROM setting ORDER BY rowid")
    assert rows == [(f"row {number}", f"{number}") for number in range(count)]


@pytest.mark.parametrize(
    ("column", "cell"),
    [("text", b"ab"), ("id", b"R0"), ("question", b"Q1"), ("item", b""), ("answered", "no")],
)
def test_an_odd_cell_of_an_answer_is_named(empty: Database, column: str, cell: object) -> None:
    """However an answer is read, a cell of another type than its column's is told with its row."""
    store(empty, survey_of(["one", "two"]))
    for name in ("response_is_immutable", "response_is_kept"):
        empty.execute(f"DROP TRIGGER {name}")
    empty.execute("PRAGMA ignore_check_constraints = ON")
    empty.execute("PRAGMA foreign_keys = OFF")
    empty.execute(f"UPDATE response SET {column} = ? WHERE number = 2", (cell,))  # noqa: S608
    fault = f"Row 2 of 'response' holds .* as its '{column}', which cannot be"
    for read in (
        lambda: surveys.response(empty, 2),
        lambda: surveys.responses(empty, [1, 2]),
        lambda: surveys.responses_of(empty, "R1") if column != "question" else surveys.response(empty, 2),
        lambda: list(surveys.all_responses(empty)),
        lambda: codings.list_rows(empty, "jo", [1, 2]) if column in LISTED else surveys.response(empty, 2),
    ):
        with pytest.raises(CoderError, match=fault) as caught:
            read()
        assert "coder check" in caught.value.hint
    assert surveys.response(empty, 1)


LISTED = ("text", "id", "question")


def test_answers_to_unknown_questions_are_found(empty: Database) -> None:
    """Each id that no question has, once, whatever its type; none where all are known."""
    assert surveys.unknown_questions(empty) == []
    store(empty, survey_of(["one", "two", "three"]))
    assert surveys.unknown_questions(empty) == []
    empty.execute("DROP TRIGGER response_is_immutable")
    empty.execute("PRAGMA foreign_keys = OFF")
    empty.execute("UPDATE response SET question = 'Q9' WHERE number = 2")
    empty.execute("UPDATE response SET question = x'00' WHERE number = 3")
    assert surveys.unknown_questions(empty) == ["'Q9'", "X'00'"]
