"""Pictures of the codebook screen and its windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import burst, press
from making import small_study
from piloting import LARGE, SMALL, app_of, settle, unsay
from textual.widgets import Input, TextArea

from coder.domain.codebook import Codebook, Theme
from coder.tui.codebook.screen import CodebookScreen
from coder.workflows.revising import revising

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from coder.workflows.study.study import Study

    Before = Callable[[Pilot[None]], Awaitable[None]]
    Compare = Callable[..., bool]


def doing(*keys: str, typed: str = "") -> Before:
    """Return what is done in the codebook of Q16 before a picture; what moves by itself is stilled."""

    async def before(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await press(pilot, "b")
        screen = pilot.app.screen
        assert isinstance(screen, CodebookScreen)
        await press(pilot, *keys)
        # Before anything is typed: a text area keeps a line that it drew without its cursor.
        for line in pilot.app.screen.query(Input):
            line.cursor_blink = False
        for area in pilot.app.screen.query(TextArea):
            area.cursor_blink = False
        await burst(pilot, typed)
        unsay(pilot)
        await settle(pilot)

    return before


def revised(study: Study) -> Study:
    """Split a theme of the sample, retire another, and leave codings to recode."""
    revision = revising.begin(study)
    revision = revision.split("q16-workforce", ["q16-workforce", "q16-recruitment-retention"])
    revision = revision.retire("q16-beds").add(
        Theme("q16-pay", "Pay", questions=("Q16",), parent="q16-people")
    )
    revising.apply(study, revising.plan(study, revision), "root")
    return study


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_picture_of_the_codebook(snap_compare: Compare, coded_sample: Study, size: tuple[int, int]) -> None:
    """Nets with their themes, counts, what is to recode, unused and retired; marks; all of the theme."""
    before = doing("down", "space", "down", "space", "up")
    assert snap_compare(app_of(revised(coded_sample)), terminal_size=size, run_before=before)


def test_picture_in_light(snap_compare: Compare, coded_sample: Study) -> None:
    """The light theme."""
    assert snap_compare(app_of(coded_sample), terminal_size=SMALL, run_before=doing("ctrl+t", "down"))


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_picture_of_a_plan(snap_compare: Compare, coded_sample: Study, size: tuple[int, int]) -> None:
    """What a merge would do, before it does."""
    before = doing("down", "space", "space", "m", "enter")
    assert snap_compare(app_of(coded_sample), terminal_size=size, run_before=before)


def test_picture_of_editing(snap_compare: Compare, coded_sample: Study) -> None:
    """The form, with what is wrong with the label."""
    before = doing("down", "e", "backspace", typed="Workforce")
    assert snap_compare(app_of(coded_sample), terminal_size=SMALL, run_before=before)


def test_picture_of_splitting(snap_compare: Compare, coded_sample: Study) -> None:
    """The names of the parts, and what each is."""
    before = doing("down", "s", typed="Pay\nWorkforce\nCulture")
    assert snap_compare(app_of(coded_sample), terminal_size=SMALL, run_before=before)


def test_picture_of_an_empty_codebook(snap_compare: Compare, tmp_path: Path) -> None:
    """How to add the first theme."""
    study = small_study(tmp_path / "study", codebook=Codebook(()))
    assert snap_compare(app_of(study), terminal_size=SMALL, run_before=doing())
    study.close()
