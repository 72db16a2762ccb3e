"""Suggestions on the coding screen: when their order changes, and what is logged of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from coding_study import (
    QuietEngine,
    burst,
    changes_of,
    coding,
    engine_of,
    marks_on,
    press,
    send,
    send_ranking,
    themes_on,
)
from making import small_study
from piloting import SMALL, notices
from textual.widgets import Static

from coder.domain.codebook import Codebook, Theme
from coder.domain.codings import Span, SuggestionSeen
from coder.domain.engine_messages import (
    EngineReady,
    EngineStopped,
    EvidenceReady,
    NearestResponse,
    ReadingProgress,
)
from coder.domain.study_settings import Settings
from coder.errors import CoderError
from coder.tui.app import CoderApp
from coder.tui.coding.screen import REVIVALS, CodingScreen
from coder.tui.coding.sitting import Sitting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.coding.session import StepOutcome
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


def on_keys(screen: CodingScreen) -> list[str]:
    """Return the themes on the number keys, in order."""
    return [row.theme_id for row in screen.panes.themes.rows if row and row.key]


async def test_a_better_ranking_changes_the_order_until_the_first_choice(study: Study) -> None:
    """A ranking that arrives before anything is chosen is shown; one that arrives after is not."""
    async with coding(study) as (pilot, screen):
        engine = engine_of(pilot)
        await send_ranking(pilot, engine, LOST, money=0.9, beds=0.2, staff=0.1)
        assert on_keys(screen) == ["money", "beds", "staff"]
        await press(pilot, "1")
        await send_ranking(pilot, engine, LOST, beds=0.9, staff=0.5, money=0.1)
        assert on_keys(screen) == ["money", "beds", "staff"]
        await press(pilot, "2")
        assert set(themes_on(study, LOST)) == {"money", "beds"}


async def test_a_key_pressed_as_the_order_changes_means_the_order_seen(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Right after another order came, a number key still means the theme that stood on it before."""
    monkeypatch.setattr("coder.tui.coding.desk.REACTION", 60)
    async with coding(study) as (pilot, screen):
        seen = on_keys(screen)[0]
        others = [theme_id for theme_id in ("money", "beds", "staff") if theme_id != seen]
        strengths = {others[0]: 0.9, seen: 0.5, others[1]: 0.1}
        await send_ranking(pilot, engine_of(pilot), LOST, **strengths)
        assert on_keys(screen)[0] == others[0]
        await press(pilot, "1")
        assert set(themes_on(study, LOST)) == {seen}


async def test_a_ranking_of_another_answer_is_kept(study: Study) -> None:
    """A ranking of an answer that is not on screen waits until it is."""
    async with coding(study) as (pilot, screen):
        before = on_keys(screen)
        await send_ranking(pilot, engine_of(pilot), PAY, money=0.9, beds=0.2)
        assert on_keys(screen) == before
        await press(pilot, "down")
        assert on_keys(screen) == ["money", "beds"]
        assert "by past codings" in str(screen.panes.themes.border_title)


async def test_the_engine_hears_of_codings_and_is_asked_ahead(study: Study) -> None:
    """Each change is passed on, and rankings are asked for the answer on screen and the next ones."""
    async with coding(study) as (pilot, _):
        engine = engine_of(pilot)
        await send(pilot, engine, EngineReady())
        assert engine.ranked == [[LOST, PAY, BEDS, 5, 8]]
        await press(pilot, "1", "enter")
        assert engine.coded == [(LOST, ("staff",), False), (LOST, ("staff",), True)]
        assert engine.ranked[-1] == [PAY, BEDS, 5, 8]


