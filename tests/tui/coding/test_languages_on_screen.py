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
    "Welsh; ranked by words alone. No model here knows Welsh.",
)
ENGLISH = AnswersRead(
    "Q1", AnswerLanguages((LanguageShare("en", 1.0),)), 5, ("light@1",), "English; ranked by light."
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


async def test_words_alone_rank_for_the_sake_of_a_language(study: Study) -> None:
    """The title names it, Why says what would help, and it is noted for reports."""
    async with coding(study) as (pilot, screen):
        assert title(screen).endswith("by words")
        await send(pilot, engine_of(pilot), WELSH)
        assert title(screen).endswith("by words: Welsh")
        assert WELSH.text in why(screen)
        await send(pilot, engine_of(pilot), ReadingProgress(0, 0))
        await send_ranking(pilot, engine_of(pilot), 1, money=0.9, beds=0.2)
        assert title(screen).endswith("by past codings")
        await send(pilot, engine_of(pilot), EngineStopped("gone"))
        assert WELSH.text not in why(screen)
    assert reading_lines(study) == ["Q1: Welsh; ranked by words alone"]


async def test_what_ranks_by_meaning_is_said_too(study: Study) -> None:
    """The title stays as it was; Why names the language and the encoder."""
    async with coding(study) as (pilot, screen):
        await send(pilot, engine_of(pilot), ENGLISH)
        assert title(screen).endswith("by words")
        assert ENGLISH.text in why(screen)


async def test_the_language_is_a_setting(study: Study) -> None:
    """It is typed by its name; study.toml has it, and the engine starts anew with it."""
    async with coding(study) as (pilot, _):
        await press(pilot, "O", *"language", "enter", *"Welsh", "enter")
        assert study.settings.language == "Welsh"
        assert 'language = "Welsh"' in (study.folder / "study.toml").read_text("utf-8")
        await press(pilot, "O", *"language", "enter", *(["backspace"] * 5), *"Wels", "enter")
        assert study.settings.language == "Welsh"
        assert "There is no language 'Wels' here. Did you mean 'Welsh' or 'Swedish'?" in notices(pilot)
        await press(pilot, *(["backspace"] * 4), "enter")
        assert study.settings.language == ""
    assert study.settings == Settings("Small", respondents="councils")
