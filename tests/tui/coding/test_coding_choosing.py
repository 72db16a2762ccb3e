"""Choosing themes: what each key does to the study, read back from the store."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from coding_study import (
    burst,
    changes_of,
    coding,
    marks_on,
    press,
    themes_on,
)
from making import CODEBOOK, small_study
from piloting import notices, settle, shown
from textual.events import Paste

from coder.domain.codebook import Codebook
from coder.domain.codings import Span
from coder.store import codings
from coder.tui.kit.area import Area
from coder.tui.kit.windows.typed import Line
from coder.tui.kit.windows.window_values import Ask
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

LOST, PAY, BEDS, NO_ANSWER, BUDGETS, NOBODY = 1, 2, 3, 4, 5, 8
"""The numbers of the small study's answers, and of one that is none."""


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Open a small study."""
    study = small_study(tmp_path / "study")
    yield study
    study.close()


async def test_a_number_key_chooses_and_takes_away(study: Study) -> None:
    """A number key stores its suggestion; pressed again it takes the theme away."""
    async with coding(study) as (pilot, screen):
        assert screen.desk.here.ranking.suggestions[0].theme_id == "staff"
        await press(pilot, "1")
        assert themes_on(study, LOST) == {"staff": ()}
        await press(pilot, "1")
        assert themes_on(study, LOST) == {}


async def test_a_number_without_a_suggestion_does_nothing(study: Study) -> None:
    """A number key beyond the suggestions stores nothing."""
    async with coding(study) as (pilot, _):
        await press(pilot, "9")
        assert changes_of(study, LOST) == []


async def test_a_theme_is_found_by_typing_ahead(study: Study) -> None:
    """Keys typed in one go reach the window that the first of them opens, and the screen after it."""
    async with coding(study) as (pilot, screen):
        await burst(pilot, "/mon\n\n/bed\n")
        assert themes_on(study, LOST) == {"money": ()}
        assert marks_on(study, LOST) == {"done": "1"}
        assert themes_on(study, PAY) == {"beds": ()}
        assert pilot.app.screen is screen


async def test_a_new_theme_is_written_to_the_codebook(study: Study) -> None:
    """A name that no theme has makes a theme, in the file and on the answer."""
    async with coding(study) as (pilot, screen):
        await burst(pilot, "/Housing\n")
        (theme_id,) = themes_on(study, LOST)
        assert study.codebook.label(theme_id) == "Housing"
        assert "label: Housing" in (study.folder / "codebook.yaml").read_text(encoding="utf-8")
        assert "Housing" in [row.label for row in screen.panes.themes.rows if row]


async def test_an_empty_codebook_says_how_to_begin(tmp_path: Path) -> None:
    """Without themes the screen says how the first is made, and that works."""
    study = small_study(tmp_path / "study", codebook=Codebook(()))
    async with coding(study) as (pilot, screen):
        assert "/ a name for the first theme" in str(screen.query_one("#why").render())
        await press(pilot, "1", "0", "d", "s", "tab", "full_stop", "comma")
        await burst(pilot, "/Pay\n")
        assert [study.codebook.label(theme_id) for theme_id in themes_on(study, LOST)] == ["Pay"]
    study.close()


async def test_enter_confirms_and_goes_on(study: Study) -> None:
    """Enter stores that an answer with a theme is done and shows the next one that is not."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "1", "enter")
        assert marks_on(study, LOST) == {"done": "1"}
        assert screen.desk.here.response is not None
        assert screen.desk.here.response.number == PAY