async def test_a_ranking_made_before_all_was_known_is_asked_for_again(study: Study) -> None:
    """The engine may rank before it has fetched what earlier sittings read; there is nothing to read then."""
    async with coding(study) as (pilot, _):
        engine = engine_of(pilot)
        await send(pilot, engine, ReadingProgress(4, 8))
        assert engine.ranked == []
        await send(pilot, engine, ReadingProgress(8, 8))
        assert [numbers[0] for numbers in engine.ranked] == [LOST]
        engine.ranked.clear()
        await send(pilot, engine, ReadingProgress(8, 8))
        assert [numbers[0] for numbers in engine.ranked] == [LOST]


async def test_a_choice_by_words_has_its_rank_and_no_probability(study: Study) -> None:
    """A suggestion by words is logged with its place; a strength is no probability."""
    async with coding(study) as (pilot, _):
        await press(pilot, "1")
    (change,) = changes_of(study, LOST)
    assert (change.origin, change.suggestion) == ("suggestion", SuggestionSeen(1, None))


async def test_a_learned_choice_has_its_rank_and_probability(study: Study) -> None:
    """A learned suggestion is logged with its place and its probability."""
    async with coding(study) as (pilot, _):
        await send_ranking(pilot, engine_of(pilot), LOST, money=0.9, beds=0.25)
        await press(pilot, "2")
    (change,) = changes_of(study, LOST)
    assert (change.theme_id, change.origin, change.suggestion) == (
        "beds",
        "suggestion",
        SuggestionSeen(2, 0.25),
    )


async def test_a_theme_that_was_not_suggested_is_chosen_by_hand(tmp_path: Path) -> None:
    """A theme beyond the nine on screen is logged as chosen by hand while suggestions were shown."""
    themes = tuple(Theme(f"t{place}", f"Theme {chr(97 + place)}") for place in range(12))
    study = small_study(tmp_path / "study", codebook=Codebook(themes))
    async with coding(study) as (pilot, screen):
        assert len(on_keys(screen)) == 9
        await burst(pilot, "/theme l\n")
    (change,) = changes_of(study, LOST)
    assert (change.theme_id, change.origin, change.suggestion) == ("t11", "hand", SuggestionSeen())
    study.close()


async def test_suggestions_can_wait_for_the_first_choice(tmp_path: Path) -> None:
    """In the hidden mode nothing is suggested, and nothing logged as shown, until a theme is chosen."""
    settings = Settings("Small", hide_until_first_choice=True)
    study = small_study(tmp_path / "study", settings=settings)
    async with coding(study) as (pilot, screen):
        assert on_keys(screen) == []
        assert "hidden until you choose" in str(screen.query_one("#why", Static).render())
        assert screen.panes.answer._content.evidence == ()
        await press(pilot, "1")
        assert themes_on(study, LOST) == {}
        assert "/ finds one" in notices(pilot)
        await burst(pilot, "/money\n")
        assert on_keys(screen)[0] == "staff"
        await press(pilot, "1")
    assert [(c.theme_id, c.origin, c.suggestion) for c in changes_of(study, LOST)] == [
        ("money", "hand", None),
        ("staff", "suggestion", SuggestionSeen(1, None)),
    ]
    study.close()


async def test_the_cursor_stays_on_its_theme(study: Study) -> None:
    """A better order moves the theme at the cursor, and the cursor with it; at the top it stays there."""
    async with coding(study) as (pilot, screen):
        engine = engine_of(pilot)
        await send_ranking(pilot, engine, 1, staff=0.9, beds=0.5, money=0.1)
        await press(pilot, "tab")
        assert screen.desk.here.cursor_theme == "beds"
        await send_ranking(pilot, engine, 1, money=0.9, staff=0.5, beds=0.1)
        assert screen.desk.here.cursor_theme == "beds"
        await press(pilot, "0")
        assert set(themes_on(study, 1)) == {"beds"}
        await press(pilot, "down")
        await send_ranking(pilot, engine, 2, beds=0.9, money=0.5)
        assert screen.desk.here.cursor_theme == "beds"


