"""Themes found, made, widened and defined with `/`, `T` and `D`; and taken back with `u`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import burst, coding, press, themes_on
from making import CODEBOOK, small_study
from piloting import notices
from plain_view import PlainView
from textual.widgets import Input

from coder.domain.codebook import Codebook, Theme
from coder.domain.codings import Span
from coder.tui.coding import choosing, moving
from coder.tui.coding.codebook_steps import making, undoing
from coder.tui.coding.pickers import ThemeElsewhere, pick_theme
from coder.tui.kit.theme_text import NewTheme
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

LOST, PAY = 1, 2
"""The numbers of the small study's first answers."""


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Open a small study, with two themes of another question."""
    others = (
        Theme("q2-agency", "Agency staff", "Staff hired by the day.", questions=("Q2",)),
        Theme("q2-housing", "Housing", questions=("Q2",)),
    )
    study = small_study(tmp_path / "study", codebook=Codebook((*CODEBOOK, *others), title="Small"))
    yield study
    study.close()


def offered(view: PlainView, typed: str) -> list[str | NewTheme | ThemeElsewhere]:
    """Return what the window offers for what was typed."""
    return [option.choice for option in pick_theme(view.desk).source(typed)]


def test_themes_of_other_questions_are_offered_too(study: Study) -> None:
    """After those of this one that stand by the letters; before anything is typed there are none."""
    view = PlainView(study)
    assert all(isinstance(choice, str) for choice in offered(view, ""))
    assert offered(view, "staff")[:2] == ["staff", ThemeElsewhere("q2-agency", "Q1")]
    assert offered(view, "agency")[0] == ThemeElsewhere("q2-agency", "Q1")


@pytest.mark.parametrize("typed", ["monye", "mony", "moneey", "MONEY "])
def test_a_new_theme_is_never_first_while_something_is_near(study: Study, typed: str) -> None:
    """Typing errors are forgiven: Enter does not make a theme of one."""
    view = PlainView(study)
    assert offered(view, typed.strip())[0] == "money"


@pytest.mark.parametrize("typed", ["Housnig", "agecny staff"])
def test_typing_errors_find_themes_of_other_questions(study: Study, typed: str) -> None:
    """Before a new theme as well."""
    view = PlainView(study)
    assert isinstance(offered(view, typed)[0], ThemeElsewhere)


def test_where_nothing_is_near_a_new_theme_is_first(study: Study) -> None:
    """For this question, then for every question."""
    view = PlainView(study)
    assert offered(view, "Volunteers") == [NewTheme("Volunteers", "Q1"), NewTheme("Volunteers", None)]


async def test_a_theme_made_by_typing_is_taken_back_with_its_coding(study: Study) -> None:
    """One `u`; it says so. `U` brings both back."""
    codebook = study.codebook
    async with coding(study) as (pilot, _):
        await burst(pilot, "/Volunteers\n")
        assert [study.codebook.label(theme_id) for theme_id in themes_on(study, LOST)] == ["Volunteers"]
        assert "D says what belongs to it. u takes both back" in notices(pilot)
        await press(pilot, "u")
        assert themes_on(study, LOST) == {}
        assert study.codebook == codebook
        assert "'Volunteers' is taken out of the codebook again" in notices(pilot)
        await press(pilot, "U")
        assert [study.codebook.label(theme_id) for theme_id in themes_on(study, LOST)] == ["Volunteers"]


async def test_a_theme_of_another_question_is_chosen(study: Study) -> None:
    """`Use it here too`: it serves both questions from then on, and u takes that back."""
    async with coding(study) as (pilot, screen):
        await burst(pilot, "/agency\n")
        assert list(themes_on(study, LOST)) == ["q2-agency"]
        assert study.codebook.find("q2-agency").questions == ("Q2", "Q1")
        assert "'Agency staff' is a theme of this question now, too" in notices(pilot)
        assert "q2-agency" in [s.theme_id for s in screen.desk.here.ranking.suggestions]
        await press(pilot, "u")
        assert study.codebook.find("q2-agency").questions == ("Q2",)
        assert "q2-agency" not in [s.theme_id for s in screen.desk.here.ranking.suggestions]


def test_a_theme_used_since_stays(study: Study) -> None:
    """`u` takes the coding alone, and says so."""
    view = PlainView(study)
    making.choose_or_make(view, NewTheme("Volunteers", "Q1"))
    (theme_id,) = themes_on(study, LOST)
    CodingSession(study, "sam").toggle(PAY, theme_id)
    undoing.undo(view)
    assert view.told[-1].endswith("The theme 'Volunteers' stays: it is used elsewhere")
    assert theme_id in study.codebook


def test_selected_words_name_a_theme_by_one_key(study: Study) -> None:
    """They carry it, too: one step, one u."""
    view = PlainView(study)
    making.name_from_words(view)
    assert "Select words first" in view.told[-1]
    moving.select(view, Span(3, 18))
    making.name_from_words(view)
    ((theme_id, words),) = themes_on(study, LOST).items()
    assert (study.codebook.label(theme_id), words) == ("Lost four staff", (Span(3, 18),))
    assert view.desk.here.selected is None
    undoing.undo(view)
    assert themes_on(study, LOST) == {}
    assert theme_id not in study.codebook


def test_selected_words_that_are_a_theme_s_name_choose_it(study: Study) -> None:
    """No second theme of the same name."""
    view = PlainView(study)
    view.show(3)
    moving.select(view, Span(0, 4))
    making.name_from_words(view)
    assert themes_on(study, 3) == {"beds": (Span(0, 4),)}


def test_selected_signs_name_nothing(study: Study) -> None:
    """Only words can."""
    view = PlainView(study)
    view.show(PAY)
    moving.select(view, Span(7, 8))
    making.name_from_words(view)
    assert view.told[-1] == "These are no words to name a theme by."


def test_the_first_use_of_a_theme_asks_for_a_definition(study: Study) -> None:
    """Once in a study, and not of a theme that has one."""
    view = PlainView(study)
    choosing.toggle(view, "money")
    assert view.told[-1] == "First use of 'Money': D says what belongs to it, or go on."
    view.unsay()
    view.show(PAY)
    choosing.toggle(view, "money")
    assert view.told == []


async def test_a_definition_is_typed_in_a_line(study: Study) -> None:
    """`D` after the choice; it is in codebook.yaml, and Esc leaves it for later."""
    async with coding(study) as (pilot, _):
        await burst(pilot, "/money\n")
        await press(pilot, "D", "escape")
        assert study.codebook.find("money").definition == ""
        await press(pilot, "D")
        pilot.app.screen.query_one(Input).value = "Budgets and cuts."
        await press(pilot, "enter")
        assert study.codebook.find("money").definition == "Budgets and cuts."
        assert "Budgets and cuts." in study.codebook_path.read_text("utf-8")
        await press(pilot, "D")
        assert "'Money' has a definition" in notices(pilot)