async def test_enter_without_a_theme_leaves_the_answer_open(study: Study) -> None:
    """Enter on an answer without a theme stores nothing, says so and goes on."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "enter")
        assert changes_of(study, LOST) == []
        assert "left open" in notices(pilot)
        assert screen.desk.here.response is not None
        assert screen.desk.here.response.number == PAY


async def test_nothing_here_takes_themes_away(study: Study) -> None:
    """The key n stores that an answer is done without a theme, and says what it took away."""
    async with coding(study) as (pilot, _):
        await press(pilot, "1", "n")
        assert themes_on(study, LOST) == {}
        assert marks_on(study, LOST) == {"done": "1"}
        assert "Themes taken away: 1" in notices(pilot)
        await press(pilot, "u")
        assert themes_on(study, LOST) == {"staff": ()}


async def test_the_last_answer_shows_that_it_is_done(tmp_path: Path) -> None:
    """Where no other answer is open, the one on screen shows what was just stored."""
    study = small_study(tmp_path / "study", texts=[["Beds"]])
    async with coding(study) as (pilot, screen):
        await press(pilot, "1", "enter")
        assert "● done" in screen.panes.answer._below
        assert "Every answer to Q1 is done" in notices(pilot)
        await press(pilot, "n")
        assert "∅ nothing here" in screen.panes.answer._below
        assert not screen.desk.here.standing.spans
    study.close()


async def test_undo_and_redo_outlive_the_program(study: Study) -> None:
    """What was done in one sitting is undone and redone in the next."""
    async with coding(study) as (pilot, _):
        await press(pilot, "1", "f", "enter")
    again = open_study(study.folder, "jo")
    async with coding(again) as (pilot, screen):
        await press(pilot, "u", "u", "u")
        assert (themes_on(study, LOST), marks_on(study, LOST)) == ({}, {})
        assert screen.desk.here.response is not None
        assert screen.desk.here.response.number == LOST
        await press(pilot, "u")
        assert "Nothing to undo" in notices(pilot)
        await press(pilot, "U", "ctrl+r", "U")
        assert themes_on(study, LOST) == {"staff": ()}
        assert marks_on(study, LOST) == {"flag": "1", "done": "1"}
        await press(pilot, "U")
        assert "Nothing to redo" in notices(pilot)
    again.close()


async def test_a_memo_keeps_every_line_that_is_pasted(study: Study) -> None:
    """A memo may have several lines, typed or pasted; ^s saves, Enter begins the next."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "m", "a", "enter")
        pilot.app.post_message(Paste("agency rate\n\n  again"))
        await settle(pilot)
        await press(pilot, "ctrl+s")
        assert marks_on(study, LOST) == {"memo": "a\nagency rate\n\n  again"}
        assert "memo: a\nagency rate\n\n  again" in screen.panes.answer._content.chosen


async def test_a_line_takes_all_lines_that_are_pasted(study: Study) -> None:
    """Lines pasted into a window of one line are joined; none is dropped."""
    async with coding(study) as (pilot, screen):
        answers: list[str | None] = []
        screen.ask(Ask("A line"), answers.append)
        await press(pilot, "a", "space")
        pilot.app.screen.query_one(Line).post_message(Paste("agency rate\n\n  again\nhere"))
        await settle(pilot)
        await press(pilot, "enter")
        assert answers == ["a agency rate again here"]


async def test_a_memo_is_written_changed_and_removed(study: Study) -> None:
    """A memo is stored as typed; emptied, it is gone."""
    async with coding(study) as (pilot, _):
        await burst(pilot, "magency [/] rate", "ctrl+s")
        assert marks_on(study, LOST) == {"memo": "agency [/] rate"}
        await press(pilot, "m", "escape")
        assert marks_on(study, LOST) == {"memo": "agency [/] rate"}
        await press(pilot, "m")
        pilot.app.screen.query_one(Area).text = ""
        await press(pilot, "ctrl+s")
        assert marks_on(study, LOST) == {}


@pytest.mark.parametrize("lines", [1, 6])
async def test_one_escape_loses_nothing_that_was_typed(study: Study, lines: int) -> None:
    """The first Esc asks, in a window of one line as of several, and typing goes on; a second drops it."""
    async with coding(study) as (pilot, screen):
        answers: list[str | None] = []
        screen.ask(Ask("A text", "before", lines=lines), answers.append)
        await settle(pilot)
        await press(pilot, "end", "x", "escape")
        assert "Esc again drops" in shown(pilot, "hint")
        await press(pilot, "y", "escape")
        assert answers == []
        assert "Esc again drops" in shown(pilot, "hint")
        await press(pilot, "z", "ctrl+s")
        assert answers == ["beforexyz"]
        screen.ask(Ask("A text", "before", lines=lines), answers.append)
        await settle(pilot)
        await press(pilot, "x", "escape", "escape")
        assert answers == ["beforexyz", None]


