"""Decisions about draft themes: one step each, durable, taken back by undo."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder.domain.drafting.theme_drafts import ThemeDraft
from coder.domain.reading_orders import READ_FIRST
from coder.domain.study_settings import ADD_NON_RESPONSE, SettingChange
from coder.errors import CoderError
from coder.store import codings
from coder.store.drafts import kept_drafts, read_first
from coder.workflows.coding.session import CodingSession
from coder.workflows.revising.adding_themes import define_theme
from coder.workflows.study.changing_settings import change_settings
from coder.workflows.study.checking import check_study
from coder.workflows.study.opening import open_study
from coder.workflows.theme_steps import drafting, theme_steps

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

LOST = ThemeDraft("Two, colleagues", ("two", "colleagues"), (1, 3), (1,))
AGENCY = ThemeDraft("Agency", ("agency",), (2,), (2,))


@pytest.fixture
def session(tmp_path: Path) -> Iterator[CodingSession]:
    """Give a coder who has two drafts to decide on."""
    study = small_study(tmp_path / "study")
    kept_drafts.keep_drafts(study.database, "jo", "Q1", (LOST, AGENCY))
    yield CodingSession(study, "jo")
    study.close()


def waiting(session: CodingSession) -> list[str]:
    """Return the names of the drafts to be decided."""
    return [draft.name for draft in drafting.waiting_drafts(session, "Q1")]


def labels(study: Study) -> set[str]:
    """Return the labels of the codebook."""
    return {theme.label for theme in study.codebook}


def test_a_draft_that_is_taken_is_a_theme_and_codes_nothing(session: CodingSession) -> None:
    """Its words are the theme's keywords; undo takes both back, redo brings both."""
    theme = drafting.take(session, "Q1", LOST, "Vacancies").theme
    study = session.study
    assert (theme.label, theme.keywords, theme.questions) == ("Vacancies", ("two", "colleagues"), ("Q1",))
    assert "Vacancies" in labels(study)
    assert "Vacancies" in study.codebook_path.read_text("utf-8")
    assert list(codings.all_codings(study.database)) == []
    assert waiting(session) == ["Agency"]
    theme_steps.undo(session)
    assert "Vacancies" not in labels(study)
    assert waiting(session) == ["Two, colleagues", "Agency"]
    theme_steps.redo(session)
    assert "Vacancies" in labels(study)
    assert waiting(session) == ["Agency"]
    assert check_study(study.folder) == []


def test_a_theme_that_was_used_since_stays(session: CodingSession) -> None:
    """Undo gives the draft back, and says why the theme is still there."""
    theme = drafting.take(session, "Q1", LOST, LOST.name).theme
    CodingSession(session.study, "other").toggle(3, theme.id)
    step = theme_steps.undo(session)
    assert step is not None
    assert "stays" in step.about_theme
    assert LOST.name in labels(session.study)
    assert LOST.name in waiting(session)


def test_decisions_last_and_are_taken_back_one_by_one(session: CodingSession) -> None:
    """Refused, renamed, merged: the next sitting knows, and undo goes back step by step."""
    drafting.rename(session, "Q1", AGENCY, " Temps  ")
    drafting.merge(session, "Q1", LOST, drafting.waiting_drafts(session, "Q1")[1])
    assert waiting(session) == ["Temps"]
    (both,) = drafting.waiting_drafts(session, "Q1")
    drafting.refuse(session, "Q1", both)
    assert waiting(session) == []
    with closing(open_study(session.study.folder, "jo")) as study:
        assert waiting(CodingSession(study, "jo")) == []
    kept_drafts.keep_drafts(session.study.database, "jo", "Q1", [LOST])
    assert waiting(session) == [], "a refused draft came again"
    kept_drafts.keep_drafts(session.study.database, "jo", "Q1", [LOST, AGENCY])
    for left in (["Temps"], ["Two, colleagues", "Temps"], ["Two, colleagues", "Agency"]):
        theme_steps.undo(session)
        assert waiting(session) == left
    assert list(codings.all_codings(session.study.database)) == []


def test_a_draft_may_be_a_theme_that_there_is(session: CodingSession) -> None:
    """Then the codebook stays as it is."""
    version = session.study.version
    theme = session.study.codebook.find("staff")
    drafting.join_theme(session, "Q1", LOST, theme)
    assert (waiting(session), session.study.version) == (["Agency"], version)


