"""Coding answers of the same words on the screen: one row, one key, and one by one where wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import coding, press
from making import small_study
from piloting import notices

from coder.domain.study_settings import Settings
from coder.tui.coding import many_answers
from coder.tui.kit import action_screen
from coder.tui.kit.working import Working
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

TEXTS = (("Beds!",), ("We lost staff",), ("beds",), ("BEDS",), ("Money",))


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Give a study in which the answers 1, 3 and 4 say the same."""
    opened = small_study(tmp_path / "study", texts=TEXTS)
    yield opened
    opened.close()


def done(study: Study) -> list[int]:
    """Return the answers that are done."""
    session = CodingSession(study, "jo")
    return [number for number in range(1, len(TEXTS) + 1) if session.standing(number).done]


async def test_one_row_stands_for_all(study: Study) -> None:
    """It says how many; the keys decide about all of them, and go on to what says something else."""
    async with coding(study) as (pilot, screen):
        assert list(screen.desk.listing.numbers) == [1, 2, 5]
        assert "×3" in screen.panes.list.draw_line(0)[-1].text
        who = "×3 say the same · = one by one · region: North 2, South 1"
        assert who in str(screen.panes.answer.border_subtitle)
        await press(pilot, "1", "enter")
        assert done(study) == [1, 3, 4]
        assert screen.desk.here.number == 2
        assert screen.desk.progress.done == 3
        await press(pilot, "u", "u")
        assert (done(study), screen.desk.progress.done) == ([], 0)
        assert not CodingSession(study, "jo").standing(3).spans


async def test_words_of_one_are_found_in_all(study: Study) -> None:
    """Words selected in the answer carry its theme in the others too, where they have them."""
    async with coding(study) as (pilot, _):
        await press(pilot, "right", "1")
        spans = [next(iter(CodingSession(study, "jo").standing(number).spans.values())) for number in (1, 3)]
        assert spans == [((0, 5),), ((0, 4),)]


async def test_the_step_says_how_many(study: Study) -> None:
    """And which were left as they are."""
    CodingSession(study, "jo").toggle(4, "money")
    async with coding(study) as (pilot, screen):
        await press(pilot, "home", "n")
        assert "nothing in R1.Q1.1 ×2 · left, coded otherwise: 1 (=)" in notices(pilot)
        assert done(study) == [1, 3]
        # It has a row of its own now, and waits.
        assert list(screen.desk.listing.numbers) == [1, 2, 4, 5]


async def test_what_is_left_is_said_before_anything_else(study: Study) -> None:
    """Also where themes are taken away, which is said otherwise."""
    session = CodingSession(study, "jo")
    session.toggle(4, "money")
    session.code_many([1, 3], "beds")
    async with coding(study) as (pilot, _):
        await press(pilot, "home", "n")
        assert "nothing in R1.Q1.1 ×2 · left, coded otherwise: 1 (=)" in notices(pilot)


async def test_one_is_coded_apart(study: Study) -> None:
    """= lists them with whose they are; what is decided is about one of them; = goes back."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "=")
        assert list(screen.desk.listing.numbers) == [1, 3, 4]
        assert "region: South" in screen.panes.list.draw_line(2)[2].text
        await press(pilot, "down", "n")
        assert done(study) == [3]
        await press(pilot, "=")
        assert list(screen.desk.listing.numbers) == [1, 2, 3, 5]
        assert [screen.desk.listing.equal.count(number) for number in (1, 3)] == [2, 1]


async def test_nothing_to_open(study: Study) -> None:
    """An answer that no other repeats is alone."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "down", "=")
        assert "No other answer says the same" in notices(pilot)
        assert list(screen.desk.listing.numbers) == [1, 2, 5]


async def test_what_a_filter_leaves_out_is_named(study: Study) -> None:
    """It is not coded: the list says what one has before one."""
    async with coding(study) as (pilot, screen):
        answers = screen.desk.listing.filter.having("region", "North")
        screen.desk.list_answers(answers)
        screen.list_anew(1)
        screen.show(1)
        await press(pilot, "n")
        assert done(study) == [1, 3]
        assert "nothing in R1.Q1.1 ×2 · left, not listed: R4.Q1.1" in notices(pilot)


async def test_a_jump_to_one_of_them_is_a_jump_to_their_row(study: Study) -> None:
    """The list's cursor is on the row that shows another, and the next answer is that of the next row."""
    async with coding(study) as (pilot, screen):
        screen.show(4, jumped=True)
        assert screen.desk.listing.cursor == 0
        await press(pilot, "1", "enter")
        assert done(study) == [1, 3, 4]
        assert screen.desk.here.number == 2


async def test_a_study_may_want_each_read_by_itself(tmp_path: Path) -> None:
    """`same_words = false` in study.toml."""
    study = small_study(tmp_path / "apart", texts=TEXTS, settings=Settings("Apart", same_words=False))
    async with coding(study) as (pilot, screen):
        assert list(screen.desk.listing.numbers) == [1, 2, 3, 4, 5]
        await press(pilot, "n")
        assert done(study) == [1]
    study.close()


async def test_many_answers_are_said_before_they_are_written(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The screen says what it is at, keys pressed meanwhile wait, and undo says so too; few are not said."""
    monkeypatch.setattr(many_answers, "MANY_ANSWERS", 2)
    said: list[str] = []

    class NotedWorking(Working):
        def __init__(self, says: str, begin: Callable[[], object]) -> None:
            super().__init__(says, begin)
            said.append(says)

    monkeypatch.setattr(action_screen, "Working", NotedWorking)
    async with coding(study) as (pilot, screen):
        await press(pilot, "1", "enter")
        assert said == ["For 3 answers …"] * 2
        assert (done(study), screen.desk.here.number) == ([1, 3, 4], 2)
        await press(pilot, "1", "enter")
        assert len(said) == 2
        assert done(study) == [1, 2, 3, 4]
        await press(pilot, "u", "u", "u", "u")
        assert said[2:] == ["For 3 answers …"] * 2
        assert (done(study), screen.desk.here.number) == ([], 1)
        assert "undone" in notices(pilot)
        await press(pilot, "X", "1", "down", "enter")
        assert said[4:] == ["For 5 answers …"] * 2
        assert done(study) == [1, 2, 3, 4, 5]