async def test_a_memo_is_written_on_a_coding(study: Study) -> None:
    """The key M keeps a memo with the theme that stands, and asks for a theme where none does."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "M")
        assert "Choose a theme first" in notices(pilot)
        await burst(pilot, "1Mtheir own word", "ctrl+s")
        (theme_id,) = screen.desk.here.standing.theme_ids
        (mark,) = codings.marks_on(study.database, "jo", [LOST])
        assert mark == (LOST, "jo", "memo", theme_id, "their own word")
        assert "    memo: their own word" in screen.panes.answer._content.chosen


async def test_a_flag_goes_on_and_off(study: Study) -> None:
    """The key f flags an answer, and takes the flag away."""
    async with coding(study) as (pilot, _):
        await press(pilot, "f")
        assert marks_on(study, LOST) == {"flag": "1"}
        await press(pilot, "f")
        assert marks_on(study, LOST) == {}


async def test_a_done_answer_is_opened_again(study: Study) -> None:
    """The key o takes back that an answer is done and keeps its themes."""
    session = CodingSession(study, "jo")
    session.toggle(LOST, "staff")
    session.confirm(LOST)
    async with coding(study) as (pilot, screen):
        screen.show(LOST)
        await press(pilot, "o")
        assert marks_on(study, LOST) == {}
        assert themes_on(study, LOST) == {"staff": ()}


async def test_the_theme_at_the_cursor_is_chosen(study: Study) -> None:
    """Tab moves down the themes, past the rule, and 0 chooses the one at the cursor."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "tab", "shift+tab", "tab", "0")
        assert list(themes_on(study, LOST)) == [screen.desk.here.ranking.suggestions[1].theme_id]
        screen.panes.themes.move_cursor(3)
        await press(pilot, "tab", "0")
        assert "beds" in themes_on(study, LOST)


async def test_words_selected_by_arrows_carry_the_theme(study: Study) -> None:
    """Clauses selected with the arrow keys are stored with the theme that a number key chooses."""
    async with coding(study) as (pilot, screen):
        screen.show(PAY)
        await press(pilot, "right", "1")
        assert themes_on(study, PAY) == {"pay": (Span(0, 26),)}
        assert screen.desk.here.selected is None
        await press(pilot, "right", "escape", "1")
        assert themes_on(study, PAY) == {}


async def test_more_and_fewer_words_are_selected(tmp_path: Path) -> None:
    """Shift and an arrow take one clause more or less; an arrow alone goes on to the next."""
    text = "We lost four staff last year. The beds are full and old. Money is short everywhere."
    study = small_study(tmp_path / "study", texts=[[text]])
    async with coding(study) as (pilot, screen):
        await press(pilot, "left")
        assert screen.desk.here.selected == Span(text.index("Money"), len(text))
        await press(pilot, "left", "left", "shift+right", "shift+right", "shift+left", "1")
        assert list(themes_on(study, 1).values()) == [(Span(0, text.index(" Money")),)]
    study.close()


async def test_words_selected_by_mouse_carry_the_theme(study: Study) -> None:
    """Words drawn over with the mouse, widened to whole words, are stored with the theme."""
    async with coding(study) as (pilot, screen):
        line = len(screen.panes.answer._above) + 1
        await pilot.mouse_down("#answer", offset=(6, line))
        await pilot.hover("#answer", offset=(12, line))
        await pilot.mouse_up("#answer", offset=(12, line))
        assert screen.desk.here.selected == Span(3, 12)
        await press(pilot, "1")
        assert themes_on(study, LOST) == {"staff": (Span(3, 12),)}


async def test_a_theme_is_chosen_by_mouse(study: Study) -> None:
    """A click on a theme chooses it, and takes it away again."""
    async with coding(study) as (pilot, _):
        await pilot.click("#themes", offset=(8, 1))
        assert themes_on(study, LOST) == {"staff": ()}
        await pilot.click("#themes", offset=(8, 1))
        assert themes_on(study, LOST) == {}


async def test_a_response_is_chosen_by_mouse(study: Study) -> None:
    """A click on a row of the list shows that answer."""
    async with coding(study) as (pilot, screen):
        await pilot.click("#list", offset=(8, 3))
        assert screen.desk.here.response is not None
        assert screen.desk.here.response.number == BEDS


