"""The team screen: rounds, agreement, and where its keys lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import press
from making import small_study
from piloting import LARGE, SMALL, app_of, settle
from rounds_at_work import ANNA, BEDS, BUDGETS, JO, LOST, PAY, SAM, STAYS, begin, code, study_with_people
from textual.widgets import Static

from coder.errors import CoderError
from coder.tui.coding.screen import CodingScreen
from coder.tui.kit.key_bar import KeyBar
from coder.tui.settling.screen import SettlingScreen
from coder.tui.team.rows import agreement_rows, with_figures
from coder.tui.team.screen import TeamScreen
from coder.workflows.team.agreement_reading import AgreementTable
from coder.workflows.team.rounds.leading import finish
from coder.workflows.team.rounds.training import TrainingTest, begin_training

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from coder.workflows.study.study import Study

TABLES = [
    AgreementTable("", "Agreement of jo and sam", ["Alpha"], [("Q1", "Q1. What is hardest?", ["0.40"])], ()),
    AgreementTable(
        "Q1", "Agreement by theme: Q1", ["Both", "Alpha"], [("pay", "Pay", ["1", "0.20 [u]"])], ()
    ),
]


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Give a small study with three people."""
    study = study_with_people(tmp_path / "study")
    yield study
    study.close()


async def team_screen(pilot: Pilot[None]) -> TeamScreen:
    """Open the team screen."""
    await settle(pilot)
    await press(pilot, "T")
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, TeamScreen)
    return screen


def labels(screen: TeamScreen) -> list[str]:
    """Return what the rows are called."""
    return [row.label for row in screen.rows.rows]


def said(screen: TeamScreen) -> str:
    """Return what stands on the line above the keys."""
    line = screen.message_line
    assert line is not None
    return line.text


