"""Each kind of fault is planted, found, and told with the right repair."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from making import CODEBOOK, small_study

from coder.domain.codebook import Codebook
from coder.domain.codings import Span, SuggestionSeen
from coder.store import checks, codebook_versions, log
from coder.store.checks import FROM_COPY, REPLAY
from coder.store.journal import add_entry
from coder.store.schema import CURRENT
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.store.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Give the database of a study that two people have coded."""
    study = small_study(tmp_path / "study")
    jo, sam = CodingSession(study, "jo"), CodingSession(study, "sam")
    jo.toggle(1, "pay", origin="suggestion", suggestion=SuggestionSeen(1, 0.9))
    jo.mark_spans(1, "pay", [Span(0, 2), Span(3, 7)])
    jo.code_many([2, 3, 5], "beds")
    jo.toggle(2, "beds")
    jo.undo()
    jo.write_memo(1, "hm")
    jo.write_memo(1, "on the coding", "pay")
    sam.toggle(1, "staff")
    sam.toggle_flag(3)
    sam.confirm(1)
    sam.undo()
    sam.redo()
    yield study.database
    study.close()


def tamper(database: Database, *statements: str) -> None:
    """Change what the program itself would not: behind the triggers' back, without references."""
    triggers = database.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    database.execute("PRAGMA foreign_keys = OFF")
    for name, _ in triggers:
        database.execute(f"DROP TRIGGER {name}")
    for statement in (*statements, *(sql for _, sql in triggers)):
        database.execute(statement)


def state(database: Database) -> list[Any]:
    """Return the current state, row by row."""
    return database.rows("SELECT * FROM coding") + database.rows("SELECT * FROM mark")


def test_a_study_at_work_is_whole(database: Database) -> None:
    """What the program itself does leaves no fault."""
    assert checks.faults(database) == []


def test_an_edited_text_is_found(database: Database) -> None:
    """A text that is not the imported one is named by its response."""
    tamper(database, "UPDATE response SET text = 'Everything is fine' WHERE number = 3")
    message = "The text of response R2.Q1.1 is not what was imported."
    assert checks.faults(database) == [(message, FROM_COPY)]


def test_a_wrong_number_of_equal_answers_is_found_and_mended(database: Database) -> None:
    """Which answers say the same follows from their texts: it is worked out anew."""
    tamper(database, "UPDATE response SET same_words = 7 WHERE number IN (1, 3)")
    (fault,) = checks.faults(database)
    assert fault.message.startswith("Of 2 responses it is not as their words say")
    checks.rebuild(database)
    assert checks.faults(database) == []


def test_only_an_answer_of_its_own_words_needs_no_number(tmp_path: Path) -> None:
    """Two that say the same, of which one or both lack theirs, are a fault; one that is alone is none."""
    texts = (("Beds!", "pay"), ("beds", "..."))
    with closing(small_study(tmp_path / "study", texts=texts)) as study:
        numbers = [number for (number,) in study.database.rows("SELECT same_words FROM response")]
        assert [number is None for number in numbers] == [False, True, False, True]
        assert checks.faults(study.database) == []
        tamper(study.database, "UPDATE response SET same_words = NULL WHERE number = 1")
        assert [fault.message[:15] for fault in checks.faults(study.database)] == ["Of 1 responses "]


def test_a_changed_entry_of_the_journal_is_found(database: Database) -> None:
    """An entry that is not as it was written is named."""
    with database.transaction():
        step = log.append(database, "jo", "note on pay", ())
        add_entry(database, step, "Pay and money are kept apart.", "theme", "pay")
    assert checks.faults(database) == []
    tamper(database, "UPDATE journal SET text = 'forged'")
    assert checks.faults(database) == [("Row 1 of 'journal' is not what was logged.", FROM_COPY)]


