"""Moving about on the coding screen: what is listed, where one lands, and what is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import burst, coding, marks_on, press, themes_on
from making import small_study
from piloting import notices
from textual.widgets import Static

from coder.errors import CoderError
from coder.store import codings
from coder.tui.app import DARK, LIGHT, THEME_SETTING, CoderApp
from coder.tui.coding import screen as coding_module
from coder.tui.coding.greeting import greet
from coder.tui.coding.listed.listing import FIRST_PAGE
from coder.tui.kit.windows.pick import PickWindow
from coder.tui.kit.windows.show import ShowWindow
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterator
    from pathlib import Path

    from coder.domain.filters import Filter
    from coder.store.database import Database
    from coder.tui.coding.screen import CodingScreen
    from coder.workflows.study.study import Study

LOST, PAY, BEDS, NO_ANSWER, BUDGETS, NOBODY = 1, 2, 3, 4, 5, 8
"""The numbers of the small study's answers, and of one that is none."""


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Open a small study."""
    study = small_study(tmp_path / "study")
    yield study
    study.close()


def place(screen: CodingScreen) -> int | None:
    """Return the number of the answer on screen."""
    return screen.desk.here.response.number if screen.desk.here.response else None


async def test_arrows_go_up_and_down_the_list(study: Study) -> None:
    """Arrows, page keys, Home and End move in the list and stop at its ends."""
    async with coding(study) as (pilot, screen):
        been = []
        for key in ("down", "j", "up", "k", "up", "pagedown", "home", "end", "down", "pageup"):
            await press(pilot, key)
            been.append(place(screen))
        assert been == [PAY, BEDS, PAY, LOST, LOST, NOBODY, LOST, NOBODY, NOBODY, LOST]


async def test_going_to_a_respondent_and_back(study: Study) -> None:
    """Going to a response by a part of its id is remembered, and gone back from."""
    async with coding(study) as (pilot, screen):
        await burst(pilot, "gR4.Q1.2\n")
        assert place(screen) == NOBODY
        await press(pilot, "apostrophe")
        assert place(screen) == LOST
        await press(pilot, "apostrophe")
        assert place(screen) == LOST
        assert "Nowhere to go back to" in notices(pilot)


async def test_the_list_s_own_names_lead_to_answers(sample: Study) -> None:
    """`C009.1` is the answer to the question on screen; where nothing is there, that is said."""
    async with coding(sample) as (pilot, screen):
        await press(pilot, "right_square_bracket")
        await burst(pilot, "gc009.1\n")
        response = screen.desk.here.response
        assert response is not None
        assert response.id == "C009.Q16.1"
        await burst(pilot, "gC009.77\n")
        assert "No answer has that in its id" in str(pilot.app.screen.query_one(Static).content)
        await press(pilot, "escape")
        assert place(screen) == response.number


async def test_a_response_that_is_not_listed_widens_the_list(study: Study) -> None:
    """Going to a response that the filter keeps out lists all answers again."""
    async with coding(study) as (pilot, screen):
        await burst(pilot, "vregion: south\n")
        assert list(screen.desk.listing.numbers) == [BEDS, NOBODY]
        await burst(pilot, "gR3\n")
        assert place(screen) == BUDGETS
        assert list(screen.desk.listing.numbers) == [LOST, PAY, BEDS, BUDGETS, NOBODY]


async def test_everything_from_a_respondent(study: Study) -> None:
    """The window of a respondent has all that was answered, attributes with it; picking one goes there."""
    CodingSession(study, "jo").toggle(PAY, "pay")
    async with coding(study) as (pilot, screen):
        screen.show(LOST)
        await press(pilot, "r")
        window = pilot.app.screen
        assert isinstance(window, PickWindow)
        await press(pilot, "down")
        assert str(window.query(Static).last().render()).splitlines()[1:] == ["✓ Pay", "region: North"]
        await press(pilot, "enter")
        assert place(screen) == PAY


@pytest.mark.parametrize(
    ("typed", "listed"),
    [
        ("not done", [LOST, BUDGETS, NOBODY]),
        ("with a theme", [LOST, PAY]),
        ("done", [PAY, BEDS]),
        ("nothing", [BEDS]),
        ("flagged", [BUDGETS]),
        ("memo", [NOBODY]),
        ("non-resp", [NO_ANSWER, 6, 7, 9, 10]),
        ("theme: staff", [LOST, PAY]),
        ("region: south", [BEDS, NOBODY]),
        ("budgets", [BUDGETS]),
        ("100%", []),
    ],
)
async def test_each_filter_lists_what_it_says(study: Study, typed: str, listed: list[int]) -> None:
    """States, themes, attributes and words in the answer narrow the list; Esc lists all again."""
    session = CodingSession(study, "jo")
    session.toggle(LOST, "staff")
    session.toggle(PAY, "staff")
    session.confirm(PAY)
    session.nothing_here(BEDS)
    session.toggle_flag(BUDGETS)
    session.write_memo(NOBODY, "ask")
    async with coding(study) as (pilot, screen):
        await burst(pilot, f"v{typed}")
        if typed == "done":
            await press(pilot, "down")
        await press(pilot, "enter")
        assert list(screen.desk.listing.numbers) == listed
        assert place(screen) == (NOBODY if NOBODY in listed else listed[0] if listed else None)
        await press(pilot, "escape")
        assert list(screen.desk.listing.numbers) == [LOST, PAY, BEDS, BUDGETS, NOBODY]


async def test_filters_narrow_each_other(study: Study) -> None:
    """What is chosen after a region is looked for in that region; "all" lists all again."""
    CodingSession(study, "jo").nothing_here(BEDS)
    async with coding(study) as (pilot, screen):
        await burst(pilot, "vregion: south\n")
        await burst(pilot, "vnothing here\n")
        assert list(screen.desk.listing.numbers) == [BEDS]
        await burst(pilot, "vall\n")
        assert list(screen.desk.listing.numbers) == [LOST, PAY, BEDS, BUDGETS, NOBODY]


async def test_keys_do_no_harm_where_nothing_is_listed(study: Study) -> None:
    """With an empty list every key that needs an answer leaves all as it is."""
    async with coding(study) as (pilot, screen):
        await burst(pilot, "vflagged\n")
        assert "Nothing passes this filter" in screen.panes.answer._content.text
        await press(pilot, *"1nmfosrd0", "space", "enter", "slash", "right", "down", "end", "tab")
        await press(pilot, "full_stop", "comma")
        assert pilot.app.screen is screen
        assert study.database.value("SELECT COUNT(*) FROM step") == 0


async def test_a_study_without_answers_opens(tmp_path: Path) -> None:
    """A study in which nobody answered shows an empty list, and its non-responses on demand."""
    study = small_study(tmp_path / "study", texts=[["-"], [""]])
    async with coding(study) as (pilot, screen):
        assert place(screen) is None
        await press(pilot, "enter", "u")
        await burst(pilot, "vnon-\n")
        assert list(screen.desk.listing.numbers) == [1, 2]
    study.close()


async def test_the_next_question_and_back(sample: Study) -> None:
    """Brackets go round the questions; the themes and the progress are those of the question."""
    async with coding(sample) as (pilot, screen):
        await press(pilot, "right_square_bracket")
        assert screen.desk.here.response is not None
        assert screen.desk.here.response.question_id == "Q16"
        assert screen.desk.progress == codings.progress(sample.database, "jo")["Q16"]
        assert all(
            sample.codebook.by_id[row.theme_id].serves("Q16") for row in screen.panes.themes.rows if row
        )
        await press(pilot, "left_square_bracket", "left_square_bracket")
        assert screen.desk.listing.question().id == "Q18"
        await press(pilot, "right_square_bracket", "apostrophe")
        assert screen.desk.here.response.question_id == "Q18"


async def test_the_codebook_lists_a_themes_answers(study: Study) -> None:
    """Enter on a theme or a net of the codebook lists the answers coded with it, or with any below it."""
    session = CodingSession(study, "jo")
    session.toggle(LOST, "staff")
    session.toggle(BUDGETS, "pay")
    session.toggle(BUDGETS, "money")
    async with coding(study) as (pilot, screen):
        await burst(pilot, "b/money\n\n")
        assert list(screen.desk.listing.numbers) == [BUDGETS]
        await burst(pilot, "b/people\n\n")
        assert list(screen.desk.listing.numbers) == [LOST, BUDGETS]


async def test_theme_details(sample: Study) -> None:
    """The key d shows the definition and the count of the theme at the cursor."""
    async with coding(sample) as (pilot, screen):
        theme = sample.codebook.by_id[screen.desk.here.cursor_theme or ""]
        await press(pilot, "d")
        assert isinstance(pilot.app.screen, ShowWindow)
        shown = str(pilot.app.screen.query_one(Static).render())
        assert theme.definition in shown
        assert "not used yet" in shown
        await press(pilot, "escape", "1", "d")
        assert "councils: 1 · mentions: 1" in str(pilot.app.screen.query_one(Static).render())


async def test_the_palette_runs_a_command(study: Study) -> None:
    """A command found by typing does what its key does."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "ctrl+p", *"flag")
        await press(pilot, "enter")
        assert marks_on(study, place(screen) or 0) == {"flag": "1"}


