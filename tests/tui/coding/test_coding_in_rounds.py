"""Coding in a round, on the screen: one's own answers alone, nothing suggested, locked once finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import press
from making import small_study
from piloting import LARGE, SMALL, app_of, settle
from rounds_at_work import ANNA, BEDS, BUDGETS, JO, LOST, PAY, SAM, STAYS, begin, study_with_people

from coder.store import codings
from coder.store.team.round_rows import rounds_of
from coder.store.team.team_rows import events
from coder.tui.app import CoderApp
from coder.tui.coding.screen import CodingScreen
from coder.tui.team.screen import TeamScreen
from coder.workflows.study.sight_at_work import look_as
from coder.workflows.team.membership import add_people, event_text
from coder.workflows.team.rounds.leading import NewRound, begin_round, end_round
from coder.workflows.team.rounds.round_text import show_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from coder.domain.team.rounds import Round
    from coder.workflows.study.study import Study

EQUAL = [("Beds",), ("Pay",), ("Beds",), ("beds",), ("Beds",)]


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Give a small study with three people."""
    study = study_with_people(tmp_path / "study")
    yield study
    study.close()


def in_round(study: Study, one_round: Round) -> CoderApp:
    """Return the program for Jo, in a round."""
    return CoderApp(study, JO, suggestions=False, one_round=one_round)


def coding(pilot: Pilot[None]) -> CodingScreen:
    """Return the coding screen, which lies on top."""
    screen = pilot.app.screen
    assert isinstance(screen, CodingScreen)
    return screen


def said(pilot: Pilot[None]) -> str:
    """Return what stands on the line above the keys."""
    line = coding(pilot).message_line
    assert line is not None
    return line.text


async def test_the_list_is_ones_own_and_nothing_is_suggested(study: Study) -> None:
    """From `coder code --round`: the answers assigned, themes in the codebook's order, Space is Enter."""
    one_round = begin_round(study, NewRound("Pilot", {JO: ["R1.Q1.2", "R3.Q1.1"]}), ANNA)
    async with in_round(study, one_round).run_test(size=SMALL) as pilot:
        await settle(pilot)
        desk = coding(pilot).desk
        assert list(desk.listing.numbers) == [PAY, BUDGETS]
        offered = [theme.id for theme in study.codebook.offered("Q1")]
        assert [s.theme_id for s in desk.here.ranking.suggestions] == offered
        await press(pilot, "space")
        assert codings.codings_of(study.database, PAY) == []
        await press(pilot, "up", "1", "enter")
        assert desk.here.number == BUDGETS
        (coded,) = codings.codings_of(study.database, PAY)
        assert (coded.theme_id, coded.origin) == (offered[0], "hand")
        # Elsewhere one does not go by accident.
        await press(pilot, "g", *"R2", "enter")
        assert desk.here.number == BUDGETS
        assert "none of your answers in Pilot" in said(pilot)
        await press(pilot, "n")
        assert "All your answers in Pilot are done" in said(pilot)
        assert desk.progress == (2, 2)


