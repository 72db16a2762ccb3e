"""Reading at random first, and draft themes decided on with `p`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from coding_study import QuietEngine, burst, coding, engine_of, marks_on, press, send, themes_on
from making import small_study
from piloting import LARGE, SMALL, app_of, notices, settle, unsay
from textual.widgets import Input

from coder.domain.codebook import Codebook
from coder.domain.drafting.theme_drafts import ThemeDraft
from coder.domain.engine_messages import DraftsReady
from coder.domain.filters import Filter
from coder.store import codings
from coder.store.drafts import kept_drafts, read_first
from coder.tui.app import CoderApp
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


async def test_a_draft_is_taken_and_counts_nothing(study: Study) -> None:
    """The theme has its words; the engine starts anew once, when the list is closed; u takes it back."""
    async with coding(study) as (pilot, screen):
        await drafted(pilot, study)
        assert rows(pilot)[:3] == ["Staff, agency", "Beds", "Pay, low"]
        await press(pilot, "enter", "down", "enter")
        assert labels(study) == ["Staff, agency"]
        assert rows(pilot)[:2] == ["Beds", "Pay, low"]
        await burst(pilot, "\nToo few beds", "down", "\n")
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
        await burst(pilot, "\nAgency staff", "down", "down", "\n")
        assert rows(pilot)[:3] == ["Agency staff", "Beds", "Pay, low"]
        await burst(pilot, "\npay", "down", "down", "down", "\n")
        assert rows(pilot)[:2] == ["Beds", "Pay, low"]
        await burst(pilot, "pay\n", "down", "down", "\n")
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
        await press(pilot, "enter", "down", "enter")
        await burst(pilot, "\n", "down", "\n")
        assert rows(pilot)[0] == "Tick its 2 answers"
        await burst(pilot, "no new theme\n")
        assert rows(pilot)[0] == "Pay, low"
        await burst(pilot, "\nRefuse it", "down", "down", "down", "\n")
        assert "Every draft is decided. Made: 1 theme." in notices(pilot)
        assert labels(study) == ["Staff, agency"]


async def test_answers_of_a_draft_are_ticked_and_coded_in_a_few_keys(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are listed, in full below the one on screen; nothing is coded before the key of the theme."""
    restarts: list[int] = []
    monkeypatch.setattr(CoderApp, "restart_engine", lambda _: restarts.append(1))
    async with coding(study, LARGE) as (pilot, screen):
        await drafted(pilot, study)
        await press(pilot, "enter")
        assert rows(pilot)[0] == "Take it as a theme; tick its 2 answers"
        await press(pilot, "enter")
        assert list(screen.desk.listing.numbers) == [8, 1]
        assert list(screen.desk.listing.ticks.numbers) == [8, 1]
        assert "2 of the draft: Staff, agency" in str(screen.panes.list.border_title)
        others = [row.text for row in screen.panes.answer._content.earlier]
        assert others == [
            "the others of the list, x: ticked",
            "x R1.1  We lost four staff to agency last year",
        ]
        assert list(codings.all_codings(study.database)) == []
        assert restarts == [1], "the engine does not know the theme"
        await press(pilot, "x")
        assert screen.panes.answer._content.earlier[1].text.startswith("· R4.2")
        await press(pilot, "1")
        assert rows(pilot) == ["+ Staff, agency", "+ Staff, agency, and done"]
        await press(pilot, "down", "enter")
        (theme,) = study.codebook
        assert list(themes_on(study, 1)) == [theme.id]
        assert marks_on(study, 1) == {"done": "1"}
        assert themes_on(study, 8) == {}
        assert rows(pilot)[:2] == ["Beds", "Pay, low"]
        await press(pilot, "escape")
        assert len(screen.desk.listing.numbers) == 5
        await press(pilot, "u")
        assert themes_on(study, 1) == {}
        await press(pilot, "u")
        assert labels(study) == []


async def test_the_theme_in_question_is_not_hidden(study: Study) -> None:
    """Also where suggestions wait for a first choice: it is what the ticked are asked about."""
    study.settings = replace(study.settings, hide_until_first_choice=True)
    async with coding(study) as (pilot, _):
        await drafted(pilot, study)
        await press(pilot, "enter", "enter", "1")
        assert rows(pilot)[0] == "+ Staff, agency"


async def test_one_goes_on_where_the_next_draft_is(study: Study) -> None:
    """The way that the ticked went is offered first the next time; p leaves answers as they are."""
    async with coding(study) as (pilot, screen):
        await drafted(pilot, study)
        await press(pilot, "down", "enter", "enter", "1", "down", "enter")
        assert rows(pilot)[:2] == ["Staff, agency", "Pay, low"]
        assert pilot.app.screen.query_one(OptionLines).cursor == 1
        await press(pilot, "enter", "enter", "1")
        assert pilot.app.screen.query_one(OptionLines).cursor == 1
        await press(pilot, "escape", "p")
        assert rows(pilot)[0] == "Staff, agency"
        assert themes_on(study, 2) == {}
        await press(pilot, "enter", "enter", "escape", "escape")
        assert screen.desk.mode.key is None
        await press(pilot, "p")
        assert "Read" not in rows(pilot)[0]


async def test_answers_of_a_draft_come_on_the_theme_that_it_is(study: Study) -> None:
    """With the draft's words as keywords, if wanted; u takes those back too."""
    async with coding(study) as (pilot, screen):
        await drafted(pilot, study)
        await press(pilot, "enter", "down", "enter")
        staff = study.codebook.themes[0]
        await press(pilot, "enter", "down", "enter")
        assert rows(pilot) == [
            "Tick its 2 answers", "It is no new theme, and that is all",
            "Tick its 2 answers; its words are keywords too: beds", "Its words are keywords too: beds",
        ]  # fmt: skip
        await burst(pilot, "too\n")
        assert study.codebook.by_id[staff.id].keywords == ("staff", "agency", "beds")
        assert list(screen.desk.listing.ticks.numbers) == [5, 3]
        await press(pilot, "1", "enter")
        assert list(themes_on(study, 3)) == [staff.id]
        assert marks_on(study, 3) == {}
        await press(pilot, "u", "u")
        assert "'Staff, agency' has the keywords again that it had" in notices(pilot)
        assert study.codebook.by_id[staff.id].keywords == ("staff", "agency")
        await press(pilot, "U")
        assert study.codebook.by_id[staff.id].keywords == ("staff", "agency", "beds")


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
