"""Find, tick, code, done: several answers in one step, from any list and from those like one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import burst, changes_of, coding, engine_of, marks_on, press, send, themes_on
from making import small_study
from piloting import notices

from coder.domain.engine_messages import SimilarReady, SimilarResponse
from coder.tui.kit.key_bar import KeyBar
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from coder.workflows.study.study import Study

LOST, PAY, BEDS, BUDGETS, NOBODY = 1, 2, 3, 5, 8
"""The numbers of the answers, by what they begin with."""
ALL = (LOST, PAY, BEDS, BUDGETS, NOBODY)
ALIKE = SimilarReady(LOST, tuple(map(SimilarResponse, (PAY, NOBODY, BEDS), (0.9, 0.8, 0.1))))
STAFF, AND_DONE = "/staff\n", "\n"


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Give a small study."""
    opened = small_study(tmp_path / "study")
    yield opened
    opened.close()


def coded(study: Study, *numbers: int) -> list[list[str]]:
    """Return the themes of some answers."""
    return [list(themes_on(study, number)) for number in numbers]


def bar(pilot: Pilot[None]) -> str:
    """Return what the bar of keys says."""
    return str(pilot.app.screen.query_one(KeyBar).render())


async def test_the_ticked_are_coded_in_one_step(study: Study) -> None:
    """The bar says how many they are; the step says what it did; undo takes all of it back."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "x", "down", "x")
        assert bar(pilot).startswith("for 2 ticked: 1-9 choose · ")
        assert "done" not in bar(pilot)
        assert [screen.panes.list.draw_line(row)[0].text[1] for row in range(3)] == ["x", " ", "x"]
        await burst(pilot, STAFF, AND_DONE)
        assert "+ Staff on 2 answers" in notices(pilot)
        assert coded(study, *ALL) == [["staff"], [], ["staff"], [], []]
        assert marks_on(study, LOST) == {}
        assert changes_of(study, LOST)[0].origin == "similar"
        # They stay ticked for another theme.
        await burst(pilot, "/money\n", "\n")
        assert coded(study, LOST, BEDS) == [["money", "staff"]] * 2
        await press(pilot, "u", "u")
        assert coded(study, *ALL) == [[]] * 5


async def test_undo_returns_to_where_one_was(study: Study) -> None:
    """Not to the first of those that were coded; in a later sitting too, and so does redo."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "x", "x", "down")
        assert screen.desk.here.number == BUDGETS
        await burst(pilot, STAFF, AND_DONE)
        await press(pilot, "escape", "home", "u")
        assert (screen.desk.here.number, coded(study, LOST)) == (BUDGETS, [[]])
    async with coding(study) as (pilot, screen):
        screen.show(PAY)
        await press(pilot, "U")
        assert (screen.desk.here.number, coded(study, LOST)) == (BUDGETS, [["staff"]])


async def test_they_are_done_if_asked(study: Study) -> None:
    """Theme and done are one step; the ticks are gone, and the next open answer comes."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "X")
        assert bar(pilot).startswith("for 5 ticked: ")
        await press(pilot, "x")
        await burst(pilot, STAFF)
        await press(pilot, "down", "enter")
        assert coded(study, *ALL) == [[], *[["staff"]] * 4]
        assert [bool(marks_on(study, number)) for number in ALL] == [False, *[True] * 4]
        assert screen.desk.here.number == LOST
        assert not screen.desk.listing.ticks
        await press(pilot, "u")
        assert coded(study, *ALL) == [[]] * 5
        assert not any(marks_on(study, number) for number in ALL)


async def test_a_new_theme_is_made_for_the_ticked(study: Study) -> None:
    """The theme and what is coded with it are one step."""
    async with coding(study) as (pilot, _):
        await press(pilot, "x", "x")
        await burst(pilot, "/Agency\n")
        assert coded(study, LOST, PAY, BEDS) == [["q1-agency"], ["q1-agency"], []]
        await press(pilot, "u")
        assert coded(study, LOST, PAY) == [[], []]
        assert "q1-agency" not in study.codebook


async def test_a_theme_that_all_have_is_taken_off(study: Study) -> None:
    """Where some have it, the others get it, and nothing of theirs changes."""
    CodingSession(study, "jo").toggle(PAY, "staff")
    async with coding(study) as (pilot, _):
        await press(pilot, "home", "down", "down", "Y")
        await burst(pilot, STAFF, "\n")
        assert len(changes_of(study, PAY)) == 1
        assert coded(study, LOST, PAY, BEDS) == [["staff"]] * 3
        await burst(pilot, STAFF, "\n")
        assert "- Staff on 3 answers" in notices(pilot)
        assert coded(study, LOST, PAY, BEDS) == [[]] * 3


async def test_nothing_in_the_ticked(study: Study) -> None:
    """The key n says so of all of them: done, in one step."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "x", "x", "n")
        assert "nothing here on 2 answers" in notices(pilot)
        assert [marks_on(study, number) for number in (LOST, PAY, BEDS)] == [{"done": "1"}] * 2 + [{}]
        assert screen.desk.here.number == BEDS