@pytest.mark.parametrize("moves", [0, 1])
async def test_a_theme_chosen_from_a_to_z_is_taken_away_by_the_same_key(tmp_path: Path, moves: int) -> None:
    """When suggestions appear above the list, the cursor goes with the theme chosen in it."""
    settings = Settings("Small", hide_until_first_choice=True)
    study = small_study(tmp_path / "study", settings=settings)
    async with coding(study) as (pilot, screen):
        await send_ranking(pilot, engine_of(pilot), 1, staff=0.9, money=0.5, beds=0.1)
        await press(pilot, *["tab"] * moves)
        theme_id = screen.desk.here.cursor_theme
        await press(pilot, "0")
        assert (list(themes_on(study, 1)), screen.desk.here.cursor_theme) == ([theme_id], theme_id)
        await press(pilot, "0")
        assert themes_on(study, 1) == {}
    study.close()


async def test_evidence_from_the_engine_is_shown(study: Study) -> None:
    """Words, keywords and the nearest answers that speak for the theme at the cursor are shown."""
    async with coding(study) as (pilot, screen):
        engine = engine_of(pilot)
        await send_ranking(pilot, engine, LOST, money=0.9, staff=0.2)
        assert engine.explained == [(LOST, "money")]
        nearest = (NearestResponse("R3.Q1.1", "Beds"),)
        reasons = EvidenceReady(LOST, "money", (Span(0, 7),), (), ("lost",), nearest)
        await send(pilot, engine, replace(reasons, theme_id="staff"))
        assert "R3.Q1.1" not in str(screen.query_one("#why", Static).render())
        await send(pilot, engine, reasons)
        lines = str(screen.query_one("#why", Static).render()).splitlines()
        assert lines[:4] == ["Money", "“We lost”", "keywords: lost", "like R3.Q1.1 “Beds”"]
        assert list(screen.panes.answer._content.evidence) == [(0, 7)]
        reasons = replace(reasons, spans=(Span(0, 38),))
        await send(pilot, engine, reasons)
        assert "the whole answer" in str(screen.query_one("#why", Static).render())


async def test_coding_goes_on_when_the_engine_dies(study: Study) -> None:
    """The end of the engine is a notice; suggestions go by words, and coding goes on."""
    async with coding(study) as (pilot, screen):
        engine = engine_of(pilot)
        await send(pilot, engine, ReadingProgress(2, 5))
        assert "reading 2 of 5" in str(screen.panes.themes.border_title)
        await send(pilot, engine, EngineStopped("MemoryError: [/] \x1b[31m"))
        assert "MemoryError: [/] ␛[31m" in notices(pilot)
        await press(pilot, "s")
        assert "not running" in notices(pilot)
        await press(pilot, "1", "enter")
        assert marks_on(study, LOST) == {"done": "1"}


