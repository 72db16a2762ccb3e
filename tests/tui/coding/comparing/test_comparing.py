"""How the theme at the cursor was coded before: below the answer, and a key away."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, closing
from typing import TYPE_CHECKING

import pytest
from coding_study import coding, engine_of, press, send
from making import small_study
from piloting import LARGE, SMALL, app_of, notices, settle

from coder.domain.codings import Span
from coder.domain.engine_messages import EvidenceReady, NearestResponse
from coder.domain.exposures import Exposure
from coder.store import surveys
from coder.tui.coding.comparing import side_reading
from coder.workflows.coding.precedents import precedents
from coder.workflows.coding.same_words import ALL
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from coder.tui.coding.screen import CodingScreen
    from coder.workflows.study.study import Study

TEXTS = [
    ("Nobody applies for the posts", "Pay is too low"),
    ("Four staff left for agency work", "Posts stay empty: nobody applies"),
    ("Adverts bring nobody", "Beds"),
    ("Nobody applies for our posts", "The budget"),
]
AT_ONCE = 0.001
WIDE = (200, 50)
POSTS, EMPTY, ADVERTS, AGAIN = 1, 4, 5, 7


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Return a study with some answers coded "staff", and one where that was passed over."""
    made = small_study(tmp_path / "study", texts=TEXTS)
    session = CodingSession(made, "jo")
    session.mark_spans(EMPTY, "staff", [Span(0, 5)])
    session.toggle(ADVERTS, "staff")
    passed = Exposure(2, "file", (("money", None), ("staff", None)))
    session.toggle(2, "pay", exposure=passed)
    for number in (EMPTY, ADVERTS, 2):
        session.confirm(number)
    yield made
    made.close()


@asynccontextmanager
async def at_rest(
    study: Study, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int] = LARGE
) -> AsyncIterator[tuple[Pilot[None], CodingScreen]]:
    """Run the program on a study; what is read beside the screen is read at once."""
    monkeypatch.setattr(side_reading, "RESTS_AFTER", AT_ONCE)
    async with coding(study, size) as (pilot, screen):
        screen.show(POSTS)
        await rest(pilot)
        yield pilot, screen


async def rest(pilot: Pilot[None]) -> None:
    """Wait until what is to be read beside the screen has begun to be read, and then until it is."""
    await asyncio.sleep(0.05)
    await settle(pilot)


def middle(screen: CodingScreen) -> str:
    """Return what the answer pane shows, without empty lines."""
    view = screen.panes.answer
    lines = [view.render_line(y).text.strip() for y in range(view.size.height)]
    return "\n".join(filter(None, lines))


async def point_at(pilot: Pilot[None], screen: CodingScreen, theme_id: str) -> None:
    """Put the cursor of the themes on one."""
    screen.panes.point_at(theme_id)
    await rest(pilot)