async def test_space_and_enter_decide_nothing_while_something_is_ticked(study: Study) -> None:
    """Space ticks, Enter says what the keys do, Esc drops the ticks."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "x", "space", "enter")
        assert screen.desk.listing.ticks.numbers == [LOST, PAY]
        assert "2 ticked: 1-9, / and n are for them" in notices(pilot)
        await press(pilot, "escape")
        assert not screen.desk.listing.ticks
        assert not bar(pilot).startswith("for ")
        assert study.database.value("SELECT COUNT(*) FROM step") == 0


async def test_esc_leaves_all_as_it_is(study: Study) -> None:
    """In the window that asks whether they are done too."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "x")
        await burst(pilot, STAFF)
        await press(pilot, "escape")
        assert study.database.value("SELECT COUNT(*) FROM step") == 0
        assert screen.desk.listing.ticks.numbers == [LOST]


async def test_another_list_has_no_ticks(study: Study) -> None:
    """What was ticked in one list is not coded from another."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "X")
        await burst(pilot, "vbeds\n")
        assert not screen.desk.listing.ticks


async def test_equal_answers_are_ticked_as_their_row(tmp_path: Path) -> None:
    """A tick stands for all of the row, and the bar counts answers."""
    study = small_study(tmp_path / "equal", texts=[("Beds!",), ("Staff",), ("beds",)])
    async with coding(study) as (pilot, _):
        await press(pilot, "x")
        assert bar(pilot).startswith("for 2 ticked: ")
        await burst(pilot, STAFF, "\n")
        assert coded(study, 1, 2, 3) == [["staff"], [], ["staff"]]
    study.close()


async def test_similar_answers_are_a_list_to_tick_in(study: Study) -> None:
    """The answer itself is on top and ticked; any theme can be chosen, and done with it."""
    async with coding(study) as (pilot, screen):
        engine = engine_of(pilot)
        await press(pilot, "s")
        assert engine.looked == [(LOST, 40)]
        await send(pilot, engine, ALIKE)
        assert list(screen.desk.listing.numbers) == [LOST, PAY, NOBODY, BEDS]
        assert screen.desk.listing.ticks.numbers == [LOST]
        await press(pilot, "down", "down", "Y")
        await burst(pilot, "/money\n")
        await press(pilot, "down", "enter")
        assert coded(study, LOST, PAY, NOBODY, BEDS) == [["money"]] * 3 + [[]]
        assert [bool(marks_on(study, number)) for number in (LOST, PAY, NOBODY, BEDS)] == [True] * 3 + [False]
        await press(pilot, "s")
        assert list(screen.desk.listing.numbers) == list(ALL)


async def test_no_theme_is_taken_unasked_for_similar_answers(study: Study) -> None:
    """They are listed whatever stands on the answer; nothing is coded before a theme is chosen."""
    async with coding(study) as (pilot, screen):
        engine = engine_of(pilot)
        await press(pilot, "s")
        await send(pilot, engine, ALIKE)
        await press(pilot, "X", "enter", "space", "escape", "enter", "space")
        assert study.database.value("SELECT COUNT(*) FROM step") == 0
        await press(pilot, "escape", "escape")
        assert list(screen.desk.listing.numbers) == list(ALL)
        assert screen.desk.here.number == LOST


async def test_keys_before_similar_answers_are_there_change_nothing(study: Study) -> None:
    """What is typed while the engine still looks codes nothing alone."""
    async with coding(study) as (pilot, screen):
        engine = engine_of(pilot)
        await burst(pilot, "1s  \n")
        await send(pilot, engine, ALIKE)
        assert len(screen.desk.listing.numbers) == 4
        assert marks_on(study, LOST) == {}
        # Those found for an answer that one has left do not come up again.
        await press(pilot, "s")
        await send(pilot, engine, ALIKE)
        assert list(screen.desk.listing.numbers) == list(ALL)


async def test_where_none_are_like_it(study: Study) -> None:
    """That is said, and where no engine runs as well."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "s")
        assert "need the suggestion engine" in notices(pilot)
        engine = engine_of(pilot)
        await press(pilot, "s")
        await send(pilot, engine, SimilarReady(LOST, ()))
        assert "None found yet" in notices(pilot)
        assert list(screen.desk.listing.numbers) == [LOST]


async def test_a_pattern_makes_a_list_to_tick_in(study: Study) -> None:
    """A regular expression is searched for where a filter is chosen."""
    async with coding(study) as (pilot, screen):
        await burst(pilot, r"v\bbeds\b|^we", "down", "\n")
        assert list(screen.desk.listing.numbers) == [LOST, BEDS, BUDGETS]
        assert r"/\bbeds\b|^we/" in str(screen.panes.list.border_title)
        await press(pilot, "X")
        await burst(pilot, "/money\n", "\n")
        assert coded(study, *ALL) == [["money"], [], ["money"], ["money"], []]
