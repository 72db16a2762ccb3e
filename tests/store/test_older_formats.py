"""Studies of formats 1 to 8 are brought up to date."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from making import small_study
from read_only_places import contents, forbid_writing

from benchmarks.faults.older_studies import EIGHT, FIVE, FOUR, ONE, SEVEN, SIX, THREE, TWO, make_older
from coder.domain.codings import PickedWords, Span, words_picked_by
from coder.errors import CoderError
from coder.store import checks, codings, surveys
from coder.store.opening.shape import CATALOGUE, Member, strangers
from coder.store.schema import CURRENT, Schema
from coder.store.words_numbers import words_number
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from pathlib import Path

TABLES = ("setting", "response", "codebook_version", "step", "change", "coding", "mark")
BEFORE_SAME_WORDS = {"format 1": ONE, "format 2": TWO, "format 3": THREE}
FORMATS = {
    **BEFORE_SAME_WORDS,
    "format 4": FOUR,
    "format 5": FIVE,
    "format 6": SIX,
    "format 7": SEVEN,
    "format 8": EIGHT,
}


def rows(path: Path) -> dict[str, set[tuple[object, ...]]]:
    """Return what stands in each table, new columns left out."""
    with closing(sqlite3.connect(path)) as connection:
        widths = {"step": 8, "codebook_version": 6, "response": 8, "change": 11, "coding": 7}
        return {
            table: {row[: widths.get(table)] for row in connection.execute(f"SELECT * FROM {table}")}  # noqa: S608
            for table in TABLES
        }


def old_study(folder: Path, schema: Schema) -> None:
    """Make a study with codings and marks, in an older format."""
    with closing(small_study(folder)) as study:
        session = CodingSession(study, "jo")
        # As format 4 kept it: who picked the words was not known.
        session.toggle(1, "pay", origin="suggestion", words=PickedWords((Span(0, 2),)))
        session.confirm(1)
        session.write_memo(2, "why?")
        session.undo()
    make_older(folder, schema)


@pytest.mark.parametrize("schema", FORMATS.values(), ids=FORMATS)
def test_an_older_study_opens_whole(tmp_path: Path, schema: Schema) -> None:
    """All rows are there afterwards, a copy of the old file too, and the check finds no fault."""
    folder = tmp_path / "study"
    old_study(folder, schema)
    before = rows(folder / "study.db")
    assert before["change"]
    with closing(open_study(folder)) as study:
        assert checks.faults(study.database) == []
        CodingSession(study, "jo").redo()
        assert study.database.value("PRAGMA user_version") == CURRENT.version
        study.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        CodingSession(study, "jo").toggle(3, "beds")
        assert checks.faults(study.database) == []
    after = rows(folder / "study.db")
    assert all(before[table] <= after[table] for table in TABLES if table not in ("step", "setting"))
    assert rows(folder / f"study-before-format-{CURRENT.version}.db") == before


@pytest.mark.parametrize("schema", FORMATS.values(), ids=FORMATS)
def test_a_study_brought_up_to_date_is_like_a_new_one(tmp_path: Path, schema: Schema) -> None:
    """Its tables, indexes and triggers are those that a new study has: nothing in it is a stranger."""
    old_study(tmp_path / "study", schema)
    with closing(open_study(tmp_path / "study")) as study:
        catalogue = [Member(*row) for row in study.database.rows(CATALOGUE)]
    newest_alone = Schema(CURRENT.statements, CURRENT.migrations, CURRENT.rules)
    assert list(strangers(catalogue, newest_alone)) == []


@pytest.mark.parametrize("schema", BEFORE_SAME_WORDS.values(), ids=BEFORE_SAME_WORDS)
def test_answers_of_the_same_words_are_known_afterwards(tmp_path: Path, schema: Schema) -> None:
    """The numbers of equal answers are those that an import of today gives."""
    folder = tmp_path / "study"
    small_study(folder, texts=(("Beds!", "pay"), ("beds", "..."), ("BEDS ", ""))).close()
    make_older(folder, schema)
    with closing(open_study(folder)) as study:
        numbers = [
            number for (number,) in study.database.rows("SELECT same_words FROM response ORDER BY number")
        ]
        assert surveys.of_the_same_words(study.database, [3, 4]) == {3: [1, 3, 5]}
    assert numbers == [words_number(text) for text in ("beds", "pay", "beds", "...", "beds", "")]


@pytest.mark.parametrize("schema", FORMATS.values(), ids=FORMATS)
def test_whose_words_they_are_is_unknown_of_older_suggestions(tmp_path: Path, schema: Schema) -> None:
    """Words of a suggestion of then may be either's; once a person has pointed at them it is known."""
    old_study(tmp_path / "study", schema)
    with closing(open_study(tmp_path / "study")) as study:
        (coding,) = codings.codings_of(study.database, 1)
        assert words_picked_by(coding) == "unknown"
        session = CodingSession(study, "jo")
        session.mark_spans(1, "pay", coding.spans)
        assert [words_picked_by(c) for c in codings.codings_of(study.database, 1)] == ["person"]
        session.undo()
        assert codings.codings_of(study.database, 1) == [coding]
        assert checks.faults(study.database) == []


