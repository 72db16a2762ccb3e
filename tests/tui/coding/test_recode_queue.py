"""The queue to be recoded: its keys, what they store, and the ways in and out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import changes_of, coding, engine_of, marks_on, press, send_ranking, themes_on
from making import small_study
from piloting import notices, settle, shown, type_line, unsay
from recode_study import joint_working, redefined, split

from coder.domain.codings import Span, SuggestionSeen
from coder.domain.filters import Filter
from coder.store import codings, recode_queues
from coder.tui.coding.greeting import greet
from coder.tui.coding.texts.answer import answer_content
from coder.workflows.coding.session import CodingSession
from coder.workflows.revising import revising
from coder.workflows.study.opening import open_study
from coder.workflows.study.taking_up import take_up

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.tui.coding.screen import CodingScreen
    from coder.workflows.study.study import Study

LOST, PAY, BEDS, BUDGETS, NOBODY = 1, 2, 3, 5, 8
"""The numbers of the small study's answers."""
QUEUE = Filter("Q1", show="recode")


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no greeting come between: it has its own time."""
    monkeypatch.setattr("coder.tui.coding.screen.greet", lambda _: None)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Open a small study: three answers done with a theme that was split since, one answer open."""
    study = small_study(tmp_path / "study")
    session = CodingSession(study, "jo")
    for number in (LOST, PAY, NOBODY):
        session.toggle(number, "staff")
        session.confirm(number)
    session.toggle(BEDS, "beds")
    session.confirm(BEDS)
    split(study)
    yield study
    study.close()


def keys_of(screen: CodingScreen) -> dict[int, str]:
    """Return what each number key chooses."""
    return {row.key: row.theme_id for row in screen.panes.themes.rows if row and row.key}


def waiting(study: Study) -> int:
    """Return how many codings of jo wait."""
    return recode_queues.waiting_of(study.database, "jo")


async def test_two_keys_recode_an_answer(study: Study) -> None:
    """A part's number and Enter: the part is stored in place of the old theme, and the next one comes."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "w")
        assert (screen.desk.listing.filter, screen.desk.here.standing.response) == (QUEUE, LOST)
        assert set(list(keys_of(screen).values())[:3]) == {"staff-pay", "staff-posts", "staff"}
        part = keys_of(screen)[1]
        await press(pilot, "1", "enter")
        assert themes_on(study, LOST) == {part: ()}
        assert marks_on(study, LOST) == {"done": "1"}
        assert screen.desk.here.standing.response == PAY
        assert waiting(study) == 2
        assert screen.panes.list.border_title == "2 of 3 to be recoded"


async def test_parts_come_first_in_the_order_of_the_engine(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parts by rank, then the theme that was split, then the others; the choice keeps its place."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "w")
        engine = engine_of(pilot)
        strengths = {"money": 0.9, "staff-posts": 0.4, "pay": 0.3, "staff-pay": 0.2, "beds": 0.1}
        await send_ranking(pilot, engine, LOST, **strengths)
        monkeypatch.setattr("coder.tui.coding.desk.REACTION", 0)
        expected = ["staff-posts", "staff-pay", "staff", "money", "pay", "beds"]
        assert list(keys_of(screen).values()) == expected
        await press(pilot, "tab", "tab")
        assert (LOST, "staff") not in engine.explained
        await press(pilot, "2")
        chosen = next(c for c in changes_of(study, LOST) if c.theme_id == "staff-pay" and c.new is not None)
        assert (chosen.origin, chosen.suggestion) == ("suggestion", SuggestionSeen(2, 0.2))


async def test_what_is_asked_stands_above_what_is_chosen(study: Study) -> None:
    """A question is not pushed off a small screen by themes that nobody asks about."""
    CodingSession(study, "jo").toggle(LOST, "beds")
    async with coding(study) as (pilot, screen):
        await press(pilot, "w")
        marks = [line[0] for line in answer_content(screen.desk).chosen if not line.startswith(" ")]
        assert marks == ["↻", "✓", "●"]


async def test_two_parts_are_chosen(study: Study) -> None:
    """An answer may hold several of the parts."""
    async with coding(study) as (pilot, _):
        await press(pilot, "w", "1", "2", "enter")
        assert set(themes_on(study, LOST)) == {"staff-pay", "staff-posts"}
        assert waiting(study) == 2


async def test_none_of_the_parts(study: Study) -> None:
    """The old theme's own number takes it off; it cannot be chosen again, and n settles the answer."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "w")
        assert keys_of(screen)[3] == "staff"
        await press(pilot, "3")
        assert themes_on(study, LOST) == {}
        assert marks_on(study, LOST) == {}
        await press(pilot, "3")
        assert "'Staff' is retired" in notices(pilot)
        assert themes_on(study, LOST) == {}
        await press(pilot, "n")
        assert marks_on(study, LOST) == {"done": "1"}
        assert screen.desk.here.standing.response == PAY


