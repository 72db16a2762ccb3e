"""Pictures of the team screen and the windows of beginning a round."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import burst, press
from piloting import LARGE, SMALL, settle, unsay
from rounds_at_work import ANNA, BEDS, BUDGETS, JO, LOST, PAY, SAM, STAYS, begin, code, study_with_people
from textual.widgets import Input

from coder.store.team.round_rows import answers_in
from coder.tui.app import CoderApp
from coder.workflows.team.agreement_reading import AgreementTable
from coder.workflows.team.rounds.coding_again import RepeatDraw, begin_repeat
from coder.workflows.team.rounds.leading import finish

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from coder.workflows.study.study import Study

    Before = Callable[[Pilot[None]], Awaitable[None]]
    Compare = Callable[..., bool]

FIGURES = ["Both", "only jo", "only sam", "Alike %", "Alpha", "from", "to"]
TABLES = [
    AgreementTable(
        "", "Agreement of jo and sam (Pilot)", ["Answers", "Councils", "Alpha", "from", "to", "Kappa"],
        [("Q1", "Q1. What is hardest?", ["5", "4", "0.71 [u]", "0.42", "0.93", "0.68"])], (),
    ),
    AgreementTable(
        "Q1", "Agreement by theme: Q1. What is hardest?", FIGURES,
        [
            ("pay", "Pay", ["1", "2", "1", "40", "0.21 [u]", "-0.15", "0.58"]),
            ("staff", "Staff", ["3", "0", "1", "86", "0.81 [u]", "0.44", "1.00"]),
            ("beds", "Beds", ["2", "0", "0", "100", "1.00 [u]", "", ""]),
        ], (),
    ),
]  # fmt: skip


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Study]:
    """Give a study with a round that is finished, one that goes on, and one of coding again."""
    monkeypatch.setattr("coder.tui.team.screen.read_agreement", lambda *_: TABLES)
    study = study_with_people(tmp_path / "study")
    begin(study)
    for coder_id in (JO, SAM):
        for number in (LOST, PAY, BEDS, BUDGETS, STAYS):
            code(study, coder_id, number, "pay")
        finish(study, "Pilot", coder_id, coder_id)
    begin(study, "Second round", (SAM, ANNA))
    again = begin_repeat(study, RepeatDraw(JO, "Pilot", most=3, seed=1), ANNA)
    code(study, again.layer, answers_in(study.database, again.id, JO)[0], "pay")
    yield study
    study.close()


def doing(*keys: str, typed: str = "") -> Before:
    """Return what is done on the team screen before a picture; what moves by itself is stilled."""

    async def before(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await press(pilot, "T")
        await settle(pilot)
        await press(pilot, *keys)
        for line in pilot.app.screen.query(Input):
            line.cursor_blink = False
        await burst(pilot, typed)
        unsay(pilot)
        await settle(pilot)

    return before


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
def test_rounds_and_agreement(study: Study, snap_compare: Compare, size: tuple[int, int]) -> None:
    """Rounds with how far each has come, agreement by theme, the least first, and the keys."""
    app = CoderApp(study, JO, suggestions=False)
    assert snap_compare(app, run_before=doing(), terminal_size=size)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
def test_what_a_new_round_is_to_be(study: Study, snap_compare: Compare, size: tuple[int, int]) -> None:
    """The kinds of rounds, with what each is for."""
    app = CoderApp(study, ANNA, suggestions=False)
    assert snap_compare(app, run_before=doing("b", "down", "down", "down"), terminal_size=size)


def test_the_last_question_before_a_round_begins(study: Study, snap_compare: Compare) -> None:
    """What it is of is above; the ways to begin it, with what they mean, below."""
    app = CoderApp(study, ANNA, suggestions=False)
    keys = doing("b", "enter", "enter", "enter", "enter", "enter")
    assert snap_compare(app, run_before=keys, terminal_size=SMALL)


def test_handing_over_asks(study: Study, snap_compare: Compare) -> None:
    """From whom and to whom is in the title; what goes over, and what does not, is said."""
    app = CoderApp(study, ANNA, suggestions=False)
    assert snap_compare(app, run_before=doing("down", "down", "h", "enter", "enter"), terminal_size=SMALL)


def test_help_names_all_keys(study: Study, snap_compare: Compare) -> None:
    """Rounds, leading them, agreement: a sentence each."""
    app = CoderApp(study, ANNA, suggestions=False)
    assert snap_compare(app, run_before=doing("question_mark"), terminal_size=LARGE)
