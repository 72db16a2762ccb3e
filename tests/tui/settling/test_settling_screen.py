"""Settling on the screen, key by key."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from coding_study import press
from piloting import LARGE, SMALL, notices, settle, shown, type_line
from report_study import ANN, BEDS, BOB, LOST, PAY, twice_coded
from textual.widgets import Static

from coder.domain.codings import Span
from coder.store import codings, surveys
from coder.store.team.settled_rows import settled_marks
from coder.tui.app import CoderApp
from coder.tui.codebook.theme_form import ThemeForm
from coder.tui.settling.desk import SettlingDesk
from coder.tui.settling.screen import SettlingScreen
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.questions import find_question
from coder.workflows.team.settling.disagreements import disagreements

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from coder.workflows.study.study import Study


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """On the first answer bob chose `pay` besides; on the third ann chose `beds` and bob nothing."""
    with closing(twice_coded(tmp_path / "study")) as opened:
        yield opened


def app(study: Study, theme_id: str | None = None) -> CoderApp:
    """Return the program as `coder settle` opens it, for cy."""
    question = find_question(study, "Q1")
    return CoderApp(
        study,
        "cy",
        suggestions=False,
        alone=lambda who: SettlingScreen(SettlingDesk(study, who, question, theme_id)),
    )


def part(pilot: Pilot[None], name: str) -> str:
    """Return the text within a scrolling part of the screen."""
    return str(pilot.app.screen.query_one(f"#{name} Static", Static).content)


def settled(study: Study) -> dict[int, tuple[str, ...]]:
    """Map the settled answers to their themes."""
    marks = settled_marks(study.database, range(1, 11))
    return {number: tuple(mark.spans) for number, mark in marks.items() if mark.done}


def columns(pilot: Pilot[None]) -> list[str]:
    """Return whose columns stand from left to right."""
    screen = pilot.app.screen
    assert isinstance(screen, SettlingScreen)
    return [column.coder_id for column in screen.desk.columns]


def side_of(pilot: Pilot[None], coder_id: str) -> str:
    """Return the key that takes what somebody chose."""
    return "less_than_sign" if columns(pilot)[0] == coder_id else "greater_than_sign"


async def test_one_side_is_taken_and_the_next_comes(study: Study) -> None:
    """Who chose what is not said; a key takes a side, Enter settles, the next answer comes, u goes back."""
    people = list(codings.all_codings(study.database))
    async with app(study).run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "2 to settle" in shown(pilot, "status")
        assert "one" in part(pilot, "body")
        assert not any(name in part(pilot, "body") for name in (ANN, BOB))
        assert "✓ Staff (agreed)" in part(pilot, "body")
        await press(pilot, side_of(pilot, BOB))
        assert "1 ✓ Pay" in part(pilot, "body")
        await press(pilot, "enter")
        assert settled(study) == {LOST: ("pay", "staff")}
        assert "Settled" in notices(pilot)
        assert "1 to settle · 1 settled" in shown(pilot, "status")
        assert str(pilot.app.screen.query_one("#answer").border_title).startswith("R2")
        await press(pilot, "u")
        assert settled(study) == {}
        assert "2 to settle" in shown(pilot, "status")
        await press(pilot, "U")
        assert settled(study) == {LOST: ("pay", "staff")}
    assert list(codings.all_codings(study.database)) == people


async def test_nothing_here_and_all_of_them(study: Study) -> None:
    """`n` Enter says that nothing is here; `+` takes what any chose; Enter with nothing ticked asks."""
    async with app(study).run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "plus", "enter")
        await press(pilot, "enter")
        assert "Nothing is ticked" in notices(pilot)
        assert settled(study) == {LOST: ("pay", "staff")}
        await press(pilot, "n")
        assert "✓ nothing here" in part(pilot, "body")
        await press(pilot, "s", "enter")
        assert settled(study) == {LOST: ("pay", "staff"), BEDS: ()}
        assert settled_marks(study.database, [BEDS])[BEDS].done == "unsure"


async def test_themes_are_ticked_by_number_and_found_by_name(study: Study) -> None:
    """`1` ticks what is in dispute, again takes the tick away; `/` finds another theme."""
    async with app(study).run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "1", "1", "7")
        assert "No theme has the number 7" in notices(pilot)
        await press(pilot, "slash")
        await type_line(pilot, "money")
        assert "2 ✓ Money" in part(pilot, "body")
        await press(pilot, "enter")
        assert settled(study) == {LOST: ("money", "staff")}


async def test_an_answer_is_parked_with_a_reason(study: Study) -> None:
    """`m` says why and is saved at once; `p` parks and goes on; `f` lists what is parked."""
    async with app(study).run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "m")
        await press(pilot, *"ask", "ctrl+s")
        assert settled_marks(study.database, [LOST])[LOST].memo == "ask"
        await press(pilot, "p")
        assert "1 to settle · 1 parked" in shown(pilot, "status")
        await press(pilot, "f")
        assert "Why: ask" in shown(pilot, "definition")
        await press(pilot, "p", "u")
        assert settled_marks(study.database, [LOST])[LOST].parked


async def test_names_and_words_are_shown_when_asked_for(study: Study) -> None:
    """`i` says who chose what; everybody's words stand below their theme; `Tab` shows the next definition."""
    CodingSession(study, BOB).mark_spans(LOST, "pay", [Span(3, 7)])
    async with app(study).run_test(size=LARGE) as pilot:
        await settle(pilot)
        assert "“lost”" in part(pilot, "body")
        await press(pilot, "i")
        assert ANN in part(pilot, "body")
        assert BOB in part(pilot, "body")
        await press(pilot, "tab", "d")
        assert settled_marks(study.database, [LOST])[LOST].definitions == ("pay",)
        assert "definition to change" in part(pilot, "body")


