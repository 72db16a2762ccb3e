"""A theme that is made with a coding: one transaction, one undo; what stands on it stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from making import CODEBOOK, small_study

from coder.domain.codebook import Codebook, Theme
from coder.errors import BusyError, CoderError
from coder.store import codings
from coder.store.database import Database
from coder.workflows.coding.session import CodingSession
from coder.workflows.revising import revising
from coder.workflows.revising.adding_themes import adding, define_theme, widening
from coder.workflows.study.checking import check_study
from coder.workflows.study.opening import open_study
from coder.workflows.theme_steps import theme_steps
from coder.workflows.theme_steps.theme_steps import choose_with_theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from coder.workflows.coding.session import StepOutcome
    from coder.workflows.study.study import Study

LOST, PAY = 1, 2


@pytest.fixture
def session(tmp_path: Path) -> Iterator[CodingSession]:
    """Give a coder at work on a small study, with a theme of another question."""
    other = Theme("q2-agency", "Agency", questions=("Q2",))
    study = small_study(tmp_path / "study", codebook=Codebook((*CODEBOOK, other), title="Small"))
    yield CodingSession(study, "jo")
    study.close()


def on(session: CodingSession, response: int) -> Callable[[str], StepOutcome]:
    """Return what chooses a theme for an answer."""
    return lambda theme_id: session.toggle(response, theme_id)


def make(session: CodingSession, label: str = "Agency staff", response: int = LOST) -> Theme:
    """Make a theme with a coding."""
    return choose_with_theme(session, adding(label, "Q1"), on(session, response)).theme


def chosen(study: Study, response: int) -> list[str]:
    """Return the themes on an answer."""
    return [coding.theme_id for coding in codings.codings_of(study.database, response)]


def in_file(study: Study, label: str) -> bool:
    """Tell whether codebook.yaml has a theme."""
    return label in study.codebook_path.read_text("utf-8")


def test_a_theme_is_made_with_its_first_coding(session: CodingSession) -> None:
    """Both are there, in the file too, and the step is named by the label."""
    decided = choose_with_theme(session, adding("Agency staff", "Q1"), on(session, LOST))
    assert decided.outcome.label == "+ Agency staff on R1.Q1.1"
    assert decided.file_fault is None
    assert chosen(session.study, LOST) == [decided.theme.id] == ["q1-agency-staff"]
    assert decided.theme.id in session.study.codebook
    assert in_file(session.study, "Agency staff")


def test_undo_takes_both_back_and_redo_brings_both(session: CodingSession) -> None:
    """Again and again; the codebook and its file follow, and the study stays whole."""
    codebook = session.study.codebook
    theme = make(session)
    for _ in range(2):
        taken_back = theme_steps.undo(session)
        assert taken_back is not None
        assert taken_back.revises
        assert taken_back.about_theme == "'Agency staff' is taken out of the codebook again"
        assert (session.study.codebook, chosen(session.study, LOST)) == (codebook, [])
        assert not in_file(session.study, "Agency staff")
        again = theme_steps.redo(session)
        assert again is not None
        assert again.about_theme == "'Agency staff' is back"
        assert chosen(session.study, LOST) == [theme.id]
        assert in_file(session.study, "Agency staff")
    # The small study has no Q2.
    assert [fault for fault in check_study(session.study.folder) if "Q2 alone" not in fault.message] == []


def test_steps_without_a_theme_are_undone_as_ever(session: CodingSession) -> None:
    """Nothing is said of the codebook, also where the theme was made by the step before."""
    theme = make(session)
    session.toggle(PAY, theme.id)
    for response in (PAY, LOST):
        taken_back = theme_steps.undo(session)
        assert taken_back is not None
        assert taken_back.outcome.responses == (response,)
        assert taken_back.revises == (response == LOST)
    assert theme_steps.undo(session) is None
    again = theme_steps.redo(session)
    assert again is not None
    assert again.revises


def test_a_theme_that_somebody_else_uses_stays(session: CodingSession) -> None:
    """Undo takes the coding alone, and says so."""
    theme = make(session)
    CodingSession(session.study, "sam").toggle(PAY, theme.id)
    taken_back = theme_steps.undo(session)
    assert taken_back is not None
    assert taken_back.about_theme == "the theme 'Agency staff' stays: it is used elsewhere"
    assert not taken_back.revises
    assert (chosen(session.study, LOST), chosen(session.study, PAY)) == ([], [theme.id])
    assert theme.id in session.study.codebook
    again = theme_steps.redo(session)
    assert again is not None
    assert (again.revises, chosen(session.study, LOST)) == (False, [theme.id])


def test_a_theme_that_was_edited_since_stays(session: CodingSession) -> None:
    """What somebody wrote about it is not thrown away by a key."""
    theme = make(session)
    define_theme(session.study, theme.id, "  Staff hired by the day.", "jo")
    taken_back = theme_steps.undo(session)
    assert taken_back is not None
    assert taken_back.about_theme == "the theme 'Agency staff' stays: it was edited since"
    assert session.study.codebook.find(theme.id).definition == "Staff hired by the day."


def test_edits_of_the_file_that_wait_keep_a_theme(session: CodingSession) -> None:
    """They are not written over; the coding is taken back all the same."""
    make(session)
    path = session.study.codebook_path
    path.write_text(path.read_text("utf-8").replace("Agency staff", "Agency people"), "utf-8")
    taken_back = theme_steps.undo(session)
    assert taken_back is not None
    assert "edits that are not in use yet" in taken_back.about_theme
    assert chosen(session.study, LOST) == []
    assert in_file(session.study, "Agency people")


def test_a_theme_of_another_question_is_used_here_too(session: CodingSession) -> None:
    """It serves both; undo takes it off this question again."""
    decided = choose_with_theme(session, widening("q2-agency", "Q1"), on(session, LOST))
    assert decided.theme.questions == ("Q2", "Q1")
    assert chosen(session.study, LOST) == ["q2-agency"]
    taken_back = theme_steps.undo(session)
    assert taken_back is not None
    assert taken_back.about_theme == "'Agency' is no theme of this question any more"
    assert session.study.codebook.find("q2-agency").questions == ("Q2",)
    again = theme_steps.redo(session)
    assert again is not None
    assert session.study.codebook.find("q2-agency").questions == ("Q2", "Q1")


def test_the_nets_of_a_theme_serve_the_question_with_it(tmp_path: Path) -> None:
    """Else no table of the question would have a row for it; undo takes all of it back."""
    themes = (
        Theme("places", "Places", questions=("Q2",), codable=False),
        Theme("ward", "Ward", questions=("Q2",), parent="places"),
    )
    study = small_study(tmp_path / "nets", codebook=Codebook((*CODEBOOK, *themes)))
    session = CodingSession(study, "jo")
    choose_with_theme(session, widening("ward", "Q1"), on(session, LOST))
    assert {"places", "ward"} <= {theme.id for theme, _ in study.codebook.tree("Q1")}
    theme_steps.undo(session)
    assert study.codebook.find("places").questions == study.codebook.find("ward").questions == ("Q2",)
    study.close()


def test_nothing_is_made_where_the_coding_fails(session: CodingSession) -> None:
    """All or nothing: no version, no theme in the file."""

    def fail(_theme_id: str) -> StepOutcome:
        outcome = session.toggle(LOST, "old")
        pytest.fail(f"{outcome}")

    with pytest.raises(CoderError, match="retired"):
        choose_with_theme(session, adding("Agency staff", "Q1"), fail)
    assert session.study.database.value("SELECT COUNT(*) FROM codebook_version") == 1
    assert "q1-agency-staff" not in session.study.codebook
    assert not in_file(session.study, "Agency staff")
    make(session)


def test_nothing_waits_while_another_program_writes(session: CodingSession) -> None:
    """A theme is not made later, behind the coder's back; other changes wait as ever."""
    session.study.database.patience = 0.01
    session.waiting.patience = 0.01
    other = Database(session.study.database.path)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(BusyError):
        make(session)
    assert not session.waiting.waits
    with pytest.raises(BusyError):
        session.toggle(LOST, "pay")
    assert session.waiting.waits
    other.execute("ROLLBACK")
    other.close()
    session.waiting.give_up()
    make(session)


