"""The second look on the coding screen: doubts one after the other, each kept or changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import burst, coding, engine_of, press, send, themes_on
from making import small_study
from piloting import notices

from coder.domain.engine_messages import SecondLookReady
from coder.domain.second_look import Doubted
from coder.domain.study_settings import Settings
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coding_study import QuietEngine
    from textual.pilot import Pilot

    from coder.tui.coding.screen import CodingScreen
    from coder.workflows.study.study import Study

LOST, PAY, BEDS, BUDGETS, NOBODY = 1, 2, 3, 5, 8
"""The numbers of the small study's answers."""
DOUBTED = (
    Doubted(BUDGETS, "beds", "missing", 0.97, 0.97),
    Doubted(LOST, "money", "wrong", 0.95, 0.002),
    Doubted(LOST, "staff", "missing", 0.9, 0.9),
    Doubted(PAY, "pay", "wrong", 0.6, 0.1),
)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Open a small study in which three answers are coded and confirmed."""
    study = small_study(tmp_path / "study")
    session = CodingSession(study, "jo")
    for number, theme_id in ((LOST, "money"), (PAY, "pay"), (BUDGETS, "money")):
        session.toggle(number, theme_id)
        session.confirm(number)
    yield study
    study.close()


async def look(pilot: Pilot[None], *doubted: Doubted) -> QuietEngine:
    """Ask for a second look, and let the engine answer."""
    engine = engine_of(pilot)
    await press(pilot, "c")
    assert engine.second_looks == ["Q1"]
    await send(pilot, engine, SecondLookReady("Q1", doubted or DOUBTED))
    return engine


def title(screen: CodingScreen) -> str:
    """Return the list's title."""
    return str(screen.panes.list.border_title)


def here(screen: CodingScreen) -> int | None:
    """Return the answer on screen."""
    return screen.desk.here.response.number if screen.desk.here.response else None


def chosen(screen: CodingScreen) -> list[str]:
    """Return the lines under the answer."""
    return list(screen.panes.answer._content.chosen)


def kept(study: Study, number: int) -> dict[str, str]:
    """Return what was kept of an answer."""
    return dict(CodingSession(study, "jo").standing(number).settled_doubts)


async def test_doubts_are_listed_alone_with_the_question(study: Study) -> None:
    """The most doubtful answer comes first; what is asked stands under it, its theme on the first key."""
    async with coding(study) as (pilot, screen):
        await look(pilot)
        assert list(screen.desk.listing.numbers) == [BUDGETS, LOST, PAY]
        assert title(screen) == "Second look: 3 of 3 left"
        assert here(screen) == BUDGETS
        assert chosen(screen)[:2] == [
            "? Beds: is it missing? (97% likely by the other answers)",
            "    ⏎ leave it out · 1 choose it",
        ]


async def test_keep_is_one_key_and_one_step(study: Study) -> None:
    """Enter keeps all that is doubted of an answer and goes on; one u takes it back, on that answer."""
    async with coding(study) as (pilot, screen):
        await look(pilot)
        await press(pilot, "enter")
        assert (here(screen), title(screen)) == (LOST, "Second look: 2 of 3 left")
        assert "under 1% likely" in chosen(screen)[0]
        await press(pilot, "enter")
        assert here(screen) == PAY
        assert kept(study, LOST) == {"money": "wrong", "staff": "missing"}
        await press(pilot, "u")
        assert (here(screen), title(screen)) == (LOST, "Second look: 2 of 3 left")
        assert kept(study, LOST) == {}
    rows = study.database.rows("SELECT came_by FROM step WHERE kind = 'do' ORDER BY number DESC LIMIT 2")
    assert rows == [("check",), ("check",)]


async def test_a_change_answers_too(study: Study) -> None:
    """The usual keys change the coding; Enter confirms, keeps what is left of the doubts, and goes on."""
    async with coding(study) as (pilot, screen):
        await look(pilot)
        await press(pilot, "1")
        assert set(themes_on(study, BUDGETS)) == {"money", "beds"}
        assert title(screen) == "Second look: 2 of 3 left"
        await press(pilot, "enter")
        assert (here(screen), kept(study, BUDGETS)) == (LOST, {})
        await press(pilot, "1", "2", "enter")
        assert set(themes_on(study, LOST)) == {"staff"}
        assert (here(screen), kept(study, LOST)) == (PAY, {})
        assert CodingSession(study, "jo").standing(LOST).done


