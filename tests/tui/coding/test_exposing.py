"""What the coding screen keeps of the suggestions, and of how an answer came up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import burst, coding, engine_of, press, send_ranking
from making import small_study
from piloting import notices
from textual.widgets import Static

from coder.domain.codebook import Codebook, Theme
from coder.domain.study_settings import Settings
from coder.store import kept_suggestions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

LOST, PAY, BEDS = 1, 2, 3
"""The numbers of the small study's first answers."""


@pytest.fixture(autouse=True)
def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an order of suggestions count as seen at once."""
    monkeypatch.setattr("coder.tui.coding.desk.REACTION", 0)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Open a small study."""
    study = small_study(tmp_path / "study")
    yield study
    study.close()


def kept(study: Study) -> list[tuple[int, bool, int, str, float | None]]:
    """Return what is kept of the suggestions: answer, on screen, rank, theme, probability."""
    found = kept_suggestions.all_kept(study.database)
    return [(e.response, bool(e.on_screen), e.rank, e.theme_id, e.probability) for e in found]


def ways(study: Study) -> list[str]:
    """Return how the answers of all steps came up."""
    return [way for (way,) in study.database.rows("SELECT came_by FROM step ORDER BY number")]


async def test_suggestions_passed_over_are_kept_too(study: Study) -> None:
    """Choosing keeps every suggestion on screen; done with nothing chosen before keeps none twice."""
    async with coding(study) as (pilot, _):
        await send_ranking(pilot, engine_of(pilot), LOST, money=0.9, beds=0.25)
        await press(pilot, "2", "enter", "n")
    assert kept(study)[:2] == [(LOST, True, 1, "money", 0.9), (LOST, True, 2, "beds", 0.25)]
    assert {row[0] for row in kept(study)[2:]} == {PAY}
    assert {row[4] for row in kept(study)[2:]} == {None}
    assert ways(study) == ["file", "file", "file"]


async def test_words_marked_first_keep_what_was_suggested(study: Study) -> None:
    """A theme chosen for words of the answer is a first decision as well."""
    async with coding(study) as (pilot, _):
        await press(pilot, "right", "1")
    assert {row[0] for row in kept(study)} == {LOST}


async def test_hidden_suggestions_are_kept_as_hidden(tmp_path: Path) -> None:
    """Before the first choice nothing is on screen; what appears after it is kept as seen."""
    study = small_study(tmp_path / "study", settings=Settings("Small", hide_until_first_choice=True))
    async with coding(study) as (pilot, _):
        await burst(pilot, "/money\n")
        await press(pilot, "1", "enter", "n")
    rows = kept(study)
    assert {row[1] for row in rows if row[0] == PAY} == {False}
    shown = {row[2:4] for row in rows if row[:2] == (LOST, True)}
    assert shown == {row[2:4] for row in rows if row[:2] == (LOST, False)} != set()
    study.close()


async def test_a_key_means_and_keeps_the_order_seen(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """Right after another order came, what is kept is the one that the coder acted on."""
    monkeypatch.setattr("coder.tui.coding.desk.REACTION", 60)
    async with coding(study) as (pilot, screen):
        seen = [suggested.theme_id for suggested in screen.desk.here.ranking.suggestions]
        await send_ranking(pilot, engine_of(pilot), LOST, **dict.fromkeys(reversed(seen), 0.5))
        await press(pilot, "1")
    assert [row[3] for row in kept(study)] == seen


async def test_answers_one_jumped_to_were_picked(study: Study) -> None:
    """A jump and a narrowed list are choices of the coder; going on from there is the list's order again."""
    async with coding(study) as (pilot, _):
        await burst(pilot, "gR2\n")
        await press(pilot, "1", "enter", "1")
        await burst(pilot, "vbeds\n")
        await press(pilot, "f", "n")
    assert ways(study)[:3] == ["picked", "picked", "file"]
    assert ways(study)[-1] == "picked"


async def test_the_report_is_a_key_away(study: Study) -> None:
    """What became of the suggestions is shown; before any work there is nothing to say."""
    async with coding(study) as (pilot, _):
        await press(pilot, "S")
        assert "Nothing is decided yet: once it is" in notices(pilot)
        await press(pilot, "1", "enter", "S")
        text = str(pilot.app.screen.query_one(Static).content)
        assert "Suggestions that jo saw" in text
        assert "100% first" in text
        await press(pilot, "escape")


async def test_each_theme_of_the_report_has_one_line(tmp_path: Path) -> None:
    """However long its label, it is cut to the window of a small screen."""
    codebook = Codebook((Theme("staff", "Recruitment and retention of staff"),))
    study = small_study(tmp_path / "study", codebook=codebook)
    async with coding(study) as (pilot, _):
        await press(pilot, "1", "enter", "S")
        text = pilot.app.screen.query_one(Static)
        columns = next(line for line in str(text.content).splitlines() if line.endswith("chosen unseen"))
        assert len(columns) <= text.size.width
    study.close()