async def test_finishing_on_the_team_screen_locks_until_the_end(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T, f, Enter: then keys and undo say why nothing changes; once the lead has ended it they work."""
    monkeypatch.setattr("coder.tui.team.screen.read_agreement", lambda *_: [])
    one_round = begin_round(study, NewRound("Pilot", {JO: ["R1.Q1.1"], SAM: ["R1.Q1.1"]}), ANNA)
    async with in_round(study, one_round).run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "1", "enter", "T", "f", "enter")
        await settle(pilot)
        assert rounds_of(study.database).meant("Pilot").finished[JO]
        await press(pilot, "escape", "2")
        assert "jo has finished Pilot" in said(pilot)
        await press(pilot, "u")
        assert "jo has finished Pilot" in said(pilot)
        assert len(codings.codings_of(study.database, LOST)) == 1
        end_round(study, "Pilot", ANNA)
        await press(pilot, "u", "u")
        assert codings.codings_of(study.database, LOST) == []


async def test_a_group_stays_within_the_round(tmp_path: Path) -> None:
    """Answers of the same words that are not theirs in it are left as they are."""
    study = small_study(tmp_path / "equal", texts=EQUAL)
    add_people(study, [JO, SAM], ANNA)
    answers = {JO: ["R1.Q1.1", "R3.Q1.1"], SAM: ["R4.Q1.1"]}
    one_round = begin_round(study, NewRound("Pilot", answers), ANNA)
    async with in_round(study, one_round).run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "1", "enter")
        confirmed = codings.confirmed(study.database, JO)
        assert confirmed == {1, 3}
        assert {n for n in range(1, 6) if codings.codings_of(study.database, n)} == {1, 3}
    study.close()


async def test_before_the_list_is_loaded_a_group_stays_within_the_round(tmp_path: Path) -> None:
    """The first frame comes before the list is known; a key that is as quick reaches no further."""
    from coder.tui.coding.desk import Desk
    from coder.tui.coding.listed.listing import reach
    from coder.tui.coding.suggestions import Advice

    study = small_study(tmp_path / "equal", texts=EQUAL)
    add_people(study, [JO], ANNA)
    one_round = begin_round(study, NewRound("Pilot", {JO: ["R1.Q1.1", "R3.Q1.1"]}), ANNA)
    desk = Desk(study, JO, Advice(study.codebook, None))
    desk.work_in(one_round)
    desk.listing.start()
    assert [n in reach(desk.listing) for n in range(1, 6)] == [True, False, True, False, False]
    desk.listing.list_alone([1, 4, 5])
    desk.listing.load(1)
    assert list(desk.listing.numbers) == [1]
    assert 4 not in reach(desk.listing)
    study.close()


async def test_entering_a_round_and_leaving_it(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """T, Enter on the round lists one's answers; T, up to “All answers”, Enter lists all again."""
    monkeypatch.setattr("coder.tui.team.screen.read_agreement", lambda *_: [])
    begin_round(study, NewRound("Pilot", {JO: ["R1.Q1.2"], SAM: ["R1.Q1.1"]}), ANNA)
    async with app_of(study).run_test(size=SMALL) as pilot:
        await settle(pilot)
        coding(pilot).after_first_frame()
        await settle(pilot)
        assert "Yours to code: Pilot (0 of 1 done)" in said(pilot)
        await press(pilot, "T")
        await settle(pilot)
        assert isinstance(pilot.app.screen, TeamScreen)
        await press(pilot, "enter")
        await settle(pilot)
        desk = coding(pilot).desk
        assert (list(desk.listing.numbers), desk.advice.is_off) == ([PAY], True)
        assert "Pilot: 1 answer of yours, 0 done. Blind" in said(pilot)
        await press(pilot, "T")
        await settle(pilot)
        await press(pilot, "home", "enter")
        await settle(pilot)
        assert (len(desk.listing.numbers), desk.advice.is_off) == (5, False)


async def test_a_round_over_two_sittings_goes_on_where_one_was(study: Study) -> None:
    """The first open answer comes first, and what is done is counted in the round alone."""
    one_round = begin(study, members=(JO,))
    async with in_round(study, one_round).run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "1", "enter", "1", "enter")
    async with in_round(study, one_round).run_test(size=SMALL) as pilot:
        await settle(pilot)
        coding(pilot).after_first_frame()
        desk = coding(pilot).desk
        assert (desk.here.number, desk.progress) == (BEDS, (2, 5))
        assert list(desk.listing.numbers) == [LOST, PAY, BEDS, BUDGETS, STAYS]


async def test_a_theme_made_in_a_blind_round_is_a_proposal(study: Study) -> None:
    """It changes no codebook, and nobody else sees which it is until the round is over."""
    one_round = begin(study)
    async with in_round(study, one_round).run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "slash", *"Xylophones", "enter")
        await settle(pilot)
        assert "Proposed in Pilot, whose codebook stays as it began: 'Xylophones'" in said(pilot)
    assert codings.codings_of(study.database, LOST) == []
    assert "xylophones" not in study.codebook
    seen = {}
    for who in (JO, SAM, ANNA):
        look_as(study, who)
        seen[who] = "proposed by jo: Xylophones (R1.Q1.1)" in "\n".join(show_lines(study, one_round))
    assert seen == {JO: True, SAM: False, ANNA: True}
    assert event_text(events(study.database)[-1]) == "jo proposes a theme in Pilot"
    end_round(study, "Pilot", ANNA)
    look_as(study, SAM)
    assert "Xylophones" in "\n".join(show_lines(study, one_round))