async def test_an_answer_left_without_a_theme_stays_open(study: Study) -> None:
    """Taking the only theme off opens the answer; Enter leaves it so and says it, n says nothing is there."""
    async with coding(study) as (pilot, screen):
        await look(pilot, *DOUBTED[1:])
        await press(pilot, "1", "enter")
        assert "left open" in notices(pilot)
        assert not CodingSession(study, "jo").standing(LOST).done
        assert here(screen) == PAY
        await press(pilot, "n")
        assert CodingSession(study, "jo").standing(PAY).done


async def test_after_the_last_one_is_back_where_one_was(study: Study) -> None:
    """The list is as before, with the answer that was on screen."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "end")
        await look(pilot, DOUBTED[3])
        await press(pilot, "enter")
        assert "That was all" in notices(pilot)
        assert here(screen) == NOBODY
        assert list(screen.desk.listing.numbers) == [LOST, PAY, BEDS, BUDGETS, NOBODY]
        await press(pilot, "c")
        assert here(screen) == NOBODY


@pytest.mark.parametrize("key", ["c", "escape"])
async def test_a_second_look_can_be_left(study: Study, key: str) -> None:
    """Both c and Esc go back; another question or filter leaves it as well."""
    async with coding(study) as (pilot, screen):
        await look(pilot)
        await press(pilot, key)
        assert screen.desk.mode.way_out_by("c") is None
        assert len(screen.desk.listing.numbers) == 5
        await look(pilot)
        await burst(pilot, "vdone\n")
        assert screen.desk.mode.way_out_by("c") is None


@pytest.mark.parametrize("key", ["equals_sign", "escape"])
async def test_equal_answers_are_opened_within_it(tmp_path: Path, key: str) -> None:
    """Back from there one is in the second look again, which knows what was answered meanwhile."""
    texts = [("too few beds", "low pay"), ("Too few beds.", "no staff"), ("no money", "")]
    study = small_study(tmp_path / "equal", texts=texts)
    session = CodingSession(study, "jo")
    for number in (1, 3, 4):
        session.toggle(number, "money")
        session.confirm(number)
    doubted = (Doubted(1, "money", "wrong", 0.9, 0.1), Doubted(4, "staff", "missing", 0.8, 0.8))
    async with coding(study) as (pilot, screen):
        await look(pilot, *doubted)
        await press(pilot, "equals_sign")
        assert list(screen.desk.listing.numbers) == [1, 3]
        await press(pilot, "0", key)
        assert themes_on(study, 1) == {}
        assert list(themes_on(study, 3)) == ["money"]
        assert list(screen.desk.listing.numbers) == [1, 4]
        assert title(screen) == "Second look: 1 of 2 left"
        assert here(screen) == 1
        await press(pilot, "equals_sign", "c")
        assert screen.desk.mode.way_out_by("c") is None
        assert len(screen.desk.listing.numbers) == 5
    study.close()


async def test_what_was_answered_does_not_come_again(study: Study) -> None:
    """Doubts kept before, and those of another question, are not listed."""
    async with coding(study) as (pilot, screen):
        engine = await look(pilot, DOUBTED[3])
        await press(pilot, "enter", "c")
        await send(pilot, engine, SecondLookReady("Q9", DOUBTED))
        assert screen.desk.mode.way_out_by("c") is None
        await send(pilot, engine, SecondLookReady("Q1", (DOUBTED[3],)))
        assert "have been looked at" in notices(pilot)
        await press(pilot, "up")
        await send(pilot, engine, SecondLookReady("Q1", DOUBTED))
        assert list(screen.desk.listing.numbers) == [BUDGETS, LOST]


async def test_without_an_engine_there_is_no_second_look(study: Study) -> None:
    """A notice says why."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "c")
        assert "not running" in notices(pilot)
        assert screen.desk.mode.way_out_by("c") is None


async def test_nothing_is_hidden_in_a_second_look(study: Study) -> None:
    """Where suggestions wait for the first choice, taking the only theme off hides none: it is no first."""
    study.settings = Settings("Small", hide_until_first_choice=True)
    async with coding(study) as (pilot, screen):
        await look(pilot, *DOUBTED[1:3])
        await press(pilot, "1")
        assert themes_on(study, LOST) == {}
        assert [row.key for row in screen.panes.themes.rows if row and row.key]