async def test_without_rounds_it_says_how_one_begins(study: Study) -> None:
    """And that nobody else has worked on it: no process is started for nothing."""
    async with app_of(study).run_test(size=SMALL) as pilot:
        screen = await team_screen(pilot)
        text = "\n".join(labels(screen))
        assert "b begins one" in text
        assert "nobody else has worked on this study yet" in text
        await press(pilot, "f")
        assert "The cursor is on no round of yours." in said(screen)
        await press(pilot, "i", "escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, CodingScreen)


async def test_agreement_of_a_round_that_all_have_finished(study: Study) -> None:
    """It is worked out as the screen opens; Enter on its worst theme opens what differs about it."""
    begin(study)
    for coder_id in (JO, SAM):
        for number in (LOST, PAY, BEDS, BUDGETS, STAYS):
            code(study, coder_id, number, "pay" if coder_id == JO or number != PAY else "staff")
        finish(study, "Pilot", coder_id, coder_id)
    async with app_of(study).run_test(size=LARGE) as pilot:
        screen = await team_screen(pilot)
        assert labels(screen)[:2] == ["All answers", "Pilot"]
        assert screen.rows.rows[1].facts == "finished  jo 5/5 finished · sam 5/5 finished"
        assert "Agreement in Pilot" in labels(screen)
        place = labels(screen).index("Staff")
        await press(pilot, *["down"] * place)
        row = screen.rows.current()
        assert row is not None
        assert (row.question_id, row.theme_id, row.cells[:3]) == ("Q1", "staff", ["0", "0", "1"])
        await press(pilot, "enter")
        await settle(pilot)
        settling = pilot.app.screen
        assert isinstance(settling, SettlingScreen)
        assert settling.desk.theme_id == "staff"
        await press(pilot, "escape")
        await settle(pilot)
        assert pilot.app.screen is screen
        assert screen.rows.current() == row


async def test_what_came_of_a_training_and_the_answers_to_learn_from(study: Study) -> None:
    """Shown as the screen opens; Enter on an answer that the gold has otherwise goes to it, among all."""
    for number in (LOST, PAY, BEDS):
        code(study, JO, number, "pay")
    begun = begin_training(study, TrainingTest(SAM, JO, 0.8), ANNA)
    for number in (LOST, PAY, BEDS):
        code(study, begun.layer, number, "pay" if number != BEDS else "beds")
    finish(study, begun.name, SAM, SAM)
    async with app_of(study).run_test(size=SMALL) as pilot:
        screen = await team_screen(pilot)
        shown = labels(screen)
        assert "Not passed: 2 of 2 themes stay below a kappa of 0.80, on 3 answers." in shown
        assert "Beds: below 0.80" in shown
        place = shown.index("R2.Q1.1  Pay → Beds")
        await press(pilot, *["down"] * (place - screen.rows.cursor))
        assert "jo: Pay · sam: Beds" in str(screen.query_one("#detail", Static).content)
        await press(pilot, "enter")
        await settle(pilot)
        coding_screen = pilot.app.screen
        assert isinstance(coding_screen, CodingScreen)
        assert coding_screen.desk.here.response is not None
        assert coding_screen.desk.here.response.number == BEDS


async def test_a_round_that_is_not_finished_has_no_agreement(study: Study) -> None:
    """G on it says who has yet to finish; f does too where answers are open; i tells all of it."""
    begin(study)
    code(study, JO, LOST, "pay")
    async with app_of(study).run_test(size=SMALL) as pilot:
        screen = await team_screen(pilot)
        assert screen.rows.rows[screen.rows.cursor].label == "Pilot"
        await press(pilot, "g")
        await settle(pilot)
        assert any("Pilot has no agreement yet" in label for label in labels(screen))
        await press(pilot, "f", "enter")
        await settle(pilot)
        assert "4 answers of Pilot are not done yet" in said(screen)
        await press(pilot, "i")
        await settle(pilot)
        assert pilot.app.screen is not screen


async def test_agreement_that_comes_late_is_dropped(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two that were asked for, the later one stays; a closed screen takes none; a failure is said."""
    begin(study, blind=False)
    code(study, JO, LOST, "pay")
    code(study, SAM, LOST, "pay")
    monkeypatch.setattr("coder.tui.team.screen.read_agreement", lambda *_: TABLES)
    async with app_of(study).run_test(size=SMALL) as pilot:
        screen = await team_screen(pilot)
        before = labels(screen)
        screen._take([], "an older one", "on all answers", asked=0)
        assert labels(screen) == before

        def fail(*_: object) -> None:
            msg = "It went wrong."
            raise CoderError(msg, "Try again.")

        monkeypatch.setattr("coder.tui.team.screen.read_agreement", fail)
        await press(pilot, "home", "g")
        await settle(pilot)
        assert any("It went wrong." in label for label in labels(screen))
        await press(pilot, "escape")
        await settle(pilot)
        screen._take(TABLES, "", "on all answers", asked=2)


async def test_somebody_without_answers_in_a_round_is_told(study: Study) -> None:
    """Enter on it leads nowhere."""
    begin(study, members=(SAM, ANNA))
    async with app_of(study).run_test(size=SMALL) as pilot:
        screen = await team_screen(pilot)
        await press(pilot, "down", "enter")
        assert "You have no answers in Pilot." in said(screen)


def test_figures_that_have_no_room_are_left_out_from_the_right() -> None:
    """A label keeps its columns; figures stand under their names."""
    rows = agreement_rows(TABLES)
    assert [row.kind for row in rows] == ["text", "overall", "text", "theme"]
    theme = rows[-1]
    assert theme.widths == [4, 8]
    assert with_figures(theme.label, theme.cells, theme.widths, 40) == f"Pay{' ' * 26}1  0.20 [u]"
    assert with_figures(theme.label, theme.headings, theme.widths, 40) == f"Pay{' ' * 23}Both     Alpha"
    assert with_figures(theme.label, theme.cells, theme.widths, 22) == f"Pay{' ' * 18}1"
    assert with_figures("Pay and conditions of all", theme.cells, theme.widths, 16) == "Pay and conditi…"


async def test_help_does_not_stand_alone_on_a_line(tmp_path: Path) -> None:
    """Where the keys just fill a line, the last of them goes on to the next with help; no text is cut."""
    study = small_study(tmp_path / "study")
    async with app_of(study).run_test(size=LARGE) as pilot:
        await settle(pilot)
        await pilot.press("T")
        await settle(pilot)
        lines = str(pilot.app.screen.query_one(KeyBar).render()).splitlines()
        assert lines[-1].endswith("? help")
        assert len(lines[-1].split(" · ")) > 1
    study.close()