def test_what_cannot_be_taken_stays_a_draft(session: CodingSession) -> None:
    """Two themes of one name there are not."""
    with pytest.raises(CoderError, match="already"):
        drafting.take(session, "Q1", LOST, "Staff")
    with pytest.raises(CoderError, match="label"):
        drafting.rename(session, "Q1", LOST, " ")
    assert waiting(session) == ["Two, colleagues", "Agency"]


def test_answers_read_at_random_are_counted_once(session: CodingSession) -> None:
    """Those passed on and those decided on, of this coder and question, up to thirty."""
    database = session.study.database
    for number in (1, 2, 2):
        read_first.note_read(database, "jo", "Q1", number)
    assert read_first.read_at_random(database, "jo", "Q1") == 2
    assert read_first.read_at_random(database, "al", "Q1") == 0
    for number in range(10, 100):
        read_first.note_read(database, "jo", "Q1", number)
    assert read_first.read_at_random(database, "jo", "Q1") == READ_FIRST


@pytest.mark.parametrize("text", ["", "{}", "7", "[[1]]", "[", '["Q1", "refused", 3, "", [], ""]'])
def test_settings_that_somebody_wrote_into_do_no_harm(session: CodingSession, text: str) -> None:
    """What cannot be read is nothing."""
    database = session.study.database
    drafting.refuse(session, "Q1", LOST)
    with database.transaction():
        for (key,) in database.rows("SELECT key FROM setting WHERE key LIKE 'draft%'"):
            database.set_setting(key, text)
        database.set_setting("read-first.jo.Q1", text)
        database.set_setting("draft.x", text)
    assert waiting(session) == []
    assert kept_drafts.decisions(database, "jo", "Q1") == []
    assert read_first.read_at_random(database, "jo", "Q1") in {0, 1}


def test_a_theme_may_get_the_words_of_a_draft(session: CodingSession) -> None:
    """Those that it lacks, as its keywords, in the step that says the draft is this theme; undone with it."""
    study = session.study
    theme = next(theme for theme in study.codebook if theme.id == "staff")
    plain = drafting.join_theme(session, "Q1", AGENCY, theme)
    assert plain.theme == study.codebook.by_id["staff"] == theme
    joined = drafting.join_theme(session, "Q1", LOST, theme, with_words=True)
    assert joined.theme.keywords == (*theme.keywords, "two", "colleagues")
    assert "colleagues" in study.codebook_path.read_text("utf-8")
    assert waiting(session) == []
    assert list(codings.all_codings(study.database)) == []
    undone = theme_steps.undo(session)
    assert undone is not None
    assert undone.about_theme == f"'{theme.label}' has the keywords again that it had"
    assert study.codebook.by_id["staff"] == theme
    assert waiting(session) == ["Two, colleagues"]
    theme_steps.redo(session)
    assert study.codebook.by_id["staff"].keywords == (*theme.keywords, "two", "colleagues")
    again = drafting.join_theme(session, "Q1", LOST, study.codebook.by_id["staff"], with_words=True)
    assert again.theme.keywords == (*theme.keywords, "two", "colleagues")
    assert check_study(study.folder) == []


def test_a_definition_written_before_is_not_taken_back(session: CodingSession) -> None:
    """Undo of the first step after it takes that step back alone: another key wrote the definition."""
    study = session.study
    drafting.take(session, "Q1", LOST, "Vacancies")
    vacancies = next(theme for theme in study.codebook if theme.label == "Vacancies")
    define_theme(study, vacancies.id, "Posts that stay empty.", "jo")
    session.toggle(1, vacancies.id)
    undone = theme_steps.undo(session)
    assert undone is not None
    assert undone.about_theme == ""
    assert study.codebook.by_id[vacancies.id].definition == "Posts that stay empty."


def test_answers_of_a_draft_come_once_and_are_answers(tmp_path: Path) -> None:
    """Of the same words one; those that say nothing by now are left out."""
    texts = [("No beds", "no beds!"), ("see overleaf", "beds are full"), ("NO BEDS", "")]
    with closing(small_study(tmp_path / "equal", texts=texts)) as study:
        session = CodingSession(study, "jo")
        draft = ThemeDraft("Beds", ("beds",), (4, 3, 2, 1, 5), (4,))
        assert drafting.answers_of(session, draft) == [4, 3, 2]
        change_settings(study, "jo", [SettingChange(ADD_NON_RESPONSE, "see overleaf")])
        assert drafting.answers_of(session, draft) == [4, 2]
        study.settings = replace(study.settings, same_words=False)
        assert drafting.answers_of(session, draft) == [4, 2, 1, 5]