async def test_light_and_dark_are_remembered(study: Study) -> None:
    """The theme of the screen is a setting of the study, and stands at the next start."""
    async with coding(study) as (pilot, _):
        assert pilot.app.theme == DARK
        await press(pilot, "ctrl+t")
        assert study.database.setting(THEME_SETTING) == LIGHT
    async with coding(study) as (pilot, _):
        assert pilot.app.theme == LIGHT
        await press(pilot, "ctrl+t")
        assert study.database.setting(THEME_SETTING) == DARK


async def test_coding_goes_on_where_it_was_left(study: Study) -> None:
    """The program opens at the answer one worked on last, or at the next that is not done."""
    async with coding(study) as (pilot, _):
        await burst(pilot, "gR3\n1")
    async with coding(study) as (pilot, screen):
        assert place(screen) == BUDGETS
        await press(pilot, "enter")
    async with coding(study) as (_, screen):
        assert place(screen) == NOBODY


async def test_a_question_can_be_asked_for(sample: Study) -> None:
    """The program begins with the question it is given."""
    app = CoderApp(sample, "jo", "Q17", suggestions=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, coding_module.CodingScreen)
        assert screen.desk.here.response is not None
        assert screen.desk.here.response.question_id == "Q17"


async def test_the_first_frame_needs_one_page_of_the_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the first frame no query asks for more than a page, however long the list is."""
    study = small_study(tmp_path / "study", texts=[[f"answer {place}"] for place in range(FIRST_PAGE * 2)])
    monkeypatch.setattr(coding_module, "SOON", 3600)
    limits: list[int | None] = []
    matching = codings.matching

    def spy(
        database: Database, coder_id: str, chosen: Filter, *, after: int = 0, limit: int | None = None
    ) -> array[int]:
        limits.append(limit)
        return matching(database, coder_id, chosen, after=after, limit=limit)

    monkeypatch.setattr(codings, "matching", spy)
    app = CoderApp(study, "jo", suggestions=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, coding_module.CodingScreen)
        assert limits
        assert all(limit is not None and limit <= FIRST_PAGE for limit in limits)
        assert len(screen.desk.listing.numbers) == FIRST_PAGE
        screen.list_anew(screen.desk.here.number)
        assert len(screen.desk.listing.numbers) == FIRST_PAGE * 2
    study.close()


async def test_what_another_program_writes_appears(study: Study) -> None:
    """A coding that another process stores for the same coder shows at the next look."""
    other = open_study(study.folder, "jo")
    async with coding(study) as (_, screen):
        session = CodingSession(other, "jo")
        session.toggle(LOST, "money")
        session.confirm(LOST)
        screen.notice_others()
        assert screen.desk.here.standing.theme_ids == ("money",)
        assert screen.desk.progress.done == 1
        assert screen.panes.list._row(0).state == "done"
    other.close()


async def test_others_codings_are_left_alone(study: Study) -> None:
    """Who has not worked on the study is told who has, and codes beside them."""
    CodingSession(study, "ann").toggle(LOST, "money")
    async with coding(study) as (pilot, screen):
        greet(screen)
        await pilot.pause()
        assert "ann worked on this study; you are jo" in notices(pilot)
        assert screen.desk.here.standing.theme_ids == ()
        await press(pilot, "1")
    assert {(c.coder_id, c.theme_id) for c in codings.codings_of(study.database, LOST)} == {
        ("ann", "money"),
        ("jo", "staff"),
    }
    assert set(themes_on(study, LOST)) == {"money", "staff"}


async def test_a_terminal_may_change_its_size_while_a_window_is_open(study: Study) -> None:
    """A window open while the terminal shrinks and grows still does its work."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "slash")
        for size in ((40, 10), (120, 40), (20, 5), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        await burst(pilot, "money\n")
        assert themes_on(study, LOST) == {"money": ()}
        assert screen.panes.has_class("-narrow")


async def test_a_long_answer_is_scrolled(tmp_path: Path) -> None:
    """An answer of 3,000 words can be read to its end; the next one starts at its top."""
    study = small_study(tmp_path / "study", texts=[["Many short words. " * 1000], ["short"]])
    async with coding(study) as (pilot, screen):
        height = screen.panes.answer.size.height
        await press(pilot, "z", "shift+down", "Z")
        assert screen.panes.answer.scroll_offset.y == height // 2
        await press(pilot, "shift+up", "up", "left")
        assert screen.panes.answer.scroll_offset.y > 0
        await press(pilot, "down")
        assert screen.panes.answer.scroll_offset.y == 0
    study.close()


async def test_control_c_says_what_quits(study: Study) -> None:
    """Ctrl+C does not quit; it says what does. q does."""
    async with coding(study) as (pilot, _):
        await press(pilot, "ctrl+c")
        assert "Ctrl+Q quits" in notices(pilot)
        assert pilot.app.is_running
        await pilot.press("q")
        assert pilot.app._exit


async def test_a_list_that_cannot_be_counted_is_still_drawn(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where counting fails after the list has become shorter, an error is shown and the program goes on."""

    def fail(*_: object) -> None:
        msg = "Cannot be read."
        raise CoderError(msg, "Try again.")

    async with coding(study) as (pilot, screen):
        await press(pilot, "end", "f")
        monkeypatch.setattr("coder.store.codings.progress", fail)
        await burst(pilot, "vflagged\n")
        assert "Cannot be read." in notices(pilot)
        assert len(screen.desk.listing.numbers) == 1
        await press(pilot, "up")
        assert pilot.app.screen is screen