def test_a_first_study_opens(tmp_path: Path) -> None:
    """The first studies of format 1 said of their ids in the table itself that each is there once."""
    folder = tmp_path / "study"
    unique = tuple(
        statement.replace("id TEXT NOT NULL,", "id TEXT NOT NULL UNIQUE,") for statement in ONE.statements
    )
    unique = tuple(statement.replace("id TEXT NOT NULL)", "id TEXT NOT NULL UNIQUE)") for statement in unique)
    old_study(folder, Schema(unique, ONE.migrations, ONE.rules))
    with closing(open_study(folder)) as study:
        assert checks.faults(study.database) == []


@pytest.mark.parametrize("schema", FORMATS.values(), ids=FORMATS)
def test_what_was_damaged_before_is_found_afterwards(tmp_path: Path, schema: Schema) -> None:
    """Bringing a study up to date does not make another text of an answer look right."""
    old_study(tmp_path / "study", schema)
    with closing(sqlite3.connect(tmp_path / "study" / "study.db")) as connection, connection:
        ((guard,),) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'response_is_immutable'")
        connection.execute("DROP TRIGGER response_is_immutable")
        connection.execute("UPDATE response SET text = 'Fine' WHERE number = 3")
        connection.execute(guard)
    with closing(open_study(tmp_path / "study")) as study:
        messages = [fault.message for fault in checks.faults(study.database)]
    assert messages == ["The text of response R2.Q1.1 is not what was imported."]


@pytest.mark.parametrize("schema", FORMATS.values(), ids=FORMATS)
def test_a_strangers_trigger_is_refused_before_anything_is_changed(tmp_path: Path, schema: Schema) -> None:
    """An older file with a trigger that is not the program's stays as it is, byte for byte."""
    path = tmp_path / "study" / "study.db"
    old_study(tmp_path / "study", schema)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TRIGGER away AFTER INSERT ON coding BEGIN DELETE FROM coding; END")
    before = path.read_bytes()
    with pytest.raises(CoderError, match="trigger 'away'"):
        open_study(tmp_path / "study")
    assert path.read_bytes() == before


@pytest.mark.parametrize("schema", FORMATS.values(), ids=FORMATS)
def test_where_nothing_can_be_written_the_copy_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, schema: Schema
) -> None:
    """An older study is read in today's format; its file stays as it is, and nothing is put beside it."""
    folder = tmp_path / "study"
    old_study(folder, schema)
    forbid_writing(monkeypatch, folder)
    before = contents(folder)
    with closing(open_study(folder)) as study:
        assert study.database.value("PRAGMA user_version") == CURRENT.version
        assert CodingSession(study, "jo").standing(1).theme_ids == ("pay",)
        assert checks.faults(study.database) == []
    assert contents(folder) == before
