"""Leading rounds on the team screen: beginning one, ending it, opening it again, handing over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import burst, press
from piloting import LARGE, SMALL, settle
from rounds_at_work import ANNA, BEDS, BUDGETS, JO, LOST, PAY, SAM, STAYS, begin, code, study_with_people

from coder.domain.team.settled_layer import SETTLED
from coder.store.team.round_rows import rounds_of
from coder.tui.app import CoderApp
from coder.tui.team.screen import TeamScreen
from coder.workflows.team.rounds.leading import end_round, finish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from coder.domain.team.rounds import Round
    from coder.workflows.study.study import Study

ANSWERS = (LOST, PAY, BEDS, BUDGETS, STAYS)


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Study]:
    """Give a small study with three people."""
    monkeypatch.setattr("coder.tui.team.screen.read_agreement", lambda *_: [])
    study = study_with_people(tmp_path / "study")
    yield study
    study.close()


def program(study: Study, person: str) -> CoderApp:
    """Return the program for somebody, without the suggestion engine's process."""
    return CoderApp(study, person, suggestions=False)


async def team_screen(pilot: Pilot[None]) -> TeamScreen:
    """Open the team screen."""
    await settle(pilot)
    await press(pilot, "T")
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, TeamScreen)
    return screen


def said(screen: TeamScreen) -> str:
    """Return what stands on the line above the keys."""
    line = screen.message_line
    assert line is not None
    return line.text


def latest(study: Study) -> Round:
    """Return the round that began last."""
    return list(rounds_of(study.database))[-1]


async def typed(pilot: Pilot[None], *texts: str) -> None:
    """Answer windows one after the other: each with a text in place of what stands there, or as it stands."""
    for text in texts:
        await settle(pilot)
        await burst(pilot, text)
        await press(pilot, "enter")
    await settle(pilot)


async def test_a_round_of_the_same_answers_begins(study: Study) -> None:
    """The question, who, how many, its name, and how: what cannot be is said, and asked again."""
    async with program(study, JO).run_test(size=SMALL) as pilot:
        screen = await team_screen(pilot)
        await press(pilot, "b")
        await typed(pilot, "", "", "sam, kim")
        assert "kim" in said(screen)
        await typed(pilot, "sam, jo", "99")
        assert "99 cannot be drawn" in said(screen)
        await typed(pilot, "many")
        assert "'many' is not a number of answers" in said(screen)
        await typed(pilot, "3", "", "open")
        begun = latest(study)
        assert (begun.name, begun.member_ids) == ("Pilot", [SAM, JO])
        assert (begun.is_blind, begun.suggests) == (False, False)
        assert len(begun.answer_ids) == 3
        assert begun.assigned[SAM] == begun.assigned[JO]
        row = screen.rows.current()
        assert row is not None
        assert (row.label, row.facts) == ("Pilot", "open  sam 0/3 · jo 0/3")
        assert "Pilot has begun. No u takes it back" in said(screen)


async def test_a_questions_answers_are_dealt_out(study: Study) -> None:
    """Each has a part; a share of them is read by two; the round is called as the question."""
    async with program(study, ANNA).run_test(size=LARGE) as pilot:
        await team_screen(pilot)
        await press(pilot, "b")
        await typed(pilot, "deal", "", "jo, sam", "20%", "", "with suggestions")
    begun = latest(study)
    assert (begun.name, begun.is_blind, begun.suggests) == ("Q1", True, True)
    assert sorted(len(theirs) for theirs in begun.assigned.values()) == [3, 3]
    assert len(begun.answer_ids) == 5


