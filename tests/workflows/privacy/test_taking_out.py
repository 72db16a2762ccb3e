"""Words leave a study: its answers, and whatever quotes them."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from quoted_names import NAME, TEXTS, old_text_hash, standing_in, study_with_name, vector_hashes

from coder.domain.codings import Span
from coder.domain.privacy.noted_places import NotedPlace
from coder.domain.privacy.removals import Removal, WordsToTakeOut
from coder.errors import CoderError
from coder.store import checks, codings, journal, surveys
from coder.store.privacy.place_rows import note_places, noted_places
from coder.store.schema import CURRENT
from coder.store.team.question_rows import team_questions
from coder.workflows.coding.session import CodingSession
from coder.workflows.privacy.proving import prove
from coder.workflows.privacy.taking_out import plan_removals, take_out
from coder.workflows.privacy.words_in_answers import removals_of
from coder.workflows.study.checking import check_study
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

BEFORE_LAST_FORMAT = f"study-before-format-{CURRENT.version}.db"
WORDS = [WordsToTakeOut(NAME, "name")]


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Make a study with a name in every place."""
    with closing(study_with_name(tmp_path / "study")) as made:
        yield made


def test_the_name_stands_everywhere_before(study: Study) -> None:
    """What the other tests look for is there: in the database, its log and copies, and in the codebook."""
    assert standing_in(study.folder).keys() >= {
        *("codebook.yaml", "study.db-wal", "study-before-format-7.db", BEFORE_LAST_FORMAT),
        "study-before-repair.db",
    }
    study.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    assert "study.db" in standing_in(study.folder)
    assert old_text_hash() in vector_hashes(study.folder)


def test_no_byte_of_it_is_left(study: Study) -> None:
    """Afterwards no file of the study holds the name in any form, nor a digest of a text with it."""
    hashes = study.database.rows(
        "SELECT hash FROM codebook_version UNION SELECT hash FROM response WHERE number = 1"
    )
    taken = take_out(study, removals_of(study, WORDS), "jo", WORDS)
    assert not taken.unfinished
    assert (taken.answers, taken.passages, taken.kinds) == (2, 2, {"name": 2})
    assert standing_in(study.folder) == {}
    assert old_text_hash() not in vector_hashes(study.folder)
    contents = [path.read_bytes() for path in study.folder.rglob("*") if path.is_file()]
    for (digest,) in hashes:
        assert not [content for content in contents if digest in content or digest.hex().encode() in content]


def test_a_study_without_it_is_whole(study: Study) -> None:
    """The check finds nothing, the file of the codebook is the version in use, and people go on."""
    take_out(study, removals_of(study, WORDS), "jo", WORDS)
    assert checks.faults(study.database) == []
    assert check_study(study.folder) == []
    with closing(open_study(study.folder, "jo")) as again:
        assert not again.edits_wait
        assert not again.file_fault
        assert again.codebook.by_id["staff"].definition == "Who works there, such as [name 1]."
        assert again.codebook.by_id["staff"].examples == ("ask [name 1]", "nurses")
        assert again.codebook_path.read_text(encoding="utf-8").startswith(
            "# [name 1]: see the first answer\n"
        )
        session = CodingSession(again, "jo")
        session.undo()
        session.toggle(3, "pay")
        assert checks.faults(again.database) == []


def test_words_are_replaced_where_they_stood(study: Study) -> None:
    """Answers, memos, the journal, questions to the team and labels say the same, without the name."""
    take_out(study, removals_of(study, WORDS), "jo", WORDS)
    database = study.database
    responses = [response.text for response in surveys.all_responses(database)]
    assert responses == [text.replace(NAME, "[name 1]") for boxes in TEXTS for text in boxes]
    memos = database.rows("SELECT value FROM mark WHERE aspect = 'memo' AND response = 1")
    assert memos == [("[name 1] is staff.",)]
    assert [entry.text for entry in journal.entries(database)] == ["Rang [name 1]\nabout pay."]
    (question,) = team_questions(database)
    assert question.text == "Who is [name 1]?"
    assert [reply.text for reply in question.replies] == ["[name 1] is staff"]
    labels = [label for (label,) in database.rows("SELECT label FROM step")]
    assert "“[name 1]” says nothing: 1 answer" in labels


