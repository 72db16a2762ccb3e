"""How the theme at the cursor was coded before: below the answer, and a key away."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
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
    """Of answers in the same words one is enough; a theme that was taken back stands no more."""
    study = small_study(tmp_path / "same", texts=[("No staff!", "no staff"), ("Staff left", "Too few staff")])
    session = CodingSession(study, "jo")
    for number in (1, 2, 3):
        session.toggle(number, "staff")
    response = surveys.response(study.database, 4)
    assert response is not None
    before = precedents(study.database, "jo", response, "staff")
    assert {earlier.number for earlier in (*before.alike, *before.latest)} == {2, 3}
    session.undo()
    before = precedents(study.database, "jo", response, "staff")
    assert ([earlier.number for earlier in before.alike], before.others) == ([2], 2)
    assert precedents(study.database, "sam", response, "staff").others == 0
    study.close()


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