def test_a_file_that_cannot_be_written_is_told_and_followed_up(
    session: CodingSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Theme and coding are saved; the file has them when the study is next opened."""

    def refuse(*_arguments: object) -> None:
        msg = "No space."
        raise CoderError(msg, "Make some.")

    monkeypatch.setattr("coder.workflows.study.codebook_file.replace_file", refuse)
    decided = choose_with_theme(session, adding("Agency staff", "Q1"), on(session, LOST))
    assert decided.file_fault is not None
    assert chosen(session.study, LOST) == [decided.theme.id]
    monkeypatch.undo()
    open_study(session.study.folder, "jo").close()
    assert in_file(session.study, "Agency staff")


def test_a_theme_made_on_the_codebook_screen_is_no_part_of_a_step(session: CodingSession) -> None:
    """Only what was made with the coding goes with it."""
    revision = revising.begin(session.study)
    plan = revising.plan(session.study, revision.add(Theme("made", "Made", questions=("Q1",))))
    revising.apply(session.study, plan, "jo")
    session.toggle(LOST, "made")
    taken_back = theme_steps.undo(session)
    assert taken_back is not None
    assert not taken_back.revises
    assert "made" in session.study.codebook


def test_a_definition_is_given_once(session: CodingSession) -> None:
    """A change of one may need a fresh look at codings: that is a revision to be planned."""
    define_theme(session.study, "pay", "Wages.", "jo")
    with pytest.raises(CoderError, match="has a definition already"):
        define_theme(session.study, "pay", "Salaries.", "jo")
