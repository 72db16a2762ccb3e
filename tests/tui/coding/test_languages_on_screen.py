"""What the coding screen says of the languages of the answers, and of what ranks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import coding, engine_of, press, send, send_ranking
from making import small_study
from piloting import notices
from textual.widgets import Static

from coder.domain.engine_messages import AnswersRead, EngineStopped, ReadingProgress
from coder.domain.languages.answer_languages import AnswerLanguages, LanguageShare
from coder.domain.study_settings import Settings
from coder.workflows.study.question_languages import reading_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.tui.coding.screen import CodingScreen
    from coder.workflows.study.study import Study

WELSH = AnswersRead(
    "Q1",
    AnswerLanguages((LanguageShare("cy", 1.0),)),
    5,
    (),
    "No model here knows Welsh.",
)
ENGLISH = AnswersRead(
    "Q1", AnswerLanguages((LanguageShare("en", 1.0),)), 5, ("USE-multilingual-v3@1", "all-MiniLM-L6-v2"), ""
)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Open a small study."""
    study = small_study(tmp_path / "study")
    yield study
    study.close()


def title(screen: CodingScreen) -> str:
    """Return the title of the themes."""
    return str(screen.panes.themes.border_title)


def why(screen: CodingScreen) -> str:
    """Return what stands in the pane of reasons."""
    return " ".join(str(screen.query_one("#why", Static).render()).split())


def read_by(screen: CodingScreen) -> str:
    """Return what the frame of that pane says of the languages, and of what ranks."""
    return str(screen.query_one("#why", Static).border_subtitle)


async def test_words_alone_rank_for_the_sake_of_a_language(study: Study) -> None:
    """The title names it, Why says what would help, and it is noted for reports."""
    async with coding(study) as (pilot, screen):
        assert title(screen).endswith("by words")
        await send(pilot, engine_of(pilot), WELSH)
        assert title(screen).endswith("by words: Welsh")
        assert (read_by(screen), WELSH.what_helps in why(screen)) == ("Welsh · words alone", True)
        await send(pilot, engine_of(pilot), ReadingProgress(0, 0))
        await send_ranking(pilot, engine_of(pilot), 1, money=0.9, beds=0.2)
        assert title(screen).endswith("by past codings")
        await send(pilot, engine_of(pilot), EngineStopped("gone"))
        assert (read_by(screen), WELSH.what_helps in why(screen)) == ("", False)
    assert reading_lines(study) == ["Q1: Welsh; ranked by words alone"]


async def test_what_ranks_by_meaning_is_said_too(study: Study) -> None:
    """The title of the themes stays; the frame of Why names language and encoders, whole at 80 columns."""
    async with coding(study) as (pilot, screen):
        await send(pilot, engine_of(pilot), ENGLISH)
        assert title(screen).endswith("by words")
        frame = screen.query_one("#why").region
        last_row = screen._compositor.render_strips()[frame.bottom - 1]
        assert " English · light + MiniLM " in last_row.text


async def test_the_language_is_a_setting(study: Study) -> None:
    """It is typed by its name; study.toml has it, and the engine starts anew with it."""
    async with coding(study) as (pilot, _):
        await press(pilot, "O", *"language", "enter", *"Welsh", "enter")
        assert study.settings.language == "Welsh"
        assert 'language = "Welsh"' in (study.folder / "study.toml").read_text("utf-8")
        await press(pilot, "O", *"language", "enter", *(["backspace"] * 5), *"Wels", "enter")
        assert study.settings.language == "Welsh"
        assert "There is no language 'Wels' here. Did you mean 'Welsh'?" in notices(pilot)
        await press(pilot, *(["backspace"] * 4), "enter")
        assert study.settings.language == ""
    assert study.settings == Settings("Small", respondents="councils")
