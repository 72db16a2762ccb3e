"""Words kept with an accepted suggestion, and moved: read back from the store."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from coding_study import burst, changes_of, coding, engine_of, press, send, send_ranking, themes_on
from making import CODEBOOK, small_study
from piloting import notices
from textual.widgets import Static

from coder.domain.codings import Span, SuggestionSeen
from coder.domain.engine_messages import EvidenceReady, SpansReady
from coder.domain.study_settings import Settings
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coding_study import QuietEngine
    from textual.pilot import Pilot

    from coder.workflows.study.study import Study

TEXT = "We lost four staff to agencies last year. The wards are full every night. Budgets fall again."
LOST, FULL, FALL = Span(0, 41), Span(42, 73), Span(74, 93)
"""Its clauses."""
AGENCIES, WARDS = Span(18, 41), Span(42, 60)
"""Where the engine finds staff."""


@pytest.fixture(autouse=True)
def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an order of suggestions count as seen at once."""
    monkeypatch.setattr("coder.tui.coding.desk.REACTION", 0)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Open a study of one answer, three clauses long, and one of a word."""
    study = small_study(tmp_path / "study", texts=[[TEXT], ["Beds"]])
    yield study
    study.close()


async def suggest(pilot: Pilot[None], response: int = 1, **places: tuple[Span, ...]) -> QuietEngine:
    """Let the engine rank staff, beds and money, and tell where some of them are."""
    engine = engine_of(pilot)
    await send_ranking(pilot, engine, response, staff=0.9, beds=0.5, money=0.1)
    await send(pilot, engine, SpansReady(response, places))
    return engine


async def test_an_accepted_suggestion_keeps_its_words(study: Study) -> None:
    """The engine's best place is stored with the coding, as one change; the key again takes all away."""
    async with coding(study) as (pilot, _):
        await suggest(pilot, staff=(AGENCIES, WARDS))
        await press(pilot, "1")
        assert themes_on(study, 1) == {"staff": (AGENCIES,)}
        await press(pilot, "1")
        assert themes_on(study, 1) == {}
        await press(pilot, "0")
        assert themes_on(study, 1) == {"staff": (AGENCIES,)}
    first = changes_of(study, 1)[0]
    assert (first.new, first.origin, first.suggestion) == ("18:41", "suggestion", SuggestionSeen(1, 0.9))


async def test_what_is_kept_is_what_was_marked(study: Study) -> None:
    """The place that the answer shows for the theme at the cursor, whichever message told it."""
    async with coding(study) as (pilot, screen):
        engine = await suggest(pilot, staff=(AGENCIES,))
        assert list(screen.panes.answer._content.evidence) == [AGENCIES]
        assert "agencies last year" in str(screen.query_one("#why", Static).render())
        reasons = EvidenceReady(1, "staff", (WARDS,), (AGENCIES,), (), ())
        await send(pilot, engine, reasons)
        assert list(screen.panes.answer._content.evidence) == [WARDS]
        await press(pilot, "1")
        assert themes_on(study, 1) == {"staff": (WARDS,)}
        assert (list(screen.panes.answer._content.evidence), list(screen.panes.answer._content.own)) == (
            [],
            [WARDS],
        )
        await press(pilot, "e")
        assert themes_on(study, 1) == {"staff": (AGENCIES,)}


async def test_words_that_come_late_are_not_kept(study: Study) -> None:
    """No key waits for the engine: without its words a suggestion stands for the whole answer."""
    async with coding(study) as (pilot, _):
        engine = await suggest(pilot)
        await press(pilot, "1")
        await send(pilot, engine, SpansReady(1, {"staff": (AGENCIES,)}))
        assert themes_on(study, 1) == {"staff": ()}


async def test_words_are_told_ahead_of_the_answer(study: Study) -> None:
    """The places of an answer not yet on screen are there when it is."""
    async with coding(study) as (pilot, screen):
        screen.show(2)
        await suggest(pilot, staff=(AGENCIES,))
        await press(pilot, "up", "1")
        assert themes_on(study, 1) == {"staff": (AGENCIES,)}