def test_spans_move_along(study: Study) -> None:
    """What stood behind the name is coded still; a coding of a part of it covers what stands there."""
    take_out(study, removals_of(study, WORDS), "jo", WORDS)
    by_theme = {coding.theme_id: coding.spans for coding in codings.codings_of(study.database, 1)}
    text = surveys.response(study.database, 1)
    assert text is not None
    assert [text.text[slice(*span)] for span in by_theme["staff"]] == ["[name 1]", TEXTS[0][0][35:44]]
    assert by_theme["beds"] == (Span(4, 18),)


def test_undo_takes_back_a_coding_made_before(study: Study) -> None:
    """Steps made before are taken back as ever: the log's spans moved with the text."""
    take_out(study, removals_of(study, WORDS), "jo", WORDS)
    session = CodingSession(study, "jo")
    while session.undo():
        assert checks.faults(study.database) == []
    assert codings.codings_of(study.database, 1) == []
    while session.redo():
        assert checks.faults(study.database) == []
    assert {coding.theme_id for coding in codings.codings_of(study.database, 1)} == {"staff", "beds"}


def test_what_was_taken_out_is_told_without_the_words(study: Study) -> None:
    """Who, when, how many and of which kind stand in the list of what was done to the team."""
    take_out(study, removals_of(study, WORDS), "jo", WORDS)
    ((by, content),) = study.database.rows("SELECT by, content FROM team_event WHERE kind = 'redacted'")
    assert by == "jo"
    assert '"kinds": {"name": 2}' in content


def test_a_plan_changes_nothing(study: Study) -> None:
    """The plan names the texts that quote the words and the copies that go, and leaves every byte."""
    study.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    before = {path.name: path.read_bytes() for path in study.folder.glob("study*.db")}
    plan = plan_removals(study, removals_of(study, WORDS), WORDS)
    wheres = {quoting.where for quoting in plan.quoting}
    assert {"a memo on R1.Q1.1", "the journal", "the name of a step"} <= wheres
    assert {
        "a version of the codebook, theme 'staff': examples",
        "what was done to the team (asked)",
    } <= wheres
    assert [path.name for path in plan.copies] == [
        "study-before-format-7.db", BEFORE_LAST_FORMAT, "study-before-repair.db",
    ]  # fmt: skip
    assert {path.name: path.read_bytes() for path in study.folder.glob("study*.db")} == before


def test_an_answer_is_redacted_twice(study: Study) -> None:
    """A later redaction names places of the text as it stands then, and may take in what stands there."""
    take_out(study, [Removal("R1.Q1.1", 4, 10, "name")], "jo")
    text = surveys.response(study.database, 1)
    assert text is not None
    assert text.text == "Ask [name 1] Ćwiąkała at the front desk, she knows"
    take_out(study, [Removal("R1.Q1.1", 6, 21, "name", "somebody")], "jo")
    again = surveys.response(study.database, 1)
    assert again is not None
    assert again.text == "Ask somebody at the front desk, she knows"
    assert checks.faults(study.database) == []


REFUSED = {
    "no such answer": (Removal("R9.Q1.1", 0, 3, "name"), "no answer 'R9.Q1.1'"),
    "behind the end": (Removal("R2.Q1.1", 2, 9, "name"), "has 4 characters"),
    "nothing": (Removal("R2.Q1.1", 2, 2, "name"), "no passage"),
    "two lines": (Removal("R2.Q1.1", 0, 2, "name", "a\nb"), "cannot stand"),
}


@pytest.mark.parametrize(("removal", "message"), REFUSED.values(), ids=REFUSED)
def test_a_removal_that_makes_no_sense_is_refused(study: Study, removal: Removal, message: str) -> None:
    """Nothing is changed then, not even what made sense beside it."""
    with pytest.raises(CoderError, match=message):
        take_out(study, [Removal("R1.Q1.1", 4, 10, "name"), removal], "jo")
    text = surveys.response(study.database, 1)
    assert text is not None
    assert text.text == TEXTS[0][0]
    assert not study.database.setting("privacy.cleaning")


def test_damage_is_not_made_to_look_right(study: Study) -> None:
    """Where a row is not what was logged nothing is taken out: hashes worked out anew would hide it."""
    study.database.execute("DROP TRIGGER step_is_final")
    study.database.execute("UPDATE step SET label = 'another' WHERE number = 1")
    with pytest.raises(CoderError, match="not whole"):
        take_out(study, removals_of(study, WORDS), "jo", WORDS)