async def test_earlier_answers_stand_below_the_one_in_hand(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The most alike by words first, then the latest, then those where the theme was passed over."""
    async with at_rest(study, monkeypatch) as (pilot, screen):
        await point_at(pilot, screen, "staff")
        assert middle(screen).splitlines()[-4:] == [
            f"── before: Staff (2) · l looks {'─' * (min(76, screen.panes.answer.text_width) - 31)}",
            "like R2.2  Posts stay empty: nobody applies",
            "like R3.1  Adverts bring nobody",
            "passed over R1.2  Pay is too low",
        ]
        await point_at(pilot, screen, "beds")
        assert "before:" not in middle(screen)


async def test_their_words_are_marked(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words kept with a coding are marked in the earlier answer."""
    async with at_rest(study, monkeypatch) as (pilot, screen):
        await point_at(pilot, screen, "staff")
        view = screen.panes.answer
        line = next(y for y in range(view.size.height) if "Posts stay" in view.render_line(y).text)
        marked = [part.text for part in view.render_line(line) if part.style and part.style.bold]
        assert marked == ["Posts"]


@pytest.mark.parametrize("back", ["l", "escape", "enter", "apostrophe"])
async def test_a_key_goes_there_and_back(study: Study, monkeypatch: pytest.MonkeyPatch, back: str) -> None:
    """L shows the next one; the list stays as it was, and so does the theme at the cursor."""
    async with at_rest(study, monkeypatch) as (pilot, screen):
        await point_at(pilot, screen, "staff")
        numbers = list(screen.desk.listing.numbers)
        await press(pilot, "l")
        assert (screen.desk.here.number, screen.desk.here.cursor_theme) == (EMPTY, "staff")
        assert "l or Esc goes back" in notices(pilot)
        await press(pilot, "L")
        assert screen.desk.here.number == ADVERTS
        await press(pilot, back)
        assert screen.desk.here.number == POSTS
        assert list(screen.desk.listing.numbers) == numbers
        if back != "apostrophe":
            assert screen.desk.here.cursor_theme == "staff"


async def test_nothing_to_look_at_is_said(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a theme has not come up, the key says so and stays."""
    async with at_rest(study, monkeypatch) as (pilot, screen):
        await point_at(pilot, screen, "beds")
        await press(pilot, "l")
        assert "has not come up before" in notices(pilot)
        assert screen.desk.here.number == POSTS


async def test_the_engine_says_which_are_most_alike(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the engine has named them, these are the most alike, not those that share words."""
    async with at_rest(study, monkeypatch) as (pilot, screen):
        engine = engine_of(pilot)
        await point_at(pilot, screen, "staff")
        near = NearestResponse("R3.Q1.1", "Adverts bring nobody")
        await send(pilot, engine, EvidenceReady(POSTS, "staff", (), (), (), (near,)))
        await rest(pilot)
        assert "like R3.1  Adverts bring nobody\nlatest R2.2  Posts" in middle(screen)


async def test_a_click_goes_there(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mouse looks at any of them."""
    async with at_rest(study, monkeypatch) as (pilot, screen):
        await point_at(pilot, screen, "staff")
        view = screen.panes.answer
        line = next(y for y in range(view.size.height) if "Adverts" in view.render_line(y).text)
        await pilot.click(view, offset=(5, line + 1))
        await settle(pilot)
        assert screen.desk.here.number == ADVERTS


async def test_small_terminals_leave_it_out(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the answer needs the room, it has it; the key works all the same."""
    async with at_rest(study, monkeypatch, SMALL) as (pilot, screen):
        await press(pilot, "1", "2", "3")
        await point_at(pilot, screen, "staff")
        assert screen.panes.answer.line_count <= screen.panes.answer.size.height
        await press(pilot, "l")
        assert screen.desk.here.number == EMPTY


def test_an_answer_that_says_the_same_stands_once(tmp_path: Path) -> None:
    """Answers in the same words are shown and counted as one; a theme that was taken back stands no more."""
    study = small_study(tmp_path / "same", texts=[("No staff!", "no staff"), ("Staff left", "Too few staff")])
    session = CodingSession(study, "jo")
    for number in (1, 2, 3):
        session.toggle(number, "staff")
    response = surveys.response(study.database, 4)
    assert response is not None
    before = precedents(study.database, "jo", response, "staff")
    shown = {(earlier.number, earlier.times) for earlier in (*before.alike, *before.latest)}
    assert (shown, before.others.times) == ({(2, 2), (3, 1)}, 2)
    session.undo()
    before = precedents(study.database, "jo", response, "staff")
    assert ([earlier.number for earlier in before.alike], before.others.times) == ([2], 1)
    assert precedents(study.database, "sam", response, "staff").others == (0, True)
    study.close()


BEDS_TEXTS = [("No beds!", "Nothing"), ("no beds", "Beds and pay"), ("No beds.", "no  BEDS"), ("Beds", "Pay")]
"""The numbers 1, 3, 5 and 6 say the same."""


def shown_of(study: Study, number: int, theme_id: str) -> tuple[list[tuple[int, int]], int]:
    """Return which earlier answers with a theme stand below one, with how many say so; and the count."""
    response = surveys.response(study.database, number)
    assert response is not None
    before = precedents(study.database, "jo", response, theme_id)
    return [(e.number, e.times) for e in (*before.alike, *before.latest)], before.others.times


def test_a_group_is_one_precedent_and_none_of_its_own(tmp_path: Path) -> None:
    """Copies come with the one that was read, by their number; for each of them they are itself."""
    with closing(small_study(tmp_path / "same", texts=BEDS_TEXTS)) as study:
        session = CodingSession(study, "jo")
        session.toggle(3, "beds", listed=ALL)
        assert shown_of(study, 4, "beds") == ([(3, 4)], 1)
        for member in (1, 3, 6):
            assert shown_of(study, member, "beds") == ([], 0)
        # One that is coded otherwise is compared with the others: they say the same.
        session.toggle(6, "beds")
        assert shown_of(study, 6, "beds") == ([(3, 3)], 1)
        session.toggle(4, "beds")
        assert shown_of(study, 3, "beds") == ([(4, 1)], 1)


def test_a_group_that_was_passed_over_is_one(tmp_path: Path) -> None:
    """Its number is of those that were confirmed without the theme."""
    with closing(small_study(tmp_path / "same", texts=BEDS_TEXTS)) as study:
        session = CodingSession(study, "jo")
        session.nothing_here(5, Exposure(5, "file", (("staff", 0.5),)), ALL)
        passed_over = {}
        for number in (4, 1):
            response = surveys.response(study.database, number)
            assert response is not None
            before = precedents(study.database, "jo", response, "staff")
            passed_over[number] = [(e.number, e.times) for e in before.passed_over]
        assert passed_over == {4: [(5, 4)], 1: []}


def test_a_large_group_hides_nothing(tmp_path: Path) -> None:
    """What was coded before hundreds of equal answers is found, and of these the one that was read."""
    texts = [("Beds closed",), ("Wards",), *[("Beds, please",)] * 450]
    with closing(small_study(tmp_path / "large", texts=texts)) as study:
        session = CodingSession(study, "jo")
        session.toggle(1, "beds")
        session.toggle(40, "beds", listed=ALL)
        assert shown_of(study, 2, "beds") == ([(40, 450), (1, 1)], 2)


async def test_the_number_stands_with_the_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below the answer in hand: how many say so, counted once."""
    with closing(small_study(tmp_path / "same", texts=BEDS_TEXTS)) as study:
        CodingSession(study, "jo").toggle(1, "beds", listed=ALL)
        monkeypatch.setattr(side_reading, "RESTS_AFTER", AT_ONCE)
        async with coding(study, LARGE) as (pilot, screen):
            screen.show(4)
            await rest(pilot)
            await point_at(pilot, screen, "beds")
            assert "── before: Beds (1) · l looks" in middle(screen)
            assert "like R1.1 ×4  No beds!" in middle(screen)


@pytest.mark.parametrize("size", [LARGE, WIDE])
def test_picture_of_the_middle(
    snap_compare: Callable[..., bool],
    coded_sample: Study,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
) -> None:
    """An answer to Q16 with those that its first theme was chosen for before, at most 76 columns wide."""
    monkeypatch.setattr(side_reading, "RESTS_AFTER", AT_ONCE)

    async def before(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await press(pilot, "right_square_bracket")
        await rest(pilot)

    assert snap_compare(app_of(coded_sample), terminal_size=size, run_before=before)