async def test_the_whole_answer_is_not_kept_as_words(study: Study) -> None:
    """A short answer's only place is the answer itself."""
    async with coding(study) as (pilot, screen):
        screen.show(2)
        await suggest(pilot, 2, staff=(Span(0, 4),))
        assert "the whole answer" in str(screen.query_one("#why", Static).render())
        await press(pilot, "1")
        assert themes_on(study, 2) == {"staff": ()}
        await press(pilot, "e")
        assert "no parts" in notices(pilot)
        assert len(changes_of(study, 2)) == 1


async def test_a_theme_that_was_found_stands_for_the_whole_answer(tmp_path: Path) -> None:
    """Found by typing, beyond the nine on keys, it keeps no words although the engine knows some."""
    themes = [replace(CODEBOOK.themes[3], id=f"t{place}", label=f"Theme {place}") for place in range(12)]
    study = small_study(tmp_path / "study", codebook=replace(CODEBOOK, themes=tuple(themes)), texts=[[TEXT]])
    async with coding(study) as (pilot, _):
        engine = engine_of(pilot)
        await send(pilot, engine, SpansReady(1, {"t11": (AGENCIES,)}))
        await burst(pilot, "/theme 11\n")
        assert themes_on(study, 1) == {"t11": ()}
        await press(pilot, "e")
        assert themes_on(study, 1) == {"t11": (AGENCIES,)}
    study.close()


@pytest.mark.parametrize("key", ["e", "E"])
async def test_without_the_setting_no_words_are_kept(tmp_path: Path, key: str) -> None:
    """`keep_suggested_words = false`: the whole answer, whose words a key can choose all the same."""
    settings = Settings("Small", keep_suggested_words=False)
    study = small_study(tmp_path / "study", texts=[[TEXT]], settings=settings)
    async with coding(study) as (pilot, _):
        await suggest(pilot, staff=(AGENCIES, WARDS))
        await press(pilot, "1")
        assert themes_on(study, 1) == {"staff": ()}
        await press(pilot, key)
        assert themes_on(study, 1) == {"staff": (AGENCIES if key == "e" else WARDS,)}
    study.close()


async def test_hidden_suggestions_keep_no_words(tmp_path: Path) -> None:
    """The first theme, chosen while suggestions are hidden, stands for the whole answer; a later one not."""
    settings = Settings("Small", hide_until_first_choice=True)
    study = small_study(tmp_path / "study", texts=[[TEXT]], settings=settings)
    async with coding(study) as (pilot, _):
        await suggest(pilot, staff=(AGENCIES,), beds=(WARDS,))
        await burst(pilot, "/staff\n")
        await press(pilot, "2")
        assert themes_on(study, 1) == {"staff": (), "beds": (WARDS,)}
    study.close()


async def test_words_go_round(study: Study) -> None:
    """To the next best place, the whole answer, and round again; back the other way; each press is a step."""
    async with coding(study) as (pilot, screen):
        await suggest(pilot, staff=(AGENCIES, WARDS))
        await press(pilot, "1")
        for words in ((WARDS,), (), (AGENCIES,), (WARDS,)):
            await press(pilot, "e")
            assert themes_on(study, 1) == {"staff": words}
            assert tuple(screen.panes.answer._content.own) == words
            assert not screen.panes.answer._content.evidence
        await press(pilot, "E", "E")
        assert themes_on(study, 1) == {"staff": ()}
        assert "the whole answer" in str(screen.query_one("#why", Static).render())
        await press(pilot, "u")
        assert themes_on(study, 1) == {"staff": (AGENCIES,)}
        await burst(pilot, "uuuuu")
        assert themes_on(study, 1) == {"staff": (AGENCIES,)}
        await press(pilot, "u")
        assert themes_on(study, 1) == {}
    assert len([change for change in changes_of(study, 1) if change.origin == "suggestion"]) == 14