def test_a_program_that_reads_meanwhile_leaves_a_promise(study: Study) -> None:
    """While another program reads, the log cannot be emptied: that is said, and done at the next opening."""
    with closing(sqlite3.connect(study.folder / "study.db")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM response").fetchone()
        study.database.execute("PRAGMA busy_timeout = 100")
        taken = take_out(study, removals_of(study, WORDS), "jo", WORDS)
        assert taken.unfinished.startswith("Redaction not finished: another program")
        assert "not finished" in check_study(study.folder)[0].message
        with closing(open_study(study.folder, "jo")) as again:
            assert again.uncleaned.startswith("Redaction not finished")
    study.close()
    with closing(open_study(study.folder, "jo")) as again:
        assert not again.uncleaned
        assert standing_in(study.folder) == {}


def test_words_that_have_changed_since_are_not_taken_out(study: Study) -> None:
    """While somebody is asked, another program may take words out of the same answer: places move."""
    removals = removals_of(study, WORDS)
    take_out(study, [Removal("R1.Q1.1", 0, 3, "other", "She is called")], "jo")
    with pytest.raises(CoderError, match="has changed since"):
        take_out(study, removals, "jo", WORDS)
    assert NAME in study.database.value("SELECT text FROM response WHERE number = 1")


def test_a_word_of_ones_own_that_names_somebody_is_cleaned_where_it_stands(study: Study) -> None:
    """What stands for earlier words is taken out of like any text; spans behind it move along."""
    take_out(study, [Removal("R1.Q1.1", 4, 19, "name", "a friend of Jemima")], "jo")
    with study.database.transaction():
        note_places(study.database, {3: [NotedPlace(0, 4, "other", "", "take", "what Jemima said")]})
    by_theme = {coding.theme_id: coding.spans for coding in codings.codings_of(study.database, 1)}
    assert by_theme["staff"][1] == Span(38, 47)
    words = [WordsToTakeOut("Jemima", "name")]
    taken = take_out(study, removals_of(study, words), "jo", words)
    assert taken.quoting
    answer = study.database.value("SELECT text FROM response WHERE number = 1")
    assert answer == "Ask a friend of [name 1] at the front desk, she knows"
    by_theme = {coding.theme_id: coding.spans for coding in codings.codings_of(study.database, 1)}
    assert [answer[slice(*span)] for span in by_theme["staff"]] == ["a friend of [name 1]", "sk, she k"]
    assert noted_places(study.database)[3][0].replacement == "what [name 1] said"
    assert checks.faults(study.database) == []
    assert prove(study, ["Jemima"]).holds


def test_placeholders_hold_no_words(study: Study) -> None:
    """To take out the word `name` touches no `[name 1]`, here or in notes."""
    take_out(study, removals_of(study, WORDS), "jo", WORDS)
    words = [WordsToTakeOut("name", "other")]
    assert removals_of(study, words) == []
    assert plan_removals(study, [], words).quoting == []


def test_leftovers_of_killed_programs_go(study: Study) -> None:
    """Unfinished files of the study's own go at once; another may be at work: the promise stays."""
    own = study.folder / "study-before-format-7.db.0a1b2c3d.part"
    other = study.folder / "report.docx.0a1b2c3d.part"
    for path in (own, other):
        path.write_text(NAME, encoding="utf-8")
    taken = take_out(study, removals_of(study, WORDS), "jo", WORDS)
    assert "report.docx.0a1b2c3d.part may still be written" in taken.unfinished
    assert not own.exists()
    study.close()
    os.utime(other, (0, 0))
    with closing(open_study(study.folder, "jo")) as again:
        assert not again.uncleaned
    assert standing_in(study.folder) == {}


def test_second_versions_are_named_and_stay(study: Study) -> None:
    """What a synchronising program left may hold work of another machine: the plan names it."""
    copy = study.folder / "study (conflicted copy 2026-11-29).db"
    study.database.copy_to(copy)
    plan = plan_removals(study, removals_of(study, WORDS), WORDS)
    assert plan.second_versions == [copy.name]
    assert copy not in plan.copies
    take_out(study, removals_of(study, WORDS), "jo", WORDS)
    assert copy.name in standing_in(study.folder)
    assert not prove(study, [NAME]).holds