async def test_an_engine_that_died_is_started_again_thrice(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each time it is told; the new one is asked for what is on screen; after the third it stays away."""
    engines: list[QuietEngine] = []

    class Mortal(QuietEngine):
        def __init__(self, *_: object) -> None:
            QuietEngine.__init__(self)
            engines.append(self)

        def start(self) -> None:
            """Start no process."""

    monkeypatch.setattr("coder.workflows.suggesting.engine.SuggestionEngine", Mortal)
    monkeypatch.setattr("coder.tui.coding.screen.REVIVED_AFTER", 0.01)
    monkeypatch.setattr("coder.tui.app.ENGINE_AFTER", 0.01)
    async with CoderApp(study, "jo").run_test(size=SMALL) as pilot:
        for alive in range(1, REVIVALS + 2):
            while len(engines) < alive:
                await pilot.pause(0.01)
            screen = pilot.app.screen
            assert isinstance(screen, CodingScreen)
            assert screen.desk.advice.engine is engines[-1]
            await send(pilot, engines[-1], EngineReady())
            assert engines[-1].ranked[0][0] == LOST
            await send(pilot, engines[-1], EngineStopped("killed"))
            is_last = alive > REVIVALS
            assert ("is started again" in notices(pilot)) is not is_last
        await pilot.pause(0.1)
        assert len(engines) == REVIVALS + 1
        screen = pilot.app.screen
        assert isinstance(screen, CodingScreen)
        assert screen.desk.advice.engine is None
        await press(pilot, "1", "enter")
        assert marks_on(study, LOST) == {"done": "1"}


async def test_messages_of_a_replaced_engine_are_dropped(study: Study) -> None:
    """What an engine says after another took its place changes nothing."""
    async with coding(study) as (pilot, screen):
        old, new = engine_of(pilot), engine_of(pilot)
        before = on_keys(screen)
        await send_ranking(pilot, old, LOST, money=0.9, beds=0.2)
        await send(pilot, old, EngineStopped("replaced"))
        assert on_keys(screen) == before
        assert screen.desk.advice.engine is new


async def test_an_event_that_cannot_be_shown_is_an_error_on_screen(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong with what the engine sends, the program stays."""
    async with coding(study) as (pilot, screen):
        engine = engine_of(pilot)
        monkeypatch.setattr(screen, "receive", {}.__getitem__)
        await send(pilot, engine, EngineReady())
        assert "Something went wrong: KeyError" in notices(pilot)
        assert pilot.app.screen is screen


async def test_what_a_damaged_database_leads_to_is_told_as_damage(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unexpected error in a damaged study names the damage, as every command does; no log is written."""
    async with coding(study) as (pilot, screen):
        study.database.execute("DROP TRIGGER change_is_final")
        monkeypatch.setattr(screen, "receive", {}.__getitem__)
        await send(pilot, engine_of(pilot), EngineReady())
        assert "The study's database is damaged." in notices(pilot)
        assert "coder check" in notices(pilot)
        assert not (study.folder / "coder-errors.log").exists()
        assert pilot.app.screen is screen


@pytest.mark.parametrize(
    "error", [CoderError("The study is [/] locked.", "Close the other."), OSError("gone")]
)
async def test_an_error_in_an_action_leaves_the_screen_at_work(
    study: Study, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """An error is shown, an unexpected one is also written to a file; the next key works."""

    def fail(*_: object, **__: object) -> StepOutcome:
        raise error

    async with coding(study) as (pilot, screen):
        with monkeypatch.context() as patch:
            patch.setattr(screen.desk.session, "toggle", fail)
            await press(pilot, "1")
        if isinstance(error, CoderError):
            assert "The study is [/] locked. Close the other." in notices(pilot)
        else:
            assert "Something went wrong: OSError" in notices(pilot)
            log = study.folder / "coder-errors.log"
            assert "OSError: gone" in log.read_text(encoding="utf-8")
        assert themes_on(study, LOST) == {}
        await press(pilot, "1")
        assert themes_on(study, LOST) == {"staff": ()}


async def test_one_notice_takes_the_place_of_another(study: Study) -> None:
    """However many notices come at once, the last is on screen."""
    async with coding(study) as (pilot, _):
        await press(pilot, "1")
        await burst(pilot, "uuuu")
        assert notices(pilot) == "Nothing to undo."


async def test_no_engine_is_started_where_none_is_wanted(study: Study) -> None:
    """Without suggestions a new theme starts no process either."""
    async with coding(study) as (pilot, _):
        app = pilot.app
        assert isinstance(app, CoderApp)
        app.restart_engine()
        assert app._engine is None


def test_the_pace_is_told_from_the_first_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pace is silent before the first answer and counts by the minute after the first minute."""
    monkeypatch.setattr("time.monotonic", lambda: 160.0)
    assert Sitting(100.0).pace() == ""
    assert Sitting(130.0, confirmed=3).pace() == "3 this sitting"
    assert Sitting(40.0, confirmed=6).pace() == "6 this sitting, 3 a minute"