async def test_a_training_and_coding_again_begin(study: Study) -> None:
    """Of what is done; both are set apart, and say so in the row."""
    for number in ANSWERS:
        code(study, JO, number, "pay")
    code(study, SETTLED, LOST, "pay")
    async with program(study, ANNA).run_test(size=LARGE) as pilot:
        screen = await team_screen(pilot)
        await press(pilot, "b")
        await typed(pilot, "train", "sam", "settled", "", "", "0.6", "")
        training = latest(study)
        assert (training.name, training.gold, training.to_pass) == ("Training sam", SETTLED, 0.6)
        await press(pilot, "b")
        await typed(pilot, "again", "jo", "", "2", "suggestions")
        again = latest(study)
        assert (again.name, again.is_repeat, again.suggests) == ("jo again", True, True)
        facts = [row.facts for row in screen.rows.rows if row.one_round]
        assert facts == ["training  sam 0/1", "again  jo 0/2"]


async def test_escape_begins_nothing(study: Study) -> None:
    """Wherever in the questions."""
    async with program(study, ANNA).run_test(size=LARGE) as pilot:
        screen = await team_screen(pilot)
        await press(pilot, "b")
        await typed(pilot, "", "")
        await press(pilot, "escape")
        await settle(pilot)
        assert said(screen) == "No round has begun."
        assert pilot.app.screen is screen
    assert list(rounds_of(study.database)) == []


async def test_a_round_is_opened_again_and_ended(study: Study) -> None:
    """Each asks first; u says why it takes nothing back; on an ended round there is nothing left to do."""
    pilot_round = begin(study)
    for number in ANSWERS:
        code(study, JO, number)
    finish(study, "Pilot", JO, JO)
    async with program(study, ANNA).run_test(size=LARGE) as pilot:
        screen = await team_screen(pilot)
        await press(pilot, "home", "e", "o", "down", "o")
        await typed(pilot, "jo")
        assert rounds_of(study.database).by_id[pilot_round.id].finished == {JO: "", SAM: ""}
        assert "Pilot is open again for jo" in said(screen)
        await press(pilot, "o")
        assert "Nobody has finished Pilot" in said(screen)
        await press(pilot, "e", "down", "enter")
        await settle(pilot)
        assert not rounds_of(study.database).by_id[pilot_round.id].ended
        await press(pilot, "e", "enter")
        await settle(pilot)
        assert rounds_of(study.database).by_id[pilot_round.id].ended
        assert "Pilot has ended." in said(screen)
        for key in ("e", "o"):
            await press(pilot, key)
            assert said(screen) == "Pilot has ended."
        await press(pilot, "u")
        assert "u takes none of it back" in said(screen)


async def test_what_somebody_has_yet_to_do_is_handed_over(study: Study) -> None:
    """Those who have not finished are offered first; what went over is said."""
    begin(study, members=(SAM,))
    code(study, SAM, LOST, "pay")
    async with program(study, ANNA).run_test(size=LARGE) as pilot:
        screen = await team_screen(pilot)
        await press(pilot, "down", "h", "enter", "enter", "enter")
        await settle(pilot)
        assert "Pilot: 4 answers of sam go to anna." in said(screen)
        await press(pilot, "h")
        await typed(pilot, "jo", "sam", "")
        assert "jo has nothing to hand over" in said(screen)
    assert latest(study).finished.keys() == {SAM, ANNA}


async def test_a_theme_of_what_is_set_apart_is_not_settled(study: Study) -> None:
    """Enter on it says so: there is one person."""
    from coder.workflows.team.agreement_reading import AgreementTable
    from coder.workflows.team.rounds.coding_again import RepeatDraw, begin_repeat

    for number in ANSWERS:
        code(study, JO, number, "pay")
    again = begin_repeat(study, RepeatDraw(JO), ANNA)
    for number in ANSWERS:
        code(study, again.layer, number, "pay")
    finish(study, again.name, JO, JO)
    table = AgreementTable("Q1", "Agreement by theme: Q1", ["Both"], [("pay", "Pay", ["5"])], ())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("coder.tui.team.screen.read_agreement", lambda *_: [table])
        async with program(study, JO).run_test(size=LARGE) as pilot:
            screen = await team_screen(pilot)
            await press(pilot, "end", "enter")
            assert "it is compared, not settled" in said(screen)
    end_round(study, again.name, ANNA)
