"""A respondent withdraws: nothing of theirs is left, and everything says so."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder.cli import main
from coder.domain.codings import Change, Span
from coder.domain.drafting.theme_drafts import DraftDecision
from coder.domain.privacy.noted_places import NotedPlace
from coder.domain.tables.requests import TableRequest
from coder.errors import CoderError
from coder.store import checks, journal, log
from coder.store.drafts.kept_drafts import decisions, keep_decision
from coder.store.privacy.place_rows import note_places, noted_places
from coder.store.privacy.withdrawals import tombstones
from coder.store.team.question_rows import team_questions
from coder.workflows.coding.journal import write_note
from coder.workflows.coding.session import CodingSession
from coder.workflows.privacy.proving import prove
from coder.workflows.privacy.withdrawing import carry_out_withdrawal, plan_withdrawal
from coder.workflows.study.opening import open_study
from coder.workflows.tables.report_tables import printed_tables
from coder.workflows.team.asking_team import answer_question, ask_team, question_named

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

LONG = "We lost four good staff to the agency last year and nobody asked why"
TEXTS = ((LONG, "Pay is low"), ("Beds", "Pay is low"), ("Budgets and beds", "Nobody stays"))


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Make a coded study in which much quotes the first respondent."""
    with closing(small_study(tmp_path / "at" / "study", texts=TEXTS)) as made:
        session = CodingSession(made, "jo")
        session.mark_spans(1, "staff", (Span(3, 12),))
        session.confirm(1)
        session.write_memo(1, "he who lost staff")
        session.toggle(5, "money")
        session.confirm(5)
        # Of the same words: one step for both.
        session.toggle(2, "pay", listed=(2, 4))
        session.confirm(4)
        write_note(session, f"One says: {LONG.upper()}!", "study")
        write_note(session, "They lost staff.", "study")
        question = ask_team(made, "jo", "Is this one angry?", "R1.Q1.1")
        answer_question(made, "jo", question_named(made, "jo", question), "Very.")
        yield made


def withdraw(study: Study) -> None:
    """Have the first respondent withdraw."""
    assert not carry_out_withdrawal(study, "R1", "asked by e-mail", "jo")


def test_the_plan_counts(study: Study) -> None:
    """Answers, codings and attributes are counted before anything is done."""
    plan = plan_withdrawal(study, "R1")
    assert (plan.answers, plan.codings, plan.attributes) == (2, 2, 1)


def test_nothing_of_theirs_is_left(study: Study) -> None:
    """Texts, codings, marks, attributes, the log's changes and what quotes them go; the check is clean."""
    withdraw(study)
    database = study.database
    assert database.rows("SELECT id FROM respondent") == [("R2",), ("R3",)]
    assert database.rows("SELECT COUNT(*) FROM response WHERE id LIKE 'R1.%'") == [(0,)]
    for table in ("change", "coding", "mark", "exposure", "assignment", "text_salt"):
        assert database.rows(f"SELECT COUNT(*) FROM {table} WHERE response IN (1, 2)") == [(0,)]  # noqa: S608
    assert database.rows("SELECT COUNT(*) FROM attribute_value WHERE respondent = 1") == [(0,)]
    assert [entry.text for entry in journal.entries(database)] == [
        "One says: [withdrawn]!",
        "They lost staff.",
    ]
    (question,) = team_questions(database)
    assert (question.text, question.replies[0].text) == ("[withdrawn]", "[withdrawn]")
    assert checks.faults(database) == []
    assert prove(study, ["lost four good staff", "he who lost staff", "Is this one angry"]).holds


def test_what_others_said_stays(study: Study) -> None:
    """A step about equal answers of several people keeps those of the others; undo and redo go on."""
    withdraw(study)
    assert study.database.rows("SELECT response, theme FROM coding ORDER BY response") == [
        (4, "pay"),
        (5, "money"),
    ]
    session = CodingSession(study, "jo")
    while session.undo():
        assert checks.faults(study.database) == []
    assert study.database.rows("SELECT * FROM coding") == []
    while session.redo():
        assert checks.faults(study.database) == []
    assert study.database.rows("SELECT response FROM coding ORDER BY response") == [(4,), (5,)]