STATE_FAULTS = {
    "a missing coding": "DELETE FROM coding WHERE theme = 'staff'",
    "a missing mark": "DELETE FROM mark WHERE aspect = 'flag'",
    "an extra coding": "INSERT INTO coding VALUES (4, 'money', 'jo', 'Q1', 2, '', 'hand', '')",
    "an extra mark": "INSERT INTO mark VALUES (4, 'jo', 'done', '', 'Q1', '1')",
    "other words": "UPDATE coding SET spans = '0:1' WHERE theme = 'pay'",
    "another origin": "UPDATE coding SET origin = 'hand' WHERE theme = 'pay'",
    "another memo": "UPDATE mark SET value = 'forged' WHERE aspect = 'memo'",
    "everything gone": "DELETE FROM coding",
    "a mark of another question": "UPDATE mark SET question = 'Q9' WHERE aspect = 'memo'",
    "another question": "UPDATE coding SET respondent = 3 WHERE response = 1",
}


@pytest.mark.parametrize("statement", STATE_FAULTS.values(), ids=STATE_FAULTS)
def test_a_state_that_is_not_the_logs_is_found_and_mended(database: Database, statement: str) -> None:
    """Whatever is wrong with the current state, the repair is to work it out anew, and that mends it."""
    before = state(database)
    tamper(database, statement)
    faults = checks.faults(database)
    assert faults
    assert {repair for _, repair in faults} == {REPLAY}
    checks.rebuild(database)
    assert checks.faults(database) == []
    assert state(database) == before


def test_missing_and_extra_rows_are_told_apart(database: Database) -> None:
    """The message says on which side something is missing, and how often."""
    tamper(database, STATE_FAULTS["a missing coding"], STATE_FAULTS["an extra mark"])
    assert [message for message, _ in checks.faults(database)] == [
        "1 codings or marks are in the log but not in the current state.",
        "1 codings or marks are not in the log.",
    ]


def test_an_orphan_is_found(database: Database) -> None:
    """A row that refers to something that is not there is named with its table."""
    tamper(database, "DELETE FROM respondent WHERE number = 5")
    messages = [message for message, repair in checks.faults(database) if repair == FROM_COPY]
    assert "Row 9 of 'response' refers to something missing in 'respondent'." in messages


def test_a_theme_the_codebook_lacks_is_found(database: Database) -> None:
    """Codings whose theme has gone from the codebook are counted, and the theme asked back."""
    without = Codebook(tuple(theme for theme in CODEBOOK if theme.id != "beds"))
    with database.transaction():
        codebook_versions.add_version(
            database, without, "", codebook_versions.VersionOrigin("2026-01-01T00:00:00.000Z", "jo")
        )
    ((message, repair),) = checks.faults(database)
    assert message == "3 codings refer to the theme 'beds', which the codebook lacks."
    assert "codebook.yaml" in repair


def test_a_study_without_a_codebook_is_found(database: Database) -> None:
    """A database that never had a codebook says so."""
    tamper(database, "DELETE FROM codebook_version")
    assert checks.faults(database)[0][0] == "The study has no codebook."


def test_a_missing_guard_is_found(database: Database) -> None:
    """A trigger that was dropped is missed."""
    database.execute("DROP TRIGGER change_is_final")
    assert checks.faults(database) == [("The database lacks 'change_is_final'.", FROM_COPY)]


def test_a_missing_table_is_all_that_is_told(database: Database) -> None:
    """Where a table has gone, the checks that need it do not fail."""
    database.execute("DROP TABLE mark")
    assert ("The database lacks 'mark'.", FROM_COPY) in checks.faults(database)


def test_another_format_is_found(database: Database) -> None:
    """A format number that is not the program's own is told."""
    database.execute("PRAGMA user_version = 99")
    assert checks.faults(database)[0].message == f"The database has format 99, not {CURRENT.version}."


def test_damaged_pages_are_found(database: Database, tmp_path: Path) -> None:
    """A file whose pages were overwritten is told to be damaged, not to have failed the check."""
    database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    path = tmp_path / "study" / "study.db"
    content = bytearray(path.read_bytes())
    content[4096 * 20 : 4096 * 24] = b"\xff" * 4096 * 4
    path.write_bytes(content)
    database.rows("PRAGMA shrink_memory")
    faults = checks.faults(database)
    assert faults
    assert all("damaged" in fault.message and fault.repair == FROM_COPY for fault in faults)
