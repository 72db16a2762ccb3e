"""An attribute is called on every screen as in tables: by its label, else by its name in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from coding_study import burst, coding, press
from making import CODEBOOK, small_study
from plain_view import PlainView
from textual.widgets import Static

from coder.domain.responses import Attribute, Question, Respondent, Response, Survey
from coder.domain.study_settings import AttributeSetting, Settings
from coder.formats.codebooks.yaml.yaml_text import write_codebook
from coder.tui.coding.pickers import pick_filter
from coder.tui.coding.texts.answer import answer_content
from coder.tui.coding.texts.status import list_title
from coder.tui.kit.windows.pick import PickWindow
from coder.tui.plain.answer_lines import answer_lines
from coder.workflows.study.opening import create_study

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

CALLED = "part of the country"
WORDING = "Q9. In which part of the country do you mostly live and work, as you would put it yourself?"


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Open a small study whose settings call region otherwise."""
    study = small_study(tmp_path / "study")
    call(study, CALLED)
    yield study
    study.close()


def call(study: Study, label: str) -> None:
    """Give region a label in the study's settings."""
    study.settings = replace(study.settings, attributes=(AttributeSetting("region", label),))


async def test_the_coding_screen_says_what_tables_print(study: Study) -> None:
    """Above the answer, in the list's title, among the filters, and in all that somebody wrote."""
    async with coding(study) as (pilot, screen):
        desk = screen.desk
        assert answer_content(desk).heading == [f"R1.Q1.1 · {CALLED}: North"]
        await press(pilot, "r")
        window = pilot.app.screen
        assert isinstance(window, PickWindow)
        assert f"{CALLED}: North" in str(window.query(Static).last().render()).splitlines()
        await press(pilot, "escape")
        await burst(pilot, f"v{CALLED}: south\n")
        assert list_title(desk) == f"2 answers · {CALLED}: South"


async def test_answers_of_the_same_words_one_by_one(tmp_path: Path) -> None:
    """What tells apart those who say the same has the label as well: under the answer, and in the list."""
    study = small_study(tmp_path / "study", texts=[["Pay"], ["pay."], ["Beds"]])
    call(study, CALLED)
    async with coding(study) as (pilot, screen):
        said = "×2 say the same · = one by one · part of the country: North 1, South 1"
        assert str(screen.panes.answer.border_subtitle) == said
        await press(pilot, "=")
        assert f"{CALLED}: South" in screen.panes.list.draw_line(1)[2].text
    study.close()


async def test_the_column_s_name_finds_a_filter_too(study: Study) -> None:
    """Whoever knows the survey file types `region`, though the screen calls it otherwise."""
    async with coding(study) as (pilot, screen):
        await burst(pilot, "vregion south\n")
        assert list_title(screen.desk) == f"2 answers · {CALLED}: South"


def test_the_plain_mode_says_it_too(study: Study) -> None:
    """The line with what is known of the respondent has the label."""
    view = PlainView(study)
    assert f"{CALLED}: North." in list(answer_lines(view.desk, with_attributes=True))


def test_a_long_wording_gives_way_to_the_value(study: Study) -> None:
    """The wording of a question is cut where it stands before a value; its window has it in full."""
    call(study, WORDING)
    view = PlainView(study)
    (heading,) = answer_content(view.desk).heading
    assert heading == "R1.Q1.1 · Q9. In which part of the country do you…: North"
    option, *_ = pick_filter(view.desk).source("mostly live south")
    assert option.label == "Q9. In which part of the country do you…: South"
    assert option.detail == f"{WORDING}: South"


def test_an_attribute_without_a_label_is_its_name_in_words(tmp_path: Path) -> None:
    """`council_type` is called council type."""
    people = [Respondent("R1", {"council_type": "Unitary"})]
    answers = [Response(1, "R1.Q1.1", "R1", "Q1", 1, "Pay")]
    survey = Survey([Question("Q1")], [Attribute("council_type")], people, answers)
    study = create_study(tmp_path / "study", Settings("S"), survey, write_codebook(CODEBOOK), "jo")
    assert answer_content(PlainView(study).desk).heading == ["R1.Q1.1 · council type: Unitary"]
    study.close()
