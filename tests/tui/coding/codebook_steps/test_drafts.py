"""Reading at random first, and draft themes decided on with `p`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import QuietEngine, burst, coding, engine_of, press, send
from making import small_study
from piloting import LARGE, SMALL, app_of, notices, settle, unsay
from textual.widgets import Input

from coder.domain.codebook import Codebook
from coder.domain.drafting.theme_drafts import ThemeDraft
from coder.domain.engine_messages import DraftsReady
from coder.domain.filters import Filter
from coder.store import codings
from coder.store.drafts import kept_drafts, read_first
from coder.tui.coding.screen import CodingScreen
from coder.tui.kit.windows.pick import OptionLines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from coder.workflows.study.study import Study

    Compare = Callable[..., bool]

STAFF = ThemeDraft("Staff, agency", ("staff", "agency"), (1, 8), (1,))
BEDS = ThemeDraft("Beds", ("beds",), (3, 5), (3, 5))
PAY = ThemeDraft("Pay, low", ("pay", "low"), (2,), (2,))
DRAFTS = (STAFF, BEDS, PAY)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Open a small study whose codebook is empty."""
    study = small_study(tmp_path / "study", codebook=Codebook((), title="Small"))
    yield study
    study.close()


def rows(pilot: Pilot[None]) -> list[str]:
    """Return what the window lists."""
    return [option.label for option in pilot.app.screen.query_one(OptionLines).options]


def labels(study: Study) -> list[str]:
    """Return the labels of the codebook."""
    return [theme.label for theme in study.codebook]


async def read_all(pilot: Pilot[None], study: Study) -> None:
    """Read every answer at random."""
    await burst(pilot, "p\n")
    for _ in range(codings.progress(study.database, "jo")["Q1"].answers):
        await press(pilot, "enter")


async def drafted(pilot: Pilot[None], study: Study) -> QuietEngine:
    """Read at random, and let the engine propose three drafts."""
    engine = engine_of(pilot)
    await read_all(pilot, study)
    await press(pilot, "p")
    assert engine.drafts_of == ["Q1"]
    await send(pilot, engine, DraftsReady("Q1", DRAFTS))
    return engine


async def test_reading_at_random_comes_first(study: Study) -> None:
    """The pane says how to begin; Enter goes on and is counted, also in the next sitting."""
    async with coding(study) as (pilot, screen):
        await burst(pilot, "p\n")
        assert screen.desk.listing.arrangement.order.kind == "random"
        await press(pilot, "enter")
        assert "Read at random: 1 of 5." in notices(pilot)
    async with coding(study) as (pilot, screen):
        await press(pilot, "p")
        assert rows(pilot) == ["Read on at random: 1 of 5 read"]
        await press(pilot, "enter")
        for _ in range(4):
            await press(pilot, "enter")
        assert "p shows draft themes now" in notices(pilot)
    assert read_first.read_at_random(study.database, "jo", "Q1") == 5
    assert list(codings.all_marks(study.database)) == []


async def test_a_draft_is_taken_with_two_keys_and_counts_nothing(study: Study) -> None:
    """The theme has its words; the engine starts anew once, when the list is closed; u takes it back."""
    async with coding(study) as (pilot, screen):
        await drafted(pilot, study)
        assert rows(pilot)[:3] == ["Staff, agency", "Beds", "Pay, low"]
        await press(pilot, "enter", "enter")
        assert labels(study) == ["Staff, agency"]
        assert rows(pilot)[:2] == ["Beds", "Pay, low"]
        await burst(pilot, "\nToo few beds\n")
        assert labels(study) == ["Staff, agency", "Too few beds"]
        await press(pilot, "escape")
        assert "Made: 2 themes" in notices(pilot)
        assert {row.label for row in screen.panes.themes.rows if row} == set(labels(study))
        await press(pilot, "u")
        assert labels(study) == ["Staff, agency"]
        assert list(codings.all_codings(study.database)) == []


async def test_drafts_are_renamed_merged_refused_and_brought_back(study: Study) -> None:
    """One decision each, in the list that stays open."""
    async with coding(study) as (pilot, _):
        await drafted(pilot, study)
        await burst(pilot, "\nAgency staff", "down", "\n")
        assert rows(pilot)[:3] == ["Agency staff", "Beds", "Pay, low"]
        await burst(pilot, "\npay", "down", "down", "\n")
        assert rows(pilot)[:2] == ["Beds", "Pay, low"]
        await burst(pilot, "pay\n", "down", "\n")
        assert rows(pilot) == ["Beds", "↶ take back: draft refused: Pay, low", "↻ work out anew"]
        await burst(pilot, "back\n")
        assert rows(pilot)[:2] == ["Beds", "Pay, low"]
        await press(pilot, "escape", "u")
        assert "undone: drafts merged: Agency staff into Pay, low" in notices(pilot)
        assert labels(study) == []


async def test_a_draft_may_be_a_theme_that_there_is(study: Study) -> None:
    """It is one already, then: nothing is made."""
    async with coding(study) as (pilot, _):
        await drafted(pilot, study)
        await press(pilot, "enter", "enter")
        await burst(pilot, "\nis the theme", "down", "down", "\n")
        assert rows(pilot)[0] == "Pay, low"
        await burst(pilot, "\n", "down", "\n")
        assert "Every draft is decided. Made: 1 theme." in notices(pilot)
        assert labels(study) == ["Staff, agency"]


async def test_drafts_wait_where_they_were_left(study: Study) -> None:
    """They stand as they were, without the engine; anew, they are worked out from what is open now."""
    async with coding(study) as (pilot, _):
        await drafted(pilot, study)
        await burst(pilot, "\n", "down", "\n")
    async with coding(study) as (pilot, _):
        await press(pilot, "p")
        assert rows(pilot)[:2] == ["Beds", "Pay, low"]
        await burst(pilot, "anew\n")
        assert "need the suggestion engine" in notices(pilot)
        engine = engine_of(pilot)
        await burst(pilot, "panew\n")
        await send(pilot, engine, DraftsReady("Q1", (STAFF,)))
        assert "No group of alike answers stands out" in notices(pilot)
        await send(pilot, engine, DraftsReady("Q1", DRAFTS))
        assert isinstance(pilot.app.screen, CodingScreen), "a window came that nobody waits for"


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_picture_of_drafts(snap_compare: Compare, sample: Study, size: tuple[int, int]) -> None:
    """Each with how many respondents; quotes and words of the one at the cursor below."""
    numbers = codings.matching(sample.database, "jo", Filter("Q16"))
    drafts = [
        ThemeDraft("Beds, nights", ("beds", "nights"), tuple(numbers[:9]), tuple(numbers[:3])),
        ThemeDraft("Agency, posts", ("agency", "posts"), tuple(numbers[9:14]), tuple(numbers[9:12])),
    ]
    kept_drafts.keep_drafts(sample.database, "jo", "Q16", drafts)

    async def before(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await press(pilot, "right_square_bracket")
        unsay(pilot)
        await press(pilot, "p")
        pilot.app.screen.query_one(Input).cursor_blink = False
        await settle(pilot)

    assert snap_compare(app_of(sample), terminal_size=size, run_before=before)