async def test_a_definition_is_mended_on_the_spot(study: Study) -> None:
    """`e` opens the form with the answer as the last example; what is ticked stays."""
    async with app(study).run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "1", "e")
        assert isinstance(pilot.app.screen, ThemeForm)
        await press(pilot, "ctrl+s")
        await settle(pilot)
        answer = surveys.response(study.database, LOST)
        assert answer is not None
        assert study.codebook.by_id["pay"].examples == (answer.text,)
        assert "1 ✓ Pay" in part(pilot, "body")
        await press(pilot, "enter")
        assert settled(study) == {LOST: ("pay", "staff")}


async def test_more_than_two_who_differ(study: Study) -> None:
    """Three have a column each, or stand below each other; > goes from one to the next."""
    cy = CodingSession(study, "dee")
    cy.toggle(LOST, "money")
    cy.confirm(LOST)
    for size in (SMALL, LARGE):
        async with app(study).run_test(size=size) as pilot:
            await settle(pilot)
            assert all(name in part(pilot, "body") for name in ("one", "two", "three", "settle on"))
            order = columns(pilot)
            for place in (1, 2):
                await press(pilot, "greater_than_sign")
                screen = pilot.app.screen
                assert isinstance(screen, SettlingScreen)
                words = next(c.words for c in screen.desk.columns if c.coder_id == order[place])
                assert set(screen.desk.ticks.ticked) == set(words)
            await press(pilot, "less_than_sign", "less_than_sign", "less_than_sign")
            assert isinstance(screen, SettlingScreen)
            assert screen.desk.ticks.side == 0


async def test_one_theme_alone(study: Study) -> None:
    """Only where it is in dispute; once nothing is left, the screen says so, and keys do no harm."""
    async with app(study, "beds").run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "1 to settle" in shown(pilot, "status")
        await press(pilot, "n", "enter")
        await press(pilot, "f", "f", "f")
        assert settled(study) == {BEDS: ()}
        await press(pilot, "f")
        assert "No answer is parked" in part(pilot, "answer")
        before = settled(study)
        await press(
            pilot, "enter", "n", "1", "p", "m", "d", "o", "e", "i", "plus", "less_than_sign", "tab", "down"
        )
        assert settled(study) == before
        await press(pilot, "q")
    assert not pilot.app.is_running


async def test_a_study_that_can_only_be_read_is_looked_at(study: Study) -> None:
    """Ticks move; nothing is settled, and it says so."""
    study.database.execute("PRAGMA query_only = ON")
    async with app(study).run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "plus", "enter")
        assert settled(study) == {}
        assert notices(pilot)


async def test_columns_are_in_an_order_of_their_own_on_each_answer(study: Study) -> None:
    """It says nothing of who is who, and is the same whenever the answer comes back."""
    for number in range(1, 11):
        for coder_id in (ANN, BOB):
            session = CodingSession(study, coder_id)
            if number not in (LOST, PAY, BEDS):
                session.toggle(number, "pay" if coder_id == ANN else "staff")
                session.confirm(number)
    listed = disagreements(study, find_question(study, "Q1"))
    async with app(study).run_test(size=SMALL) as pilot:
        await settle(pilot)
        orders = []
        for _ in listed:
            orders.append(tuple(columns(pilot)))
            await press(pilot, "down")
        assert len(set(orders)) == 2
        await press(pilot, *["up"] * len(listed))
        assert tuple(columns(pilot)) == orders[0]