def test_a_tombstone_stays(study: Study) -> None:
    """Who, when and why stay, also when the study is opened again; a second withdrawal is refused."""
    withdraw(study)
    with closing(open_study(study.folder, "jo")) as again:
        (stone,) = tombstones(again.database)
        assert (stone.respondent_id, stone.by, stone.reason) == ("R1", "jo", "asked by e-mail")
        assert stone.answers == ("R1.Q1.1", "R1.Q1.2")
        with pytest.raises(CoderError, match="has withdrawn already"):
            carry_out_withdrawal(again, "R1", "", "jo")
        with pytest.raises(CoderError, match="no respondent 'R9'"):
            carry_out_withdrawal(again, "R9", "", "jo")


def test_tables_count_without_them_and_say_so(study: Study) -> None:
    """Bases shrink and a note says why; so it is as of a moment before."""
    moment = log.utc_now()
    (before,) = printed_tables(study, TableRequest())
    withdraw(study)
    for request in (TableRequest(), TableRequest(as_of=moment)):
        (table,) = printed_tables(study, request)
        assert "1 respondent withdrew and is counted in no base" in table.notes[-1]
        assert any("n = 2" in note for note in table.notes)
    assert any("n = 3" in note for note in before.notes)
    assert not any("withdrew" in note for note in before.notes)


def test_a_file_of_codings_brings_nothing_back(
    study: Study, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rows about those who withdrew are passed over and counted; the others come in."""
    path = tmp_path / "codings.csv"
    assert main(["codings", "export", str(study.folder), str(path)]) == 0
    withdraw(study)
    capsys.readouterr()
    assert main(["codings", "import", str(study.folder), str(path), "--dry-run"]) == 0
    assert "about respondents who have withdrawn are passed over" in capsys.readouterr().err


def test_of_the_study_in_this_folder_the_id_is_enough(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """`coder withdraw R1` where the study is."""
    monkeypatch.chdir(study.folder)
    assert main(["withdraw", "R1", "--yes"]) == 0


def test_on_the_command_line(study: Study, capsys: pytest.CaptureFixture[str]) -> None:
    """What is deleted is said before; afterwards the report's methods note says who withdrew and when."""
    folder = str(study.folder)
    assert main(["withdraw", folder, "R1", "--dry-run"]) == 0
    assert "R1: 2 answers, 2 codings, 1 attribute" in capsys.readouterr().out
    assert main(["withdraw", folder, "R1", "--reason", "asked", "--yes"]) == 0
    assert main(["withdraw", folder, "R1", "--yes"]) == 1
    out = study.folder.parent / "report"
    assert main(["report", folder, "--out", str(out)]) == 0
    written = out.with_suffix(".html").read_text(encoding="utf-8")
    assert "1 respondent withdrew" in written
    assert "All that they had said was deleted, on" in written
    assert main(["check", folder]) == 0


def test_acts_about_them_become_stubs(study: Study) -> None:
    """Of steps about their answers alone the digest stays, for the chain; no content and no salt."""
    withdraw(study)
    rows = study.database.rows("SELECT local, salt, digest FROM act WHERE kind = 'step' ORDER BY number")
    stubs = [(salt, len(digest)) for local, salt, digest in rows if local is None]
    assert stubs
    assert set(stubs) == {(b"", 32)}


def test_memos_on_others_that_quote_them_are_cleaned_where_they_stand(study: Study) -> None:
    """What stands follows the log, also where steps before it went and all others have new numbers."""
    CodingSession(study, "jo").write_memo(5, f"Unlike: {LONG}")
    withdraw(study)
    memos = study.database.rows("SELECT value FROM mark WHERE aspect = 'memo'")
    assert memos == [("Unlike: [withdrawn]",)]
    assert checks.faults(study.database) == []
    assert prove(study, [LONG]).holds


def test_no_setting_names_their_answers(study: Study) -> None:
    """Places noted in them, and drafts that were made of them, would be those of a later answer's number."""
    database = study.database
    with database.transaction():
        note_places(database, {1: [NotedPlace(3, 7, "name", "likely name", "keep")]})
        note_places(database, {5: [NotedPlace(0, 7, "name", "likely name", "keep")]})
        step = log.append(database, "jo", "draft", [Change(5, "theme", None, "", "staff")])
        keep_decision(database, step, "Q1", DraftDecision("merged", (1, 5), "Staff", (2, 4), ""))
    withdraw(study)
    assert noted_places(database).keys() == {5}
    (decision,) = decisions(database, "jo", "Q1")
    assert (decision.responses, decision.into) == ((5,), (4,))