async def test_the_round_stays_while_the_engine_learns(study: Study) -> None:
    """Places that change between two presses neither skip nor repeat one."""
    async with coding(study) as (pilot, _):
        engine = await suggest(pilot, staff=(AGENCIES, WARDS, FALL))
        await press(pilot, "1", "e")
        await send(pilot, engine, SpansReady(1, {"staff": (FALL, WARDS, AGENCIES)}))
        await press(pilot, "e")
        assert themes_on(study, 1) == {"staff": (FALL,)}


async def test_the_words_of_the_theme_chosen_last_move(study: Study) -> None:
    """Or of the one to which the cursor was put since; the cursor goes to the theme that moved."""
    async with coding(study) as (pilot, screen):
        await suggest(pilot, staff=(AGENCIES, WARDS), beds=(WARDS, AGENCIES))
        await press(pilot, "1", "2")
        assert screen.desk.here.cursor_theme == "staff"
        await press(pilot, "e")
        assert themes_on(study, 1) == {"staff": (AGENCIES,), "beds": (AGENCIES,)}
        assert screen.desk.here.cursor_theme == "beds"
        await press(pilot, "shift+tab", "e")
        assert themes_on(study, 1) == {"staff": (WARDS,), "beds": (AGENCIES,)}
        await press(pilot, "tab", "tab", "e")
        assert themes_on(study, 1) == {"staff": (WARDS,), "beds": ()}


async def test_words_marked_by_hand_move_without_an_engine(study: Study) -> None:
    """To the next clause, round to the one before, then the whole answer."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "right", "right", "1")
        theme_id = screen.desk.last_theme or ""
        assert themes_on(study, 1) == {theme_id: (FULL,)}
        for words in ((FALL,), (LOST,), (), (FULL,)):
            await press(pilot, "e")
            assert themes_on(study, 1) == {theme_id: words}


async def test_an_answer_coded_earlier_has_its_words_moved(study: Study) -> None:
    """On an answer come back to, the words that stand move: no theme need be chosen first."""
    CodingSession(study, "jo").mark_spans(1, "money", [LOST])
    async with coding(study) as (pilot, _):
        await press(pilot, "e")
        assert themes_on(study, 1) == {"money": (FULL,)}


async def test_there_must_be_words_to_move(study: Study) -> None:
    """Without a theme the key says what it is for."""
    async with coding(study) as (pilot, _):
        await press(pilot, "e")
        assert "Choose a theme first" in notices(pilot)
        assert changes_of(study, 1) == []


async def test_words_selected_take_the_place_of_those_kept(study: Study) -> None:
    """A coder who points at other words corrects the program's, and adds to those marked by hand."""
    async with coding(study) as (pilot, _):
        await suggest(pilot, staff=(AGENCIES,))
        await press(pilot, "1", "right", "right", "1")
        assert themes_on(study, 1) == {"staff": (FULL,)}
        await press(pilot, "right", "right", "right", "1")
        assert themes_on(study, 1) == {"staff": (FULL, FALL)}


async def test_long_words_are_told_by_their_ends(study: Study) -> None:
    """Below the answer, in which all of them are marked; what is short is told in full."""
    async with coding(study) as (pilot, screen):
        await suggest(pilot, staff=(Span(0, 51),), beds=(WARDS,))
        await press(pilot, "1", "2")
        assert screen.panes.answer._content.chosen == [
            "✓ Beds  “The wards are full”",
            "✓ Staff  “We lost four staff … last year. The wards”",
        ]


async def test_moved_words_are_brought_into_view(tmp_path: Path) -> None:
    """Of an answer that is longer than its pane."""
    text = f"Beds are full. {'And so it goes on, day after day. ' * 30}Nurses leave."
    study = small_study(tmp_path / "study", texts=[[text]])
    last = Span(len(text) - 13, len(text))
    async with coding(study) as (pilot, screen):
        await suggest(pilot, staff=(Span(0, 14), last))
        await press(pilot, "1", "e")
        assert themes_on(study, 1) == {"staff": (last,)}
        assert screen.panes.answer.scroll_offset.y > 0
    study.close()