async def test_enter_wants_a_decision(study: Study) -> None:
    """Done says what to choose among while the split is undecided, and stays."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "w", "enter")
        assert "'Staff' was split: which of its parts is it in R1.Q1.1?" in notices(pilot)
        assert "Choose among Staff pay, Staff posts; or take 'Staff' off." in notices(pilot)
        assert screen.desk.here.standing.response == LOST
        assert waiting(study) == 3


async def test_a_redefined_theme_is_kept(study: Study) -> None:
    """Enter keeps the coding with its words, and it waits no longer."""
    CodingSession(study, "jo").mark_spans(BUDGETS, "money", [Span(0, 7)])
    redefined(study)
    async with coding(study) as (pilot, screen):
        await press(pilot, "w", "end")
        await press(pilot, "up")
        assert screen.desk.here.standing.response == BUDGETS
        assert keys_of(screen)[1] == "money"
        await press(pilot, "enter")
        assert themes_on(study, BUDGETS) == {"money": (Span(0, 7),)}
        assert marks_on(study, BUDGETS) == {"done": "1"}
        assert screen.desk.here.standing.response == NOBODY


async def test_what_changed_is_told_word_by_word(study: Study) -> None:
    """The why-panel has the old and the new definition in one, and who changed it why."""
    CodingSession(study, "jo").toggle(BUDGETS, "money")
    redefined(study)
    async with coding(study) as (pilot, screen):
        await press(pilot, "w", "end", "up")
        why = shown(pilot, "why")
        assert "by sam: too wide" in why
        assert "What it is: [-Anything of money-] {+Money that is short+}" in why
        assert screen.panes.themes.border_title == "↻ still right? · by words"


async def test_skip_and_come_back(study: Study) -> None:
    """What is passed over waits on: after the last, Enter goes to it, and another day it is still there."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "w", "down", "1", "enter")
        assert screen.desk.here.standing.response == NOBODY
        rows = screen.desk.listing.rows([LOST, PAY, NOBODY])
        assert [number for number, row in rows.items() if row.recode] == [LOST, NOBODY]
        await press(pilot, "1", "enter")
        assert screen.desk.here.standing.response == LOST
    async with coding(study) as (pilot, screen):
        greet(screen)
        await settle(pilot)
        assert "1 coding waits to be recoded since the codebook was revised. w opens it." in notices(pilot)
        await press(pilot, "w")
        assert list(screen.desk.listing.numbers) == [LOST]
        assert screen.panes.list.border_title == "1 of 3 to be recoded"


async def test_undo_brings_the_answer_back(study: Study) -> None:
    """One undo takes a decision back: the old theme stands, waits, and is on screen."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "w", "1", "enter", "u")
        assert screen.desk.here.standing.response == LOST
        assert themes_on(study, LOST) == {"staff": ()}
        assert screen.desk.here.standing.recode == {"staff": ("staff-pay", "staff-posts")}
        assert (screen.desk.listing.filter, waiting(study)) == (QUEUE, 3)
        assert screen.panes.list.border_title == "3 of 3 to be recoded"


async def test_after_the_last_one(study: Study) -> None:
    """All is said to be recoded, and the coder is back at the answer left for the queue."""
    async with coding(study) as (pilot, screen):
        assert screen.desk.here.standing.response == BUDGETS
        await press(pilot, "w", "1", "enter", "2", "enter", "1", "enter")
        assert "All recoded." in notices(pilot)
        assert (screen.desk.listing.filter, screen.desk.here.standing.response) == (Filter("Q1"), BUDGETS)
        assert waiting(study) == 0
        await press(pilot, "u")
        assert (screen.desk.here.standing.response, waiting(study)) == (NOBODY, 1)


@pytest.mark.parametrize("key", ["w", "escape"])
async def test_the_way_out(study: Study, key: str) -> None:
    """The key that opens the queue, or Esc, leads back to the filter and the answer one came from."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "v")
        await type_line(pilot, "with a theme")
        before = (screen.desk.listing.filter, screen.desk.here.standing.response)
        await press(pilot, "w", "1", key)
        assert (screen.desk.listing.filter, screen.desk.here.standing.response) == before