async def test_a_non_response_that_is_coded_becomes_an_answer(study: Study) -> None:
    """A response taken for none is listed among the non-responses; with a theme it is an answer."""
    async with coding(study) as (pilot, screen):
        await burst(pilot, "vnon-\n")
        assert list(screen.desk.listing.numbers) == [NO_ANSWER, 6, 7, 9, 10]
        await press(pilot, "1", "enter")
        assert screen.desk.progress == codings.progress(study.database, "jo")["Q1"]
        assert (screen.desk.progress.done, screen.desk.progress.answers) == (1, 6)
        await press(pilot, "escape")
        assert NO_ANSWER in screen.desk.listing.numbers


async def test_a_codebook_edited_by_hand_meanwhile_is_taken_up(study: Study) -> None:
    """A theme made on screen keeps what was written to the codebook's file since the start."""
    path = study.folder / "codebook.yaml"
    async with coding(study) as (pilot, screen):
        text = path.read_text(encoding="utf-8").replace("label: Money", "label: Finances")
        path.write_text(text, encoding="utf-8")
        await burst(pilot, "/Housing\n")
        assert study.codebook.label("money") == "Finances"
        assert "Finances" in [row.label for row in screen.panes.themes.rows if row]


async def test_a_theme_name_that_another_question_has_may_be_new_here(tmp_path: Path) -> None:
    """A theme of another question comes first, to be used here too; below it the name makes a new theme."""
    themes = [replace(t, questions=("Q2",)) if t.id == "money" else t for t in CODEBOOK]
    study = small_study(tmp_path / "study", codebook=Codebook(tuple(themes)))
    async with coding(study) as (pilot, _):
        await burst(pilot, "/Money", "down", "\n")
        (theme_id,) = themes_on(study, LOST)
        assert theme_id != "money"
        assert study.codebook.find("money").questions == ("Q2",)
    study.close()


async def test_keys_that_mend_what_was_typed_keep_their_place(study: Study) -> None:
    """Backspace and arrows typed ahead work on what was typed before them, on nothing else."""
    async with coding(study) as (pilot, screen):
        await burst(pilot, "/xx\b\bmoney", "down", "up", "\n", "1", "\n")
        assert list(themes_on(study, LOST)) == ["money", "staff"]
        assert pilot.app.screen is screen


async def test_keys_after_escape_are_those_of_the_screen(study: Study) -> None:
    """What is typed ahead after Esc goes to the screen below the window."""
    async with coding(study) as (pilot, _):
        await burst(pilot, "/bed", "escape", "f")
        assert themes_on(study, LOST) == {}
        assert marks_on(study, LOST) == {"flag": "1"}


async def test_enter_where_nothing_fits_keeps_the_window(study: Study) -> None:
    """Keys after an Enter that picked nothing are typed into the window that stayed."""
    async with coding(study) as (pilot, screen):
        await burst(pilot, "gxyz\n\b\b\bR2\n")
        assert screen.desk.here.response is not None
        assert screen.desk.here.response.number == BEDS


async def test_a_double_click_in_a_window_picks_once(study: Study) -> None:
    """An option that is clicked twice is picked once, and the program goes on."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "slash")
        await pilot.click("OptionLines", offset=(6, 1), times=2)
        assert len(themes_on(study, LOST)) == 1
        assert pilot.app.screen is screen


async def test_wide_characters_are_selected_by_mouse(tmp_path: Path) -> None:
    """A character two cells wide is met by both of its cells."""
    study = small_study(tmp_path / "study", texts=[["日本 beds 語"]])
    async with coding(study) as (pilot, screen):
        line = len(screen.panes.answer._above) + 1
        await pilot.mouse_down("#answer", offset=(13, line))
        await pilot.hover("#answer", offset=(12, line))
        await pilot.mouse_up("#answer", offset=(12, line))
        assert screen.desk.here.selected is None
        await pilot.mouse_down("#answer", offset=(3, line))
        await pilot.hover("#answer", offset=(8, line))
        await pilot.mouse_up("#answer", offset=(8, line))
        assert screen.desk.here.selected == Span(0, 7)
        await press(pilot, "1")
        assert list(themes_on(study, 1).values()) == [(Span(0, 7),)]
    study.close()