async def test_the_queue_is_among_the_views(study: Study) -> None:
    """The window of filters offers it, with how much waits, while something does."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "v")
        await type_line(pilot, "recoded")
        assert screen.desk.listing.filter == QUEUE
        await press(pilot, "1", "enter", "1", "enter", "1", "enter")
        assert (screen.desk.listing.filter, screen.desk.here.standing.response) == (Filter("Q1"), BUDGETS)
        await press(pilot, "w")
        assert "No coding of yours waits to be recoded." in notices(pilot)


async def test_a_decision_takes_the_question_off_the_screen(study: Study) -> None:
    """What was said of an undecided split is gone once it is decided."""
    async with coding(study) as (pilot, _):
        await press(pilot, "w", "enter")
        assert "was split" in notices(pilot)
        await press(pilot, "1", "enter")
        assert notices(pilot) == ""


async def test_the_queue_goes_on_with_the_next_question(coded_sample: Study) -> None:
    """After the last of a question comes what waits in another, and then the place one came from."""
    joint_working(coded_sample)
    session = CodingSession(coded_sample, "jo")
    queue = Filter("Q15", show="recode")
    for number in codings.matching(coded_sample.database, "jo", queue)[1:]:
        session.toggle(number, "q15-joint-nhs")
    async with coding(coded_sample) as (pilot, screen):
        await press(pilot, "right_square_bracket")
        before = (screen.desk.listing.filter, screen.desk.here.standing.response)
        await press(pilot, "w")
        assert screen.desk.listing.filter == queue
        assert screen.panes.list.border_title == "1 of 24 to be recoded"
        await press(pilot, "1", "enter")
        assert screen.desk.listing.filter == Filter("Q18", show="recode")
        assert "On to what waits in Q18: 1." in notices(pilot)
        await press(pilot, "1", "enter")
        assert (screen.desk.listing.filter, screen.desk.here.standing.response) == before


async def test_edits_that_wait_are_greeted(study: Study) -> None:
    """A study that opens with edits of its codebook in waiting says so, where nothing is to be recoded."""
    async with coding(study) as (pilot, screen):
        screen.desk.waiting, study.edits_wait = 0, True
        greet(screen)
        await settle(pilot)
        assert "codebook.yaml has edits that concern codings." in notices(pilot)


async def test_others_queues_are_not_mine(study: Study) -> None:
    """What waits for another coder is not offered."""
    CodingSession(study, "sam").toggle(BUDGETS, "money")
    redefined(study)
    async with coding(study) as (pilot, screen):
        await press(pilot, "w")
        assert BUDGETS not in screen.desk.listing.numbers
        assert screen.desk.waiting == 3


async def test_a_revision_made_meanwhile_is_taken_up(study: Study) -> None:
    """Another program revises the codebook: the answer on screen asks, and it is said what waits."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "home", "down", "down")
        assert screen.desk.here.standing.response == BEDS
        other = open_study(study.folder, "sam")
        split(other, "beds")
        other.close()
        screen.notice_others()
        await settle(pilot)
        assert "4 codings wait to be recoded" in notices(pilot)
        assert list(keys_of(screen).values())[:3] == ["staff-pay", "staff-posts", "beds"]
        assert codings.progress(study.database, "jo")["Q1"].done == 4


async def test_who_revised_the_codebook_is_said(study: Study) -> None:
    """A colleague's revision is told as what it is; only an edit of the file is called one."""
    async with coding(study) as (pilot, screen):
        other = open_study(study.folder, "sam")
        revising.apply(other, revising.plan(other, revising.begin(other).retire("beds")), "sam")
        other.close()
        screen._others._stamp = 0
        screen.notice_others()
        await settle(pilot)
        assert "sam has revised the codebook: retire 'Beds'" in notices(pilot)
        text = study.codebook_path.read_text(encoding="utf-8")
        study.codebook_path.write_text(text.replace("label: Old", "label: Older"), encoding="utf-8")
        screen._others._stamp = 0
        screen.notice_others()
        await settle(pilot)
        assert "codebook.yaml was edited: the themes are as it says now." in notices(pilot)


async def test_a_file_that_waits_to_be_merged_stops_nobody(study: Study) -> None:
    """The screen says what to mend and goes on with the version in use; no theme is made meanwhile."""
    text = study.codebook_path.read_text(encoding="utf-8")
    study.codebook_path.write_text(f"<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> sam\n", encoding="utf-8")
    take_up(study, "jo")
    async with coding(study) as (pilot, screen):
        greet(screen)
        await settle(pilot)
        assert "are waiting to be merged" in notices(pilot)
        assert "version 2 of the codebook is in use" in notices(pilot)
        before = screen.desk.here.standing.response
        await press(pilot, "1", "enter")
        assert codings.codings_of(study.database, before)
        await press(pilot, "b", "a")
        assert "are waiting to be merged" in notices(pilot)
        await press(pilot, "escape")
        study.codebook_path.write_text(text, encoding="utf-8")
        screen._others._stamp = 0
        screen.notice_others()
        assert study.file_fault is None


async def test_edits_that_wait_are_told_once(study: Study) -> None:
    """Edits of codebook.yaml that concern codings wait, and the screen says so."""
    async with coding(study) as (pilot, screen):
        path = study.codebook_path
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("  - id: beds\n    label: Beds\n", ""), encoding="utf-8")
        screen._others._stamp = 0
        screen.notice_others()
        await settle(pilot)
        assert "codebook.yaml has edits that concern codings." in notices(pilot)
        unsay(pilot)
        screen._others._stamp = 0
        screen.notice_others()
        await settle(pilot)
        assert "codebook.yaml has edits" not in notices(pilot)
